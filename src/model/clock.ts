import { setTimeout as wait } from "node:timers/promises";

/** An injected clock, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after this many milliseconds, or when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // It rejects when the signal is aborted, and for nothing else.
  sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }).catch(() => {}),
};

/**
 * Stops waiting for work when a signal aborts. The work itself goes on; its outcome is dropped.
 * @throws the signal's reason, or what the work throws
 */
export async function untilAborted<Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return work;
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/**
 * Waits so long for work, which then goes on without being waited for.
 * @throws what `late` makes when the time is up, or what the work throws
 */
export async function within<Value>(
  milliseconds: number,
  work: Promise<Value>,
  late: () => Error,
): Promise<Value> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(late()), milliseconds);
  try {
    return await untilAborted(work, over.signal);
  } finally {
    clearTimeout(timer);
  }
}
