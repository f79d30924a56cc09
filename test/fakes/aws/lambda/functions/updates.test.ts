import { describe, expect, it } from "vitest";
import { account, activeFunction, type Clients, plain, refusal, zip, withRole } from "../../testing.ts";

const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:one:1";
const VPC = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] };

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

describe("functions: states", () => {
  it("L-11 Pending until looked at; a change before that is a conflict", async () => {
    const { create, lambda } = await withRole({ consistency: { functionActive: 1 } });
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

  it("L-17 logging is replaced as a whole: what is not sent has its default", async () => {
    const { update } = await existing({ LoggingConfig: { LogFormat: "JSON", SystemLogLevel: "WARN" } });
    const made = await update({ LoggingConfig: { LogFormat: "Text" } });
    expect(made?.LoggingConfig).toEqual({ LogFormat: "Text", LogGroup: "/aws/lambda/f" });
    expect((await update({ LoggingConfig: { LogGroup: "g" } }))?.LoggingConfig?.LogFormat).toBe("Text");
    expect((await update({ LoggingConfig: { LogFormat: "JSON" } }))?.LoggingConfig).toEqual({
      LogFormat: "JSON",
      LogGroup: "/aws/lambda/f",
      ApplicationLogLevel: "INFO",
      SystemLogLevel: "INFO",
    });
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
    const { create, lambda } = await withRole();
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

  it("L-25 a function URL: one per function, Cors replaced as a whole, with origins, and cleared by an empty one", async () => {
    const { lambda } = await existing();
    const url = { FunctionName: "f" };
    expect(await refusal(lambda.getFunctionUrlConfig(url))).toMatch(/^ResourceNotFoundException/);
    const made = await lambda.createFunctionUrlConfig({
      ...url,
      AuthType: "AWS_IAM",
      Cors: { AllowOrigins: ["*"], MaxAge: 5 },
    });
    expect(made.FunctionUrl).toMatch(/^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/);
    expect(made.InvokeMode).toBeUndefined();
    expect((await lambda.getFunctionUrlConfig(url)).InvokeMode).toBe("BUFFERED");
    expect(await refusal(lambda.createFunctionUrlConfig({ ...url, AuthType: "NONE" }))).toMatch(
      /^ResourceConflict/,
    );
    const next = await lambda.updateFunctionUrlConfig({
      ...url,
      Cors: { AllowOrigins: ["*"], AllowMethods: ["GET"], AllowHeaders: ["X-A"] },
    });
    expect(next).toMatchObject({
      AuthType: "AWS_IAM",
      Cors: { AllowMethods: ["GET"], AllowHeaders: ["x-a"] },
    });
    expect(await refusal(lambda.updateFunctionUrlConfig({ ...url, Cors: { MaxAge: 5 } }))).toMatch(
      /^InvalidParameterValueException/,
    );
    expect(next.Cors?.MaxAge).toBeUndefined();
    expect((await lambda.updateFunctionUrlConfig({ ...url, Cors: {} })).Cors).toBeUndefined();
    await lambda.deleteFunctionUrlConfig(url);
    expect(await refusal(lambda.deleteFunctionUrlConfig(url))).toMatch(/^ResourceNotFoundException/);
  });
});
