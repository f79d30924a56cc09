import { describe, expect, it } from "vitest";
import { ownershipTags } from "../../../../src/aws/tags.ts";
import { policy } from "../../../../src/resources/IAM/Policy.ts";
import type { JsonObject, JsonValue } from "../../../../src/model/values.ts";
import {
  apply,
  createWorld,
  desiredOf,
  entryOf,
  planOf,
  readOne,
  remove,
  type Wanted,
  type World,
} from "../harness.ts";
import { iam as iamService } from "../../../../src/resources/IAM/service.ts";

const ARN = "arn:aws:iam::123456789012:policy/logs";
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
});

/** Tags of the harness's stack. */
const OURS = Object.entries(ownershipTags({ projectName: "shop", stage: "dev" })).map(([Key, Value]) => ({
  Key,
  Value,
}));

function allowing(...Action: string[]): JsonObject {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
}

function wanted(PolicyDocument: JsonValue = allowing("logs:*"), more: JsonObject = {}): Wanted {
  return { name: "logs", properties: { PolicyDocument, ...more } };
}

async function versions(world: World): Promise<string[]> {
  const { Versions } = await (await world.aws.client(iamService)).listPolicyVersions({ PolicyArn: ARN });
  return (Versions ?? []).map(
    ({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? "*" : ""}`,
  );
}

describe("Policy, canonical form", () => {
  it("takes both dialects, tags as list or map, the document as text", () => {
    const old = entryOf(policy, {
      name: "p",
      properties: { PolicyDocument: allowing("a:b"), Path: "/", Description: "d" },
    });
    const current = entryOf(policy, {
      properties: {
        PolicyName: "p",
        PolicyDocument: JSON.stringify(allowing("a:b")),
        Tags: [{ Key: "k", Value: "v" }],
      },
    });
    expect(old.properties.PolicyName).toBe("p");
    expect(current.properties.Tags).toEqual({ k: "v" });
    const { stack } = createWorld();
    expect(
      policy.desiredState(desiredOf(policy, { properties: current.properties }, stack)).PolicyDocument,
    ).toEqual(allowing("a:b"));
  });

  it.each<[JsonValue, string]>([
    ["nonsense", "a policy document is an object"],
    [{ Version: "2012-10-17" }, "has a Statement"],
    [{ Statement: [], Statment: [] }, "has no Statment"],
    [{ Statement: [{ Action: "a:b" }] }, "has no Effect"],
    [{ Statement: ["x"] }, "is not an object"],
  ])("refuses the document %j", (PolicyDocument, words) => {
    const result = policy.schema.safeParse({ PolicyName: "p", PolicyDocument });
    expect(JSON.stringify(result.error?.issues)).toContain(words);
  });

  it("refuses a path without its slashes", () => {
    const result = policy.schema.safeParse({
      PolicyName: "p",
      PolicyDocument: allowing("a:b"),
      Path: "team",
    });
    expect(result.success).toBe(false);
  });
});

describe("Policy, life", () => {
  it("sees no change in another way to write the same", async () => {
    const world = createWorld();
    await apply(world, policy, wanted());
    const same = {
      Version: "2012-10-17",
      Statement: { Resource: ["*"], Action: "logs:*", Effect: "Allow", Sid: "" },
    };
    expect(await planOf(world, policy, wanted(same))).toEqual([]);
  });

  it("keeps five versions, dropping the oldest that is not the default", async () => {
    const world = createWorld();
    await apply(world, policy, wanted());
    for (let round = 2; round <= 5; round += 1) {
      const { calls } = await apply(world, policy, wanted(allowing(`logs:A${round}`)));
      expect(calls).toEqual(["ListPolicyVersions", "CreatePolicyVersion"]);
    }
    // Somebody at the console went back to the first version.
    await (await world.aws.client(iamService)).setDefaultPolicyVersion({ PolicyArn: ARN, VersionId: "v1" });
    const { calls, live } = await apply(world, policy, wanted(allowing("logs:A6")));
    expect(calls).toEqual(["ListPolicyVersions", "DeletePolicyVersion", "CreatePolicyVersion"]);
    expect(await versions(world)).toEqual(expect.arrayContaining(["v1", "v3", "v4", "v5", "v6*"]));
    expect(live.attributes.DefaultVersionId).toBe("v6");
  });

  it("does not add a version twice after a cut connection", async () => {
    const world = createWorld();
    const { live } = await apply(world, policy, wanted());
    const next = wanted(allowing("logs:Put*"));
    const context = {
      aws: world.aws,
      stack: world.stack,
      state: policy.desiredState(desiredOf(policy, next, world.stack)),
      desired: desiredOf(policy, next, world.stack),
      code: async () => new Uint8Array(),
      live,
      changes: await planOf(world, policy, next),
      changed: (property: string) => property === "PolicyDocument",
    };
    world.fake.faults.inject({ kind: "cut-after", operation: "CreatePolicyVersion" });
    await expect(policy.update(context)).rejects.toMatchObject({ name: "WriteOutcomeUnknown" });
    const again = await policy.update(context);
    expect(again.attributes.DefaultVersionId).toBe("v2");
    expect(await versions(world)).toEqual(expect.arrayContaining(["v1", "v2*"]));
    expect(await planOf(world, policy, next)).toEqual([]);
  });

  it("keeps a tag whose key changes in case only", async () => {
    const world = createWorld();
    await apply(world, policy, wanted(undefined, { Tags: { Team: "a" } }));
    const { live } = await apply(world, policy, wanted(undefined, { Tags: { team: "a" } }));
    expect(live.tags).toMatchObject({ team: "a" });
  });

  it("is deleted after it is detached from every role and its other versions are gone", async () => {
    const world = createWorld({ pageSize: 1 });
    const { live } = await apply(world, policy, wanted());
    await apply(world, policy, wanted(allowing("logs:Put*")));
    const iam = await world.aws.client(iamService);
    for (const RoleName of ["one", "two"]) {
      await iam.createRole({ RoleName, AssumeRolePolicyDocument: TRUST, Tags: OURS });
      await iam.attachRolePolicy({ RoleName, PolicyArn: ARN });
    }
    const calls = await remove(world, policy, live);
    expect(calls.filter((call) => /^(Detach|Delete)/.test(call))).toEqual([
      "DetachRolePolicy",
      "DetachRolePolicy",
      "DeletePolicyVersion",
      "DeletePolicy",
    ]);
    expect(await readOne(world, policy, wanted())).toBeUndefined();
    await remove(world, policy, live);
  });

  it("is taken from nobody while it is somebody's permissions boundary", async () => {
    const world = createWorld();
    const { live } = await apply(world, policy, wanted());
    const iam = await world.aws.client(iamService);
    await iam.createRole({
      RoleName: "bounded",
      AssumeRolePolicyDocument: TRUST,
      PermissionsBoundary: ARN,
      Tags: OURS,
    });
    await iam.attachRolePolicy({ RoleName: "bounded", PolicyArn: ARN });
    await expect(remove(world, policy, live)).rejects.toMatchObject({
      code: "RESOURCE_IN_USE",
      message: expect.stringContaining("role bounded (as its permissions boundary)"),
    });
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName: "bounded" });
    expect(AttachedPolicies).toMatchObject([{ PolicyArn: ARN }]);
  });

  it("waits for a boundary that goes a moment later", async () => {
    const world = createWorld();
    const { live } = await apply(world, policy, wanted());
    const iam = await world.aws.client(iamService);
    await iam.createRole({ RoleName: "b", AssumeRolePolicyDocument: TRUST, PermissionsBoundary: ARN });
    const slow = { ...world.aws.clock, sleep: async () => void (await iam.deleteRole({ RoleName: "b" })) };
    await policy.delete({ aws: { ...world.aws, clock: slow }, stack: world.stack, live });
    expect(await readOne(world, policy, wanted())).toBeUndefined();
  });

  it("stops after GetPolicy for somebody else's that a role points to", async () => {
    const world = createWorld();
    await (await world.aws.client(iamService)).createPolicy({
      PolicyName: "logs",
      PolicyDocument: JSON.stringify(allowing("a:b")),
    });
    world.fake.resetCalls();
    const [live] = await policy.read({
      aws: world.aws,
      stack: world.stack,
      lookups: [{ name: "logs", arn: ARN }],
      parents: [],
      once: (_key, make) => make(),
    });
    expect(live).toMatchObject({ name: "logs", id: ARN, tags: {} });
    expect(world.fake.calls).toHaveLength(1);
  });

  it("predicts nothing below a path that is not known yet", () => {
    const { stack } = createWorld();
    const desired = desiredOf(policy, wanted(), stack);
    expect(policy.predict?.(desired)).toEqual({ id: ARN, Arn: ARN, PolicyName: "logs" });
    const unknown = { ...desired, properties: { ...desired.properties, Path: { $unknown: "x" } } };
    expect(policy.predict?.(unknown)).toEqual({});
  });

  it("names itself by ARN", () => {
    expect(policy.nameOfArn?.("arn:aws:iam::123456789012:policy/a/b/name")).toBe("name");
    expect(policy.nameOfArn?.("arn:aws:iam::aws:policy/ReadOnlyAccess")).toBeUndefined();
  });
});
