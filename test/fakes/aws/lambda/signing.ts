import type {
  DeleteFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse,
  PutFunctionCodeSigningConfigRequest,
  PutFunctionCodeSigningConfigResponse,
} from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { needFunction, validation } from "./common.ts";

/** Answers without an ARN when the function has no code signing configuration. */
export function getFunctionCodeSigningConfig(
  ctx: Ctx,
  input: GetFunctionCodeSigningConfigRequest,
): GetFunctionCodeSigningConfigResponse {
  const record = needFunction(ctx, input.FunctionName);
  return { CodeSigningConfigArn: record.codeSigningConfigArn, FunctionName: record.config.FunctionName };
}

export function putFunctionCodeSigningConfig(
  ctx: Ctx,
  input: PutFunctionCodeSigningConfigRequest,
): PutFunctionCodeSigningConfigResponse {
  const record = needFunction(ctx, input.FunctionName);
  const arn = input.CodeSigningConfigArn ?? "";
  if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:code-signing-config:csc-[a-z0-9]{17}$/.test(arn)) {
    throw validation(
      `Value '${arn}' at 'codeSigningConfigArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:…:code-signing-config:csc-[a-z0-9]{17}`,
    );
  }
  record.codeSigningConfigArn = arn;
  return { CodeSigningConfigArn: arn, FunctionName: record.config.FunctionName };
}

export function deleteFunctionCodeSigningConfig(
  ctx: Ctx,
  input: DeleteFunctionCodeSigningConfigRequest,
): void {
  needFunction(ctx, input.FunctionName).codeSigningConfigArn = undefined;
}
