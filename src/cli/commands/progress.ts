/** Progress lines on standard error, for terminals and logs. */
import type { ConnectedAws } from "../../aws/connect.ts";
import type { Io } from "../io.ts";

const QUIET_MS = 5_000;

/** Reports the current activity, and repeats it every few seconds. */
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
