import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { plain, refusal, trust, zip, withRole } from "../../testing.ts";

const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:one:1";
const VPC = { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] };

describe("functions: create", () => {
  it("L-01 defaults", async () => {
    const { create, lambda, Role } = await withRole();
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
    const { create, iam } = await withRole({ consistency: { roleAssumable: 2 } });
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
    const { create } = await withRole();
    await create();
    expect(await refusal(create())).toBe("ResourceConflictException: Function already exist: f");
  });

  it("L-04 Zip needs runtime and handler, Image takes neither", async () => {
    const { create } = await withRole();
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
    const { create } = await withRole({ quotas: { zipSize: 1000 } });
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
    const { create } = await withRole();
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
    const { create } = await withRole();
    const environment = (Variables: Record<string, string>) =>
      refusal(create({ Environment: { Variables } }));
    expect(await environment({ "1A": "x" })).toMatch(/^ValidationException/);
    expect(await environment({ A: "x" })).toMatch(/^ValidationException/);
    expect(await environment({ AWS_REGION: "x" })).toMatch(/reserved keys.*AWS_REGION/);
    expect(await environment({ BIG: "x".repeat(4096) })).toMatch(/exceeded the 4KB limit/);
    expect(await environment({ OK: "x" })).toBe("not refused");
  });

  it("L-08 layers: at most five, one version of each", async () => {
    const { create } = await withRole();
    const six = Array.from({ length: 6 }, (_, i) => LAYER.replace("one", `l${i}`));
    expect(await refusal(create({ Layers: six }))).toMatch(/Cannot reference more than 5 layers/);
    expect(await refusal(create({ Layers: [LAYER, LAYER.replace(/1$/, "2")] }))).toMatch(
      /Two different versions/,
    );
    expect((await create({ Layers: [LAYER] })).Layers?.map((layer) => layer.Arn)).toEqual([LAYER]);
  });

  it("L-09 VPC: subnets and groups go together", async () => {
    const { create } = await withRole();
    expect(await refusal(create({ VpcConfig: { SubnetIds: ["s"] } }))).toMatch(/must coexist/);
    expect((await create({ VpcConfig: VPC })).VpcConfig).toMatchObject({
      ...VPC,
      VpcId: expect.stringMatching(/^vpc-/),
    });
  });

  it("L-10 logging: JSON has levels, INFO by default; Text has none", async () => {
    const { create } = await withRole();
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
