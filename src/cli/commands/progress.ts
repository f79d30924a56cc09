/** Progress, one line each on standard error: works in a terminal and in a log. */
import type { ConnectedAws } from "../../aws/connect.ts";
import type { Io } from "../io.ts";

const QUIET_MS = 5_000;

/** Says what is being done, and again every few seconds while it takes. */
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
