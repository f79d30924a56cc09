import { describe, expect, it } from "vitest";
import { outputsOf, writeOutputs } from "../../../src/action/outputs.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { aChange, everyday } from "../../fixtures/plans.ts";

function plan(directory: string, id: string, counts: Partial<Plan["counts"]>): Plan {
  return {
    version: 1,
    id,
    digest: id,
    engine: "0",
    stack: { directory, projectName: "p", stage: "dev", region: "eu-west-2", account: "1", partition: "aws" },
    changes: Object.entries(counts).flatMap(([action, count]) =>
      Array.from({ length: count }, (_, index) =>
        aChange(action as keyof Plan["counts"], "T::T", `${action}${index}`),
      ),
    ),
    counts: { create: 0, update: 0, replace: 0, delete: 0, "no-op": 0, ...counts },
    problems: [],
  };
}

describe("outputs", () => {
  it("tell one stack's plan", () => {
    const outputs = outputsOf({
      plans: [plan(".", "abc", { create: 2, delete: 1 })],
      several: false,
      commentUrl: "https://github.com/o/r/pull/1#issuecomment-1",
      planFiles: ["/tmp/plan.json"],
    });
    expect(outputs).toEqual({
      "plan-id": "abc",
      "has-changes": "true",
      create: "2",
      update: "0",
      replace: "0",
      redeploy: "0",
      delete: "1",
      "comment-url": "https://github.com/o/r/pull/1#issuecomment-1",
      "plan-file": "/tmp/plan.json",
    });
  });

  it("count a deployment that is only made again as a redeploy, as the comment does", () => {
    const facts = { plans: [everyday()], several: false, commentUrl: undefined, planFiles: [] };
    expect(outputsOf(facts)).toMatchObject({ replace: "1", redeploy: "1", update: "3" });
  });

  it("add several stacks up", () => {
    const outputs = outputsOf({
      plans: [plan("a", "1", { create: 1 }), plan("b", "2", { create: 2, update: 1 })],
      several: true,
      commentUrl: undefined,
      planFiles: ["/x/a.json", "/x/b.json"],
    });
    expect(outputs).toMatchObject({
      "plan-id": "a=1\nb=2",
      create: "3",
      update: "1",
      "comment-url": "",
      "plan-file": "/x/a.json\n/x/b.json",
    });
  });

  it("have no changes when everything is as it should be, or nothing could be planned", () => {
    const facts = { several: false, commentUrl: undefined, planFiles: [] };
    expect(outputsOf({ ...facts, plans: [plan(".", "1", { "no-op": 3 })] })["has-changes"]).toBe("false");
    expect(outputsOf({ ...facts, plans: [] })).toMatchObject({ "has-changes": "false", "plan-id": "" });
  });

  it("are all written, empty ones too", () => {
    const written: string[] = [];
    writeOutputs(
      outputsOf({ plans: [], several: false, commentUrl: undefined, planFiles: [] }),
      (name, value) => written.push(`${name}=${value}`),
    );
    expect(written).toEqual([
      "plan-id=",
      "has-changes=false",
      "create=0",
      "update=0",
      "replace=0",
      "redeploy=0",
      "delete=0",
      "comment-url=",
      "plan-file=",
    ]);
  });
});
