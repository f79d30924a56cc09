/** Writes a run's log, job summary and annotations. */
import { errorAnnotations, placeText } from "../report/annotations.ts";
import { isPlanned, type ErrorView, type PlanReport } from "../report/report.ts";
import { planSummary } from "../report/markdown/plan/summary.ts";
import { terminalPlan } from "../report/terminal/plan.ts";
import { visible } from "../text/escape.ts";
import type { Markdown } from "../text/markdown.ts";
import { plural } from "../text/words.ts";
import { logText, type Workflow } from "./log.ts";
import type { Failure } from "./verdict.ts";

/** GitHub keeps ten annotations of each level per step and drops the rest without a word. */
const MOST_ANNOTATIONS = 10;

/**
 * Errors as annotations on the spec, as many as GitHub takes; the rest in the log.
 * @param room how many annotations of the level are left for them
 */
export function annotate(
  workflow: Workflow,
  errors: readonly ErrorView[],
  { level = "error", room = MOST_ANNOTATIONS }: { level?: "error" | "warning"; room?: number } = {},
): void {
  const all = errorAnnotations(errors);
  for (const { message, ...place } of all.slice(0, room)) workflow[level](message, properties(place));
  const rest = all.slice(room);
  if (rest.length === 0) return;
  const lines = rest.map(({ title, message, file, line }) => {
    const where = file === undefined || line === undefined ? "" : `${placeText({ file, line })}: `;
    return `${where}${visible(message)} (${title})`;
  });
  logText(workflow, lines.join("\n"));
  workflow.notice(
    `${plural(rest.length, `more ${level}`)}: GitHub shows ten of a step as annotations. The job summary and the log have all of them.`,
    { title: "MORE_ANNOTATIONS" },
  );
}

/** Fails the job. The reasons are in the log; those without errors of their own are an annotation too. */
export function failJob(workflow: Workflow, reasons: readonly Failure[]): void {
  const bare = withoutErrors(reasons);
  if (bare.length > 0) workflow.error(bare.join("\n"));
  else logText(workflow, reasons.map(({ text }) => text).join("\n"));
  process.exitCode = 1;
}

function withoutErrors(reasons: readonly Failure[]): readonly string[] {
  return reasons.flatMap(({ text, hasErrors }) => (hasErrors ? [] : [text]));
}

/** Logs the plans, one group per stack, and every error and problem as an annotation. */
export function writeLog(workflow: Workflow, report: PlanReport, reasons: readonly Failure[]): void {
  for (const stack of report.stacks) {
    if (!isPlanned(stack)) continue;
    workflow.startGroup(`Plan of ${stack.directory} (stage ${report.stage})`);
    logText(workflow, terminalPlan(stack.plan, { color: true, verbose: true }));
    workflow.endGroup();
  }
  const room = MOST_ANNOTATIONS - (withoutErrors(reasons).length > 0 ? 1 : 0);
  const problems = report.stacks.flatMap((stack) => (isPlanned(stack) ? stack.plan.problems : []));
  annotate(
    workflow,
    [
      ...report.stacks.flatMap((stack) => (isPlanned(stack) ? [] : stack.errors)),
      ...problems.filter(({ severity }) => severity === "error"),
    ],
    { room },
  );
  annotate(
    workflow,
    problems.filter(({ severity }) => severity === "warning"),
    { level: "warning" },
  );
}

/** Writes the complete plan to the job summary. Old runners have none; there the plan is only in the log. */
export async function writeSummary(
  workflow: Workflow,
  env: Readonly<Record<string, string | undefined>>,
  report: PlanReport,
): Promise<void> {
  if (!env.GITHUB_STEP_SUMMARY) return;
  await addSummary(workflow, planSummary(report));
}

/** Adds to the summary that GitHub shows of the job. */
export async function addSummary({ summary }: Pick<Workflow, "summary">, text: Markdown): Promise<void> {
  await summary.addRaw(text, true).write();
}

interface Place {
  readonly title: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

function properties({ title, file, line, column }: Place) {
  return {
    title,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { startLine: line }),
    ...(column === undefined ? {} : { startColumn: column }),
  };
}
