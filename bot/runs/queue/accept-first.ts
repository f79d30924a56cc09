/**
 * Webhooks are accepted before they are handled: GitHub waits ten seconds for the answer, and what a webhook asks for can wait. Otherwise
 * a burst is accepted only as fast as the work goes on that it asks for.
 */
import type { Clock } from "../../../src/model/clock.ts";

/** Everything is handled in the end, however long a burst goes on. */
const LONGEST_MS = 250;

export interface AcceptFirst {
  /** A delivery that is being stored. */
  accepting<Value>(stored: Promise<Value>): Promise<Value>;
  /** Resolves when no delivery is being stored, or after a quarter of a second. */
  turn(): Promise<void>;
}

export function acceptFirst(clock: Pick<Clock, "sleep">): AcceptFirst {
  let arriving = 0;
  let quiet = Promise.withResolvers<void>();
  quiet.resolve();
  return {
    accepting: (stored) => {
      if (arriving === 0) quiet = Promise.withResolvers();
      arriving += 1;
      return stored.finally(() => {
        arriving -= 1;
        if (arriving === 0) quiet.resolve();
      });
    },
    turn: async () => {
      if (arriving === 0) return;
      const waited = new AbortController();
      await Promise.race([quiet.promise, clock.sleep(LONGEST_MS, waited.signal)]);
      waited.abort();
    },
  };
}
