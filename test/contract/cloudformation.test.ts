/** Our resource types beside CloudFormation's own schema: every difference is listed with its reason. */
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../src/resources/registry.ts";
import type { ResourceType } from "../../src/resources/type.ts";
import type { JsonObject } from "../../src/model/values.ts";
import { counterparts, differencesOf } from "./cloudformation-compare.ts";
import { differences } from "./cloudformation-differences.ts";

const stack = {
  directory: ".",
  projectName: "shop",
  stage: "dev",
  region: "us-east-1",
  account: "123456789012",
  partition: "aws",
};

/** What a type with defaults says of itself when only what is required is given. */
const least: Readonly<Record<string, JsonObject>> = {
  "IAM::Role": { RoleName: "name", AssumeRolePolicyDocument: {} },
  "IAM::Policy": { PolicyName: "name", PolicyDocument: {} },
  "CloudWatchLogs::LogGroup": { logGroupName: "name" },
};

function preset(type: ResourceType): (path: string) => unknown {
  const properties = least[type.type];
  if (properties === undefined) return () => undefined;
  const state = type.desiredState({
    name: "name",
    properties,
    dependencies: () => [],
    dependency: () => undefined,
    stack,
  });
  return (path) => state[path];
}

describe("resource types and CloudFormation's schema", () => {
  it("has a counterpart for every type", () => {
    expect(Object.keys(counterparts).sort()).toEqual([...resourceTypes.keys()].sort());
  });

  it.each([...resourceTypes.values()].map((type) => [type.type, type] as const))(
    "%s differs only as listed",
    (name, type) => {
      const listed = Object.keys(differences).filter((line) => line.startsWith(`${name} `));
      // Not listed: find out which side is right. Listed but gone: take it off the list.
      expect(differencesOf(type, preset(type))).toEqual(listed.sort());
    },
  );

  it("gives a reason for every difference of a known type", () => {
    for (const [line, reason] of Object.entries(differences)) {
      expect(reason.length, line).toBeGreaterThan(10);
      expect(resourceTypes.has(line.split(" ")[0] ?? ""), line).toBe(true);
    }
  });
});
