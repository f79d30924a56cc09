import { describe, expect, it } from "vitest";
import { failures } from "../../../src/action/verdict.ts";
import type { FailOn } from "../../../src/action/inputs.ts";
import type { Action, Change, Plan, Problem } from "../../../src/model/plan.ts";
import type { StackPlan } from "../../../src/report/report.ts";

function stack(actions: Action[], problems: Partial<Problem>[] = [], directory = "."): StackPlan {
  const changes = actions.map(
    (action): Change => ({ key: "T::a", type: "T", name: "a", action, properties: [], after: [] }),
  );
  const plan = {
    changes,
    problems: problems.map((one) => ({ severity: "error", code: "X", message: "m", ...one })),
  };
  return { directory, plan: plan as unknown as Plan };
}
const broken: StackPlan = { directory: "b", errors: [{ code: "X", message: "m" }] };
const all = new Set<FailOn>(["error", "delete", "replace", "foreign"]);

describe("fail-on", () => {
  it("lets changes pass", () => {
    expect(failures([stack(["create", "update", "no-op"])], all)).toEqual([]);
  });

  it.each([
    ["error", stack([], [{}]), "The plan cannot be applied: 1 problem."],
    ["error", broken, "The plan failed with 1 error."],
    [
      "foreign",
      stack([], [{ code: "FOREIGN_RESOURCE" }]),
      "The plan finds 1 resource that this stack does not manage",
    ],
    ["delete", stack(["delete", "delete"]), "The plan deletes 2 resources (fail-on: delete)."],
    ["replace", stack(["replace"]), "The plan replaces 1 resource (fail-on: replace)."],
  ] satisfies [FailOn, StackPlan, string][])("%s", (kind, one, reason) => {
    expect(failures([one], new Set([kind]))).toEqual([
      { text: expect.stringContaining(reason), hasErrors: !["delete", "replace"].includes(kind) },
    ]);
    expect(failures([one], new Set([...all].filter((other) => other !== kind)))).toEqual([]);
  });

  it("does not mind warnings", () => {
    expect(failures([stack([], [{ severity: "warning" }])], all)).toEqual([]);
  });

  it("names the stack among several", () => {
    expect(failures([stack(["delete"], [], "a"), broken], all).map(({ text }) => text)).toEqual([
      "The plan of a deletes 1 resource (fail-on: delete).",
      "The plan of b failed with 1 error.",
    ]);
  });
});
