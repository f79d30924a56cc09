import { describe, expect, it } from "vitest";
import { backoffMs, retry, type RetryOptions } from "../../../src/model/retry.ts";
import { createFakeClock } from "../../fakes/clock.ts";

const always = (): "retry" => "retry";

/** Work that fails so many times and then succeeds; `began` holds the times of its attempts. */
function setUp(failures: number, options: Partial<RetryOptions> = {}) {
  const clock = createFakeClock();
  const start = clock.now();
  const began: number[] = [];
  const run = (): Promise<number> =>
    retry(
      async (attempt) => {
        began.push(clock.now() - start);
        if (attempt <= failures) throw new Error(`failure ${attempt}`);
        return attempt;
      },
      { clock, retryIf: always, backoff: { firstMs: 100, longestMs: 350, jitter: "none" }, ...options },
    );
  return { began, run, clock };
}

describe("retry", () => {
  it("gives what the first successful attempt gives, after pauses that double up to the longest", async () => {
    const { began, run } = setUp(4);
    expect(await run()).toBe(5);
    expect(began).toEqual([0, 100, 300, 650, 1000]);
  });

  it("throws the last error when the attempts are used up", async () => {
    const { began, run } = setUp(9, { attempts: 3 });
    await expect(run()).rejects.toThrow("failure 3");
    expect(began).toHaveLength(3);
  });

  it("throws at once what the caller does not retry", async () => {
    const { began, run } = setUp(9, { retryIf: (_error, attempt) => (attempt === 2 ? "stop" : "retry") });
    await expect(run()).rejects.toThrow("failure 2");
    expect(began).toHaveLength(2);
  });

  it("begins its last attempt at the deadline, and no later one", async () => {
    const { began, run } = setUp(9, { deadlineMs: 500 });
    await expect(run()).rejects.toThrow("failure 4");
    expect(began).toEqual([0, 100, 300, 500]);
  });

  it("makes the error of a used-up deadline from the last one", async () => {
    const { run } = setUp(9, {
      deadlineMs: 50,
      exhausted: (last) => new Error("waited for a role", { cause: last }),
    });
    await expect(run()).rejects.toMatchObject({
      message: "waited for a role",
      cause: { message: "failure 2" },
    });
  });

  it("waits as long as the other side asked for, and gives up when that is beyond the deadline", async () => {
    const asked = setUp(1, { retryIf: () => ({ afterMs: 7000 }), deadlineMs: 10_000 });
    await asked.run();
    expect(asked.began).toEqual([0, 7000]);
    const tooLong = setUp(1, { retryIf: () => ({ afterMs: 7000 }), deadlineMs: 6000 });
    await expect(tooLong.run()).rejects.toThrow("failure 1");
    expect(tooLong.began).toEqual([0]);
  });

  it("reports each pause before it begins", async () => {
    const pauses: unknown[] = [];
    const { run } = setUp(2, { onRetry: (_error, pause, attempt) => pauses.push([attempt, pause]) });
    await run();
    expect(pauses).toEqual([
      [1, 100],
      [2, 200],
    ]);
  });

  it("throws the signal's reason when it is aborted before or during a pause", async () => {
    const before = new AbortController();
    before.abort(new Error("cancelled"));
    const never = setUp(0, { signal: before.signal });
    await expect(never.run()).rejects.toThrow("cancelled");
    expect(never.began).toEqual([]);

    const during = new AbortController();
    const { began, run } = setUp(9, {
      signal: during.signal,
      onRetry: () => during.abort(new Error("cancelled")),
    });
    await expect(run()).rejects.toThrow("cancelled");
    expect(began).toEqual([0]);
  });
});

describe("backoffMs", () => {
  const backoff = { firstMs: 100, longestMs: 1000 };
  it.each([
    ["full", 0, 0],
    ["full", 0.5, 100],
    ["equal", 0, 100],
    ["equal", 0.5, 150],
    ["none", 0.5, 200],
  ] as const)(
    "with jitter %s and %d as the random number, the second pause is %d ms",
    (jitter, random, expected) => {
      expect(backoffMs({ ...backoff, jitter }, 2, () => random)).toBe(expected);
    },
  );

  it("jitters fully unless told otherwise, and grows by the given factor", () => {
    expect(backoffMs(backoff, 3, () => 0.25)).toBe(100);
    expect(backoffMs({ ...backoff, factor: 1.6, jitter: "none" }, 3)).toBeCloseTo(256);
  });
});
