/** Writes untrusted text (from specs, AWS, paths) to the job's log. */
import { randomUUID } from "node:crypto";
import { visibleLines } from "../text/escape.ts";
import { stackOf } from "../model/errors.ts";

/** The runner's toolkit. */
export type Workflow = typeof import("@actions/core");

/**
 * Logs text without workflow commands. A runner executes `::` at the start of a line and `##[` anywhere in it, so a spec
 * could set outputs or hide the log. Between `stop-commands` and its token, the runner executes nothing. Escape sequences
 * would act on the terminal of whoever reads the log.
 */
export function logText(workflow: Pick<Workflow, "info">, text: string): void {
  const token = randomUUID();
  workflow.info(`::stop-commands::${token}`);
  workflow.info(visibleLines(text));
  workflow.info(`::${token}::`);
}

/** Logs an unexpected error with its stack trace. */
export function logBug(workflow: Pick<Workflow, "info">, thrown: unknown): void {
  logText(workflow, stackOf(thrown));
}
