/** Title and first line of an apply comment, for one or several stacks. */
import { prose } from "../../../text/prose.ts";
import { elapsed, counted, joinMarkdown, md, type Markdown } from "../../../text/markdown.ts";
import { failedSmoke } from "../../../model/apply.ts";
import type { Plan } from "../../../model/plan.ts";
import type { ApplyReport, StackApply } from "../../apply-report.ts";
import { codeSpan } from "../../../text/escape.ts";
import { closedGates } from "../gates.ts";
import type { ApplyState } from "../marker.ts";
import { type StepsView, viewSteps } from "../../result-view.ts";
import { resultSteps, type Step, stepsOf } from "../../steps.ts";
import { personLink, placeOf, shaLink } from "../links.ts";
import { codeLink, link } from "../../../text/link.ts";
import { sentence } from "../../../text/words.ts";

/** The combined state of all stacks. */
export function applyTitle(report: ApplyReport, view: StepsView): Markdown {
  return standingTitle(report.stacks, view, placeOf(report), report.purpose ?? "apply");
}

/** The title of one of several stacks. */
export function applySectionTitle(stack: StackApply, report: ApplyReport): Markdown {
  return standingTitle(
    [stack],
    stepsView([stack]),
    codeSpan(stack.directory, 120),
    report.purpose ?? "apply",
  );
}

/** The combined state: the first in this order that applies to any stack. */
export function stateOf(stacks: readonly StackApply[], { steps }: StepsView): ApplyState {
  const any = (...states: readonly Step["state"][]): boolean =>
    steps.some(({ state }) => states.includes(state));
  const has = (state: StackApply["state"]): boolean => stacks.some((stack) => stack.state === state);
  if (has("running")) return "running";
  if (any("failed") || brokenCalls(stacks) > 0) return "failed";
  if (has("stopped")) return "stopped";
  if (has("refused")) return "refused";
  if (any("cancelled", "skipped", "unfinished")) return "cancelled";
  if (has("queued")) return "queued";
  if (steps.length === 0 && has("overtaken")) return "overtaken";
  return steps.length === 0 ? "nothing" : "done";
}

const VERB = { apply: "Apply", destroy: "Destroy" } as const;

/** Calls of the smoke tests that did not answer as expected. */
function brokenCalls(stacks: readonly StackApply[]): number {
  return stacks.reduce((sum, stack) => {
    if (stack.state === "finished") return sum + failedSmoke(stack.result).length;
    return stack.state === "nothing" ? sum + failedSmoke(stack).length : sum;
  }, 0);
}

function standingTitle(
  stacks: readonly StackApply[],
  view: StepsView,
  where: Markdown,
  verb: "apply" | "destroy",
): Markdown {
  const { steps, done, notDone } = view;
  const counts = prose([notDone, done].filter((text) => text !== "").join(", "));
  switch (stateOf(stacks, view)) {
    case "running": {
      const through = steps.filter(({ state }) => state !== "waiting" && state !== "running").length;
      return md`⏳ ${verb === "apply" ? "Applying to" : "Destroying"} ${where}: ${through} of ${counted(steps.length, "resource")} done`;
    }
    case "failed":
      if (notDone === "")
        return md`❌ Applied to ${where}, but the smoke test failed: ${counted(brokenCalls(stacks), "call")}`;
      return md`❌ ${VERB[verb]} failed${done === "" ? "" : " in part"} for ${where}: ${counts}`;
    case "stopped": {
      const errors = stacks.reduce(
        (sum, stack) => sum + (stack.state === "stopped" ? stack.errors.length : 0),
        0,
      );
      return md`❌ ${VERB[verb]} did not start for ${where}: ${counted(errors, "error")}`;
    }
    case "refused": {
      const closed = Math.max(
        ...stacks.map((stack) => (stack.state === "refused" ? closedGates(stack.gates) : 0)),
      );
      return md`⛔ ${VERB[verb]} refused for ${where}: ${closed === 1 ? "1 gate is closed" : md`${closed} gates are closed`}`;
    }
    case "cancelled":
      return md`⏹️ ${VERB[verb]} cancelled for ${where}: ${counts}`;
    case "queued":
      return md`⏳ ${VERB[verb]} queued for ${where}`;
    case "overtaken":
      return md`⏭️ ${VERB[verb]} overtaken for ${where}`;
    case "nothing":
      return md`✅ Nothing to ${verb} in ${where}`;
    case "done":
      return verb === "apply"
        ? md`✅ Applied to ${where}: ${prose(done)}`
        : md`✅ Destroyed ${where}: ${prose(done)}`;
  }
}

/** The steps of all stacks; a stack without a plan has none. */
export function stepsView(stacks: readonly StackApply[]): StepsView {
  return viewSteps(stacks.flatMap(stepsOfStack));
}

function stepsOfStack(stack: StackApply): readonly Step[] {
  if (stack.state === "finished") return resultSteps(stack.result);
  return stack.state === "running" ? stepsOf(stack.plan, stack) : [];
}

/** What was requested and by whom, and the same facts as for a plan. */
export function askedLine(report: ApplyReport): Markdown {
  const { asked, origin, stacks, stage } = report;
  const plans = stacks.flatMap(planOf);
  const [plan] = plans;
  const results = stacks.flatMap((stack) => (stack.state === "finished" ? [stack.result] : []));
  const calls = results.reduce((sum, { awsCalls }) => sum + awsCalls, 0);
  const ms = Math.max(0, ...results.map(({ durationMs }) => durationMs));
  const person = asked.by === undefined ? md`` : md` by ${personLink(origin, asked.by)}`;
  return joinMarkdown(
    [
      asked.kind === "merge"
        ? md`On merge${person}`
        : asked.kind === "event"
          ? md`${prose(sentence(asked.what))}${person}`
          : md`${codeLink(asked.text, asked.url, 120)}${person}`,
      shaLink(origin),
      ...(plan === undefined
        ? [md`stage ${codeSpan(stage, 80)}`]
        : [
            md`account ${codeSpan(plan.stack.account, 20)}`,
            md`region ${codeSpan(plan.stack.region, 40)}`,
            md`stage ${codeSpan(stage, 80)}`,
            ...(plans.length === 1 ? [md`plan ${codeSpan(plan.id, 20)}`] : []),
          ]),
      ...(results.length === 0 ? [] : [md`${elapsed(ms)}, ${counted(calls, "AWS call")}`]),
      ...(origin.runUrl === undefined ? [] : [link(md`run`, origin.runUrl)]),
    ],
    " · ",
  );
}

/** The stack's plan, if it has one. */
export function planOf(stack: StackApply): readonly Plan[] {
  if (stack.state === "finished") return [stack.result.plan];
  return stack.state === "running" || stack.state === "nothing" ? [stack.plan] : [];
}
