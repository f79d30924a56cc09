/**
 * Canonical properties of a function: the SDK's CreateFunctionRequest, flat, and what AWS keeps in calls of its own.
 * Defaults and limits: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
import { counted, factsByPath, optional, required } from "../../facts.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { stateOf } from "../../state.ts";
import * as z from "zod";
import { documentSchema } from "../../policy/schema.ts";
import {
  arnText,
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  roleText,
  tags,
  textList,
  wholeNumber,
} from "../../schema.ts";
import { eventInvoke } from "../event-invoke.ts";
import { code } from "./code-schema.ts";
import { functionUrl } from "./url-schema.ts";
import { variableName } from "./variable-name.ts";

/** The default of an object whose members have defaults. */
const inner = (): JsonObject => ({});

/** Durable functions and those on managed instances log JSON unless told otherwise. */
function logFormat({ DurableConfig, CapacityProviderConfig }: JsonObject): string {
  return isEmpty(DurableConfig) && isEmpty(CapacityProviderConfig) ? "Text" : "JSON";
}

const levelWithJson = (given: JsonObject): string | undefined =>
  (objectOf(given.LoggingConfig).LogFormat ?? logFormat(given)) === "JSON" ? "INFO" : undefined;

/** The package type, from the code when it is not written. */
export function packageType({ PackageType, Code }: JsonObject): string {
  return textOf(PackageType) || (objectOf(Code).ImageUri === undefined ? "Zip" : "Image");
}

const accessPointArn = arnText(["elasticfilesystem", "s3files"], /.{1,100}access-point\/fsap-[0-9a-f]{1,40}/);
const layerArn = patternText(
  /^arn:[\w-]+:lambda:([\w-]+:\d{12}:layer:[\w-]{1,140}:\d{1,10}|::awslayer:[\w-]{1,140})$/,
  "the ARN of a layer version, which ends in its number: arn:aws:lambda:REGION:ACCOUNT:layer:NAME:1",
);

const fileSystem = properties({
  Arn: required(accessPointArn, "ARN of the Amazon EFS or S3 Files access point."),
  LocalMountPath: required(
    patternText(/^\/mnt\/[\w.-]{1,155}$/, "a path below /mnt/"),
    "Where the function mounts it.",
  ),
  S3FilesConfig: optional(
    properties({
      DirectS3Read: optional(enumText("AUTO", "ENABLED", "DISABLED"), "Reads directly from the bucket.", {
        defaultWords: "AUTO",
      }),
    }),
    "How an S3 Files access point is read.",
  ),
});

const capacityProvider = properties({
  LambdaManagedInstancesCapacityProviderConfig: required(
    properties({
      CapacityProviderArn: required(
        arnText("lambda", /[\w-]+:\d{12}:capacity-provider:[\w-]{1,64}/),
        "ARN of the capacity provider.",
      ),
      PerExecutionEnvironmentMaxConcurrency: optional(
        wholeNumber(1, 1600),
        "Maximum concurrent calls per environment.",
      ),
      ExecutionEnvironmentMemoryGiBPerVCpu: optional(
        z.number().min(2).max(8),
        "GiB of memory for each vCPU.",
      ),
    }),
    "Managed instances of the provider.",
  ),
});

