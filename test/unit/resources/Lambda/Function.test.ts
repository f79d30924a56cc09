import { createHash } from "node:crypto";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { unpinnedObject } from "../../../../src/resources/Lambda/reads.ts";
import { lambdaFunction } from "../../../../src/resources/Lambda/function/function.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import {
  apply,
  createWorld,
  dependency,
  desiredOf,
  entryOf,
  planOf,
  readOne,
  touches,
  type Wanted,
  type World,
} from "../harness.ts";
import { iam as iamService } from "../../../../src/resources/IAM/service.ts";
import { lambda } from "../../../../src/resources/Lambda/service.ts";

const ROLE = "arn:aws:iam::123456789012:role/worker";
const IMAGE = `123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${"1".repeat(64)}`;
const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:tools:3";
const FIRST = "arn:aws:lambda:us-east-1:123456789012:layer:first:1";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const MANAGED: JsonObject = {
  CapacityProviderConfig: {
    LambdaManagedInstancesCapacityProviderConfig: {
      CapacityProviderArn: "arn:aws:lambda:us-east-1:123456789012:capacity-provider:cp",
    },
  },
};
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

function codeOf(text: string): { sha256: string; bytes: Uint8Array } {
  const bytes = zipSync({ "f.js": new TextEncoder().encode(text) }, { mtime: new Date(2000, 0, 1) });
  return { bytes, sha256: createHash("sha256").update(bytes).digest("base64") };
}

const role = dependency("IAM::Role", "worker", { Arn: ROLE, id: ROLE });

function wanted(more: JsonObject = {}, rest: Partial<Wanted> = {}): Wanted {
  return {
    name: "f",
    properties: { Runtime: "nodejs22.x", Handler: "f.handler", ...more },
    dependencies: { role: [role] },
    code: codeOf("1"),
    ...rest,
  };
}

function fromS3(code: JsonObject): Wanted {
  const { code: _folder, ...rest } = wanted({ Code: { S3Bucket: "builds", S3Key: "f.zip", ...code } });
  return rest;
}

async function world(options: Parameters<typeof createWorld>[0] = {}): Promise<World> {
  const made = createWorld(options);
  for (const RoleName of ["worker", "other"]) {
    await (await made.aws.client(iamService)).createRole({ RoleName, AssumeRolePolicyDocument: TRUST });
  }
  return made;
}

/** Ends a step in the middle: nothing that waiting would heal. */
const crash = { kind: "custom", code: "AccessDeniedException", message: "no", status: 403 } as const;

