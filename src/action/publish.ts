/** Writes a run's log, job summary and annotations. */
import { errorAnnotations } from "../report/annotations.ts";
import { isPlanned, type ErrorView, type PlanReport } from "../report/report.ts";
import { planSummary } from "../report/markdown/plan/summary.ts";
import { terminalPlan } from "../report/terminal/plan.ts";
import { logText, type Workflow } from "./log.ts";

/** Errors as annotations on the spec. */
export function annotate(workflow: Workflow, errors: readonly ErrorView[]): void {
  for (const { message, ...place } of errorAnnotations(errors)) workflow.error(message, properties(place));
}

/** Logs the plans, one group per stack, and every error and problem as an annotation. */
export function writeLog(workflow: Workflow, report: PlanReport): void {
  for (const stack of report.stacks) {
    if (!isPlanned(stack)) {
      annotate(workflow, stack.errors);
      continue;
    }
    workflow.startGroup(`Plan of ${stack.directory} (stage ${report.stage})`);
    logText(workflow, terminalPlan(stack.plan, { color: true }));
    workflow.endGroup();
    const { problems } = stack.plan;
    annotate(
      workflow,
      problems.filter(({ severity }) => severity === "error"),
    );
    for (const { message, ...place } of errorAnnotations(
      problems.filter(({ severity }) => severity === "warning"),
    ))
      workflow.warning(message, properties(place));
  }
}

/** Writes the complete plan to the job summary. Old runners have none; there the plan is only in the log. */
export async function writeSummary(
  workflow: Workflow,
  env: Readonly<Record<string, string | undefined>>,
  report: PlanReport,
): Promise<void> {
  if (!env.GITHUB_STEP_SUMMARY) return;
  await workflow.summary.addRaw(planSummary(report), true).write();
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
