/**
 * GitHub's word to wait holds for everything the App asks in that installation, not only for the request that heard it:
 * whoever goes on asking is locked out for longer.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { at, number, text } from "./api.ts";

/** Longer waits are not sat out: what is asked meanwhile fails at once, as it would at GitHub. */
const LONGEST_WAIT_MS = 60_000;
/** What GitHub's documentation asks for when a secondary limit names no time. */
const UNNAMED_MS = 60_000;

export interface Limits {
  /** Waits until GitHub may be asked; throws what GitHub said when that takes too long. */
  before(): Promise<void>;
  /** Takes note of a failure. */
  note(error: unknown): void;
}

export interface LimitsClock {
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

export function createLimits(clock: LimitsClock = { now: Date.now, sleep: (ms) => sleep(ms) }): Limits {
  let until = 0;
  let said: unknown;
  return {
    before: async () => {
      for (let wait = until - clock.now(); wait > 0; wait = until - clock.now()) {
        if (wait > LONGEST_WAIT_MS) throw said;
        await clock.sleep(wait);
      }
    },
    note: (error) => {
      const wait = waitOf(error, clock.now());
      if (wait === undefined || clock.now() + wait <= until) return;
      until = clock.now() + wait;
      said = error;
    },
  };
}

function waitOf(error: unknown, now: number): number | undefined {
  const status = number(at(error, "status"));
  if (status !== 403 && status !== 429) return undefined;
  const header = (name: string): string => {
    const value = at(error, "response", "headers", name);
    return typeof value === "number" ? String(value) : text(value);
  };
  const after = Number(header("retry-after"));
  if (after > 0) return after * 1000;
  if (header("x-ratelimit-remaining") === "0")
    return Math.max(0, Number(header("x-ratelimit-reset")) * 1000 - now);
  return /secondary rate limit/i.test(text(at(error, "response", "data", "message")))
    ? UNNAMED_MS
    : undefined;
}
