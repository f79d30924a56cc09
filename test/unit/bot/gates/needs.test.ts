import { describe, expect, test } from "vitest";
import { lastApplied } from "../../../../bot/gates/facts/needs.ts";
import { built, needs } from "../../../../bot/gates/needs.ts";
import type { RunSummary } from "../../../../src/model/run.ts";

describe("the gate", () => {
  test("says nothing where no stage is needed", () => {
    expect(needs({ needs: undefined })).toBeUndefined();
    expect(needs({ needs: [] })).toBeUndefined();
  });

  test("is open when every needed stage has it", () => {
    expect(needs({ needs: [{ stage: "dev", applied: true }] })).toMatchObject({ passed: true });
  });

  test("names what is missing, and the command that applies it", () => {
    const state = needs({
      needs: [
        { stage: "dev", applied: true },
        { stage: "qa", applied: false },
      ],
    });
    expect(state).toMatchObject({ gate: "needs", passed: false });
    expect(state?.state).toContain("qa");
    expect(state?.next).toContain("/apply -s qa");
  });

  test("does not name a command that would be refused, where the stage is deployed from another branch", () => {
    const state = needs({ needs: [{ stage: "qa", applied: false, branch: "release/1.x" }] });
    expect(state?.next).toContain("release/1.x");
    expect(state?.next).not.toContain("/apply");
  });

  test("is closed when nobody knows", () => {
    expect(needs({ needs: "unknown" })).toMatchObject({ passed: false });
  });
});

const run = (more: Partial<RunSummary>): RunSummary => ({
  id: "1",
  group: "g",
  stack: {
    repository: { id: 1, owner: "o", name: "r", defaultBranch: "main" },
    stage: "dev",
    directory: ".",
  },
  kind: "apply",
  cause: { by: "command", login: "ana", pull: 7, commentId: 1 },
  sha: "a",
  adopt: [],
  state: "succeeded",
  createdAt: new Date(0),
  startedAt: new Date(0),
  attempts: 1,
  cancelRequested: false,
  ...more,
});
const error = { code: "PLAN_STALE", message: "" };

describe("what a stack has", () => {
  test.each<[string, readonly RunSummary[], string | undefined]>([
    ["nothing, without a run", [], undefined],
    ["the commit of its newest apply", [run({ sha: "b" }), run({ sha: "a" })], "b"],
    ["what it had before a plan", [run({ sha: "b", kind: "plan" }), run({ sha: "a" })], "a"],
    [
      "what it had before a run that was overtaken",
      [run({ sha: "b", state: "overtaken", error }), run({})],
      "a",
    ],
    [
      "what it had before a run that changed nothing",
      [run({ sha: "b", state: "failed", error }), run({})],
      "a",
    ],
    ["nothing certain after a failure half-way", [run({ sha: "b", state: "failed" }), run({})], undefined],
    ["nothing after it was removed", [run({ kind: "destroy" }), run({})], undefined],
  ])("%s", (_what, runs, expected) => {
    expect(lastApplied(runs)).toBe(expected);
  });
});

describe("the gate built", () => {
  const missing = { code: "CODE_NOT_BUILT", message: "run 57 is under way", hint: "Wait for run 57." };

  test("has nothing to say where no code is built", () => {
    expect(built({ built: undefined })).toBeUndefined();
  });

  test("is open when all of the code is there", () => {
    const state = built({ built: { names: ["orders", "billing"], missing: undefined } });
    expect(state).toEqual({ gate: "built", passed: true, state: "orders and billing built" });
  });

  test("says why code is missing and what to do", () => {
    const state = built({ built: { names: ["orders"], missing } });
    expect(state).toEqual({ gate: "built", passed: false, state: missing.message, next: missing.hint });
  });

  test("is closed when that could not be found out", () => {
    expect(built({ built: "unknown" })).toMatchObject({ gate: "built", passed: false });
  });
});
