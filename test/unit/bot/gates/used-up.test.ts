import { describe, expect, test } from "vitest";
import { isUsedUp } from "../../../../bot/gates/reviewed-merge.ts";
import type { RunSummary } from "../../../../src/model/run.ts";

const counts = { create: 0, update: 1, replace: 0, delete: 0, "no-op": 3, redeploy: 0 };
const run: RunSummary = {
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
  planId: "0123456789ab",
  adopt: [],
  state: "succeeded",
  createdAt: new Date(0),
  attempts: 1,
  cancelRequested: false,
  counts,
};
const plan = { number: 7, digest: `0123456789ab${"c".repeat(52)}` };

describe("whether a review is used up", () => {
  test.each<[string, readonly RunSummary[], boolean]>([
    ["without a run", [], false],
    ["after its apply", [run], true],
    ["after the apply of another plan", [{ ...run, planId: "ba9876543210" }], false],
    [
      "after an apply of another pull request",
      [{ ...run, cause: { ...run.cause, pull: 8 } as never }],
      false,
    ],
    ["after a run that changed nothing", [{ ...run, counts: { ...counts, update: 0 } }], false],
    ["after a run of which nobody counted the changes", [{ ...run, counts: undefined }], false],
    ["after an apply without a plan", [{ ...run, planId: undefined }], false],
    ...(["create", "replace", "delete"] as const).map((action): [string, readonly RunSummary[], boolean] => [
      `after an apply that had something to ${action}`,
      [{ ...run, counts: { ...counts, update: 0, [action]: 1 } }],
      true,
    ]),
    ["after several applies of which one is its own", [{ ...run, planId: "ba9876543210" }, run], true],
    ["after a destroy", [{ ...run, kind: "destroy" }], false],
    [
      "after a push with several pull requests",
      [
        {
          ...run,
          cause: { by: "merge", login: "ana", pull: 8, also: [7], commit: "c" },
          planId: "x",
          orPlanIds: [plan.digest],
        },
      ],
      true,
    ],
  ])("%s", (_what, applied, expected) => {
    expect(isUsedUp(plan, applied)).toBe(expected);
  });
});
