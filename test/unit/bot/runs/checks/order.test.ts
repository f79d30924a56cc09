import { describe, expect, test } from "vitest";
import { overtakenBy } from "../../../../../bot/runs/checks/order.ts";
import type { Run } from "../../../../../src/model/run.ts";

const HEAD = "b".repeat(40);
const OLD = "a".repeat(40);
const merge: Run["cause"] = { by: "merge", login: "ana", pull: 1, commit: OLD };
const command: Run["cause"] = { by: "command", login: "ana", pull: 1, commentId: 2 };

describe("whether a run's commit was overtaken", () => {
  test.each<[string, Pick<Run, "cause" | "kind" | "sha">, string | undefined]>([
    ["a merge that is the head", { cause: merge, kind: "apply", sha: HEAD }, undefined],
    ["a merge that the branch moved past", { cause: merge, kind: "apply", sha: OLD }, HEAD],
    ["a merge that removes a stack", { cause: merge, kind: "destroy", sha: OLD }, HEAD],
    ["a plan of a merge, which writes nothing", { cause: merge, kind: "plan", sha: OLD }, undefined],
    ["a command, which pins its own head", { cause: command, kind: "apply", sha: OLD }, undefined],
    ["a check for drift", { cause: { by: "schedule" }, kind: "drift", sha: OLD }, undefined],
  ])("%s", (_what, run, expected) => {
    expect(overtakenBy(run, HEAD)).toBe(expected);
  });
});
