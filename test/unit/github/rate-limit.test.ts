import { describe, expect, it } from "vitest";
import { createRateLimit } from "../../../src/github/rate-limit.ts";

/** A clock that only sleeping moves. */
function still() {
  let time = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    sleep: async (ms: number) => {
      slept.push(ms);
      time += ms;
    },
  };
}

const answered = (status: number, headers: Record<string, string>, message = "Forbidden") =>
  Object.assign(new Error(message), { status, response: { headers, data: { message } } });

describe("GitHub's word to wait", () => {
  it.each([
    ["retry-after", answered(403, { "retry-after": "7" }), 7_000],
    ["429 with retry-after", answered(429, { "retry-after": "1" }), 1_000],
    [
      "the primary limit",
      answered(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1005" }),
      5_000,
    ],
    [
      "a secondary limit without a time",
      answered(403, {}, "You have exceeded a secondary rate limit."),
      60_000,
    ],
  ])("%s: the next request waits", async (_what, error, ms) => {
    const clock = still();
    const limits = createRateLimit(clock);
    limits.note(error);
    await limits.before();
    await limits.before();
    expect(clock.slept).toEqual([ms]);
  });

  it("holds for other requests too, and fails them at once when it takes too long", async () => {
    const clock = still();
    const limits = createRateLimit(clock);
    const error = answered(403, { "retry-after": "600" });
    limits.note(error);
    limits.note(answered(403, { "retry-after": "1" }));
    await expect(limits.before()).rejects.toBe(error);
    expect(clock.slept).toEqual([]);
    await clock.sleep(590_000);
    await limits.before();
    expect(clock.slept).toEqual([590_000, 10_000]);
  });

  it.each([
    ["a missing permission", answered(403, {}, "Resource not accessible by integration")],
    ["a missing thing", answered(404, { "retry-after": "5" })],
    ["no answer", new TypeError("fetch failed")],
  ])("%s is none", async (_what, error) => {
    const clock = still();
    const limits = createRateLimit(clock);
    limits.note(error);
    await limits.before();
    expect(clock.slept).toEqual([]);
  });
});
