/** Title and first line of an apply comment, for one stack or several together. */
import type { Plan } from "../../../model/plan.ts";
import type { ApplyReport, StackApply } from "../../apply-report.ts";
import { outcomeCounts, progressRows, type Row, resultRows } from "./rows.ts";
import { codeSpan } from "../../../text/escape.ts";
import { closedGates } from "../gates.ts";
import type { ApplyState } from "../marker.ts";
import { codeLink, link, personLink, shaLink } from "../links.ts";
import { duration, plural, sentence } from "../../../text/words.ts";

/** How it stands with all stacks: the worst of them gives the word. */
export function applyTitle(report: ApplyReport): string {
  const { stacks, stage } = report;
  const [only] = stacks;
  const directory =
    stacks.length === 1 && only !== undefined && only.directory !== "." ? only.directory : undefined;
  const where =
    directory === undefined ? codeSpan(stage, 80) : `${codeSpan(directory, 120)} in ${codeSpan(stage, 80)}`;
  return standingTitle(stacks, where, report.purpose ?? "apply");
}

/** Title of one stack among several. */
export function applySectionTitle(stack: StackApply, report: ApplyReport): string {
  return standingTitle([stack], codeSpan(stack.directory, 120), report.purpose ?? "apply");
}

/** How it stands with all stacks: the first of these that holds for any of them. */
export function applyState(stacks: readonly StackApply[]): ApplyState {
  const rows = stacks.flatMap(rowsOf);
  const stands = (...states: readonly Row["standing"][]): boolean =>
    rows.some(({ standing }) => states.includes(standing));
  const has = (state: StackApply["state"]): boolean => stacks.some((stack) => stack.state === state);
  if (has("running")) return "running";
  if (stands("failed")) return "failed";
  if (has("stopped")) return "stopped";
  if (has("refused")) return "refused";
  if (stands("cancelled", "skipped")) return "cancelled";
  if (has("queued")) return "queued";
  return rows.length === 0 ? "nothing" : "done";
}

function standingTitle(stacks: readonly StackApply[], where: string, verb: "apply" | "destroy"): string {
  const rows = stacks.flatMap(rowsOf);
  const { done, notDone } = outcomeCounts(rows);
  const counts = [notDone, done].filter((text) => text !== "").join(", ");
  switch (applyState(stacks)) {
    case "running": {
      const through = rows.filter(({ standing }) => standing !== "waiting" && standing !== "running").length;
      return `⏳ ${verb === "apply" ? "Applying to" : "Destroying"} ${where}: ${through} of ${plural(rows.length, "resource")} done`;
    }
    case "failed":
      return `❌ ${sentence(verb)} failed${done === "" ? "" : " in part"} for ${where}: ${counts}`;
    case "stopped": {
      const errors = stacks.reduce(
        (sum, stack) => sum + (stack.state === "stopped" ? stack.errors.length : 0),
        0,
      );
      return `❌ ${sentence(verb)} did not start for ${where}: ${plural(errors, "error")}`;
    }
    case "refused": {
      const closed = Math.max(
        ...stacks.map((stack) => (stack.state === "refused" ? closedGates(stack.gates) : 0)),
      );
      return `⛔ ${sentence(verb)} refused for ${where}: ${closed === 1 ? "1 gate is closed" : `${closed} gates are closed`}`;
    }
    case "cancelled":
      return `⏹️ ${sentence(verb)} cancelled for ${where}: ${counts}`;
    case "queued":
      return `⏳ ${sentence(verb)} waits for its turn in ${where}`;
    case "nothing":
      return `✅ Nothing to ${verb} in ${where}`;
    case "done":
      return verb === "apply" ? `✅ Applied to ${where}: ${done}` : `✅ Destroyed ${where}: ${done}`;
  }
}

/** The rows of a stack, if it has come to that. */
export function rowsOf(stack: StackApply): readonly Row[] {
  if (stack.state === "finished") return resultRows(stack.result);
  return stack.state === "running" ? progressRows(stack.plan, stack.events) : [];
}

/** What was asked, by whom, and the same facts as in a plan. */
export function askedLine(report: ApplyReport): string {
  const { asked, origin, stacks, stage } = report;
  const plans = stacks.flatMap(planOf);
  const [plan] = plans;
  const results = stacks.flatMap((stack) => (stack.state === "finished" ? [stack.result] : []));
  const calls = results.reduce((sum, { awsCalls }) => sum + awsCalls, 0);
  const ms = Math.max(0, ...results.map(({ durationMs }) => durationMs));
  const person = asked.by === undefined ? "" : ` by ${personLink(origin, asked.by)}`;
  return [
    asked.kind === "merge" ? `On merge${person}` : `${codeLink(asked.text, asked.url, 120)}${person}`,
    shaLink(origin),
    ...(plan === undefined
      ? [`stage ${codeSpan(stage, 80)}`]
      : [
          `account ${codeSpan(plan.stack.account, 20)}`,
          `region ${codeSpan(plan.stack.region, 40)}`,
          `stage ${codeSpan(stage, 80)}`,
          ...(plans.length === 1 ? [`plan ${codeSpan(plan.id, 20)}`] : []),
        ]),
    ...(results.length === 0 ? [] : [`${duration(ms)}, ${plural(calls, "AWS call")}`]),
    ...(origin.runUrl === undefined ? [] : [link("run", origin.runUrl)]),
  ].join(" · ");
}

/** The plan of a stack, if it has one. */
export function planOf(stack: StackApply): readonly Plan[] {
  if (stack.state === "finished") return [stack.result.plan];
  return stack.state === "running" || stack.state === "nothing" ? [stack.plan] : [];
}
