/**
 * The one retry loop: AWS's eventual consistency, GitHub's bad moments and a restarting database all go through it.
 * What may be retried is the caller's decision; how long to wait, when to give up and when to stop is decided here.
 */
import type { Clock } from "./clock.ts";

/** Pauses between attempts, in milliseconds: `firstMs`, then `factor` times as long each, at most `longestMs`. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
  /** 2 when absent. */
  readonly factor?: number;
  /**
   * `full` (the default) waits between nothing and all of it, `equal` between half and all of it, `none` all of it.
   * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
   */
  readonly jitter?: "full" | "equal" | "none";
}

/** Whether to try again: by the backoff, after a pause the other side named, or not at all. */
export type RetryDecision = "retry" | "stop" | { readonly afterMs: number };

export interface RetryOptions {
  readonly clock: Clock;
  /** Judges a failed attempt; `attempt` counts from 1. Every error it does not know should be `stop`. */
  readonly retryIf: (error: unknown, attempt: number) => RetryDecision;
  readonly backoff: Backoff;
  /** Most attempts, the first included. Without it and without a deadline the loop ends by `retryIf` or the signal only. */
  readonly attempts?: number | undefined;
  /** No attempt begins later than this after the first one. */
  readonly deadlineMs?: number | undefined;
  /** Aborts the pause and the attempts after it; the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Called before each pause, for logs. */
  readonly onRetry?: ((error: unknown, pauseMs: number, attempt: number) => void) | undefined;
  /** Makes the error that is thrown when attempts or time are used up; the last error itself when absent. */
  readonly exhausted?: ((last: unknown) => unknown) | undefined;
  /** Between 0 and 1; injected by tests. */
  readonly random?: (() => number) | undefined;
}

/**
 * Runs `work` until it succeeds, until `retryIf` says stop, or until attempts or time are used up.
 * @param work gets the attempt's number, from 1: work that may have happened looks for its outcome from 2 on.
 * @throws the last error (or what `exhausted` makes of it), or the signal's reason
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

/** The pause before the next attempt; `undefined` when there is none. */
function pauseAfter(
  decision: Exclude<RetryDecision, "stop">,
  attempt: number,
  leftMs: number,
  { attempts, backoff, random }: RetryOptions,
): number | undefined {
  if (leftMs <= 0 || attempt >= (attempts ?? Number.POSITIVE_INFINITY)) return undefined;
  if (decision === "retry") return Math.min(backoffMs(backoff, attempt, random), leftMs);
  // Coming back earlier than asked would only fail again.
  return decision.afterMs <= leftMs ? decision.afterMs : undefined;
}

/** The pause after the given attempt, with jitter. */
export function backoffMs(backoff: Backoff, attempt: number, random: () => number = Math.random): number {
  const { firstMs, longestMs, factor = 2, jitter = "full" } = backoff;
  const whole = Math.min(longestMs, firstMs * factor ** (attempt - 1));
  if (jitter === "none") return whole;
  return jitter === "full" ? random() * whole : whole * (0.5 + random() / 2);
}
