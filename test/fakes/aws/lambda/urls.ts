import type {
  Cors,
  CreateFunctionUrlConfigRequest,
  CreateFunctionUrlConfigResponse,
  DeleteFunctionUrlConfigRequest,
  GetFunctionUrlConfigRequest,
  GetFunctionUrlConfigResponse,
  UpdateFunctionUrlConfigRequest,
  UpdateFunctionUrlConfigResponse,
} from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import type { FunctionRecord } from "../state.ts";
import { conflict, needFunction, notFound, validation } from "./common.ts";

function check(member: string, value: string | undefined, allowed: string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw validation(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(", ")}]`,
  );
}

function checkUrl(input: {
  AuthType?: string | undefined;
  InvokeMode?: string | undefined;
  Cors?: Cors | undefined;
}): void {
  check("authType", input.AuthType, ["NONE", "AWS_IAM"]);
  check("invokeMode", input.InvokeMode, ["BUFFERED", "RESPONSE_STREAM"]);
  const age = input.Cors?.MaxAge;
  if (age !== undefined && (age < 0 || age > 86_400)) {
    throw validation(
      `Value '${age}' at 'cors.maxAge' failed to satisfy constraint: Member must have value less than or equal to 86400`,
    );
  }
}

function needUrl(record: FunctionRecord): GetFunctionUrlConfigResponse {
  if (record.url === undefined) throw notFound("The resource you requested does not exist.");
  return record.url;
}

/** Cors as stored: an empty one is none. */
const corsOf = (cors: Cors | undefined): { Cors?: Cors } =>
  cors === undefined || Object.keys(cors).length === 0 ? {} : { Cors: cors };

export function createFunctionUrlConfig(
  ctx: Ctx,
  input: CreateFunctionUrlConfigRequest,
): CreateFunctionUrlConfigResponse {
  const record = needFunction(ctx, input.FunctionName);
  checkUrl(input);
  const arn = record.config.FunctionArn;
  if (record.url !== undefined) {
    throw conflict(
      `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
  }
  const now = ctx.now().toISOString();
  record.url = {
    FunctionUrl: `https://${ctx.ids.lower(32)}.lambda-url.${ctx.regionName}.on.aws/`,
    FunctionArn: arn,
    AuthType: input.AuthType,
    CreationTime: now,
    LastModifiedTime: now,
    InvokeMode: input.InvokeMode ?? "BUFFERED",
    ...corsOf(input.Cors),
  };
  return record.url;
}

export function getFunctionUrlConfig(
  ctx: Ctx,
  input: GetFunctionUrlConfigRequest,
): GetFunctionUrlConfigResponse {
  return needUrl(needFunction(ctx, input.FunctionName));
}

/** What is not sent stays; Cors is replaced as a whole, an empty one clears it. */
export function updateFunctionUrlConfig(
  ctx: Ctx,
  input: UpdateFunctionUrlConfigRequest,
): UpdateFunctionUrlConfigResponse {
  const record = needFunction(ctx, input.FunctionName);
  const { Cors: before, ...url } = needUrl(record);
  checkUrl(input);
  record.url = {
    ...url,
    AuthType: input.AuthType ?? url.AuthType,
    InvokeMode: input.InvokeMode ?? url.InvokeMode,
    LastModifiedTime: ctx.now().toISOString(),
    ...corsOf(input.Cors ?? before),
  };
  return record.url;
}

export function deleteFunctionUrlConfig(ctx: Ctx, input: DeleteFunctionUrlConfigRequest): void {
  const record = needFunction(ctx, input.FunctionName);
  needUrl(record);
  record.url = undefined;
}
