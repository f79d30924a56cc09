/** When requests of a stopped run end: at once while it only reads; later when a step may be in the middle of its writes. */

interface InFlight {
  /** Hand it to everything that the run asks of AWS and GitHub. */
  readonly signal: AbortSignal;
  /** From the first write on, a running step gets time to finish. */
  writing(): void;
}

/** How long a running step may take to finish after a stop; a process that ends has 25 s for everything. */
const FINISH_MS = 10_000;

/** @param stop aborts when the run has to stop; its reason is what the requests fail with */
export function requestsInFlight(stop: AbortSignal, finishMs: number = FINISH_MS): InFlight {
  const ended = new AbortController();
  let writes = false;
  const stopped = (): void => {
    const end = (): void => ended.abort(stop.reason);
    if (writes) setTimeout(end, finishMs).unref();
    else end();
  };
  stop.addEventListener("abort", stopped, { once: true });
  if (stop.aborted) stopped();
  return {
    signal: ended.signal,
    writing: () => {
      writes = true;
    },
  };
}
