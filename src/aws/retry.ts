/**
 * Patience with AWS: trying again what fails only because something has not spread yet, and polling what takes its
 * time. Both on the injected clock, both with a deadline whose error says what was awaited.
 */
import { GatewrightError } from "../model/errors.ts";
import type { Clock } from "../model/clock.ts";

interface Patience {
  /** What is awaited, to go after "waited 60 s for": `Lambda to be able to assume role x`. */
  readonly awaiting: string;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The resource it is about, for the error. */
  readonly resource?: string | undefined;
  /** The first pause; each further one is 1.6 times as long, up to `longestPauseMs`. */
  readonly firstPauseMs?: number | undefined;
  readonly longestPauseMs?: number | undefined;
}

export interface EventuallyOptions extends Patience {
  /** True for an error that time may heal; every other one is thrown at once. */
  readonly retryOn: (error: unknown) => boolean;
}

export interface WaitOptions<Value> extends Patience {
  readonly until: (value: Value) => boolean;
}

/** Runs `attempt` until it succeeds, fails with an error that waiting does not heal, or the deadline has passed. */
export async function eventually<Value>(
  clock: Clock,
  attempt: () => Promise<Value>,
  options: EventuallyOptions,
): Promise<Value> {
  const pause = pauses(clock, options);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!options.retryOn(error)) throw error;
      if (!(await pause())) throw deadlinePassed(options, error);
    }
  }
}

/** Calls `look` until `until` says that what it sees will do; gives that. */
export async function waitFor<Value>(
  clock: Clock,
  look: () => Promise<Value>,
  options: WaitOptions<Value>,
): Promise<Value> {
  const pause = pauses(clock, options);
  for (;;) {
    const value = await look();
    if (options.until(value)) return value;
    if (!(await pause())) throw deadlinePassed(options);
  }
}

/** A function that sleeps ever longer and says whether there is time for another attempt. */
function pauses(clock: Clock, options: Patience): () => Promise<boolean> {
  const end = clock.now() + options.deadlineMs;
  const longest = options.longestPauseMs ?? 5000;
  let next = Math.min(options.firstPauseMs ?? 500, longest);
  return async () => {
    options.signal?.throwIfAborted();
    const left = end - clock.now();
    if (left <= 0) return false;
    // Between half and all of it: many waiters that began together must not come back together.
    const jittered = next * (0.5 + Math.random() / 2);
    await clock.sleep(Math.min(jittered, left), options.signal);
    options.signal?.throwIfAborted();
    next = Math.min(next * 1.6, longest);
    return true;
  };
}

function deadlinePassed(options: Patience, last?: unknown): GatewrightError {
  const said = last instanceof Error ? `; AWS's last word: ${last.name}: ${last.message}` : "";
  return new GatewrightError(
    "DEADLINE",
    `waited ${Math.round(options.deadlineMs / 1000)} s for ${options.awaiting}${said}`,
    {
      hint: "Run the same command again; completed changes are kept. If it fails here again, check the message from AWS.",
      cause: last,
      resource: options.resource,
    },
  );
}
