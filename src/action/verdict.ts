/** Decides whether the job fails, from the `fail-on` input and the plans. Pure. */
import type { FailOn } from "./inputs.ts";
import type { Plan } from "../model/plan.ts";
import { isPlanned, type StackPlan } from "../report/report.ts";
import { plural } from "../text/words.ts";
import { kindOf } from "../report/vocabulary.ts";

const FOREIGN_CODE = "FOREIGN_RESOURCE";

/** A reason to fail. */
export interface Failure {
  /** One sentence. */
  readonly text: string;
  /** True if the errors behind it are annotations already: an annotation that sums them up would push one of them out. */
  readonly hasErrors: boolean;
}

/** The reasons to fail; empty if the job succeeds. */
export function failures(stacks: readonly StackPlan[], failOn: ReadonlySet<FailOn>): readonly Failure[] {
  return stacks.flatMap((stack) => {
    const where = stacks.length === 1 ? "The plan" : `The plan of ${stack.directory}`;
    if (!isPlanned(stack)) {
      const errors = plural(stack.errors.length, "error");
      return failOn.has("error") ? [{ text: `${where} failed with ${errors}.`, hasErrors: true }] : [];
    }
    return planFailures(stack.plan, failOn).map(({ text, hasErrors }) => ({
      text: `${where} ${text}`,
      hasErrors,
    }));
  });
}

function planFailures(plan: Plan, failOn: ReadonlySet<FailOn>): readonly Failure[] {
  const errors = plan.problems.filter(({ severity }) => severity === "error");
  const foreign = errors.filter(({ code }) => code === FOREIGN_CODE).length;
  const blocking = errors.length - foreign;
  const count = (kind: "delete" | "replace"): number =>
    plan.changes.filter((change) => kindOf(change) === kind).length;
  const reasons: readonly [FailOn, number, string][] = [
    ["error", blocking, `cannot be applied: ${plural(blocking, "problem")}.`],
    [
      "foreign",
      foreign,
      `finds ${plural(foreign, "resource")} that this stack does not manage (fail-on: foreign).`,
    ],
    ["delete", count("delete"), `deletes ${plural(count("delete"), "resource")} (fail-on: delete).`],
    ["replace", count("replace"), `replaces ${plural(count("replace"), "resource")} (fail-on: replace).`],
  ];
  return reasons
    .filter(([kind, found]) => found > 0 && failOn.has(kind))
    .map(([kind, , text]) => ({ text, hasErrors: kind === "error" || kind === "foreign" }));
}
