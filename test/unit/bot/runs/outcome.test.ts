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

const overtaken = new GatewrightError("OVERTAKEN", "overtaken by abc1234");

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
    ["a newer commit of its branch", { thrown: overtaken }, undefined, "overtaken"],
    ["a newer commit, though it was cancelled", { thrown: overtaken }, "cancel", "overtaken"],
    ["a newer commit, after being taken over", { thrown: overtaken }, "taken-over", "again"],
    ["an abort that nobody asked for", { thrown: aborted }, undefined, "failed"],
    ["steps that ended by themselves", { completed: { result: halted } }, undefined, "cancelled"],
    ["the fence's own error", { thrown: new Stopped("unlocked") }, "unlocked", "failed"],
  ] as const)("%s → %s", (_name, happened, why, expected) => {
    const verdict = evaluateAttempt(happened, why === undefined ? undefined : new Stopped(why));
    expect(verdict.kind === "over" ? verdict.outcome.state : verdict.kind).toBe(expected);
  });

  it("what it was and no more: nothing is kept that was not there", () => {
    const keys = (happened: Parameters<typeof evaluateAttempt>[0]) => {
      const verdict = evaluateAttempt(happened, undefined);
      return verdict.kind === "over" ? Object.keys(verdict.outcome) : [];
    };
    expect(keys({ completed: {} })).toEqual(["state"]);
    expect(keys({ completed: { result: done } })).toEqual(["state", "result"]);
    expect(keys({ completed: { plan: done.plan } })).toEqual(["state", "plan"]);
    expect(keys({ thrown: bad })).toEqual(["state", "error"]);
  });

  it("its result and its plan, whatever it was", () => {
    const plan = done.plan;
    expect(evaluateAttempt({ completed: { plan, result: broken } }, undefined)).toEqual({
      kind: "over",
      outcome: { state: "failed", plan, result: broken },
    });
    expect(evaluateAttempt({ completed: { plan, result: broken } }, new Stopped("unlocked"))).toMatchObject({
      outcome: { state: "failed", result: broken, error: { code: "LOCK_LOST" } },
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
        { code: "B", message: "two" },
      ],
    });
  });

  it("one with its mistakes when they have neither places nor company", () => {
    const keys = (error: unknown) => Object.keys(errorOf(error));
    const at = { file: "resources.js", line: 3 };
    expect(keys(new GatewrightError("A", "one"))).toEqual(["code", "message"]);
    expect(keys(bad)).toEqual(["code", "message", "hint"]);
    expect(keys(new GatewrightError("A", "one", { at }))).toEqual(["code", "message", "mistakes"]);
    const both = new GatewrightErrors([bad, new GatewrightError("B", "two", { at })]);
    expect(errorOf(both).mistakes).toStrictEqual([
      { code: "PLAN_STALE", message: "stale", hint: "Plan again." },
      { code: "B", message: "two", at },
    ]);
    const plain = new GatewrightErrors([bad, new GatewrightError("B", "two")]);
    expect(errorOf(plain)).toMatchObject({ mistakes: [{ code: "PLAN_STALE" }, { code: "B" }] });
  });

  it.each([
    [new TypeError("x is undefined"), "TypeError: x is undefined"],
    ["text", "text"],
  ])("a bug of ours when it is no user's error: %s", (thrown, message) => {
    expect(errorOf(thrown)).toMatchObject({
      code: "INTERNAL",
      message,
      hint: expect.stringContaining("bug in Gatewright"),
    });
  });
});
