/** Decides whether the job fails, from the `fail-on` input and the plans. Pure. */
import type { FailOn } from "./inputs.ts";
import type { Plan } from "../model/plan.ts";
import { isPlanned, type StackPlan } from "../report/report.ts";
import { plural } from "../text/words.ts";
import { kindOf } from "../report/vocabulary.ts";

export const FOREIGN_CODE = "FOREIGN_RESOURCE";

/** The reasons to fail, one sentence each; empty if the job succeeds. */
export function failures(stacks: readonly StackPlan[], failOn: ReadonlySet<FailOn>): readonly string[] {
  return stacks.flatMap((stack) => {
    const where = stacks.length === 1 ? "The plan" : `The plan of ${stack.directory}`;
    if (!isPlanned(stack)) {
      const errors = plural(stack.errors.length, "error");
      return failOn.has("error") ? [`${where} failed with ${errors}.`] : [];
    }
    return planFailures(stack.plan, failOn).map((what) => `${where} ${what}`);
  });
}

function planFailures(plan: Plan, failOn: ReadonlySet<FailOn>): readonly string[] {
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
  return reasons.filter(([kind, found]) => found > 0 && failOn.has(kind)).map(([, , text]) => text);
}
