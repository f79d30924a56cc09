import { beforeEach, describe, expect, it } from "vitest";
import { permission } from "../../../../src/resources/Lambda/permission/permission.ts";
import type { Live } from "../../../../src/resources/type.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import {
  apply,
  createWorld,
  dependency,
  desiredOf,
  entryOf,
  planOf,
  type Wanted,
  type World,
} from "../harness.ts";
import { iam as iamService } from "../../../../src/resources/IAM/service.ts";
import { lambda } from "../../../../src/resources/Lambda/service.ts";
import { engineOnFake } from "../../../integration/harness.ts";
import { tenResources } from "../../../integration/ten-resources.ts";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";
const API = "arn:aws:execute-api:us-east-1:123456789012:a1/*/*/x";
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const INVOKE = { Action: "lambda:InvokeFunction", Principal: "apigateway.amazonaws.com" };
const NOTHING = "exports.createResources = () => [];";
const OPEN = [
  {
    StatementId: "FunctionURLAllowPublicAccess",
    Action: "lambda:InvokeFunctionUrl",
    Principal: "*",
    FunctionUrlAuthType: "NONE",
  },
  {
    StatementId: "FunctionURLAllowInvokeAction",
    Action: "lambda:InvokeFunction",
    Principal: "*",
    InvokedViaFunctionUrl: true,
  },
];

let world: World;
let parent: Live;

beforeEach(async () => {
  world = createWorld();
  const iam = await world.aws.client(iamService);
  const { Role } = await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: TRUST });
  await (await world.aws.client(lambda)).createFunction({
    FunctionName: "f",
    Role: Role?.Arn,
    Runtime: "nodejs22.x",
    Handler: "f.h",
    Code: { ZipFile: Uint8Array.from([0x50, 0x4b, 3, 4, 0]) },
  });
  parent = { type: "Lambda::Function", name: "f", id: ARN, state: {}, attributes: {}, tags: {} };
});

function wanted(properties: JsonObject, apis: readonly string[] = []): Wanted {
  return {
    properties,
    dependencies: {
      lambdaFunction: [dependency("Lambda::Function", "f", { id: ARN, Arn: ARN })],
      apiGatewayV2Apis: apis.map((id) => dependency("ApiGatewayV2::Api", `api ${id}`, { id })),
    },
    parent,
  };
}

const statements = (...Permissions: JsonObject[]): Wanted => wanted({ Permissions });

describe("Permission, canonical form", () => {
  it("takes GruCloud's entry and is called like its function", () => {
    const entry = entryOf(
      permission,
      statements({ ...INVOKE, FunctionName: "f", StatementId: "lambda-f9a2e0dc", SourceArn: API }),
    );
    expect(permission.name(entry)).toBe("f");
    expect(entry.properties).toEqual({
      Permissions: [{ ...INVOKE, StatementId: "lambda-f9a2e0dc", SourceArn: API }],
    });
  });

  it("takes AddPermission's input flat", () => {
    const entry = entryOf(permission, wanted({ ...INVOKE, SourceArn: API }));
    expect(entry.properties).toEqual({ Permissions: [{ ...INVOKE, SourceArn: API }] });
  });

  it("finds the qualifier behind a function's name", () => {
    const entry = entryOf(permission, statements({ ...INVOKE, FunctionName: `${ARN}:live` }));
    expect(entry.properties).toEqual({ Permissions: [{ ...INVOKE, Qualifier: "live" }] });
  });

  it.each([
    [{ Permissions: [{ ...INVOKE, FunctionName: "g" }] }, undefined],
    [{ Permissions: [INVOKE] }, "other"],
  ])("refuses another function: %j, %s", (properties, name) => {
    const entry = { name, properties, dependencies: { lambdaFunction: ["f"] } };
    expect(() => permission.canonical(entry)).toThrow(
      expect.objectContaining({ code: "NAME_CONTRADICTION" }),
    );
  });

  it("complains about one id for two statements", () => {
    const Permissions = [
      { ...INVOKE, StatementId: "a" },
      { ...INVOKE, StatementId: "a", SourceArn: API },
    ];
    const entry = permission.canonical({
      properties: { Permissions },
      dependencies: { lambdaFunction: ["f"] },
    });
    expect(permission.check?.(entry)).toMatchObject([{ path: "Permissions" }]);
  });

  it.each([
    [{ Permissions: [] }],
    [{ Permissions: [{ Action: "InvokeFunction", Principal: "x" }] }],
    [{ Permissions: [{ ...INVOKE, StatementId: "a b" }] }],
    [{ Permissions: [{ ...INVOKE, Effect: "Deny" }] }],
  ])("its schema refuses %j", (properties) => {
    expect(permission.schema.safeParse(properties).success).toBe(false);
  });
});

