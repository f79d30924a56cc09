import * as client from "@aws-sdk/client-lambda";
import { sdk } from "../../core/sdk.ts";
import type { FunctionRecord } from "../../state.ts";
import { conflict, invalid, needFunction, notFound, validation } from "../common.ts";

const on = sdk<client.Lambda>(client);

function check(member: string, value: string | undefined, allowed: string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw validation(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(", ")}]`,
  );
}

function checkUrl(input: {
  AuthType?: string | undefined;
  InvokeMode?: string | undefined;
  Cors?: client.Cors | undefined;
}): void {
  check("authType", input.AuthType, ["NONE", "AWS_IAM"]);
  check("invokeMode", input.InvokeMode, ["BUFFERED", "RESPONSE_STREAM"]);
  const { AllowOrigins = [], ...others } = input.Cors ?? {};
  const says = Object.values(others).some((value) =>
    Array.isArray(value) ? value.length > 0 : Boolean(value),
  );
  if (says && AllowOrigins.length === 0)
    throw invalid("You can't leave AllowOrigins as empty when Cors is enabled.");
  const age = input.Cors?.MaxAge;
  if (age !== undefined && (age < 0 || age > 86_400)) {
    throw validation(
      `Value '${age}' at 'cors.maxAge' failed to satisfy constraint: Member must have value less than or equal to 86400`,
    );
  }
}

function needUrl(record: FunctionRecord): client.GetFunctionUrlConfigResponse {
  if (record.url === undefined) throw notFound("The resource you requested does not exist.");
  return record.url;
}

/** Cors as stored: an empty one is none, names of headers are in lower case. */
function corsOf(cors: client.Cors | undefined): { Cors?: client.Cors } {
  if (cors === undefined || Object.keys(cors).length === 0) return {};
  const { AllowHeaders, ExposeHeaders, ...rest } = cors;
  const lower = (names: string[]): string[] => names.map((name) => name.toLowerCase());
  return {
    Cors: {
      ...rest,
      ...(AllowHeaders === undefined ? {} : { AllowHeaders: lower(AllowHeaders) }),
      ...(ExposeHeaders === undefined ? {} : { ExposeHeaders: lower(ExposeHeaders) }),
    },
  };
}

const createFunctionUrlConfig = on("createFunctionUrlConfig", (ctx, input) => {
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
  return answered(record.url, input);
});

/** The answer of a write shows the mode only where it was sent. */
function answered(
  { InvokeMode: _mode, ...url }: client.GetFunctionUrlConfigResponse,
  { InvokeMode }: { InvokeMode?: client.InvokeMode | undefined },
): client.GetFunctionUrlConfigResponse {
  return InvokeMode === undefined ? url : { ...url, InvokeMode };
}

const getFunctionUrlConfig = on("getFunctionUrlConfig", (ctx, input) => {
  return needUrl(needFunction(ctx, input.FunctionName));
});

/** What is not sent stays; Cors is replaced as a whole, an empty one clears it. */
const updateFunctionUrlConfig = on("updateFunctionUrlConfig", (ctx, input) => {
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
  return answered(record.url, input);
});

const deleteFunctionUrlConfig = on("deleteFunctionUrlConfig", (ctx, input) => {
  const record = needFunction(ctx, input.FunctionName);
  needUrl(record);
  record.url = undefined;
});

export const urlOperations = [
  createFunctionUrlConfig,
  getFunctionUrlConfig,
  updateFunctionUrlConfig,
  deleteFunctionUrlConfig,
];
