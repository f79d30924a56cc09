/**
 * Waiting for AWS: retries calls that fail because of eventual consistency, and polls slow operations. Both use the
 * injected clock and have a deadline, whose error says what was awaited.
 */
import { GatewrightError } from "../model/errors.ts";
import { retry, type RetryOptions } from "../model/retry.ts";
import type { Aws } from "./aws.ts";

/** Whose clock is used, and what ends the wait. */
type Waiting = Pick<Aws, "clock" | "signal">;

interface Awaited {
  /** Completes the message "waited 60 s for": `Lambda to be able to assume role x`. */
  readonly awaiting: string;
  readonly deadlineMs: number;
  /** The resource concerned, for the error. */
  readonly resource?: string | undefined;
  /** The first pause; each further one is 1.6 times as long, up to `longestPauseMs`. */
  readonly firstPauseMs?: number | undefined;
  readonly longestPauseMs?: number | undefined;
}

interface EventuallyOptions extends Awaited {
  /** True for an error that may go away with time. Any other error is thrown at once. */
  readonly retryOn: (error: unknown) => boolean;
}

interface WaitOptions<Value> extends Awaited {
  readonly until: (value: Value) => boolean;
}

/** Runs `attempt` until it succeeds, fails with another error, or the deadline passes. */
export function eventually<Value>(
  aws: Waiting,
  attempt: () => Promise<Value>,
  options: EventuallyOptions,
): Promise<Value> {
  return retry(attempt, {
    ...patient(aws, options),
    retryIf: (error) => (options.retryOn(error) ? "retry" : "stop"),
    exhausted: (last) => deadlinePassed(options, last),
  });
}

/** Calls `look` until `until` accepts its result, and returns that. */
export function waitFor<Value>(
  aws: Waiting,
  look: () => Promise<Value>,
  options: WaitOptions<Value>,
): Promise<Value> {
  const notYet = new Error("not yet");
  const attempt = async (): Promise<Value> => {
    const value = await look();
    if (!options.until(value)) throw notYet;
    return value;
  };
  return retry(attempt, {
    ...patient(aws, options),
    retryIf: (error) => (error === notYet ? "retry" : "stop"),
    exhausted: () => deadlinePassed(options),
  });
}

/** Uses jitter, so that callers that start waiting at the same time do not all retry at the same time. */
function patient(
  { clock, signal }: Waiting,
  options: Awaited,
): Pick<RetryOptions, "clock" | "backoff" | "deadlineMs" | "signal"> {
  const longestMs = options.longestPauseMs ?? 5000;
  return {
    clock,
    deadlineMs: options.deadlineMs,
    signal,
    backoff: {
      firstMs: Math.min(options.firstPauseMs ?? 500, longestMs),
      longestMs,
      factor: 1.6,
      jitter: "equal",
    },
  };
}

/** The error for a wait that was too long. `deadlineMs`: how long it was; `hint`: in place of the general one. */
export function deadlinePassed(
  options: Pick<Awaited, "awaiting" | "deadlineMs" | "resource"> & { readonly hint?: string | undefined },
  last?: unknown,
): GatewrightError {
  const said = last instanceof Error ? `; AWS's last word: ${last.name}: ${last.message}` : "";
  return new GatewrightError(
    "DEADLINE",
    `waited ${Math.round(options.deadlineMs / 1000)} s for ${options.awaiting}${said}`,
    {
      hint:
        options.hint ??
        "Run the same command again; completed changes are kept. If it fails here again, check the message from AWS.",
      cause: last,
      resource: options.resource,
    },
  );
}
