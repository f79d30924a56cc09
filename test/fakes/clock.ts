/** A clock that tests move: sleeping takes no time, only the hands turn. */
import type { Clock } from "../../src/model/clock.ts";

export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
}

/** Sleepers wake in the order of their hours, the hands jump to each hour in turn. */
export function createFakeClock(start = Date.UTC(2026, 0, 1)): FakeClock {
  let now = start;
  const sleepers: { at: number; wake: () => void }[] = [];
  let turning = false;

  const turn = (): void => {
    if (turning) return;
    turning = true;
    // A macrotask later, so that everything that is ready runs before time goes on.
    setImmediate(() => {
      turning = false;
      sleepers.sort((left, right) => left.at - right.at);
      const next = sleepers.shift();
      if (next === undefined) return;
      now = Math.max(now, next.at);
      next.wake();
      if (sleepers.length > 0) turn();
    });
  };

  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        sleepers.push({ at: now + milliseconds, wake: resolve });
        signal?.addEventListener("abort", () => resolve(), { once: true });
        turn();
      }),
  };
}
