import { describe, expect, it } from "vitest";
import { errorOf, evaluateAttempt } from "../../../../bot/runs/outcome.ts";
import { Stopped } from "../../../../bot/runs/stops.ts";
import { type ApplyResult, GatewrightError, GatewrightErrors } from "../../../../src/index.ts";

function result(more: Partial<ApplyResult>): ApplyResult {
  return {
    plan: { id: "0123456789ab" } as ApplyResult["plan"],
    succeeded: false,
    results: [],
    outputs: [],
    durationMs: 1,
    awsCalls: 1,
    cancelled: false,
    ...more,
  };
}

const done = result({ succeeded: true });
const broken = result({});
const halted = result({ cancelled: true });
const call = { call: "GET /hello", found: "answered 500, not 200", durationMs: 1 };
const called = result({ succeeded: true, smoke: [{ ...call, passed: true }] });
const smoking = result({ succeeded: true, smoke: [{ ...call, passed: false }] });
const unsmoked = result({ succeeded: true, cancelled: true, smoke: [{ ...call, passed: false }] });
const bad = new GatewrightError("PLAN_STALE", "stale", { hint: "Plan again." });
const aborted = Object.assign(new Error("aborted"), { name: "AbortError" });

describe("an attempt comes to", () => {
  it.each([
    ["a plan", { completed: {} }, undefined, "succeeded"],
    ["a success", { completed: { result: done } }, undefined, "succeeded"],
    ["a smoke test that passed", { completed: { result: called } }, undefined, "succeeded"],
    ["a smoke test that failed", { completed: { result: smoking } }, undefined, "failed"],
    ["a smoke test that was cancelled", { completed: { result: unsmoked } }, "cancel", "cancelled"],
    ["a failure", { completed: { result: broken } }, undefined, "failed"],
    ["an error", { thrown: bad }, undefined, "failed"],
    ["a cancelled result", { completed: { result: halted } }, "cancel", "cancelled"],
    ["a cancel that came too late", { completed: { result: done } }, "cancel", "succeeded"],
    ["a failure in spite of a cancel", { completed: { result: broken } }, "cancel", "failed"],
    ["an abort after a cancel", { thrown: aborted }, "cancel", "cancelled"],
    ["an error in spite of a cancel", { thrown: bad }, "cancel", "failed"],
    ["a rest after draining", { completed: { result: halted } }, "drain", "again"],
    ["a success while draining", { completed: { result: done } }, "drain", "succeeded"],
    ["a failure while draining", { completed: { result: broken } }, "drain", "failed"],
    ["an abort while draining", { thrown: aborted }, "drain", "again"],
    ["an error while draining", { thrown: bad }, "drain", "failed"],
    ["a success though taken over", { completed: { result: done } }, "taken-over", "succeeded"],
    ["refused steps after being taken over", { completed: { result: broken } }, "taken-over", "again"],
    ["an error after being taken over", { thrown: bad }, "taken-over", "again"],
    ["refused steps without the lock", { completed: { result: broken } }, "unlocked", "failed"],
    ["the fence's own error", { thrown: new Stopped("unlocked") }, "unlocked", "failed"],
  ] as const)("%s → %s", (_name, happened, why, expected) => {
    const verdict = evaluateAttempt(happened, why === undefined ? undefined : new Stopped(why));
    expect(verdict.kind === "over" ? verdict.outcome.state : verdict.kind).toBe(expected);
  });

  it("its result and its plan, whatever it was", () => {
    const plan = done.plan;
    expect(evaluateAttempt({ completed: { plan, result: broken } }, undefined)).toEqual({
      kind: "over",
      outcome: { state: "failed", plan, result: broken },
    });
    expect(evaluateAttempt({ completed: { plan, result: halted } }, new Stopped("unlocked"))).toMatchObject({
      outcome: { state: "failed", result: halted, error: { code: "LOCK_LOST" } },
    });
  });
});

describe("an error becomes", () => {
  it("its code, message and hint", () => {
    expect(errorOf(bad)).toEqual({ code: "PLAN_STALE", message: "stale", hint: "Plan again." });
  });

  it("one with all messages and places when there are several", () => {
    const at = { file: "resources.js", line: 3 };
    const errors = new GatewrightErrors([
      new GatewrightError("A", "one", { at }),
      new GatewrightError("B", "two"),
    ]);
    expect(errorOf(errors)).toEqual({
      code: "A",
      message: "resources.js:3: one\ntwo",
      mistakes: [
        { code: "A", message: "one", at: { file: "resources.js", line: 3 } },
        expect.objectContaining({ message: "two" }),
      ],
    });
  });

  it.each([
    [new TypeError("x is undefined"), "TypeError: x is undefined"],
    ["text", "text"],
  ])("a bug of ours when it is no user's error: %s", (thrown, message) => {
    expect(errorOf(thrown)).toMatchObject({ code: "INTERNAL", message });
  });
});
