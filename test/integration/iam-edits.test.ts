/** Edits of roles and their policies that detach a policy as a side effect. On the strict fake, with the whole engine. */
import { describe, expect, it } from "vitest";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, engineOn, failuresOf } from "./harness.ts";
import { type RandomEntry, specText } from "./random-stack.ts";

const MANAGED = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const OWN = "arn:aws:iam::123456789012:policy/own";

const policy = (Description: string): RandomEntry => ({
  group: "IAM",
  type: "Policy",
  properties: {
    PolicyName: "own",
    Description,
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }],
    },
  },
});
const role = (name: string, policies: string[], Description = "same"): RandomEntry => ({
  group: "IAM",
  type: "Role",
  properties: {
    RoleName: name,
    Description,
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    },
  },
  dependencies: { policies },
});

const files = (...entries: RandomEntry[]): Record<string, string> => ({
  "resources.js": specText({ entries, files: {} }),
});

/** A policy's description cannot change, so the policy is replaced; until then it must be detached from all roles. */
describe("a replaced policy stays attached to its roles", () => {
  it.each([
    ["alone", ["own"], "same", ["own"]],
    ["beside another", [MANAGED, "own"], "same", [MANAGED, "own"]],
    ["and another comes", [MANAGED, "own"], "same", ["own"]],
    ["and another goes", ["own"], "same", [MANAGED, "own"]],
    ["alone, and the role changes as well", ["own"], "changed", ["own"]],
    ["beside another, and the role changes as well", [MANAGED, "own"], "changed", [MANAGED, "own"]],
  ])("%s", async (_what, policies, changed, first) => {
    const fake = createFakeAws();
    const engine = engineOn({ ...fake.clientConfig(), clock: createFakeClock(), backoffMs: 1 });
    const before = files(policy("one"), role("worker", first), role("helper", first));
    const after = files(policy("two"), role("worker", policies, changed), role("helper", policies));
    expect(failuresOf(await engine.apply(before))).toEqual([]);
    expect(failuresOf(await engine.apply(after))).toEqual([]);
    const expected = policies.map((name) => (name === "own" ? OWN : name)).sort();
    for (const name of ["worker", "helper"])
      expect([...(fake.state.roles.get(name)?.attached ?? [])].sort(), name).toEqual(expected);
    expect(changesOf(await engine.plan(after))).toEqual([]);
  });
});