describe("Function, canonical form", () => {
  it("makes one of both dialects", () => {
    const old = entryOf(
      lambdaFunction,
      wanted({ PackageType: "Zip", Description: "", Timeout: 3, MemorySize: 128 }),
    );
    const current = entryOf(lambdaFunction, {
      properties: {
        Configuration: { FunctionName: "f", Runtime: "nodejs22.x", Handler: "f.handler" },
        FunctionUrlConfig: { AuthType: "AWS_IAM" },
        Tags: { a: "b" },
      },
      dependencies: { role: [role] },
    });
    expect([lambdaFunction.name(old), lambdaFunction.name(current)]).toEqual(["f", "f"]);
    expect(current.properties).toEqual({
      FunctionName: "f",
      Runtime: "nodejs22.x",
      Handler: "f.handler",
      FunctionUrlConfig: { AuthType: "AWS_IAM" },
      Tags: { a: "b" },
    });
  });

  it.each<[JsonObject, string | undefined, string]>([
    [{ Configuration: { FunctionName: "g" } }, "f", "NAME_CONTRADICTION"],
    [{ Configuration: { Timeout: 3 }, Timeout: 4 }, "f", "PROPERTY_CONTRADICTION"],
  ])("refuses %j named %s", (properties, name, code) => {
    expect(() => lambdaFunction.canonical({ name, properties, dependencies: {} })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it.each<[JsonObject, Record<string, string[]>, string]>([
    [{ Runtime: "nodejs22.x", Handler: "a.b" }, {}, "dependencies.role"],
    [{ Handler: "a.b" }, { role: ["r"] }, "Runtime"],
    [{ Runtime: "nodejs22.x" }, { role: ["r"] }, "Handler"],
    [{ PackageType: "Image" }, { role: ["r"] }, "Code.ImageUri"],
    [{ Code: { ImageUri: IMAGE }, Runtime: "nodejs22.x" }, { role: ["r"] }, "Runtime"],
    [{ Code: { ImageUri: IMAGE }, Layers: [LAYER] }, { role: ["r"] }, "Layers"],
    [{ Runtime: "r", Handler: "h", Code: {} }, { role: ["r"] }, "Code"],
    [{ Runtime: "r", Handler: "h", Code: { S3Key: "k" } }, { role: ["r"] }, "Code"],
    [
      { Runtime: "r", Handler: "h", Code: { S3Key: "k", S3Bucket: "b", ImageUri: IMAGE } },
      { role: ["r"] },
      "Code",
    ],
    [{ Runtime: "r", Handler: "h", ImageConfig: { Command: ["x"] } }, { role: ["r"] }, "ImageConfig"],
    [
      { Runtime: "r", Handler: "h", Environment: { Variables: { BIG: "x".repeat(5000) } } },
      { role: ["r"] },
      "Environment.Variables",
    ],
  ])("complains about %j", (properties, dependencies, path) => {
    const issues = lambdaFunction.check?.({ name: "f", properties, dependencies }) ?? [];
    expect(issues.map((issue) => issue.path)).toContain(path);
  });

  it("has nothing against an image without runtime", () => {
    const entry = {
      name: "f",
      properties: { Code: { ImageUri: IMAGE }, Layers: [] },
      dependencies: { role: ["r"] },
    };
    expect(lambdaFunction.check?.(entry)).toEqual([]);
  });

  it.each([
    [{ Runtime: "node 22" }, "Runtime"],
    [{ Environment: { Variables: { "A-B": "x" } } }, "A-B"],
    [{ Environment: { Variables: { AWS_REGION: "x" } } }, "set by Lambda itself"],
    [{ TimeOut: 3 }, "TimeOut"],
    [{ Architectures: ["x86_64", "arm64"] }, "Architectures"],
    [{ LoggingConfig: { LogFormat: "json" } }, "LogFormat"],
    [{ Layers: ["1", "2", "3", "4", "5", "6"] }, "Layers"],
    [{ FunctionUrlConfig: {} }, "AuthType"],
  ])("its schema refuses %j", (properties, word) => {
    const result = lambdaFunction.schema.safeParse({ FunctionName: "f", ...properties });
    expect(JSON.stringify(result.error?.issues)).toContain(word);
  });
});

describe("Function, created", () => {
  it("with one call when AWS is at once ready", async () => {
    const { calls, live } = await apply(await world(), lambdaFunction, wanted());
    expect(calls.filter((call) => call !== "GetFunctionConfiguration")).toEqual(["CreateFunction"]);
    expect(live.attributes).toMatchObject({
      FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
      Runtime: "nodejs22.x",
    });
    expect(JSON.stringify(live.attributes)).not.toContain("Environment");
  });

  it("when Lambda cannot assume its new role yet, and is Pending for a while", async () => {
    const slow = await world({ consistency: { roleAssumable: 3, functionActive: 3 } });
    const started = slow.clock.now();
    const { calls } = await apply(slow, lambdaFunction, wanted());
    expect(calls.filter((call) => call === "CreateFunction")).toHaveLength(4);
    expect(calls.filter((call) => call === "GetFunctionConfiguration").length).toBeGreaterThanOrEqual(3);
    expect(slow.clock.now() - started).toBeLessThan(60_000);
  });

  it("not at all when the role never trusts Lambda: a deadline says so", async () => {
    const made = await world();
    const iam = await made.aws.client(iamService);
    await iam.updateAssumeRolePolicy({
      RoleName: "worker",
      PolicyDocument: TRUST.replace("lambda.amazonaws.com", "ec2.amazonaws.com"),
    });
    await expect(apply(made, lambdaFunction, wanted())).rejects.toMatchObject({
      code: "DEADLINE",
      message: expect.stringMatching(
        /90\d s for Lambda to be able to assume the function's role.*cannot be assumed/,
      ),
    });
  });

  it("fails with AWS's reason", async () => {
    const made = await world({ consistency: { functionActive: 1 } });
    const fn = apply(made, lambdaFunction, wanted());
    const failing = setInterval(() => {
      const record = made.fake.state.functions.get("f");
      if (record === undefined) return;
      Object.assign(record.config, { State: "Failed", StateReason: "no such subnet" });
      record.unsettled = undefined;
    }, 0);
    await fn.then(
      () => expect.unreachable(),
      (error) =>
        expect(error).toMatchObject({
          code: "FUNCTION_FAILED",
          message: expect.stringContaining("no such subnet"),
        }),
    );
    clearInterval(failing);
  });

  it("sends an image", async () => {
    const { code: _code, ...image } = wanted();
    const made = await world();
    const config = { EntryPoint: ["/app"], Command: ["x"], WorkingDirectory: "/" };
    await apply(made, lambdaFunction, {
      ...image,
      properties: { Code: { ImageUri: IMAGE }, ImageConfig: config },
    });
    const next = { ...image, properties: { Code: { ImageUri: IMAGE.replace(/1$/, "2") } } };
    const { calls, changes } = await apply(made, lambdaFunction, next);
    expect(changes.map(({ path }) => path)).toEqual([
      "Code.ImageUri",
      "ImageConfig.EntryPoint",
      "ImageConfig.Command",
      "ImageConfig.WorkingDirectory",
    ]);
    expect(calls).toContain("UpdateFunctionCode");
    expect(await planOf(made, lambdaFunction, wanted())).toContainEqual(
      expect.objectContaining({ path: "PackageType", replaces: true }),
    );
  });

  it("takes code that is written in the spec as base64", async () => {
    const made = await world();
    const zip = (text: string): Wanted => {
      const { code: _folder, ...rest } = wanted({
        Code: { ZipFile: Buffer.from(codeOf(text).bytes).toString("base64") },
      });
      return rest;
    };
    await apply(made, lambdaFunction, zip("1"));
    expect(await planOf(made, lambdaFunction, wanted())).toEqual([]);
    expect((await apply(made, lambdaFunction, zip("2"))).changes.map(({ path }) => path)).toEqual([
      "CodeSha256",
    ]);
  });
});

describe("Function, updated", () => {
  it("code and configuration are two calls, each waited for", async () => {
    const made = await world({ consistency: { functionUpdate: 2 } });
    await apply(made, lambdaFunction, wanted());
    const { calls } = await apply(made, lambdaFunction, wanted({ Timeout: 9 }, { code: codeOf("2") }));
    const writes = calls.filter((call) => !call.startsWith("Get"));
    expect(writes).toEqual(["UpdateFunctionCode", "UpdateFunctionConfiguration"]);
    expect(calls.indexOf("GetFunctionConfiguration")).toBeGreaterThan(0);
  });

  it("retries while somebody else's update is under way", async () => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    const fault = made.fake.faults.inject({
      kind: "custom",
      operation: "UpdateFunctionConfiguration",
      times: 2,
      code: "ResourceConflictException",
      message: "The operation cannot be performed at this time. An update is in progress for resource: f",
      status: 409,
    });
    await apply(made, lambdaFunction, wanted({ Timeout: 9 }));
    expect(fault.hits).toBe(2);
  });

  it("tells why an update failed", async () => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    const live = await readOne(made, lambdaFunction, wanted());
    const record = made.fake.state.functions.get("f");
    if (live === undefined || record === undefined) throw new Error("no function");
    const next = wanted({ Timeout: 9 });
    const desired = desiredOf(lambdaFunction, next, made.stack);
    const changes = await planOf(made, lambdaFunction, next);
    made.fake.state.functions.set(
      "f",
      new Proxy(record, {
        set: (target, key, value) => {
          Reflect.set(target, key, key === "unsettled" ? undefined : value);
          if (key === "unsettled")
            Object.assign(target.config, { LastUpdateStatus: "Failed", LastUpdateStatusReason: "no room" });
          return true;
        },
      }),
    );
    const update = lambdaFunction.update({
      aws: made.aws,
      stack: made.stack,
      state: lambdaFunction.desiredState(desired),
      desired,
      code: async () => codeOf("1").bytes,
      live,
      changes,
      changed: touches(changes),
    });
    await expect(update).rejects.toMatchObject({
      code: "FUNCTION_FAILED",
      message: expect.stringContaining("no room"),
    });
  });

  it("another role is awaited like a new one", async () => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    const record = made.fake.state.roles.get("other");
    if (record !== undefined) record.notAssumableFor = 2;
    const other = dependency("IAM::Role", "other", { Arn: ROLE.replace("worker", "other") });
    const { calls } = await apply(made, lambdaFunction, wanted({}, { dependencies: { role: [other] } }));
    expect(calls.filter((call) => call === "UpdateFunctionConfiguration")).toHaveLength(3);
  });

  it("environment variables come and go one by one, an empty one is one", async () => {
    const made = await world();
    const environment = (Variables: JsonObject): Wanted => wanted({ Environment: { Variables } });
    await apply(made, lambdaFunction, environment({ AA: "1", BB: "2", EMPTY: "" }));
    expect(made.fake.state.functions.get("f")?.environment).toEqual({ AA: "1", BB: "2", EMPTY: "" });
    const { changes } = await apply(made, lambdaFunction, environment({ AA: "1", CC: "3" }));
    expect(changes.map(({ path, sensitive }) => [path, sensitive])).toEqual([
      ["Environment.Variables.BB", true],
      ["Environment.Variables.EMPTY", true],
      ["Environment.Variables.CC", true],
    ]);
  });

  it("levels of JSON logs do not survive the way back to text", async () => {
    const made = await world();
    await apply(
      made,
      lambdaFunction,
      wanted({ LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "WARN" } }),
    );
    await apply(made, lambdaFunction, wanted({ LoggingConfig: { LogGroup: "/shop" } }));
    await apply(made, lambdaFunction, wanted({ LoggingConfig: { LogFormat: "JSON" } }));
  });

  it("layers, subnets and key come from dependencies too", () => {
    const { stack } = createWorld();
    const desired = desiredOf(
      lambdaFunction,
      wanted(
        { Layers: [FIRST], VpcConfig: { SecurityGroupIds: ["sg-1"] } },
        {
          dependencies: {
            role: [role],
            layers: [dependency("Lambda::Layer", "l", { Arn: LAYER })],
            subnets: [dependency("EC2::Subnet", "s", { id: "subnet-9" })],
            kmsKey: [dependency("KMS::Key", "k", { Arn: KEY })],
          },
        },
      ),
      stack,
    );
    expect(lambdaFunction.desiredState(desired)).toMatchObject({
      Layers: [FIRST, LAYER],
      VpcConfig: { SubnetIds: ["subnet-9"], SecurityGroupIds: ["sg-1"] },
      KMSKeyArn: KEY,
    });
  });

  it("a durable function changes in place, becoming one replaces", async () => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    const durable = wanted({ DurableConfig: { ExecutionTimeout: 60 } });
    const logged = await planOf(made, lambdaFunction, durable);
    expect(logged.filter(({ replaces }) => replaces).map(({ path }) => path)).toEqual([
      "DurableConfig.ExecutionTimeout",
    ]);
    expect(logged).toContainEqual(
      expect.objectContaining({ path: "LoggingConfig.LogFormat", after: "JSON" }),
    );
    const second = await world();
    await apply(second, lambdaFunction, durable);
    const longer = wanted({ DurableConfig: { ExecutionTimeout: 90 } });
    expect((await apply(second, lambdaFunction, longer)).changes).toMatchObject([{ replaces: false }]);
    expect((await planOf(second, lambdaFunction, wanted())).some(({ replaces }) => replaces)).toBe(true);
  });

  it.each<[string, JsonObject]>([
    ["durable", { DurableConfig: { ExecutionTimeout: 60 } }],
    ["on managed instances", MANAGED],
  ])("that is %s logs JSON unless told otherwise, and is quiet", async (_what, by) => {
    const made = await world();
    expect((await apply(made, lambdaFunction, wanted(by))).live.state.LoggingConfig).toMatchObject({
      LogFormat: "JSON",
      SystemLogLevel: "INFO",
    });
    const levels = { ...by, LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "WARN" } };
    await apply(made, lambdaFunction, wanted(levels));
    expect((await apply(made, lambdaFunction, wanted(by))).live.state.LoggingConfig).toMatchObject({
      SystemLogLevel: "INFO",
    });
  });

  it("a durable function that is to log Text does", async () => {
    const made = await world();
    const text = { DurableConfig: { ExecutionTimeout: 60 }, LoggingConfig: { LogFormat: "Text" } };
    expect((await apply(made, lambdaFunction, wanted(text))).live.state.LoggingConfig).toMatchObject({
      LogFormat: "Text",
    });
  });

  it("names of headers have no case in a URL's CORS", async () => {
    const made = await world();
    const url = (Cors: JsonObject) => wanted({ FunctionUrlConfig: { AuthType: "AWS_IAM", Cors } });
    const shouted = {
      AllowOrigins: ["https://a.example"],
      AllowHeaders: ["Content-Type"],
      ExposeHeaders: ["X-A"],
    };
    await apply(made, lambdaFunction, url(shouted));
    expect(await planOf(made, lambdaFunction, url(shouted))).toEqual([]);
    const other = { ...shouted, AllowMethods: ["get"] };
    expect((await planOf(made, lambdaFunction, url(other))).map(({ path }) => path)).toEqual([
      "FunctionUrlConfig.Cors.AllowMethods",
    ]);
  });
});

