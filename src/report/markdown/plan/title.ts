/** The first line of a plan and the line below it. */
import type { Change } from "../../../model/plan.ts";
import { codeSpan } from "../../../text/escape.ts";
import type { PlanState } from "../marker.ts";
import { link, personLink, placeOf, shaLink } from "../links.ts";
import { isPlanned, type PlanReport, type StackPlan } from "../../report.ts";
import { plural } from "../../../text/words.ts";
import { duration } from "../../../text/duration.ts";
import { isForeign } from "../../reason.ts";
import { changesInWords, countKinds, countsInSigns, kindOf } from "../../vocabulary.ts";

const TITLES = { apply: "", destroy: "Destroy ", rollback: "Roll back " } as const;

/** The title of one line: `dev: +1 ~3 −1, 1 replaced`; or "no changes", "plan failed", "blocked". */
export function planTitle(report: PlanReport): string {
  const { stacks } = report;
  const where = placeOf(report);
  const failed = stacks.filter((stack) => !isPlanned(stack));
  const errors = failed.reduce((sum, stack) => sum + (isPlanned(stack) ? 0 : stack.errors.length), 0);
  const counts = countsOf(changesOf(stacks));
  const then = counts === "" ? "" : `; ${counts}`;
  if (failed.length > 0) {
    const which = stacks.length === 1 ? "" : ` in ${failed.length} of ${plural(stacks.length, "stack")}`;
    return `❌ ${where}: plan failed, ${plural(errors, "error")}${which}${then}`;
  }
  const among = stacks.length > 1 && counts !== "" ? ` in ${plural(changedStacks(stacks), "stack")}` : "";
  if (report.applied !== undefined)
    return `✅ ${where}: applied${counts === "" ? "" : `, ${counts}${among}`}`;
  const problems = blocking(stacks);
  if (problems > 0) return `⛔ ${where}: blocked by ${plural(problems, "problem")}${then}${among}`;
  if (counts === "") return `✅ ${where}: no changes`;
  return `${TITLES[report.purpose ?? "apply"]}${where}: ${counts}${among}`;
}

/** The title of one stack's section. */
export function sectionTitle(stack: StackPlan): string {
  const directory = codeSpan(stack.directory, 120);
  if (!isPlanned(stack)) return `❌ ${directory}: plan failed, ${plural(stack.errors.length, "error")}`;
  const counts = countsOf(stack.plan.changes);
  const problems = blocking([stack]);
  if (problems > 0)
    return `⛔ ${directory}: blocked by ${plural(problems, "problem")}${counts === "" ? "" : `; ${counts}`}`;
  return `${directory}: ${counts === "" ? "no changes" : counts}`;
}

/** Two tildes would cross out what is between them. */
function countsOf(changes: readonly Change[]): string {
  return countsInSigns(countKinds(changes.map(kindOf))).replaceAll("~", "\\~");
}

/** The comment's state, for its marker. */
export function planState({ stacks, applied }: PlanReport): PlanState {
  if (!stacks.every(isPlanned)) return "failed";
  if (applied !== undefined) return "applied";
  if (blocking(stacks) > 0) return "blocked";
  return changedStacks(stacks) > 0 ? "changes" : "unchanged";
}

/** Head, account, region, stage, plan id, duration, run. */
export function sourceLine(report: PlanReport): string {
  const { origin, stacks, stage } = report;
  const plans = stacks.filter(isPlanned).map(({ plan }) => plan);
  const same = <Value>(values: readonly Value[]): Value | undefined =>
    new Set(values).size === 1 ? values[0] : undefined;
  const account = same(plans.map((plan) => plan.stack.account));
  const region = same(plans.map((plan) => plan.stack.region));
  const [plan] = plans;
  return [
    shaLink(origin),
    ...(account === undefined ? [] : [`account ${codeSpan(account, 20)}`]),
    ...(region === undefined ? [] : [`region ${codeSpan(region, 40)}`]),
    `stage ${codeSpan(stage, 80)}`,
    ...(plan?.stack.names === undefined ? [] : [`names in AWS ${codeSpan(plan.stack.names, 80)}`]),
    ...(stacks.length === 1 && plan !== undefined
      ? [`plan ${codeSpan(plan.id, 20)}`, ...unchangedText(plan.changes)]
      : []),
    ...(origin.durationMs === undefined ? [] : [duration(origin.durationMs)]),
    ...(origin.runUrl === undefined ? [] : [link("run", origin.runUrl)]),
  ].join(" · ");
}

/** Plan id and unchanged resources; also account and region if the stage's stacks differ in them. */
export function sectionLine(stack: StackPlan, several: boolean): string {
  if (!isPlanned(stack)) return "";
  const { plan } = stack;
  return [
    `plan ${codeSpan(plan.id, 20)}`,
    ...(several
      ? [`account ${codeSpan(plan.stack.account, 20)}`, `region ${codeSpan(plan.stack.region, 40)}`]
      : []),
    ...unchangedText(plan.changes),
  ].join(" · ");
}

/** Who applied the plan, for the comment of an applied plan. */
export function appliedLine({ applied, origin }: PlanReport): string | undefined {
  if (applied === undefined) return undefined;
  const result = applied.url === undefined ? "" : `: ${link("result", applied.url)}`;
  return `Applied by ${personLink(origin, applied.by)}${result}.`;
}

function unchangedText(changes: readonly Change[]): readonly string[] {
  const unchanged = changes.filter((change) => change.action === "no-op" && !isForeign(change)).length;
  return unchanged === 0 ? [] : [`${unchanged} unchanged`];
}

export function changesOf(stacks: readonly StackPlan[]): readonly Change[] {
  return stacks.flatMap((stack) => (isPlanned(stack) ? stack.plan.changes : []));
}

/** The number of problems that block an apply. */
export function blocking(stacks: readonly StackPlan[]): number {
  return stacks.reduce(
    (sum, stack) =>
      sum +
      (isPlanned(stack) ? stack.plan.problems.filter(({ severity }) => severity === "error").length : 0),
    0,
  );
}

function changedStacks(stacks: readonly StackPlan[]): number {
  return stacks.filter((stack) => changesInWords(changesOf([stack])) !== "").length;
}
