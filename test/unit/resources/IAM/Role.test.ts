import { describe, expect, it } from "vitest";
import { ownershipTags } from "../../../../src/aws/tags.ts";
import { role } from "../../../../src/resources/IAM/Role.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import {
  apply,
  createWorld,
  dependency,
  desiredOf,
  entryOf,
  planOf,
  readOne,
  remove,
  type Wanted,
  type World,
} from "../harness.ts";
import { iam as iamService } from "../../../../src/resources/IAM/service.ts";

const MANAGED = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const OURS = "arn:aws:iam::123456789012:policy/ours";
const TRUST: JsonObject = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};
const allowing = (Action: string): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});

function wanted(more: JsonObject = {}, dependencies: Wanted["dependencies"] = {}): Wanted {
  return { name: "worker", properties: { AssumeRolePolicyDocument: TRUST, ...more }, dependencies };
}

async function withPolicy(world: World, PolicyName = "ours"): Promise<void> {
  const iam = await world.aws.client(iamService);
  await iam.createPolicy({ PolicyName, PolicyDocument: JSON.stringify(allowing("logs:*")) });
}

const policyDependency = { policies: [dependency("IAM::Policy", "ours", { Arn: OURS })] };

describe("Role, canonical form", () => {
  it("takes the seed's role", () => {
    const entry = entryOf(role, {
      name: "lambda-role",
      properties: { Path: "/", AssumeRolePolicyDocument: TRUST },
      dependencies: { policies: [dependency("IAM::Policy", "lambda-policy", { Arn: OURS })] },
    });
    expect(role.name(entry)).toBe("lambda-role");
    expect(entry.properties.RoleName).toBe("lambda-role");
  });

  it("joins every way to name attached policies", () => {
    const { stack } = createWorld();
    const state = role.desiredState(
      desiredOf(
        role,
        wanted(
          { AttachedPolicies: [{ PolicyName: "x", PolicyArn: MANAGED }, OURS] },
          {
            policies: [
              dependency("IAM::Policy", "ours", { Arn: OURS }),
              dependency("IAM::Policy", "new", {}),
            ],
          },
        ),
        stack,
      ),
    );
    expect(state.AttachedPolicies).toEqual([OURS, MANAGED, { $unknown: "IAM::Policy::new Arn" }]);
  });

  it("refuses two inline policies of one name", () => {
    const Policies = [1, 2].map(() => ({ PolicyName: "p", PolicyDocument: allowing("a:b") }));
    const entry = role.canonical({
      name: "r",
      properties: { AssumeRolePolicyDocument: TRUST, Policies },
      dependencies: {},
    });
    expect(role.check?.(entry)).toMatchObject([
      { path: "Policies", message: expect.stringContaining('"p"') },
    ]);
  });
});

