/** What happens while it happens, one line each on standard error: works in a terminal and in a log. */
import type { ApplyEvent } from "../apply/types.ts";
import type { ConnectedAws } from "../aws/connect.ts";
import type { Io } from "./io.ts";

const QUIET_MS = 5_000;

/** Says what is being done, and every few seconds that it is still being done. */
export async function during<Result>(
  io: Io,
  what: () => string,
  aws: ConnectedAws,
  work: () => Promise<Result>,
): Promise<Result> {
  io.note(`${what()}…`);
  const timer = setInterval(() => io.note(`${what()}: ${aws.calls()} AWS calls so far…`), QUIET_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

const DONE = { succeeded: "done", failed: "FAILED", skipped: "skipped", cancelled: "cancelled" } as const;

/** One line when a step starts and one when it ends. */
export function stepLine(event: ApplyEvent): string {
  if (event.kind === "step-started") return `  ${event.action.padEnd(7)} ${event.key}…`;
  const { action, key, outcome, id, durationMs, error, because } = event.result;
  const parts = [`  ${action.padEnd(7)} ${key}: ${DONE[outcome]}`];
  if (outcome === "succeeded") parts.push(` in ${(durationMs / 1000).toFixed(1)} s`);
  if (outcome === "succeeded" && id !== undefined && action !== "delete") parts.push(` (${id})`);
  if (error !== undefined) parts.push(`: ${error.code}: ${error.message}`);
  if (because !== undefined) parts.push(`, it waits for ${because}`);
  return parts.join("");
}
