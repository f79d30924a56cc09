/** A connection cut before or after any write: running again ends in the same state, with nothing twice. */
import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { logGroup } from "../../../src/resources/CloudWatchLogs/LogGroup.ts";
import { policy } from "../../../src/resources/IAM/Policy.ts";
import { role } from "../../../src/resources/IAM/Role.ts";
import { lambdaFunction } from "../../../src/resources/Lambda/function/function.ts";
import { permission } from "../../../src/resources/Lambda/permission/permission.ts";
import type { ResourceType } from "../../../src/resources/type.ts";
import type { JsonObject } from "../../../src/model/values.ts";
import { apply, createWorld, dependency, readOne, type Wanted, type World } from "./harness.ts";
import { iam } from "../../../src/resources/IAM/service.ts";
import { lambda } from "../../../src/resources/Lambda/service.ts";

const ROLE = "arn:aws:iam::123456789012:role/base";
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:base";
const TRUST: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const allowing = (Action: string): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const bytes = zipSync({ "f.js": new Uint8Array([1]) }, { mtime: new Date(2000, 0, 1) });
const code = { bytes, sha256: createHash("sha256").update(bytes).digest("base64") };
const parent = { type: "Lambda::Function", name: "base", id: FUNCTION, state: {}, attributes: {}, tags: {} };

function fn(more: JsonObject): Wanted {
  return {
    name: "f",
    properties: { Runtime: "nodejs22.x", Handler: "f.h", ...more },
    dependencies: { role: [dependency("IAM::Role", "base", { Arn: ROLE })] },
    code,
  };
}

function grants(...ids: string[]): Wanted {
  return {
    properties: {
      Permissions: ids.map((StatementId) => ({
        StatementId,
        Action: "lambda:InvokeFunction",
        Principal: "sns.amazonaws.com",
        SourceAccount: String(ids.length).repeat(12),
      })),
    },
    dependencies: { lambdaFunction: [dependency("Lambda::Function", "base", { id: FUNCTION })] },
    parent,
  };
}

const CASES: readonly (readonly [ResourceType, Wanted, Wanted])[] = [
  [
    logGroup,
    { properties: { logGroupName: "/g", retentionInDays: 7, Tags: { a: "b" } } },
    { properties: { logGroupName: "/g", retentionInDays: 30 } },
  ],
  [
    policy,
    { name: "p", properties: { PolicyDocument: allowing("a:b"), Tags: { a: "b" } } },
    { name: "p", properties: { PolicyDocument: allowing("a:c") } },
  ],
  [
    role,
    {
      name: "r",
      properties: {
        AssumeRolePolicyDocument: TRUST,
        Policies: [
          { PolicyName: "x", PolicyDocument: allowing("a:b") },
          { PolicyName: "y", PolicyDocument: allowing("a:b") },
        ],
        AttachedPolicies: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
      },
    },
    {
      name: "r",
      properties: {
        AssumeRolePolicyDocument: TRUST,
        Description: "new",
        MaxSessionDuration: 7200,
        Policies: [{ PolicyName: "y", PolicyDocument: allowing("a:c") }],
      },
    },
  ],
  [
    lambdaFunction,
    fn({ FunctionUrlConfig: { AuthType: "AWS_IAM" }, ReservedConcurrentExecutions: 1 }),
    fn({ Code: { S3Bucket: "my-bucket", S3Key: "k" }, Timeout: 9, Tags: { a: "b" } }),
  ],
  [permission, grants("a", "b"), grants("b", "c", "d")],
];

async function prepared(): Promise<World> {
  const world = createWorld();
  await (await world.aws.client(iam)).createRole({
    RoleName: "base",
    AssumeRolePolicyDocument: JSON.stringify(TRUST),
  });
  await (await world.aws.client(lambda)).createFunction({
    FunctionName: "base",
    Role: ROLE,
    Runtime: "nodejs22.x",
    Handler: "f.h",
    Code: { ZipFile: bytes },
  });
  return world;
}

/** Code from S3 has no folder. */
function sourced(wanted: Wanted): Wanted {
  if (wanted.properties?.Code === undefined) return wanted;
  const { code: _folder, ...rest } = wanted;
  return rest;
}

/** Applies with a fault at the n-th write, then without; true when the fault struck. */
async function interrupted(
  world: World,
  type: ResourceType,
  wanted: Wanted,
  kind: "cut" | "cut-after",
  skip: number,
): Promise<boolean> {
  const fault = world.fake.faults.inject({ kind, writesOnly: true, skip });
  await apply(world, type, wanted).catch(() => undefined);
  world.fake.faults.clear();
  await apply(world, type, wanted);
  return fault.hits > 0;
}

describe.each(["cut", "cut-after"] as const)("a connection %s", (kind) => {
  it.each(CASES.map(([type, from, to]) => [type.type, type, from, to] as const))(
    "%s",
    async (_name, type, from, to) => {
      let struck = true;
      for (let write = 0; struck; write += 1) {
        expect(write).toBeLessThan(20);
        const world = await prepared();
        struck = await interrupted(world, type, sourced(from), kind, write);
        struck = (await interrupted(world, type, sourced(to), kind, write)) || struck;
        const live = await readOne(world, type, sourced(to));
        if (live === undefined) throw new Error("gone");
        const context = { aws: world.aws, stack: world.stack, live };
        world.fake.faults.inject({ kind, writesOnly: true, skip: write });
        await type.delete(context).catch(() => undefined);
        world.fake.faults.clear();
        await type.delete(context);
        expect(await readOne(world, type, sourced(to))).toBeUndefined();
      }
    },
  );
});