describe("Role, life", () => {
  it("changes one inline policy without touching the others", async () => {
    const world = createWorld();
    const inline = (a: string): Wanted =>
      wanted({
        Policies: [
          { PolicyName: "a", PolicyDocument: allowing(a) },
          { PolicyName: "b", PolicyDocument: allowing("b:*") },
        ],
      });
    await apply(world, role, inline("a:*"));
    const { changes, calls } = await apply(world, role, inline("a:Get*"));
    expect(changes.map(({ path }) => path)).toEqual(["Policies.a"]);
    expect(calls).toEqual(["PutRolePolicy"]);
  });

  it("attaches a policy again that was replaced under the same ARN since the plan", async () => {
    const world = createWorld();
    await withPolicy(world);
    const { live } = await apply(world, role, wanted({}, policyDependency));
    const iam = await world.aws.client(iamService);
    await iam.detachRolePolicy({ RoleName: "worker", PolicyArn: OURS });
    const desired = desiredOf(role, wanted({}, policyDependency), world.stack);
    await role.update({
      aws: world.aws,
      stack: world.stack,
      state: role.desiredState(desired),
      desired,
      code: async () => new Uint8Array(),
      live,
      changes: [{ path: "AttachedPolicies", replaces: false, sensitive: false }],
      changed: (property) => property === "AttachedPolicies",
    });
    expect(await planOf(world, role, wanted({}, policyDependency))).toEqual([]);
  });

  it("waits for a role and a policy that IAM does not find yet", async () => {
    const world = createWorld({ consistency: { iamVisible: 3 } });
    await withPolicy(world);
    const desired = desiredOf(role, wanted({}, policyDependency), world.stack);
    const live = await role.create({
      aws: world.aws,
      stack: world.stack,
      state: role.desiredState(desired),
      desired,
      code: async () => new Uint8Array(),
    });
    expect(live.state.AttachedPolicies).toEqual([OURS]);
    expect(await planOf(world, role, wanted({}, policyDependency))).toEqual([]);
  });

  it("waits for a principal that is new", async () => {
    const world = createWorld();
    const fault = world.fake.faults.inject({
      kind: "custom",
      operation: "CreateRole",
      times: 2,
      code: "MalformedPolicyDocument",
      message: 'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/new"',
      status: 400,
    });
    await apply(world, role, wanted());
    expect(fault.hits).toBe(2);
  });

  it("does not wait for a document that is wrong", async () => {
    const world = createWorld();
    world.fake.faults.inject({
      kind: "custom",
      operation: "CreateRole",
      code: "MalformedPolicyDocument",
      message: "Syntax errors in policy.",
      status: 400,
    });
    await expect(apply(world, role, wanted())).rejects.toMatchObject({
      name: "MalformedPolicyDocumentException",
    });
  });

  it("says which policy it does not find", async () => {
    const world = createWorld();
    await expect(apply(world, role, wanted({}, policyDependency))).rejects.toMatchObject({
      code: "DEADLINE",
      message: expect.stringMatching(
        /6\d s for IAM to know the policy everywhere.*policy\/\S+ does not exist/,
      ),
    });
  });

  it("keeps a tag whose key changes in case only", async () => {
    const world = createWorld();
    await apply(world, role, wanted({ Tags: { Team: "a", other: "b" } }));
    const { live } = await apply(world, role, wanted({ Tags: { team: "a", other: "b" } }));
    expect(live.tags).toMatchObject({ team: "a", other: "b" });
    expect(live.tags).not.toHaveProperty("Team");
  });

  it("leaves its instance profiles before it goes", async () => {
    const world = createWorld();
    const { live } = await apply(world, role, wanted());
    world.fake.state.instanceProfiles.set("machine", new Set(["worker"]));
    world.fake.state.instanceProfileTags.set("machine", new Map(Object.entries(ownershipTags(world.stack))));
    expect(await remove(world, role, live)).toContain("RemoveRoleFromInstanceProfile");
    expect(await readOne(world, role, wanted())).toBeUndefined();
  });

  it("stays, with its policies, while an instance profile of somebody else has it", async () => {
    const world = createWorld();
    await withPolicy(world);
    const { live } = await apply(world, role, wanted({ AttachedPolicies: [MANAGED] }));
    world.fake.state.instanceProfiles.set("machine", new Set(["worker"]));
    await expect(remove(world, role, live)).rejects.toMatchObject({
      code: "RESOURCE_IN_USE",
      message: expect.stringContaining("instance profile machine"),
    });
    expect((await readOne(world, role, wanted()))?.state.AttachedPolicies).toEqual([MANAGED]);
  });

  it("stops after GetRole for somebody else's that a function points to", async () => {
    const world = createWorld();
    await (await world.aws.client(iamService)).createRole({
      RoleName: "theirs",
      AssumeRolePolicyDocument: JSON.stringify(TRUST),
    });
    world.fake.resetCalls();
    const arn = "arn:aws:iam::123456789012:role/theirs";
    const [live] = await role.read({
      aws: world.aws,
      stack: world.stack,
      lookups: [{ name: "theirs", arn }],
      parents: [],
      once: (_key, make) => make(),
    });
    expect(live).toMatchObject({ name: "theirs", id: arn, tags: {} });
    expect(world.fake.calls).toHaveLength(1);
  });

  it("reaches its policies, but not AWS's own", async () => {
    const world = createWorld();
    await withPolicy(world);
    const { live } = await apply(world, role, wanted({ AttachedPolicies: [MANAGED] }, policyDependency));
    expect(role.reaches?.(live)).toEqual([{ type: "IAM::Policy", lookup: { name: "ours", arn: OURS } }]);
  });

  it("names itself by ARN", () => {
    expect(role.nameOfArn?.("arn:aws:iam::123456789012:role/a/b/name")).toBe("name");
    expect(role.nameOfArn?.("arn:aws:iam::123456789012:policy/name")).toBeUndefined();
  });
});
