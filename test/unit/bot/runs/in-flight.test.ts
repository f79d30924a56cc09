import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { requestsInFlight } from "../../../../bot/runs/in-flight.ts";

const reason = new Error("cancelled");
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("when a run has to stop, its requests end", () => {
  test("at once while it reads", () => {
    const stop = new AbortController();
    const { signal } = requestsInFlight(stop.signal);
    stop.abort(reason);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(reason);
  });

  test("after a moment when it writes, so that a step can finish", async () => {
    const stop = new AbortController();
    const inFlight = requestsInFlight(stop.signal, 10_000);
    inFlight.writing();
    stop.abort(reason);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(inFlight.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(inFlight.signal.reason).toBe(reason);
  });

  test("before they begin when it had to stop already", () => {
    expect(requestsInFlight(AbortSignal.abort(reason)).signal.reason).toBe(reason);
  });
});
