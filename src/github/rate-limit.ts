/**
 * GitHub's rate limits apply to all requests of a token, not only to the refused one. A client that keeps sending
 * requests is blocked for longer.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
import type { Clock } from "../model/clock.ts";
import { at, number, text } from "./json.ts";

/** During a longer wait, requests fail at once: a job is billed by the minute. */
export const LONGEST_WAIT_MS = 60_000;
/** The wait that GitHub's documentation asks for when a secondary limit does not name one. */
const UNNAMED_MS = 60_000;

/** The rate limit of one token, shared by all its requests. */
export interface RateLimit {
  /** Waits until requests are allowed again. If that takes longer than a minute, throws GitHub's refusal. */
  before(): Promise<void>;
  /** Records a failed request. */
  note(error: unknown): void;
}

export function createRateLimit(clock: Clock): RateLimit {
  let until = 0;
  let refusal: unknown;
  return {
    before: async () => {
      for (let wait = until - clock.now(); wait > 0; wait = until - clock.now()) {
        if (wait > LONGEST_WAIT_MS) throw refusal;
        await clock.sleep(wait);
      }
    },
    note: (error) => {
      const wait = rateLimitWait(error, clock.now());
      if (wait === undefined || clock.now() + wait <= until) return;
      until = clock.now() + wait;
      refusal = error;
    },
  };
}

/** Milliseconds to wait after a refusal; `undefined` if it is not a rate limit. `now` is in milliseconds. */
export function rateLimitWait(error: unknown, now: number): number | undefined {
  const status = number(at(error, "status"));
  if (status !== 403 && status !== 429) return undefined;
  const header = (name: string): string => String(at(error, "response", "headers", name) ?? "");
  const after = Number(header("retry-after"));
  if (after > 0) return after * 1000;
  if (header("x-ratelimit-remaining") === "0")
    return Math.max(0, Number(header("x-ratelimit-reset")) * 1000 - now);
  return /secondary rate limit/i.test(text(at(error, "response", "data", "message")))
    ? UNNAMED_MS
    : undefined;
}
