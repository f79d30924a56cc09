import * as client from "@aws-sdk/client-lambda";
import type { Ctx } from "../../core/context.ts";
import { sdk } from "../../core/sdk.ts";
import type { FunctionRecord } from "../../state.ts";
import { checkSettings } from "./checks.ts";
import { conflict, functionArn, invalid, nameOf, show, stamp, validation } from "../common.ts";
import { type Package, readPackage } from "../package.ts";
import { showLayers, showLogging, showVpc } from "./settings.ts";
import { checkTags } from "../tag-rules.ts";
import { publish } from "../versions.ts";

const on = sdk<client.Lambda>(client);

/** Creates a function. It is Pending until it has been looked at often enough. */
const createFunction = on("createFunction", (ctx, input) => {
  const name = nameOf(input.FunctionName);
  const packageType = input.PackageType ?? "Zip";
  checkPackageType(input, packageType);
  checkSettings(ctx, input);
  checkTags(ctx, new Map(), input.Tags ?? {});
  const architectures = input.Architectures ?? ["x86_64"];
  if (architectures.length !== 1 || !["x86_64", "arm64"].includes(architectures[0] ?? "")) {
    throw validation(
      `Value '[${architectures.join(", ")}]' at 'architectures' failed to satisfy constraint: Member must satisfy enum value set: [x86_64, arm64]`,
    );
  }
  const code = readPackage(ctx, input.Code ?? {}, packageType, "CreateFunction");
  if (ctx.region.functions.has(name)) throw conflict(`Function already exist: ${name}`);
  const record: FunctionRecord = {
    config: configure(ctx, name, input, code),
    code: code.location,
    zip: code.zip,
    tags: new Map(Object.entries(input.Tags ?? {})),
    statements: new Map(),
    policyRevision: "",
    versions: new Map(),
    url: undefined,
    codeSigningConfigArn: input.CodeSigningConfigArn,
    reservedConcurrency: undefined,
    unsettled: ctx.consistency.functionActive,
    environment: { ...input.Environment?.Variables },
  };
  ctx.region.functions.set(name, record);
  return input.Publish === true ? { ...show(record), Version: publish(record).Version } : show(record);
});

function checkPackageType(input: client.CreateFunctionRequest, type: string): void {
  if (type !== "Zip" && type !== "Image") {
    throw validation(
      `Value '${type}' at 'packageType' failed to satisfy constraint: Member must satisfy enum value set: [Zip, Image]`,
    );
  }
  const zip = type === "Zip";
  if (zip && (!input.Runtime || !input.Handler)) {
    throw invalid(
      "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
    );
  }
  if (
    !zip &&
    (input.Runtime !== undefined || input.Handler !== undefined || (input.Layers?.length ?? 0) > 0)
  ) {
    throw invalid(
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    );
  }
  if (zip && input.ImageConfig !== undefined) {
    throw invalid("Please don't provide ImageConfig when the intended function PackageType is Zip.");
  }
}

function configure(
  ctx: Ctx,
  name: string,
  input: client.CreateFunctionRequest,
  code: Package,
): client.FunctionConfiguration {
  const config: client.FunctionConfiguration = {
    FunctionName: name,
    FunctionArn: functionArn(ctx, name),
    Role: input.Role,
    CodeSize: code.size,
    Description: input.Description ?? "",
    Timeout: input.Timeout ?? 3,
    MemorySize: input.MemorySize ?? 128,
    LastModified: stamp(ctx.now()),
    CodeSha256: code.sha256,
    Version: "$LATEST",
    TracingConfig: { Mode: input.TracingConfig?.Mode ?? "PassThrough" },
    RevisionId: ctx.ids.uuid(),
    State: "Pending",
    StateReason: "The function is being created.",
    StateReasonCode: "Creating",
    PackageType: input.PackageType ?? "Zip",
    Architectures: input.Architectures ?? ["x86_64"],
    EphemeralStorage: { Size: input.EphemeralStorage?.Size ?? 512 },
    SnapStart: { ApplyOn: input.SnapStart?.ApplyOn ?? "None", OptimizationStatus: "Off" },
    LoggingConfig: showLogging({ ...input, FunctionName: name }, input.LoggingConfig ?? {}),
  };
  if (input.Runtime !== undefined) {
    config.Runtime = input.Runtime;
    config.RuntimeVersionConfig = {
      RuntimeVersionArn: `arn:${ctx.partition}:lambda:${ctx.regionName}::runtime:${input.Runtime}`,
    };
  }
  if (input.Handler !== undefined) config.Handler = input.Handler;
  if (input.Layers !== undefined && input.Layers.length > 0) config.Layers = showLayers(input.Layers);
  if (input.VpcConfig !== undefined) config.VpcConfig = showVpc(input.VpcConfig);
  if (input.KMSKeyArn !== undefined && input.KMSKeyArn !== "") config.KMSKeyArn = input.KMSKeyArn;
  const target = input.DeadLetterConfig?.TargetArn ?? "";
  if (target !== "") config.DeadLetterConfig = { TargetArn: target };
  if (input.FileSystemConfigs !== undefined && input.FileSystemConfigs.length > 0) {
    config.FileSystemConfigs = input.FileSystemConfigs;
  }
  if (input.ImageConfig !== undefined) config.ImageConfigResponse = { ImageConfig: input.ImageConfig };
  if (input.TenancyConfig !== undefined) config.TenancyConfig = input.TenancyConfig;
  if (input.CapacityProviderConfig !== undefined)
    config.CapacityProviderConfig = input.CapacityProviderConfig;
  if (input.DurableConfig !== undefined) config.DurableConfig = input.DurableConfig;
  return config;
}

export const createOperations = [createFunction];