describe("Permission, desired statements", () => {
  const state = (what: Wanted): JsonObject =>
    permission.desiredState(desiredOf(permission, what, world.stack));

  it("invents readable ids", () => {
    const keys = (what: Wanted): string[] => Object.keys(state(what).Permissions as JsonObject).sort();
    const made = keys(
      statements(INVOKE, { ...INVOKE, SourceArn: API }, { Action: "lambda:*", Principal: "*" }),
    );
    expect(made).toEqual(["anyone-all", "apigateway-InvokeFunction", "apigateway-InvokeFunction-2"]);
  });

  it("without statements lets the APIs of the dependencies in", () => {
    expect(state(wanted({}, ["a1", "b2"]))).toEqual({
      Permissions: {
        "apigateway-api-a1": { ...INVOKE, SourceArn: "arn:aws:execute-api:us-east-1:123456789012:a1/*" },
        "apigateway-api-b2": { ...INVOKE, SourceArn: "arn:aws:execute-api:us-east-1:123456789012:b2/*" },
      },
    });
  });

  it("adds what the function stands for, unless it is said already", () => {
    const own = { ...OPEN[0], StatementId: "mine" };
    const all = state(wanted({ Permissions: [own], FunctionPermissions: OPEN }));
    expect(Object.keys(all.Permissions as JsonObject)).toEqual(["mine", "FunctionURLAllowInvokeAction"]);
  });

  it("makes a whole ARN of an API's id, which GruCloud's older specs write", () => {
    const written = { ...INVOKE, StatementId: "a", SourceArn: "a1b2c3/*/*/x" };
    const unknown = { ...INVOKE, StatementId: "b", SourceArn: { $unknown: "Api id" } };
    const other = {
      Action: "lambda:*",
      Principal: "s3.amazonaws.com",
      StatementId: "c",
      SourceArn: "bucket/x",
    };
    const properties = { FunctionPermissions: [written, unknown, other] };
    const desired = { ...desiredOf(permission, wanted({}), world.stack), properties };
    expect(permission.desiredState(desired).Permissions).toMatchObject({
      a: { SourceArn: "arn:aws:execute-api:us-east-1:123456789012:a1b2c3/*/*/x" },
      b: { SourceArn: { $unknown: "Api id" } },
      c: { SourceArn: "bucket/x" },
    });
  });

  it("refuses to allow nothing", () => {
    expect(() => state(wanted({}))).toThrow(expect.objectContaining({ code: "EMPTY_PERMISSION" }));
  });
});

