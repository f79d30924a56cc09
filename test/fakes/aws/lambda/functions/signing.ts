import * as client from "@aws-sdk/client-lambda";
import { sdk } from "../../core/sdk.ts";
import { needFunction, validation } from "../common.ts";

const on = sdk<client.Lambda>(client);

/** Answers without an ARN when the function has no code signing configuration. */
const getFunctionCodeSigningConfig = on("getFunctionCodeSigningConfig", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  return { CodeSigningConfigArn: record.codeSigningConfigArn, FunctionName: record.config.FunctionName };
});

const putFunctionCodeSigningConfig = on("putFunctionCodeSigningConfig", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  const arn = input.CodeSigningConfigArn ?? "";
  if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:code-signing-config:csc-[a-z0-9]{17}$/.test(arn)) {
    throw validation(
      `Value '${arn}' at 'codeSigningConfigArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:…:code-signing-config:csc-[a-z0-9]{17}`,
    );
  }
  record.codeSigningConfigArn = arn;
  return { CodeSigningConfigArn: arn, FunctionName: record.config.FunctionName };
});

const deleteFunctionCodeSigningConfig = on("deleteFunctionCodeSigningConfig", (ctx, input) => {
  needFunction(ctx, input.FunctionName).codeSigningConfigArn = undefined;
});

export const signingOperations = [
  getFunctionCodeSigningConfig,
  putFunctionCodeSigningConfig,
  deleteFunctionCodeSigningConfig,
];