export const functionSchema = properties({
  FunctionName: required(
    patternText(/^[\w-]{1,64}$/, "a function's name: letters, digits, - and _, at most 64"),
    "Name of the function, also its name in the spec.",
    { createOnly: true },
  ),
  Role: optional(
    roleText(),
    "ARN of the execution role; usually given as dependencies.role. One of the two is required.",
  ),
  // Not an enum: AWS adds runtimes every few months; runtime.ts judges the name.
  Runtime: optional(
    patternText(/^\S+$/, "a runtime such as nodejs22.x, python3.13 or provided.al2023"),
    "Runtime such as `nodejs22.x` or `python3.13`. Required for PackageType Zip.",
    { tells: "text" },
  ),
  Handler: optional(
    patternText(/^\S{0,128}$/, "text without spaces, at most 128 characters"),
    "`file.function` that is called. Required for PackageType Zip.",
  ),
  Code: optional(code, "Where the code is.", {
    defaultWords: "the folder with the function's name beside the spec, zipped",
  }),
  PackageType: optional(enumText("Zip", "Image"), "What the code is packed in.", {
    default: packageType,
    defaultWords: "Zip, or Image when Code has an ImageUri",
    createOnly: true,
  }),
  Description: optional(limitedText(256), "Description.", { defaultWords: "none" }),
  Timeout: optional(
    wholeNumber(1, 5400),
    "Time limit of a call in seconds, at most 900 (5400 on managed instances).",
    { default: 3 },
  ),
  MemorySize: optional(wholeNumber(128, 32768), "Memory in MB.", {
    default: 128,
    tells: counted("MB", "MB"),
  }),
  EphemeralStorage: optional(
    properties({ Size: required(wholeNumber(512, 32_768), "Size in MB.") }),
    "Size of /tmp.",
    { default: { Size: 512 }, defaultWords: "512 MB" },
  ),
  Architectures: optional(z.array(enumText("x86_64", "arm64")).length(1), "One of x86_64 and arm64.", {
    default: ["x86_64"],
    defaultWords: "x86_64",
  }),
  Environment: optional(
    properties({
      Variables: optional(
        z.record(variableName, z.string()),
        "Variables by name. Their values are masked in every output.",
        { sensitive: true, exact: true },
      ),
    }),
    "Environment variables.",
    { defaultWords: "none" },
  ),
  Layers: optional(textList(layerArn, 5), "ARNs of layer versions, at most 5; the later ones win."),
  VpcConfig: optional(
    properties({
      SubnetIds: optional(
        textList(patternText(/^subnet-[0-9a-z]*$/, "a subnet's id"), 16),
        "Subnets; those of dependencies.subnets are added.",
        {
          unordered: true,
        },
      ),
      SecurityGroupIds: optional(
        textList(patternText(/^sg-[0-9a-zA-Z]*$/, "a security group's id"), 5),
        "Security groups; those of dependencies.securityGroups are added.",
        { unordered: true },
      ),
      Ipv6AllowedForDualStack: optional(flag(), "Outbound IPv6 in dual-stack subnets.", {
        defaultWords: "false",
      }),
    }),
    "Access to a VPC.",
    { defaultWords: "none" },
  ),
  DeadLetterConfig: optional(
    properties({ TargetArn: optional(arnText(["sqs", "sns"]), "ARN of the queue or topic.") }),
    "Target for asynchronous events that cannot be processed.",
    { defaultWords: "nowhere" },
  ),
  KMSKeyArn: optional(arnText("kms"), "ARN of the KMS key for environment and snapshots.", {
    defaultWords: "AWS's own key",
  }),
  TracingConfig: optional(
    properties({
      Mode: optional(
        enumText("Active", "PassThrough"),
        "Active samples calls; PassThrough follows the caller.",
        { default: "PassThrough" },
      ),
    }),
    "X-Ray tracing.",
    { default: inner },
  ),
  FileSystemConfigs: optional(z.array(fileSystem).max(1), "File system to mount.", { defaultWords: "none" }),
  ImageConfig: optional(
    properties({
      EntryPoint: optional(textList(z.string(), 1500), "Overrides the image's ENTRYPOINT."),
      Command: optional(textList(z.string(), 1500), "Overrides the image's CMD."),
      WorkingDirectory: optional(limitedText(1000), "Overrides the image's WORKDIR."),
    }),
    "Overrides for the container image's settings.",
  ),
  SnapStart: optional(
    properties({
      ApplyOn: optional(enumText("PublishedVersions", "None"), "The versions that start from one.", {
        default: "None",
      }),
    }),
    "Start from a snapshot.",
    { default: inner },
  ),
  LoggingConfig: optional(
    properties({
      LogFormat: optional(enumText("Text", "JSON"), "Format of the log lines.", {
        default: logFormat,
        defaultWords: "Text; JSON with DurableConfig or CapacityProviderConfig",
      }),
      LogGroup: optional(patternText(/^[\w./#-]{0,512}$/, "a log group's name"), "Log group.", {
        default: ({ FunctionName }) => `/aws/lambda/${textOf(FunctionName)}`,
        defaultWords: "/aws/lambda/ and the function's name",
      }),
      ApplicationLogLevel: optional(
        enumText("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"),
        "With JSON only.",
        { default: levelWithJson, defaultWords: "INFO" },
      ),
      SystemLogLevel: optional(enumText("DEBUG", "INFO", "WARN"), "With JSON only.", {
        default: levelWithJson,
        defaultWords: "INFO",
      }),
    }),
    "What is logged, how and where.",
    { default: inner },
  ),
  CodeSigningConfigArn: optional(
    arnText("lambda", /[\w-]+:\d{12}:code-signing-config:csc-[a-z0-9]{1,100}/),
    "ARN of a code-signing configuration.",
    { defaultWords: "none" },
  ),
  TenancyConfig: optional(
    properties({ TenantIsolationMode: required(enumText("PER_TENANT"), "The only mode.") }),
    "An environment per tenant; only settable at creation.",
    { createOnly: true },
  ),
  CapacityProviderConfig: optional(capacityProvider, "Runs on managed instances."),
  DurableConfig: optional(
    properties({
      ExecutionTimeout: optional(wholeNumber(1, 31_622_400), "Time limit of a durable execution in seconds."),
      RetentionPeriodInDays: optional(wholeNumber(1, 90), "Retention of its history in days."),
      KMSKeyArn: optional(arnText("kms"), "ARN of the KMS key for its data."),
    }),
    "Durable executions. Adding or removing this replaces the function; changing it does not.",
  ),
  Publish: optional(
    flag(),
    "Publishes a version at creation and after every change of code or configuration. Versions stay; aliases choose one.",
    { defaultWords: "false", ignored: (_given, _around, value) => value !== true },
  ),
  PublishTo: optional(enumText("LATEST_PUBLISHED"), "Where to publish to. Never compared.", {
    ignored: true,
  }),
  ReservedConcurrentExecutions: optional(
    wholeNumber(0),
    "Concurrency that is reserved for this function, which is also its limit.",
    { defaultWords: "none" },
  ),
  FunctionUrlConfig: optional(functionUrl, "The function's own URL.", { defaultWords: "none" }),
  EventInvokeConfig: optional(eventInvoke, "What happens to events that it gets asynchronously.", {
    defaultWords: "AWS's own",
  }),
  Policy: optional(
    documentSchema(),
    "Old spelling of a Lambda::Permission of this function: its resource policy as a document.",
    { ignored: true },
  ),
  Tags: tags(),
});

/** What a state has beside the properties: base64 SHA-256 of a zip that we sent. */
export const derived = ["CodeSha256"];

export const functionFacts = factsByPath(functionSchema, derived);

/** A function's state from its properties, AWS's defaults filled in. */
export function functionState(given: JsonObject): JsonObject {
  return stateOf(functionFacts, given, { parent: {}, wanted: {} });
}
