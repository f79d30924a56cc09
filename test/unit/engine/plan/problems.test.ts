/** The problems of a plan, word for word: each says what is wrong, with the value, and what to do. */
import { describe, expect, it } from "vitest";
import * as problems from "../../../../src/engine/plan/problems.ts";
import type { Problem } from "../../../../src/model/plan.ts";
import type { Serves } from "../../../../src/spec/type-rules.ts";
import { haveBox, ourTags, stack, wantBox } from "./toy-types.ts";

const at = { file: "resources.js", line: 3 };
const a = wantBox("a", {}, { at, parent: "ApiGatewayV2::Api::shop" });
const serves: Serves = {
  property: "Served",
  types: ["ApiGatewayV2::Route"],
  ignores: [],
  needs: "ApiGatewayV2::Route",
  callers: "stage",
};
const live = haveBox("a");

describe("every problem", () => {
  it.each<[string, () => Problem, Omit<Problem, "key" | "at">]>([
    [
      "two of a name",
      () => problems.severalLive(a, [live, haveBox("b"), haveBox("c")]),
      {
        severity: "error",
        code: "SEVERAL_LIVE",
        message: "AWS has 3 resources for Toy::Box::a: id-a, id-b, id-c",
        hint: "Delete or rename all but one. Gatewright does not guess which one is yours.",
      },
    ],
    [
      "something to read that is not there",
      () => problems.readOnlyMissing(a),
      {
        severity: "error",
        code: "READ_ONLY_MISSING",
        message: "Toy::Box::a is readOnly, but it does not exist in AWS",
        hint: "Create it outside this stack first, or remove readOnly.",
      },
    ],
    [
      "a child of what is only read",
      () => problems.readOnlyParent(a),
      {
        severity: "error",
        code: "READ_ONLY_PARENT",
        message:
          "Toy::Box::a would be created inside ApiGatewayV2::Api::shop, which is readOnly and does not belong to this stack",
        hint: "Remove readOnly from the parent and adopt it, or leave this resource out.",
      },
    ],
    [
      "nothing to serve",
      () => problems.nothingToServe({ ...a, type: "ApiGatewayV2::Deployment" }, serves),
      {
        severity: "error",
        code: "DEPLOYMENT_WITHOUT_ROUTE",
        message: "Toy::Box::a has nothing to deploy: ApiGatewayV2::Api::shop has no route",
        hint: "Add a Route to the Api, or remove the Deployment.",
      },
    ],
    [
      "what would be lost",
      () => problems.protectedFromDeletion(a, live.live, { loses: "its items", allowed: false }, "replaced"),
      {
        severity: "error",
        code: "DELETION_PROTECTED",
        message: "Toy::Box::a (id-a) would be replaced, which loses its items",
        hint: 'Keep it in the spec as it is, or allow its deletion: allowDeletion: ["a"] for the stage in .github/gatewright.yml, the allow-deletion input of the Action, or --allow-deletion a.',
      },
    ],
    [
      "what cannot be taken away",
      () => problems.cannotBeCleared(a, "Once"),
      {
        severity: "warning",
        code: "PROPERTY_CANNOT_BE_CLEARED",
        message: "Toy::Box::a keeps its Once: AWS has no way to remove it once it is set",
        hint: "Give Once a value, or rename the resource so that a new one is made without it.",
      },
    ],
    [
      "what keeps being served",
      () =>
        problems.keepsServing(
          { ...a, dependencies: { stage: [{ key: "ApiGatewayV2::Stage::dev" }] } },
          serves,
          live,
        ),
      {
        severity: "warning",
        code: "STAGE_KEEPS_SERVING",
        message:
          "ApiGatewayV2::Stage::dev keeps serving deployment id-a: ApiGatewayV2::Api::shop has no route left to deploy",
        hint: "Delete the Stage to stop serving, or give the Api a Route.",
      },
    ],
    [
      "what others use",
      () => problems.usedOutside(a, live.live, "the stage x of api y"),
      {
        severity: "warning",
        code: "RESOURCE_IN_USE",
        message:
          "Toy::Box::a (id-a) is also used by the stage x of api y outside this stack: the apply will not take it from them, and stops",
        hint: "Remove it there first, or leave the resource as it is.",
      },
    ],
  ])("says %s, where, and what to do", (_what, problem, expected) => {
    expect(problem()).toEqual({ ...expected, key: "Toy::Box::a", at });
  });

  it("names no stage where none of the stack calls a deployment", () => {
    for (const dependencies of [{}, { stage: [] }, { stage: [{ arn: "arn:x" }] }])
      expect(problems.keepsServing({ ...a, dependencies }, serves, live).message).toMatch(
        /^A stage keeps serving/,
      );
  });

  it("names a type as it is where it has no group", () => {
    const { message, hint } = problems.nothingToServe(
      { ...a, type: "Thing", parent: "Box" },
      { ...serves, needs: "Door" },
    );
    expect([message, hint]).toEqual([
      "Toy::Box::a has nothing to deploy: Box has no door",
      "Add a Door to the Box, or remove the Thing.",
    ]);
  });
});

describe("a resource of our name that is not ours", () => {
  const foreign = (tags: Record<string, string> | undefined, more = {}) =>
    problems.foreign(a, haveBox("a", {}, tags), { ...stack, ...more });
  const rename = "Rename yours, or remove it from the stack that has it.";

  it("is named with whom it is tagged for, and where the spec says it", () => {
    expect(foreign({ ...ourTags, "gc-project-name": "billing" })).toEqual({
      severity: "error",
      code: "FOREIGN_RESOURCE",
      key: "Toy::Box::a",
      at,
      message:
        'Toy::Box::a already exists in AWS (id-a) and does not belong to this stack: it is tagged for project "billing", stage "dev"',
      hint: rename,
    });
  });

  it("can be taken over where nobody manages it", () => {
    expect(foreign({}).hint).toBe(
      "Rename yours, or take the existing one over: /adopt a on the pull request, the adopt input of the Action, or gatewright adopt a.",
    );
  });

  it("of another stage of the project leads to names for each stage, where there are none yet", () => {
    const prod = { ...ourTags, "gc-stage": "prod" };
    expect(foreign(prod).hint).toBe(
      'Stage "prod" of this project has the name. Let the stages have names of their own: names: "{name}-{stage}" for one of them in .github/gatewright.yml.',
    );
    expect(foreign(prod, { names: "{name}-{stage}" }).hint).toBe(rename);
    expect(foreign({ ...prod, "gc-project-name": "billing" }).hint).toBe(rename);
    expect(foreign({ ...ourTags, "gc-source": "8/." }, { source: "7/." }).hint).toBe(rename);
  });

  it("of another directory of the repository can be taken over: the stack may have been moved", () => {
    const moved = { ...ourTags, "gc-source": "7/apis/old" };
    expect(foreign(moved, { source: "7/apis/new" }).hint).toMatch(/^If apis\/old was moved here.*\/adopt a /);
    expect(foreign({ ...moved, "gc-project-name": "billing" }, { source: "7/apis/new" }).hint).toBe(rename);
  });
});
