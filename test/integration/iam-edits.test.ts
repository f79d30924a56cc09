/** Edits of roles and their policies that detach a policy as a side effect. On the strict fake, with the whole engine. */
import { describe, expect, it } from "vitest";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, engineOn, engineOnFake, failuresOf } from "./harness.ts";
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

describe("a policy that another stack's role has", () => {
  const theirs = files(role("theirs", [OWN]));
  const other = { projectName: "other" };

  async function shared() {
    const { fake, engine } = engineOnFake();
    const mine = files(policy("one"), role("worker", ["own"]));
    expect(failuresOf(await engine.apply(mine))).toEqual([]);
    expect(failuresOf(await engine.apply(theirs, {}, other))).toEqual([]);
    const kept = () => ["worker", "theirs"].filter((name) => fake.state.roles.get(name)?.attached.has(OWN));
    return { fake, engine, mine, kept };
  }

  it("is not replaced under it: the plan warns, the apply names the holder and detaches nothing", async () => {
    const { engine, kept } = await shared();
    const next = files(policy("two"), role("worker", ["own"]));
    expect((await engine.plan(next)).problems).toMatchObject([
      {
        code: "RESOURCE_IN_USE",
        severity: "warning",
        message: expect.stringContaining("1 role, user or group"),
      },
    ]);
    const failures = failuresOf(await engine.apply(next));
    expect(failures[0]).toMatch(
      /RESOURCE_IN_USE .*role theirs \(it is tagged for project "other", stage "dev"\)/,
    );
    expect(kept()).toEqual(["worker", "theirs"]);
    expect(changesOf(await engine.plan(theirs, other))).toEqual([]);
  });

  it("is not destroyed under it", async () => {
    const { fake, engine, mine } = await shared();
    const failures = failuresOf(await engine.destroy(mine));
    expect(failures).toEqual([
      expect.stringMatching(/delete IAM::Policy::own: RESOURCE_IN_USE .*role theirs/),
    ]);
    expect(fake.state.roles.get("theirs")?.attached.has(OWN)).toBe(true);
    expect(changesOf(await engine.plan(theirs, other))).toEqual([]);
    await engine.destroy(theirs, other);
    expect(failuresOf(await engine.destroy(mine))).toEqual([]);
    expect(fake.state.policies.has(OWN)).toBe(false);
  });

  it.each([
    ["users", "user ana"],
    ["groups", "group ana"],
  ] as const)("%s hold it the same way", async (kind, said) => {
    const { fake, engine } = engineOnFake();
    await engine.apply(files(policy("one")));
    const record = fake.state.policies.get(OWN);
    if (record !== undefined) record.heldBy = { [kind]: ["ana"] };
    const [failure] = failuresOf(await engine.destroy(files(policy("one"))));
    expect(failure).toContain(`RESOURCE_IN_USE IAM::Policy::own (${OWN}) is still used by ${said}`);
  });
});
