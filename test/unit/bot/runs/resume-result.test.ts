import { describe, expect, test } from "vitest";
import { resumedVerdict } from "../../../../bot/runs/resume-result.ts";
import type { RunEvent } from "../../../../src/model/run.ts";
import type { ApplyResult, Plan } from "../../../../src/index.ts";

type Action = Plan["changes"][number]["action"];
type Result = ApplyResult["results"][number];

function aPlan(
  id: string,
  ...changes: readonly (readonly [key: string, action: Action, id?: string])[]
): Plan {
  return {
    version: 1,
    id,
    digest: id,
    engine: "0",
    stack: {
      directory: ".",
      stage: "dev",
      region: "eu-west-2",
      account: "123456789012",
      partition: "aws",
      projectName: "shop",
    },
    changes: changes.map(([key, action, assigned]) => ({
      key,
      type: "T::T",
      name: key,
      action,
      properties: [],
      after: [],
      ...(assigned === undefined ? {} : { id: assigned }),
    })),
    counts: { create: 0, update: 0, replace: 0, delete: 0, "no-op": 0 },
    problems: [],
  };
}

const aResult = (key: string, action: Action, more: Partial<Result> = {}): Result => ({
  key,
  type: "T::T",
  name: key,
  action,
  outcome: "succeeded",
  durationMs: 10,
  ...more,
});

function record(...results: readonly (Result | string)[]): readonly RunEvent[] {
  return results.map((one, index): RunEvent => {
    const at = index * 100;
    const event: RunEvent["event"] =
      typeof one === "string"
        ? { kind: "step-started", key: one, action: "create", at }
        : { kind: "step-finished", result: one, at };
    return { runId: "r", sequence: index + 1, at: new Date(at), event };
  });
}

function finished(plan: Plan, results: readonly Result[], more: Partial<ApplyResult> = {}): ApplyResult {
  const succeeded = results.every(({ outcome }) => outcome === "succeeded");
  return { plan, results, succeeded, outputs: [], durationMs: 1000, awsCalls: 7, cancelled: false, ...more };
}

const reviewed = aPlan("reviewed", ["a", "create"], ["b", "create"], ["c", "update"], ["same", "no-op"]);

function outcome(result: ApplyResult | undefined, events: readonly RunEvent[], more: object = {}) {
  const state = result?.succeeded === true ? "succeeded" : "failed";
  const verdict = resumedVerdict(
    { kind: "over", outcome: { state, ...(result === undefined ? {} : { result }), ...more } },
    reviewed,
    events,
  );
  if (verdict.kind !== "over") throw new Error("not over");
  return verdict.outcome;
}

describe("the result of a run that several attempts carried out", () => {
  test("tells each change of the reviewed plan once: recorded, finished later, or found to be done", () => {
    const events = record("a", aResult("a", "create", { id: "id-a" }), "b");
    const last = aPlan("rest", ["a", "no-op", "id-a"], ["b", "no-op", "id-b"], ["c", "update"]);
    const { plan, result } = outcome(finished(last, [aResult("c", "update", { id: "id-c" })]), events);
    expect(plan?.id).toBe("reviewed");
    expect(result?.plan.id).toBe("reviewed");
    expect(result?.results).toEqual([
      aResult("a", "create", { id: "id-a" }),
      aResult("b", "create", { id: "id-b", durationMs: 0 }),
      aResult("c", "update", { id: "id-c" }),
    ]);
    expect(result?.succeeded).toBe(true);
    expect(result?.durationMs).toBe(1200);
  });

  test("a create that was half done is a create, however it was finished", () => {
    const last = aPlan("rest", ["a", "update", "id-a"]);
    const { result } = outcome(finished(last, [aResult("a", "update", { id: "id-a" })]), record("a"));
    expect(result?.results[0]).toEqual(aResult("a", "create", { id: "id-a" }));
  });

  test("the old half of a replacement belongs to the change it was a half of", () => {
    const replaced = aPlan("reviewed", ["a", "replace"]);
    const last = finished(aPlan("rest", ["a", "no-op", "new"], ["a#old", "delete"]), [
      aResult("a#old", "delete"),
    ]);
    const verdict = resumedVerdict(
      { kind: "over", outcome: { state: "succeeded", result: last } },
      replaced,
      record(aResult("a", "create", { id: "new" })),
    );
    expect(verdict.kind === "over" && verdict.outcome.result?.results).toEqual([
      aResult("a", "replace", { id: "new", durationMs: 20 }),
    ]);
  });

  test("what failed or was cancelled before is told as it ended", () => {
    const failed = aResult("a", "create", { outcome: "failed" });
    const last = finished(aPlan("rest", ["a", "create"]), [aResult("a", "create", { id: "x" })]);
    expect(outcome(last, record(failed)).result?.results[0]?.outcome).toBe("succeeded");
    const worse = finished(aPlan("rest", ["a", "create"]), [failed]);
    expect(outcome(worse, record("a")).result?.results[0]?.outcome).toBe("failed");
  });

  test("an attempt that could not go on tells what was done, and fails on the first thing that was not", () => {
    const error = { code: "PLAN_STALE", message: "moved" };
    const { result, state } = outcome(undefined, record(aResult("a", "create")), { error });
    expect(state).toBe("failed");
    expect(result?.results.map(({ outcome, because }) => because ?? outcome)).toEqual([
      "succeeded",
      "failed",
      "b",
    ]);
    expect(result?.results[1]?.error).toEqual(error);
  });

  test("cancelled before the last attempt's first step: the rest is cancelled, what was done stays", () => {
    const { result } = outcome(undefined, record(aResult("a", "create")), { state: "cancelled" });
    expect(result?.cancelled).toBe(true);
    expect(result?.results.map(({ outcome }) => outcome)).toEqual(["succeeded", "cancelled", "cancelled"]);
  });

  test("a run that goes on elsewhere has no result yet", () => {
    expect(resumedVerdict({ kind: "again" }, reviewed, record("a"))).toEqual({ kind: "again" });
  });
});