describe("Function, tags", () => {
  it("keeps the one that Lambda::Permission writes, and hides it", async () => {
    const made = await world();
    const { live } = await apply(made, lambdaFunction, wanted());
    await (await made.aws.client(lambda)).tagResource({
      Resource: live.id,
      Tags: { "gc-permission-qualifiers": "live" },
    });
    expect(await planOf(made, lambdaFunction, wanted())).toEqual([]);
    const after = await apply(made, lambdaFunction, wanted({ Tags: { a: "b" } }));
    expect(after.live.tags?.["gc-permission-qualifiers"]).toBe("live");
    expect(after.live.state.Tags).not.toHaveProperty("gc-permission-qualifiers");
  });

  it("predicts nothing for a name that is not known yet", () => {
    const { stack } = createWorld();
    const desired = { ...desiredOf(lambdaFunction, wanted(), stack), name: "\uE000ref\uE001" };
    expect(lambdaFunction.predict?.(desired)).toEqual({});
  });
});

describe("Function, code from S3", () => {
  it.each<[string, JsonObject, boolean]>([
    ["by its key alone", {}, true],
    ["with a version", { S3ObjectVersion: "v1" }, false],
    ["with a sum", { Sha256: "0".repeat(64) }, false],
  ])("is warned of where another object would not be seen: %s", (_, code, warned) => {
    const Code = { S3Bucket: "builds", S3Key: "f.zip", ...code };
    for (const property of ["Code", "Content"] as const)
      expect(unpinnedObject(property, Code).map((one) => one.code)).toEqual(
        warned ? ["CODE_NOT_COMPARED"] : [],
      );
    expect(unpinnedObject("Code", { ZipFile: "x" })).toEqual([]);
  });

  it("every part of the place is seen, although AWS never tells it", async () => {
    const made = await world();
    await apply(made, lambdaFunction, fromS3({}));
    expect((await apply(made, lambdaFunction, fromS3({}))).calls).toEqual([]);
    for (const code of [
      { S3Key: "g.zip" },
      { S3ObjectVersion: "v1" },
      { S3Bucket: "other" },
      { S3ObjectStorageMode: "REFERENCE" },
    ]) {
      const { calls, changes } = await apply(made, lambdaFunction, fromS3(code));
      expect(calls.filter((call) => !call.startsWith("Get"))).toEqual(["UpdateFunctionCode", "TagResource"]);
      expect(changes.map(({ path }) => path)).toEqual(["Tags.gc-code"]);
    }
  });

  it("a key that no tag can hold is remembered by its digest", async () => {
    const made = await world();
    await apply(made, lambdaFunction, fromS3({ S3Key: "ü(1).zip" }));
    const { live } = await apply(made, lambdaFunction, fromS3({ S3Key: "ü(2).zip" }));
    expect(live.tags?.["gc-code"]).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  /** The fake's object of a key: its bytes are its address. */
  const sumOf = (key: string) => createHash("sha256").update(`s3://builds/${key}/`);

  it.each(["hex", "base64"] as const)("is compared by its checksum, given in %s", async (encoding) => {
    const made = await world();
    const Sha256 = sumOf("f.zip").digest(encoding);
    await apply(made, lambdaFunction, fromS3({ Sha256 }));
    expect((await apply(made, lambdaFunction, fromS3({ Sha256 }))).calls).toEqual([]);
    // The same bytes at another place are the same code.
    expect((await apply(made, lambdaFunction, fromS3({ S3Key: "g.zip", Sha256 }))).calls).toEqual([]);
    const next = sumOf("g.zip").digest(encoding);
    const { calls, changes } = await apply(made, lambdaFunction, fromS3({ S3Key: "g.zip", Sha256: next }));
    expect(calls).toContain("UpdateFunctionCode");
    expect(changes.map(({ path }) => path)).toEqual(["CodeSha256"]);
  });

  it("of other bytes than the spec says is an error, in a create and in an update, until they are right", async () => {
    const made = await world();
    const Sha256 = sumOf("f.zip").digest("hex");
    const wrong = { code: "CODE_MISMATCH" };
    await expect(apply(made, lambdaFunction, fromS3({ S3Key: "g.zip", Sha256 }))).rejects.toMatchObject(
      wrong,
    );
    await expect(apply(made, lambdaFunction, fromS3({ S3Key: "g.zip", Sha256 }))).rejects.toMatchObject(
      wrong,
    );
    await apply(made, lambdaFunction, fromS3({ Sha256 }));
    expect((await apply(made, lambdaFunction, fromS3({ Sha256 }))).calls).toEqual([]);
  });

  it("that is changed by hand is set back, when the spec says what it is", async () => {
    const made = await world();
    const Sha256 = sumOf("f.zip").digest("hex");
    await apply(made, lambdaFunction, fromS3({ Sha256 }));
    const live = made.fake.state.functions.get("f");
    if (live !== undefined) live.config.CodeSha256 = codeOf("by hand").sha256;
    expect((await apply(made, lambdaFunction, fromS3({ Sha256 }))).calls).toContain("UpdateFunctionCode");
  });

  it("gets a checksum in the spec, and loses it again", async () => {
    const made = await world();
    await apply(made, lambdaFunction, fromS3({}));
    const Sha256 = sumOf("f.zip").digest("hex");
    const { live } = await apply(made, lambdaFunction, fromS3({ Sha256 }));
    expect(live.tags?.["gc-code"]).toBeUndefined();
    expect((await apply(made, lambdaFunction, fromS3({ Sha256 }))).calls).toEqual([]);
    await apply(made, lambdaFunction, fromS3({}));
    expect((await apply(made, lambdaFunction, fromS3({}))).calls).toEqual([]);
  });

  it("moves from a folder to S3 and back", async () => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    expect((await apply(made, lambdaFunction, fromS3({}))).calls).toContain("UpdateFunctionCode");
    expect((await apply(made, lambdaFunction, wanted())).calls).toContain("UpdateFunctionCode");
    expect(made.fake.state.functions.get("f")?.config.CodeSha256).toBe(codeOf("1").sha256);
  });

  it("the tag is written after the code, so that a crash between them is mended", async () => {
    const made = await world();
    await apply(made, lambdaFunction, fromS3({}));
    made.fake.faults.inject({ ...crash, operation: "TagResource" });
    await expect(apply(made, lambdaFunction, fromS3({ S3Key: "g.zip" }))).rejects.toThrow();
    expect((await apply(made, lambdaFunction, fromS3({ S3Key: "g.zip" }))).calls).toContain(
      "UpdateFunctionCode",
    );
  });
});

describe("Function, its URL", () => {
  const withUrl = (more: JsonObject = {}): Wanted =>
    wanted({ FunctionUrlConfig: { AuthType: "AWS_IAM", ...more } });

  it("costs a call only where there is one", async () => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    made.fake.resetCalls();
    await readOne(made, lambdaFunction, wanted());
    expect(made.fake.calls.map(({ operation }) => operation)).toEqual(["GetFunction"]);
    const { live } = await apply(made, lambdaFunction, withUrl());
    expect(live.attributes.FunctionUrl).toMatch(/^https:/);
    made.fake.resetCalls();
    await readOne(made, lambdaFunction, wanted());
    expect(made.fake.calls.map(({ operation }) => operation)).toEqual([
      "GetFunction",
      "GetFunctionUrlConfig",
    ]);
  });

  it("a crash before it is made is mended by the next run", async () => {
    const made = await world();
    made.fake.faults.inject({ ...crash, operation: "CreateFunctionUrlConfig" });
    await expect(apply(made, lambdaFunction, withUrl())).rejects.toThrow();
    const { changes } = await apply(made, lambdaFunction, withUrl());
    expect(changes.map(({ path }) => path)).toEqual([
      "FunctionUrlConfig.AuthType",
      "FunctionUrlConfig.InvokeMode",
    ]);
  });

  it("a lost answer makes no second one", async () => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    made.fake.faults.inject({ kind: "cut-after", operation: "CreateFunctionUrlConfig" });
    await expect(apply(made, lambdaFunction, withUrl())).rejects.toMatchObject({
      name: "WriteOutcomeUnknown",
    });
    expect((await apply(made, lambdaFunction, withUrl())).calls).toEqual([]);
  });

  it("a crash before it is removed is mended by the next run", async () => {
    const made = await world();
    await apply(made, lambdaFunction, withUrl());
    made.fake.faults.inject({ ...crash, operation: "DeleteFunctionUrlConfig" });
    await expect(apply(made, lambdaFunction, wanted())).rejects.toThrow();
    await apply(made, lambdaFunction, wanted());
    expect(made.fake.state.functions.get("f")?.url).toBeUndefined();
  });
});

