import * as client from "@aws-sdk/client-lambda";
import { sdk } from "../../core/sdk.ts";
import type { FunctionRecord } from "../../state.ts";
import { checkSettings } from "./checks.ts";
import { checkRevision, invalid, needFunction, needSettled, show, startUpdate } from "../common.ts";
import { showLayers, showLogging, showVpc } from "./settings.ts";

const on = sdk<client.Lambda>(client);

/** Changes what is sent and keeps the rest; empty values clear. */
const updateFunctionConfiguration = on("updateFunctionConfiguration", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  needSettled(ctx, record);
  checkRevision(input.RevisionId, record.config.RevisionId);
  const image = record.config.PackageType === "Image";
  if (
    image &&
    (input.Runtime !== undefined || input.Handler !== undefined || (input.Layers?.length ?? 0) > 0)
  ) {
    throw invalid(
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    );
  }
  if (!image && input.ImageConfig !== undefined && Object.keys(input.ImageConfig).length > 0) {
    throw invalid("Please don't provide ImageConfig when the intended function PackageType is Zip.");
  }
  checkSettings(ctx, input, record.config.LoggingConfig);
  assignScalars(record, input);
  assignBlocks(record, input);
  startUpdate(ctx, record);
  return show(record);
});

function assignScalars(record: FunctionRecord, input: client.UpdateFunctionConfigurationRequest): void {
  const { config } = record;
  if (input.Role !== undefined) config.Role = input.Role;
  if (input.Handler !== undefined) config.Handler = input.Handler;
  if (input.Description !== undefined) config.Description = input.Description;
  if (input.Timeout !== undefined) config.Timeout = input.Timeout;
  if (input.MemorySize !== undefined) config.MemorySize = input.MemorySize;
  if (input.Runtime !== undefined) config.Runtime = input.Runtime;
  if (input.KMSKeyArn !== undefined) {
    if (input.KMSKeyArn === "") delete config.KMSKeyArn;
    else config.KMSKeyArn = input.KMSKeyArn;
  }
}

function assignBlocks(record: FunctionRecord, input: client.UpdateFunctionConfigurationRequest): void {
  const { config } = record;
  // The map is replaced, never merged: a variable that is not sent is gone. Without a map nothing changes.
  if (input.Environment?.Variables !== undefined) record.environment = { ...input.Environment.Variables };
  if (input.VpcConfig !== undefined) config.VpcConfig = showVpc(input.VpcConfig);
  if (input.DeadLetterConfig !== undefined) {
    const target = input.DeadLetterConfig.TargetArn ?? "";
    if (target === "") delete config.DeadLetterConfig;
    else config.DeadLetterConfig = { TargetArn: target };
  }
  if (input.TracingConfig?.Mode !== undefined) config.TracingConfig = { Mode: input.TracingConfig.Mode };
  if (input.Layers !== undefined) {
    if (input.Layers.length === 0) delete config.Layers;
    else config.Layers = showLayers(input.Layers);
  }
  if (input.FileSystemConfigs !== undefined) {
    if (input.FileSystemConfigs.length === 0) delete config.FileSystemConfigs;
    else config.FileSystemConfigs = input.FileSystemConfigs;
  }
  if (input.ImageConfig !== undefined) {
    if (Object.keys(input.ImageConfig).length === 0) delete config.ImageConfigResponse;
    else config.ImageConfigResponse = { ImageConfig: input.ImageConfig };
  }
  if (input.EphemeralStorage !== undefined) config.EphemeralStorage = { Size: input.EphemeralStorage.Size };
  if (input.SnapStart?.ApplyOn !== undefined) {
    config.SnapStart = { ApplyOn: input.SnapStart.ApplyOn, OptimizationStatus: "Off" };
  }
  if (input.LoggingConfig !== undefined) {
    config.LoggingConfig = showLogging(config, input.LoggingConfig);
  }
  if (input.CapacityProviderConfig !== undefined)
    config.CapacityProviderConfig = input.CapacityProviderConfig;
  if (input.DurableConfig !== undefined) config.DurableConfig = input.DurableConfig;
}

export const configurationOperations = [updateFunctionConfiguration];
