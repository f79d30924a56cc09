/** The first line of a plan and the line below it. */
import { elapsed, counted, figure, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import type { Change } from "../../../model/plan.ts";
import { codeSpan } from "../../../text/escape.ts";
import type { PlanState } from "../marker.ts";
import { personLink, placeOf, shaLink } from "../links.ts";
import { link } from "../../../text/link.ts";
import { isPlanned, type PlanReport, type StackPlan } from "../../report.ts";
import { isForeign } from "../../reason.ts";
import { changesInWords, countKinds, kindOf, VOCABULARY } from "../../vocabulary.ts";

const TITLES = { apply: "", destroy: "Destroy ", rollback: "Roll back " } as const;

/** The title of one line: `dev: +1 ~3 −1, 1 replaced`; or "no changes", "plan failed", "blocked". */
export function planTitle(report: PlanReport): Markdown {
  const { stacks } = report;
  const where = placeOf(report);
  const failed = stacks.filter((stack) => !isPlanned(stack));
  const errors = failed.reduce((sum, stack) => sum + (isPlanned(stack) ? 0 : stack.errors.length), 0);
  const counts = countsOf(changesOf(stacks));
  const then = counts === "" ? "" : md`; ${counts}`;
  if (failed.length > 0) {
    const which = stacks.length === 1 ? "" : md` in ${failed.length} of ${counted(stacks.length, "stack")}`;
    return md`❌ ${where}: plan failed, ${counted(errors, "error")}${which}${then}`;
  }
  const among = stacks.length > 1 && counts !== "" ? md` in ${counted(changedStacks(stacks), "stack")}` : "";
  if (report.applied !== undefined)
    return md`✅ ${where}: applied${counts === "" ? "" : md`, ${counts}${among}`}`;
  const problems = blocking(stacks);
  if (problems > 0) return md`⛔ ${where}: blocked by ${counted(problems, "problem")}${then}${among}`;
  if (counts === "") return md`✅ ${where}: no changes`;
  return md`${TITLES[report.purpose ?? "apply"]}${where}: ${counts}${among}`;
}

/** The title of one stack's section. */
export function sectionTitle(stack: StackPlan): Markdown {
  const directory = codeSpan(stack.directory, 120);
  if (!isPlanned(stack)) return md`❌ ${directory}: plan failed, ${counted(stack.errors.length, "error")}`;
  const counts = countsOf(stack.plan.changes);
  const problems = blocking([stack]);
  if (problems > 0)
    return md`⛔ ${directory}: blocked by ${counted(problems, "problem")}${counts === "" ? "" : md`; ${counts}`}`;
  return md`${directory}: ${counts === "" ? "no changes" : counts}`;
}

/** `+1 ~3 −1, 1 replaced, 1 redeployed`; empty if nothing changes. Two tildes would cross out what is between them. */
function countsOf(changes: readonly Change[]): Markdown {
  const counts = countKinds(changes.map(kindOf));
  const signed = [
    ["+", counts.create],
    ["\\~", counts.update],
    ["−", counts.delete],
  ] as const;
  const signs = signed.flatMap(([sign, count]) => (count === 0 ? [] : [md`${sign}${figure(count)}`]));
  const named = (["replace", "redeploy"] as const).flatMap((kind) =>
    counts[kind] === 0 ? [] : [md`${figure(counts[kind])} ${VOCABULARY[kind].done}`],
  );
  return joinMarkdown([...(signs.length === 0 ? [] : [joinMarkdown(signs, " ")]), ...named], ", ");
}

/** The comment's state, for its marker. */
export function planState({ stacks, applied }: PlanReport): PlanState {
  if (!stacks.every(isPlanned)) return "failed";
  if (applied !== undefined) return "applied";
  if (blocking(stacks) > 0) return "blocked";
  return changedStacks(stacks) > 0 ? "changes" : "unchanged";
}

/** Head, account, region, stage, plan id, duration, run. */
export function sourceLine(report: PlanReport): Markdown {
  const { origin, stacks, stage } = report;
  const plans = stacks.filter(isPlanned).map(({ plan }) => plan);
  const same = <Value>(values: readonly Value[]): Value | undefined =>
    new Set(values).size === 1 ? values[0] : undefined;
  const account = same(plans.map((plan) => plan.stack.account));
  const region = same(plans.map((plan) => plan.stack.region));
  const [plan] = plans;
  return joinMarkdown(
    [
      shaLink(origin),
      ...(account === undefined ? [] : [md`account ${codeSpan(account, 20)}`]),
      ...(region === undefined ? [] : [md`region ${codeSpan(region, 40)}`]),
      md`stage ${codeSpan(stage, 80)}`,
      ...(plan?.stack.names === undefined ? [] : [md`names in AWS ${codeSpan(plan.stack.names, 80)}`]),
      ...(stacks.length === 1 && plan !== undefined
        ? [md`plan ${codeSpan(plan.id, 20)}`, ...unchangedText(plan.changes)]
        : []),
      ...(origin.durationMs === undefined ? [] : [elapsed(origin.durationMs)]),
      ...(origin.runUrl === undefined ? [] : [link(md`run`, origin.runUrl)]),
    ],
    " · ",
  );
}

/** Plan id and unchanged resources; also account and region if the stage's stacks differ in them. */
export function sectionLine(stack: StackPlan, several: boolean): Markdown {
  if (!isPlanned(stack)) return md``;
  const { plan } = stack;
  return joinMarkdown(
    [
      md`plan ${codeSpan(plan.id, 20)}`,
      ...(several
        ? [md`account ${codeSpan(plan.stack.account, 20)}`, md`region ${codeSpan(plan.stack.region, 40)}`]
        : []),
      ...unchangedText(plan.changes),
    ],
    " · ",
  );
}

/** Who applied the plan, for the comment of an applied plan. */
export function appliedLine({ applied, origin }: PlanReport): Markdown | undefined {
  if (applied === undefined) return undefined;
  const result = applied.url === undefined ? "" : md`: ${link(md`result`, applied.url)}`;
  return md`Applied by ${personLink(origin, applied.by)}${result}.`;
}

function unchangedText(changes: readonly Change[]): readonly Markdown[] {
  const unchanged = changes.filter((change) => change.action === "no-op" && !isForeign(change)).length;
  return unchanged === 0 ? [] : [md`${unchanged} unchanged`];
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