describe("Function, read", () => {
  it.each([
    ["TagsError", "tags", "lambda:ListTags"],
    ["Environment", "environment", "kms:Decrypt"],
  ])("an answer without what was denied (%s) is an error, not an absence", async (_key, part, action) => {
    const made = await world();
    await apply(made, lambdaFunction, wanted());
    const client = await made.aws.client(lambda);
    const error = { ErrorCode: "AccessDeniedException", Message: "no" };
    const getFunction = client.getFunction.bind(client);
    const broken = async (input: { FunctionName: string }) => {
      const answer = await getFunction(input);
      return part === "tags"
        ? { ...answer, Tags: undefined, TagsError: error }
        : { ...answer, Configuration: { ...answer.Configuration, Environment: { Error: error } } };
    };
    Object.assign(client, { getFunction: broken });
    await expect(readOne(made, lambdaFunction, wanted())).rejects.toMatchObject({
      code: "AWS_ACCESS_DENIED",
      message: expect.stringContaining(part),
      hint: expect.stringContaining(action),
    });
  });

  it("reaches its role", async () => {
    const { live } = await apply(await world(), lambdaFunction, wanted());
    expect(lambdaFunction.reaches?.(live)).toEqual([
      { type: "IAM::Role", lookup: { name: "worker", arn: ROLE } },
    ]);
  });

  it("names itself by ARN, unqualified only", () => {
    expect(lambdaFunction.nameOfArn?.("arn:aws:lambda:us-east-1:123456789012:function:f")).toBe("f");
    expect(lambdaFunction.nameOfArn?.("arn:aws:lambda:us-east-1:123456789012:function:f:1")).toBeUndefined();
    expect(lambdaFunction.nameOfArn?.("arn:aws:lambda:us-east-1:123456789012:layer:f")).toBeUndefined();
  });
});

