import { Runtime, type VpcConfig } from "@aws-sdk/client-lambda";
import { needRoleForLambda } from "./roles.ts";
import type { Ctx } from "../../core/context.ts";
import { needLayers } from "../layers.ts";
import { invalid, validation } from "../common.ts";

/** The settings that CreateFunction and UpdateFunctionConfiguration share. */
export interface Settings {
  Role?: string | undefined;
  Runtime?: string | undefined;
  Handler?: string | undefined;
  Description?: string | undefined;
  Timeout?: number | undefined;
  MemorySize?: number | undefined;
  VpcConfig?: VpcConfig | undefined;
  Environment?: { Variables?: Record<string, string> | undefined } | undefined;
  Layers?: string[] | undefined;
  EphemeralStorage?: { Size?: number | undefined } | undefined;
  TracingConfig?: { Mode?: string | undefined } | undefined;
  SnapStart?: { ApplyOn?: string | undefined } | undefined;
  DeadLetterConfig?: { TargetArn?: string | undefined } | undefined;
  KMSKeyArn?: string | undefined;
  LoggingConfig?: LoggingInput | undefined;
}

export interface LoggingInput {
  LogFormat?: string | undefined;
  ApplicationLogLevel?: string | undefined;
  SystemLogLevel?: string | undefined;
  LogGroup?: string | undefined;
}

const RUNTIMES = new Set<string>(Object.values(Runtime));
const RESERVED = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);
const ENVIRONMENT_BYTES = 4096;

function range(member: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (value >= min && value <= max && Number.isInteger(value))) return;
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw validation(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

function oneOf(member: string, value: string | undefined, allowed: string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw validation(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(", ")}]`,
  );
}

/** Checks everything the two calls check alike; `before` is the logging a function already has. */
export function checkSettings(ctx: Ctx, input: Settings, before?: LoggingInput): void {
  range("timeout", input.Timeout, 1, 900);
  range("memorySize", input.MemorySize, 128, 10_240);
  range("ephemeralStorage.size", input.EphemeralStorage?.Size, 512, 10_240);
  oneOf("tracingConfig.mode", input.TracingConfig?.Mode, ["Active", "PassThrough"]);
  oneOf("snapStart.applyOn", input.SnapStart?.ApplyOn, ["PublishedVersions", "None"]);
  if (input.Runtime !== undefined && !RUNTIMES.has(input.Runtime)) {
    throw invalid(
      `Value ${input.Runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${[...RUNTIMES].join(", ")}] or be a valid ARN`,
    );
  }
  if ((input.Description?.length ?? 0) > 256) {
    throw validation(
      "Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 256",
    );
  }
  checkEnvironment(input.Environment?.Variables ?? {});
  checkLayers(input.Layers ?? []);
  needLayers(ctx, input.Layers ?? []);
  checkVpc(input.VpcConfig);
  checkArn("kMSKeyArn", input.KMSKeyArn, /^arn:[\w-]+:kms:/);
  checkArn("deadLetterConfig.targetArn", input.DeadLetterConfig?.TargetArn, /^arn:[\w-]+:(sqs|sns):/);
  checkLogging(input.LoggingConfig, before);
  if (input.Role !== undefined) needRoleForLambda(ctx, input.Role);
}

function checkEnvironment(variables: Record<string, string>): void {
  const keys = Object.keys(variables);
  for (const key of keys) {
    if (/^[a-zA-Z][a-zA-Z0-9_]+$/.test(key) || RESERVED.has(key)) continue;
    throw validation(
      `Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]`,
    );
  }
  const reserved = keys.filter((key) => RESERVED.has(key));
  if (reserved.length > 0) {
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`,
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > ENVIRONMENT_BYTES) {
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(variables)}`,
    );
  }
}

function checkLayers(layers: string[]): void {
  if (layers.length > 5) throw invalid("Cannot reference more than 5 layers.");
  for (const layer of layers) {
    if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+$/.test(layer)) {
      throw validation(
        `Value '[${layer}]' at 'layers' failed to satisfy constraint: Member must satisfy regular expression pattern of a layer version ARN`,
      );
    }
  }
  const names = layers.map((layer) => layer.slice(0, layer.lastIndexOf(":")));
  if (new Set(names).size < names.length) {
    throw invalid(
      "Two different versions of the same layer are not allowed to be referenced in the same function.",
    );
  }
}

function checkVpc(vpc: VpcConfig | undefined): void {
  if (vpc === undefined) return;
  const subnets = vpc.SubnetIds?.length ?? 0;
  const groups = vpc.SecurityGroupIds?.length ?? 0;
  if (subnets > 16)
    throw validation(
      "Value at 'vpcConfig.subnetIds' failed to satisfy constraint: Member must have length less than or equal to 16",
    );
  if (groups > 5)
    throw validation(
      "Value at 'vpcConfig.securityGroupIds' failed to satisfy constraint: Member must have length less than or equal to 5",
    );
  if (subnets > 0 !== groups > 0) {
    throw invalid("SubnetIds and SecurityIds must coexist or be both empty list.");
  }
}

function checkArn(member: string, value: string | undefined, pattern: RegExp): void {
  if (value === undefined || value === "" || pattern.test(value)) return;
  throw validation(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern of an ARN`,
  );
}

function checkLogging(logging: LoggingInput | undefined, before: LoggingInput | undefined): void {
  if (logging === undefined) return;
  oneOf("loggingConfig.logFormat", logging.LogFormat, ["JSON", "Text"]);
  const levels = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
  oneOf("loggingConfig.applicationLogLevel", logging.ApplicationLogLevel, levels);
  oneOf("loggingConfig.systemLogLevel", logging.SystemLogLevel, ["DEBUG", "INFO", "WARN"]);
  const leveled = logging.ApplicationLogLevel !== undefined || logging.SystemLogLevel !== undefined;
  if (leveled && (logging.LogFormat ?? before?.LogFormat ?? "Text") === "Text") {
    throw invalid(
      'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "Json" and try again.',
    );
  }
}
