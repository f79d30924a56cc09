import * as client from "@aws-sdk/client-lambda";
import { sdk } from "../../core/sdk.ts";
import { checkRevision, needFunction, needSettled, show, startUpdate } from "../common.ts";
import { readPackage } from "../package.ts";

const on = sdk<client.Lambda>(client);

/** Replaces the code. The package type cannot change. */
const updateFunctionCode = on("updateFunctionCode", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  needSettled(ctx, record);
  checkRevision(input.RevisionId, record.config.RevisionId);
  const { config } = record;
  const code = readPackage(ctx, input, config.PackageType ?? "Zip", "UpdateFunctionCode");
  if (input.DryRun === true) return { ...show(record), CodeSha256: code.sha256, CodeSize: code.size };
  config.CodeSha256 = code.sha256;
  config.CodeSize = code.size;
  if (input.Architectures !== undefined) config.Architectures = input.Architectures;
  record.code = code.location;
  record.zip = code.zip;
  startUpdate(ctx, record);
  return show(record);
});

export const codeOperations = [updateFunctionCode];