describe("Function, what it stands for", () => {
  it("nothing without a public URL or an old Policy", () => {
    const entry = entryOf(lambdaFunction, wanted({ FunctionUrlConfig: { AuthType: "AWS_IAM" } }));
    expect(lambdaFunction.companions?.(entry)).toEqual([]);
  });

  it("the statements of both", () => {
    const Policy = {
      Version: "2012-10-17",
      Id: "default",
      Statement: [
        {
          Sid: "api",
          Effect: "Allow",
          Principal: { Service: "apigateway.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
          Condition: { ArnLike: { "AWS:SourceArn": "\uE000ref\uE001/*/*/f" } },
        },
      ],
    };
    const entry = entryOf(lambdaFunction, wanted({ Policy, FunctionUrlConfig: { AuthType: "NONE" } }));
    expect(lambdaFunction.companions?.(entry)).toMatchObject([
      {
        type: "Lambda::Permission",
        entry: {
          name: "f",
          dependencies: { lambdaFunction: ["f"] },
          properties: {
            FunctionPermissions: [
              {
                StatementId: "api",
                Principal: "apigateway.amazonaws.com",
                SourceArn: "\uE000ref\uE001/*/*/f",
              },
              { StatementId: "FunctionURLAllowPublicAccess" },
              { StatementId: "FunctionURLAllowInvokeAction" },
            ],
          },
        },
      },
    ]);
  });

  it("refuses a statement that AWS has no call for", () => {
    const Policy = { Statement: [{ Sid: "x", Effect: "Deny", Principal: "*", Action: "lambda:*" }] };
    const entry = entryOf(lambdaFunction, wanted({ Policy }));
    expect(() => lambdaFunction.companions?.(entry)).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED_STATEMENT" }),
    );
  });
});
