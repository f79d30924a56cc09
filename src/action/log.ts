/** Text of others (specs, AWS, paths) in the job's log. */
import { randomUUID } from "node:crypto";

/** The runner's toolkit, loaded when the Action starts. */
export type Workflow = typeof import("@actions/core");

/**
 * Logs it as text. A runner obeys lines that start with `::` and `##[` anywhere in a line, so that a spec could set outputs
 * or hide the log; between a stop and its own token it obeys nothing else.
 */
export function logText(workflow: Pick<Workflow, "info">, text: string): void {
  const token = randomUUID();
  workflow.info(`::stop-commands::${token}`);
  workflow.info(text);
  workflow.info(`::${token}::`);
}

/** Logs an unexpected error with its stack. */
export function logBug(workflow: Pick<Workflow, "info">, thrown: unknown): void {
  logText(workflow, thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
}
