/** A job that is cancelled: GitHub sends SIGINT, after 7.5 seconds SIGTERM, and ends the process 2.5 seconds later. */
import { Stopped } from "../runs/stops.ts";

/** Aborts with `Stopped` when the job is cancelled, or when its machine is taken away. */
export function stopOnSignal(process: Pick<NodeJS.Process, "once">): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => stop.abort(new Stopped("cancel")));
  return stop.signal;
}