describe("Permission, life", () => {
  it("maps every parameter there and back", async () => {
    await apply(
      world,
      permission,
      statements(
        { ...INVOKE, StatementId: "service", SourceArn: API, SourceAccount: "123456789012" },
        {
          Action: "lambda:InvokeFunction",
          Principal: "alexa-appkit.amazon.com",
          StatementId: "alexa",
          EventSourceToken: "t",
        },
        {
          Action: "lambda:InvokeFunction",
          Principal: "*",
          StatementId: "org",
          PrincipalOrgID: "o-0123456789",
        },
        { Action: "lambda:*", Principal: "210987654321", StatementId: "account" },
        { Action: "lambda:InvokeFunction", Principal: "arn:aws:iam::123456789012:root", StatementId: "root" },
        { Action: "lambda:GetFunction", Principal: "arn:aws:iam::123456789012:role/r", StatementId: "role" },
        {
          Action: "lambda:InvokeFunctionUrl",
          Principal: "*",
          StatementId: "iam",
          FunctionUrlAuthType: "AWS_IAM",
        },
        { Action: "lambda:InvokeFunction", Principal: "*", StatementId: "url", InvokedViaFunctionUrl: true },
        {
          Action: "lambda:InvokeFunction",
          Principal: "s3.amazonaws.com",
          StatementId: "notUrl",
          InvokedViaFunctionUrl: false,
        },
      ),
    );
  });

  it("shows and removes what the spec does not have, also what no call can make", async () => {
    const client = await world.aws.client(lambda);
    await apply(world, permission, statements({ ...INVOKE, StatementId: "a" }));
    await client.addPermission({
      FunctionName: "f",
      StatementId: "byHand",
      Action: "lambda:*",
      Principal: "210987654321",
    });
    const record = world.fake.state.functions.get("f");
    record?.statements.set("deny", {
      Sid: "deny",
      Effect: "Deny",
      Principal: "*",
      Action: "lambda:*",
      Resource: ARN,
    } as never);
    const { changes } = await apply(world, permission, statements({ ...INVOKE, StatementId: "a" }));
    expect(changes.map(({ path }) => path)).toEqual([
      "Permissions.byHand.Action",
      "Permissions.byHand.Principal",
      "Permissions.deny.Statement",
    ]);
  });

  it("converges when the answer to an addition was lost", async () => {
    world.fake.faults.inject({ kind: "cut-after", operation: "AddPermission" });
    const what = statements({ ...INVOKE, StatementId: "a" }, { ...INVOKE, StatementId: "b" });
    await expect(apply(world, permission, what)).rejects.toMatchObject({ name: "WriteOutcomeUnknown" });
    expect((await apply(world, permission, what)).calls).toEqual(["AddPermission"]);
  });

  it("takes the place of a statement that appeared since the reading", async () => {
    await (await world.aws.client(lambda)).addPermission({
      FunctionName: "f",
      StatementId: "a",
      Action: "lambda:*",
      Principal: "*",
    });
    const what = statements({ ...INVOKE, StatementId: "a" });
    const desired = desiredOf(permission, what, world.stack);
    const state = permission.desiredState(desired);
    await permission.create({
      aws: world.aws,
      stack: world.stack,
      state,
      desired,
      parent,
      code: async () => new Uint8Array(),
    });
    expect(await planOf(world, permission, what)).toEqual([]);
  });

  it("waits for a principal that Lambda does not know yet", async () => {
    const fault = world.fake.faults.inject({
      kind: "custom",
      operation: "AddPermission",
      times: 2,
      code: "InvalidParameterValueException",
      message: "The provided principal was invalid. Please check the principal and try again.",
      status: 400,
    });
    await apply(
      world,
      permission,
      statements({ Action: "lambda:*", Principal: "arn:aws:iam::123456789012:role/new", StatementId: "a" }),
    );
    expect(fault.hits).toBe(2);
  });
});

describe("Permission, consequence", () => {
  it("says who is shut out", () => {
    const live = { type: "", name: "f", id: "f", attributes: {}, state: { Permissions: { a: INVOKE } } };
    expect(permission.consequence(live)).toBe("apigateway.amazonaws.com may no longer invoke f.");
  });
});

it("a function that an Api may call is deleted after the Api, which calls it until then", async () => {
  const { engine } = engineOnFake();
  await engine.apply(tenResources);
  const { steps } = await engine.planning({ ...tenResources, "resources.js": NOTHING });
  const waits = new Map(steps.map(({ id, type, waitsFor }) => [type, { id, waitsFor }]));
  const [api, fn] = ["ApiGatewayV2::Api", "Lambda::Function"].map((type) => waits.get(type));
  expect(fn?.waitsFor).toEqual([api?.id]);
  expect(api?.waitsFor).not.toContain(fn?.id);
});
