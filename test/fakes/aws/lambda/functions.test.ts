import { createHash } from "node:crypto";
import type { CreateFunctionRequest } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { account, activeFunction, type Clients, lambdaRole, plain, refusal, trust, zip } from "../testing.ts";

const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:one:1";
const VPC = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] };

async function setUp(options: Parameters<typeof account>[0] = {}) {
  const clients = account(options);
  const Role = await lambdaRole(clients.iam);
  const base = {
    FunctionName: "f",
    Role,
    Runtime: "nodejs22.x",
    Handler: "f.handler",
    Code: { ZipFile: zip() },
  } as const;
  const create = (more: Partial<CreateFunctionRequest> = {}) =>
    clients.lambda.createFunction({ ...base, ...more });
  return { ...clients, Role, create };
}

async function existing(more: object = {}) {
  const clients: Clients = account();
  await activeFunction(clients, more);
  const { lambda } = clients;
  const get = async () => (await lambda.getFunction({ FunctionName: "f" })).Configuration;
  const update = async (input: object) => {
    await lambda.updateFunctionConfiguration({ FunctionName: "f", ...input });
    return get();
  };
  return { ...clients, get, update };
}

describe("functions: create", () => {
  it("L-01 defaults", async () => {
    const { create, lambda, Role } = await setUp();
    const made = plain(await create());
    expect(made).toMatchObject({ State: "Pending", StateReasonCode: "Creating" });
    const { Configuration, Code, Tags, Concurrency } = await lambda.getFunction({ FunctionName: "f" });
    expect(Configuration).toEqual({
      Architectures: ["x86_64"],
      CodeSha256: createHash("sha256").update(zip()).digest("base64"),
      CodeSize: zip().length,
      Description: "",
      EphemeralStorage: { Size: 512 },
      FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
      FunctionName: "f",
      Handler: "f.handler",
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      LastUpdateStatus: "Successful",
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/f" },
      MemorySize: 128,
      PackageType: "Zip",
      RevisionId: expect.any(String),
      Role,
      Runtime: "nodejs22.x",
      RuntimeVersionConfig: { RuntimeVersionArn: expect.any(String) },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      State: "Active",
      Timeout: 3,
      TracingConfig: { Mode: "PassThrough" },
      Version: "$LATEST",
    });
    expect(Code?.RepositoryType).toBe("S3");
    expect(Tags).toBeUndefined();
    expect(Concurrency).toBeUndefined();
  });

  it("L-02 the role must exist, trust Lambda, be ours and have reached Lambda", async () => {
    const { create, iam } = await setUp({ consistency: { roleAssumable: 2 } });
    const message =
      "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.";
    expect(await refusal(create({ Role: "arn:aws:iam::123456789012:role/none" }))).toBe(message);
    await iam.createRole({ RoleName: "api", AssumeRolePolicyDocument: trust("apigateway.amazonaws.com") });
    expect(await refusal(create({ Role: "arn:aws:iam::123456789012:role/api" }))).toBe(message);
    expect(await refusal(create({ Role: "arn:aws:iam::999999999999:role/r" }))).toMatch(/Cross-account/);
    expect(await refusal(create({ Role: "r" }))).toMatch(/^ValidationException/);
    expect(await refusal(create())).toBe(message);
    expect(await refusal(create())).toBe(message);
    expect(await refusal(create())).toBe("not refused");
  });

  it("L-03 a name is taken once", async () => {
    const { create } = await setUp();
    await create();
    expect(await refusal(create())).toBe("ResourceConflictException: Function already exist: f");
  });

  it("L-04 Zip needs runtime and handler, Image takes neither", async () => {
    const { create } = await setUp();
    const { Runtime: _r, ...noRuntime } = { Runtime: undefined };
    expect(await refusal(create({ ...noRuntime, Runtime: undefined }))).toMatch(
      /Runtime and Handler are mandatory/,
    );
    const ImageUri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1";
    const image = { PackageType: "Image", Code: { ImageUri } } as const;
    expect(await refusal(create(image))).toMatch(/Please don't provide Handler or Runtime/);
    const made = await create({ ...image, Runtime: undefined, Handler: undefined });
    expect(made.CodeSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(made.Runtime).toBeUndefined();
  });

  it("L-05 the package is a zip, not empty, at most 50 MB, from exactly one source", async () => {
    const { create } = await setUp({ quotas: { zipSize: 1000 } });
    const code = (Code: object) => refusal(create({ Code }));
    expect(await code({})).toMatch(/Please provide a source/);
    expect(await code({ ZipFile: new Uint8Array() })).toMatch(/non-empty zip/);
    expect(await code({ ZipFile: new TextEncoder().encode("hello") })).toMatch(/Could not unzip/);
    expect(await code({ ZipFile: zip(), S3Bucket: "b", S3Key: "k" })).toMatch(
      /^InvalidParameterValueException/,
    );
    const large = zip(Array.from({ length: 2000 }, (_, i) => i * 7919).join());
    expect(await code({ ZipFile: large })).toMatch(
      /^RequestEntityTooLargeException|^RequestTooLargeException/,
    );
    expect(await code({ S3Bucket: "b", S3Key: "k" })).toBe("not refused");
  });

  it("L-06 values out of range are refused", async () => {
    const { create } = await setUp();
    const bad = [
      { Timeout: 901 },
      { Timeout: 0 },
      { MemorySize: 127 },
      { EphemeralStorage: { Size: 511 } },
      { Architectures: ["x86_64", "arm64"] },
      { TracingConfig: { Mode: "On" } },
      { FunctionName: "a b" },
      { FunctionName: "x".repeat(65) },
      { Layers: ["layer"] },
      { Description: "x".repeat(257) },
      { KMSKeyArn: "key" },
      { DeadLetterConfig: { TargetArn: "arn:aws:s3:::b" } },
    ];
    for (const more of bad) expect(await refusal(create(more as never))).toMatch(/^ValidationException/);
    expect(await refusal(create({ Runtime: "cobol" as never }))).toMatch(/^InvalidParameterValueException/);
  });

  it("L-07 environment: names have a form and two characters at least, Lambda's own are reserved, 4 KB together", async () => {
    const { create } = await setUp();
    const environment = (Variables: Record<string, string>) =>
      refusal(create({ Environment: { Variables } }));
    expect(await environment({ "1A": "x" })).toMatch(/^ValidationException/);
    expect(await environment({ A: "x" })).toMatch(/^ValidationException/);
    expect(await environment({ AWS_REGION: "x" })).toMatch(/reserved keys.*AWS_REGION/);
    expect(await environment({ BIG: "x".repeat(4096) })).toMatch(/exceeded the 4KB limit/);
    expect(await environment({ OK: "x" })).toBe("not refused");
  });

  it("L-08 layers: at most five, one version of each", async () => {
    const { create } = await setUp();
    const six = Array.from({ length: 6 }, (_, i) => LAYER.replace("one", `l${i}`));
    expect(await refusal(create({ Layers: six }))).toMatch(/Cannot reference more than 5 layers/);
    expect(await refusal(create({ Layers: [LAYER, LAYER.replace(/1$/, "2")] }))).toMatch(
      /Two different versions/,
    );
    expect((await create({ Layers: [LAYER] })).Layers?.map((layer) => layer.Arn)).toEqual([LAYER]);
  });

  it("L-09 VPC: subnets and groups go together", async () => {
    const { create } = await setUp();
    expect(await refusal(create({ VpcConfig: { SubnetIds: ["s"] } }))).toMatch(/must coexist/);
    expect((await create({ VpcConfig: VPC })).VpcConfig).toMatchObject({
      ...VPC,
      VpcId: expect.stringMatching(/^vpc-/),
    });
  });

  it("L-10 logging: JSON has levels, INFO by default; Text has none", async () => {
    const { create } = await setUp();
    const text = { LogFormat: "Text", SystemLogLevel: "INFO" } as const;
    expect(await refusal(create({ LoggingConfig: text }))).toMatch(
      /LogLevel is not supported when LogFormat is set to "Text"/,
    );
    const made = await create({ LoggingConfig: { LogFormat: "JSON", LogGroup: "/own" } });
    expect(made.LoggingConfig).toEqual({
      LogFormat: "JSON",
      LogGroup: "/own",
      ApplicationLogLevel: "INFO",
      SystemLogLevel: "INFO",
    });
  });
});

describe("functions: states", () => {
  it("L-11 Pending until looked at; a change before that is a conflict", async () => {
    const { create, lambda } = await setUp({ consistency: { functionActive: 1 } });
    await create();
    const change = () => refusal(lambda.updateFunctionConfiguration({ FunctionName: "f", Timeout: 5 }));
    expect((await lambda.getFunctionConfiguration({ FunctionName: "f" })).State).toBe("Pending");
    expect(await change()).toMatch(
      /^ResourceConflictException: .* currently in the following state: Pending/,
    );
    expect((await lambda.getFunction({ FunctionName: "f" })).Configuration?.State).toBe("Active");
    expect(await change()).toBe("not refused");
  });

  it("L-12 after an update InProgress until looked at; the next change before that is a conflict", async () => {
    const { lambda } = await existing();
    const answer = await lambda.updateFunctionConfiguration({ FunctionName: "f", Timeout: 5 });
    expect(answer.LastUpdateStatus).toBe("InProgress");
    const code = lambda.updateFunctionCode({ FunctionName: "f", ZipFile: zip("2") });
    expect(await refusal(code)).toMatch(
      /^ResourceConflictException: .* An update is in progress for resource/,
    );
    expect((await lambda.getFunction({ FunctionName: "f" })).Configuration?.LastUpdateStatus).toBe(
      "Successful",
    );
    expect(await refusal(lambda.updateFunctionCode({ FunctionName: "f", ZipFile: zip("2") }))).toBe(
      "not refused",
    );
  });

  it("L-13 RevisionId changes with each update; an old one is refused", async () => {
    const { get, lambda, update } = await existing();
    const before = (await get())?.RevisionId;
    const after = await update({ Timeout: 5, RevisionId: before });
    expect(after?.RevisionId).not.toBe(before);
    const call = lambda.updateFunctionConfiguration({ FunctionName: "f", Timeout: 6, RevisionId: before });
    expect(await refusal(call)).toMatch(/^PreconditionFailedException/);
  });
});

describe("functions: update", () => {
  it("L-14 what is not sent stays", async () => {
    const { update } = await existing({
      Description: "d",
      Environment: { Variables: { AA: "1" } },
      Layers: [LAYER],
    });
    const made = await update({ Timeout: 9 });
    expect(made).toMatchObject({ Timeout: 9, Description: "d", Environment: { Variables: { AA: "1" } } });
    expect(made?.Layers?.length).toBe(1);
  });

  it("L-15 the environment is replaced, never merged", async () => {
    const { update } = await existing({ Environment: { Variables: { AA: "1", BB: "2" } } });
    expect((await update({ Environment: { Variables: { CC: "3" } } }))?.Environment).toEqual({
      Variables: { CC: "3" },
    });
  });

  it("L-16 how each setting is cleared", async () => {
    const queue = "arn:aws:sqs:us-east-1:123456789012:q";
    const key = "arn:aws:kms:us-east-1:123456789012:key/1";
    const { update } = await existing({
      Description: "d",
      Environment: { Variables: { AA: "1" } },
      Layers: [LAYER],
      VpcConfig: VPC,
      DeadLetterConfig: { TargetArn: queue },
      KMSKeyArn: key,
      FileSystemConfigs: [{ Arn: "arn:aws:elasticfilesystem:x", LocalMountPath: "/mnt/a" }],
    });
    const made = await update({
      Description: "",
      Environment: { Variables: {} },
      Layers: [],
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
      DeadLetterConfig: { TargetArn: "" },
      KMSKeyArn: "",
      FileSystemConfigs: [],
    });
    expect(made?.Description).toBe("");
    expect(made?.VpcConfig).toEqual({
      SubnetIds: [],
      SecurityGroupIds: [],
      VpcId: "",
      Ipv6AllowedForDualStack: false,
    });
    for (const member of [
      "Environment",
      "Layers",
      "DeadLetterConfig",
      "KMSKeyArn",
      "FileSystemConfigs",
    ] as const) {
      expect(made?.[member]).toBeUndefined();
    }
  });

  it("L-17 logging goes back to Text without its levels", async () => {
    const { update } = await existing({ LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "WARN" } });
    const made = await update({ LoggingConfig: { LogFormat: "Text" } });
    expect(made?.LoggingConfig).toEqual({ LogFormat: "Text", LogGroup: "/aws/lambda/f" });
  });

  it("L-18 code: the hash follows, a dry run changes nothing, the package type stays", async () => {
    const { get, lambda } = await existing();
    const before = await get();
    const dry = await lambda.updateFunctionCode({ FunctionName: "f", ZipFile: zip("2"), DryRun: true });
    expect(dry.CodeSha256).not.toBe(before?.CodeSha256);
    expect((await get())?.CodeSha256).toBe(before?.CodeSha256);
    await lambda.updateFunctionCode({ FunctionName: "f", ZipFile: zip("2"), Architectures: ["arm64"] });
    expect(await get()).toMatchObject({ CodeSha256: dry.CodeSha256, Architectures: ["arm64"] });
    const ImageUri = "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1";
    const image = lambda.updateFunctionCode({ FunctionName: "f", ImageUri });
    expect(await refusal(image)).toMatch(/^InvalidParameterValueException/);
  });
});

describe("functions: the rest", () => {
  it("L-19 names, partial and full ARNs name the same function", async () => {
    const { lambda } = await existing();
    for (const FunctionName of [
      "f",
      "123456789012:function:f",
      "arn:aws:lambda:us-east-1:123456789012:function:f",
    ]) {
      expect((await lambda.getFunctionConfiguration({ FunctionName })).FunctionName).toBe("f");
    }
    expect(await refusal(lambda.getFunction({ FunctionName: "g" }))).toBe(
      "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:123456789012:function:g",
    );
  });

  it("L-20 lists page by 50 and say nothing about states", async () => {
    const { create, lambda } = await setUp();
    for (let i = 0; i < 51; i++) await create({ FunctionName: `f${i}` });
    const first = await lambda.listFunctions({ MaxItems: 1000 });
    expect(first.Functions?.length).toBe(50);
    expect(first.Functions?.[0]?.State).toBeUndefined();
    expect((await lambda.listFunctions({ Marker: first.NextMarker })).Functions?.length).toBe(1);
  });

  it("L-21 tags: by unqualified ARN; aws: is reserved", async () => {
    const { lambda } = await existing({ Tags: { a: "1" } });
    const Resource = "arn:aws:lambda:us-east-1:123456789012:function:f";
    await lambda.tagResource({ Resource, Tags: { b: "2" } });
    await lambda.untagResource({ Resource, TagKeys: ["a"] });
    expect((await lambda.listTags({ Resource })).Tags).toEqual({ b: "2" });
    expect((await lambda.getFunction({ FunctionName: "f" })).Tags).toEqual({ b: "2" });
    expect(await refusal(lambda.listTags({ Resource: `${Resource}:1` }))).toMatch(/^ValidationException/);
    expect(await refusal(lambda.tagResource({ Resource, Tags: { "aws:x": "" } }))).toMatch(
      /^InvalidParameterValue/,
    );
  });

  it("L-22 deleting takes policy, URL and tags with it", async () => {
    const clients = await existing({ Tags: { a: "1" } });
    const { lambda } = clients;
    await lambda.deleteFunction({ FunctionName: "f" });
    expect(await refusal(lambda.deleteFunction({ FunctionName: "f" }))).toMatch(/^ResourceNotFoundException/);
    expect(clients.fake.state.functions.size).toBe(0);
  });

  it("L-23 reserved concurrency leaves at least 100 for the others", async () => {
    const { lambda } = await existing();
    const put = (ReservedConcurrentExecutions: number) =>
      lambda.putFunctionConcurrency({ FunctionName: "f", ReservedConcurrentExecutions });
    expect(await refusal(put(901))).toMatch(/below its minimum value of \[100\]/);
    await put(0);
    expect((await lambda.getFunctionConcurrency({ FunctionName: "f" })).ReservedConcurrentExecutions).toBe(0);
    expect((await lambda.getFunction({ FunctionName: "f" })).Concurrency?.ReservedConcurrentExecutions).toBe(
      0,
    );
    await lambda.deleteFunctionConcurrency({ FunctionName: "f" });
    const none = await lambda.getFunctionConcurrency({ FunctionName: "f" });
    expect(none.ReservedConcurrentExecutions).toBeUndefined();
  });

  it("L-24 code signing: no ARN when there is none", async () => {
    const { lambda } = await existing();
    expect(plain(await lambda.getFunctionCodeSigningConfig({ FunctionName: "f" }))).toEqual({
      FunctionName: "f",
    });
    const CodeSigningConfigArn = `arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-${"a".repeat(17)}`;
    await lambda.putFunctionCodeSigningConfig({ FunctionName: "f", CodeSigningConfigArn });
    const read = await lambda.getFunctionCodeSigningConfig({ FunctionName: "f" });
    expect(read.CodeSigningConfigArn).toBe(CodeSigningConfigArn);
    await lambda.deleteFunctionCodeSigningConfig({ FunctionName: "f" });
    const gone = await lambda.getFunctionCodeSigningConfig({ FunctionName: "f" });
    expect(gone.CodeSigningConfigArn).toBeUndefined();
  });

  it("L-25 a function URL: one per function, Cors replaced as a whole and cleared by an empty one", async () => {
    const { lambda } = await existing();
    const url = { FunctionName: "f" };
    expect(await refusal(lambda.getFunctionUrlConfig(url))).toMatch(/^ResourceNotFoundException/);
    const made = await lambda.createFunctionUrlConfig({
      ...url,
      AuthType: "AWS_IAM",
      Cors: { AllowOrigins: ["*"], MaxAge: 5 },
    });
    expect(made.FunctionUrl).toMatch(/^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/);
    expect(made.InvokeMode).toBe("BUFFERED");
    expect(await refusal(lambda.createFunctionUrlConfig({ ...url, AuthType: "NONE" }))).toMatch(
      /^ResourceConflict/,
    );
    const next = await lambda.updateFunctionUrlConfig({ ...url, Cors: { AllowMethods: ["GET"] } });
    expect(next).toMatchObject({ AuthType: "AWS_IAM", Cors: { AllowMethods: ["GET"] } });
    expect(next.Cors?.MaxAge).toBeUndefined();
    expect((await lambda.updateFunctionUrlConfig({ ...url, Cors: {} })).Cors).toBeUndefined();
    await lambda.deleteFunctionUrlConfig(url);
    expect(await refusal(lambda.deleteFunctionUrlConfig(url))).toMatch(/^ResourceNotFoundException/);
  });
});
