import { describe, expect, it } from "vitest";
import { eventually, waitFor } from "../../../src/aws/retry.ts";
import { createFakeClock } from "../../fakes/clock.ts";

const named = (name: string): Error => Object.assign(new Error(`${name} happened`), { name });
const notYet = (error: unknown): boolean => error instanceof Error && error.name === "NotYet";

function failing(times: number, name = "NotYet"): { calls: () => number; attempt: () => Promise<string> } {
  let calls = 0;
  return {
    calls: () => calls,
    attempt: async () => {
      calls += 1;
      if (calls <= times) throw named(name);
      return "done";
    },
  };
}

describe("eventually", () => {
  it("gives the first success without waiting", async () => {
    const clock = createFakeClock(0);
    const { attempt, calls } = failing(0);
    expect(await eventually({ clock }, attempt, { retryOn: notYet, awaiting: "it", deadlineMs: 1000 })).toBe(
      "done",
    );
    expect([calls(), clock.now()]).toEqual([1, 0]);
  });

  it("tries again what time heals, ever slower", async () => {
    const clock = createFakeClock(0);
    const { attempt, calls } = failing(4);
    await eventually({ clock }, attempt, { retryOn: notYet, awaiting: "it", deadlineMs: 60_000 });
    expect(calls()).toBe(5);
    // 500, 800, 1280, 2048 ms, each between half and all of it.
    expect(clock.now()).toBeGreaterThanOrEqual(2314 - 1);
    expect(clock.now()).toBeLessThanOrEqual(4628);
  });

  it("throws every other error at once", async () => {
    const { attempt, calls } = failing(1, "Denied");
    const run = eventually({ clock: createFakeClock() }, attempt, {
      retryOn: notYet,
      awaiting: "it",
      deadlineMs: 1000,
    });
    await expect(run).rejects.toThrow("Denied happened");
    expect(calls()).toBe(1);
  });

  it("ends at its deadline and says what was awaited and what AWS said last", async () => {
    const clock = createFakeClock(0);
    const { attempt } = failing(1_000_000);
    const run = eventually({ clock }, attempt, {
      retryOn: notYet,
      awaiting: "Lambda to act as r",
      deadlineMs: 60_000,
      resource: "Lambda::Function::f",
    });
    await expect(run).rejects.toMatchObject({
      code: "DEADLINE",
      message: "waited 60 s for Lambda to act as r; AWS's last word: NotYet: NotYet happened",
      resource: "Lambda::Function::f",
    });
    expect(clock.now()).toBe(60_000);
  });

  it("ends when it is cancelled", async () => {
    const stop = new AbortController();
    const attempt = async (): Promise<never> => {
      stop.abort(new Error("cancelled"));
      throw named("NotYet");
    };
    const run = eventually({ clock: createFakeClock(), signal: stop.signal }, attempt, {
      retryOn: notYet,
      awaiting: "it",
      deadlineMs: 60_000,
    });
    await expect(run).rejects.toThrow("cancelled");
  });
});

describe("waitFor", () => {
  it("looks until it sees what it waits for", async () => {
    let looks = 0;
    const seen = await waitFor({ clock: createFakeClock() }, async () => ++looks, {
      until: (value) => value === 3,
      awaiting: "three",
      deadlineMs: 60_000,
    });
    expect(seen).toBe(3);
  });

  it("ends at its deadline", async () => {
    const run = waitFor({ clock: createFakeClock() }, async () => "Pending", {
      until: (value) => value === "Active",
      awaiting: "function f to be Active",
      deadlineMs: 5000,
    });
    await expect(run).rejects.toMatchObject({
      code: "DEADLINE",
      message: "waited 5 s for function f to be Active",
    });
  });

  it("passes an error of the look on", async () => {
    const run = waitFor({ clock: createFakeClock() }, () => Promise.reject(named("Denied")), {
      until: () => true,
      awaiting: "it",
      deadlineMs: 5000,
    });
    await expect(run).rejects.toThrow("Denied happened");
  });
});
