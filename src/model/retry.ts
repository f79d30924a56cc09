/**
 * The only retry loop, used for AWS's eventual consistency, GitHub's outages and a restarting database. Callers decide
 * what to retry; this module decides how long to wait and when to give up.
 */
import type { Clock } from "./clock.ts";

/** Pauses between attempts, in milliseconds: `firstMs`, then `factor` times as long each, at most `longestMs`. */
interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Default: 2. */
  readonly factor?: number;
  /**
   * Randomises the pause: `full` (default) from zero to the full pause, `equal` from half of it, `none` not at all.
   * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
   */
  readonly jitter?: "full" | "equal" | "none";
}

/** Whether to retry: after the backoff, after a pause that the server asked for, or not at all. */
export type RetryDecision = "retry" | "stop" | { readonly afterMs: number };

export interface RetryOptions {
  readonly clock: Clock;
  /** Decides after a failed attempt; `attempt` counts from 1. Return `stop` for unknown errors. */
  readonly retryIf: (error: unknown, attempt: number) => RetryDecision;
  readonly backoff: Backoff;
  /** Most attempts, including the first. Without this and a deadline, only `retryIf` or the signal ends the loop. */
  readonly attempts?: number | undefined;
  /** No attempt starts later than this after the first one. */
  readonly deadlineMs?: number | undefined;
  /** Ends the loop, even during a pause, and throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each pause, for logs. */
  readonly onRetry?: ((error: unknown, pauseMs: number, attempt: number) => void) | undefined;
  /** Creates the error to throw when attempts or time run out. Default: the last error. */
  readonly exhausted?: ((last: unknown) => unknown) | undefined;
  /** Between 0 and 1; injected by tests. */
  readonly random?: (() => number) | undefined;
}

/**
 * Runs `work` until it succeeds, `retryIf` returns `stop`, or attempts or time run out.
 * @param work gets the attempt's number, from 1. From 2 on, work that may have succeeded checks its outcome first.
 * @throws the last error (or the one from `exhausted`), or the signal's reason
 */
export async function retry<Value>(
  work: (attempt: number) => Promise<Value>,
  options: RetryOptions,
): Promise<Value> {
  const { clock, signal } = options;
  const end = clock.now() + (options.deadlineMs ?? Number.POSITIVE_INFINITY);
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      const decision = options.retryIf(error, attempt);
      if (decision === "stop") throw error;
      const pause = pauseAfter(decision, attempt, end - clock.now(), options);
      if (pause === undefined) throw options.exhausted === undefined ? error : options.exhausted(error);
      options.onRetry?.(error, pause, attempt);
      await clock.sleep(pause, signal);
    }
  }
}

/** The pause before the next attempt; `undefined` to stop. */
function pauseAfter(
  decision: Exclude<RetryDecision, "stop">,
  attempt: number,
  leftMs: number,
  { attempts, backoff, random }: RetryOptions,
): number | undefined {
  if (leftMs <= 0 || attempt >= (attempts ?? Number.POSITIVE_INFINITY)) return undefined;
  if (decision === "retry") return Math.min(backoffMs(backoff, attempt, random), leftMs);
  // An attempt before the requested time would only fail again.
  return decision.afterMs <= leftMs ? decision.afterMs : undefined;
}

/** The pause after the given attempt, with jitter. */
export function backoffMs(backoff: Backoff, attempt: number, random: () => number = Math.random): number {
  const { firstMs, longestMs, factor = 2, jitter = "full" } = backoff;
  const longest = Math.min(longestMs, firstMs * factor ** (attempt - 1));
  if (jitter === "none") return longest;
  return jitter === "full" ? random() * longest : longest * (0.5 + random() / 2);
}
