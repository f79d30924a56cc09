/**
 * Canonical properties of a function: the SDK's CreateFunctionRequest, flat, and what AWS keeps in calls of its own.
 * Defaults and limits: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
import { factsByPath, optional, required } from "../../facts.ts";
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { lowerCased, objectOf, textOf } from "../../live-values.ts";
import { stateOf } from "../../state.ts";
import * as z from "zod";
import { documentSchema } from "../../policy/schema.ts";
import { enumText, flag, patternText, properties, tags, text, textList, wholeNumber } from "../../schema.ts";

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

const code = properties({
  ZipFile: optional(text(), "A .zip archive in base64, for code that is not in a folder."),
  S3Bucket: optional(text(), "Bucket of the archive, in the function's region.", { writeOnly: true }),
  S3Key: optional(text(), "Key of the archive.", { writeOnly: true }),
  S3ObjectVersion: optional(text(), "Version of the archive, in a versioned bucket.", { writeOnly: true }),
  S3ObjectStorageMode: optional(
    enumText("COPY", "REFERENCE"),
    "COPY uploads the archive to Lambda; REFERENCE leaves it in the bucket.",
    { writeOnly: true, defaultWords: "COPY" },
  ),
  ImageUri: optional(text(), "URI of the container image in Amazon ECR (PackageType Image)."),
  SourceKMSKeyArn: optional(text(), "ARN of the KMS key that encrypts the archive.", {
    defaultWords: "AWS's own key",
  }),
});

const cors = properties({
  AllowCredentials: optional(flag(), "Cookies and credentials are allowed.", { defaultWords: "false" }),
  AllowHeaders: optional(textList(), "Headers that a page may send.", {
    unordered: true,
    spelling: lowerCased,
  }),
  AllowMethods: optional(textList(), "Methods that a page may use.", { unordered: true }),
  AllowOrigins: optional(textList(), "Origins that may call the URL.", { unordered: true }),
  ExposeHeaders: optional(textList(), "Response headers that a page may read.", {
    unordered: true,
    spelling: lowerCased,
  }),
  MaxAge: optional(wholeNumber(0, 86400), "Seconds for which a browser caches the response.", {
    defaultWords: "0",
  }),
});

const functionUrl = properties({
  AuthType: required(
    enumText("NONE", "AWS_IAM"),
    "NONE: anybody may call the URL; the statements that allow it are added to the function's Lambda::Permission. AWS_IAM: signed requests only.",
  ),
  Cors: optional(cors, "Cross-origin calls.", { defaultWords: "none" }),
  InvokeMode: optional(enumText("BUFFERED", "RESPONSE_STREAM"), "How responses are returned.", {
    default: "BUFFERED",
  }),
});

const fileSystem = properties({
  Arn: required(text(), "ARN of the Amazon EFS or S3 Files access point."),
  LocalMountPath: required(
    patternText(/^\/mnt\/[\w.-]+$/, "a path below /mnt/"),
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
      CapacityProviderArn: required(text(), "ARN of the capacity provider."),
      PerExecutionEnvironmentMaxConcurrency: optional(
        wholeNumber(1),
        "Maximum concurrent calls per environment.",
      ),
      ExecutionEnvironmentMemoryGiBPerVCpu: optional(z.number(), "GiB of memory for each vCPU."),
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
    text(),
    "ARN of the execution role; usually given as dependencies.role. One of the two is required.",
  ),
  // Not an enum: AWS adds runtimes every few months.
  Runtime: optional(
    patternText(
      /^(nodejs|python|java|dotnet|dotnetcore|go|ruby|provided)[\d.]*(x|al2|al2023)?(-edge)?$/,
      "a runtime such as nodejs22.x, python3.13 or provided.al2023",
    ),
    "Runtime such as `nodejs22.x` or `python3.13`. Required for PackageType Zip.",
  ),
  Handler: optional(text().max(128), "`file.function` that is called. Required for PackageType Zip."),
  Code: optional(code, "Where the code is.", {
    defaultWords: "the folder with the function's name beside the spec, zipped",
  }),
  PackageType: optional(enumText("Zip", "Image"), "What the code is packed in.", {
    default: packageType,
    defaultWords: "Zip, or Image when Code has an ImageUri",
    createOnly: true,
  }),
  Description: optional(text().max(256), "Description.", { defaultWords: "none" }),
  Timeout: optional(
    wholeNumber(1, 5400),
    "Time limit of a call in seconds, at most 900 (5400 on managed instances).",
    { default: 3 },
  ),
  MemorySize: optional(wholeNumber(128, 32768), "Memory in MB.", { default: 128 }),
  EphemeralStorage: optional(
    properties({ Size: required(wholeNumber(512, 10240), "Size in MB.") }),
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
        z.record(z.string(), z.string()),
        "Variables by name. Their values are masked in every output.",
        { sensitive: true, exact: true },
      ),
    }),
    "Environment variables.",
    { defaultWords: "none" },
  ),
  Layers: optional(textList().max(5), "ARNs of layer versions, at most 5; the later ones win."),
  VpcConfig: optional(
    properties({
      SubnetIds: optional(textList(), "Subnets; those of dependencies.subnets are added.", {
        unordered: true,
      }),
      SecurityGroupIds: optional(
        textList(),
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
    properties({ TargetArn: optional(text(), "ARN of the queue or topic.") }),
    "Target for asynchronous events that cannot be processed.",
    { defaultWords: "nowhere" },
  ),
  KMSKeyArn: optional(text(), "ARN of the KMS key for environment and snapshots.", {
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
      EntryPoint: optional(textList(), "Overrides the image's ENTRYPOINT."),
      Command: optional(textList(), "Overrides the image's CMD."),
      WorkingDirectory: optional(text(), "Overrides the image's WORKDIR."),
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
      LogGroup: optional(text(), "Log group.", {
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
  CodeSigningConfigArn: optional(text(), "ARN of a code-signing configuration.", { defaultWords: "none" }),
  TenancyConfig: optional(
    properties({ TenantIsolationMode: required(enumText("PER_TENANT"), "The only mode.") }),
    "An environment per tenant; only settable at creation.",
    { createOnly: true },
  ),
  CapacityProviderConfig: optional(capacityProvider, "Runs on managed instances."),
  DurableConfig: optional(
    properties({
      ExecutionTimeout: optional(wholeNumber(1), "Time limit of a durable execution in seconds."),
      RetentionPeriodInDays: optional(wholeNumber(1), "Retention of its history in days."),
      KMSKeyArn: optional(text(), "ARN of the KMS key for its data."),
    }),
    "Durable executions. Adding or removing this replaces the function; changing it does not.",
  ),
  Publish: optional(flag(), "Publishes a version at creation and with new code. Never compared.", {
    ignored: true,
  }),
  PublishTo: optional(enumText("LATEST_PUBLISHED"), "Where to publish to. Never compared.", {
    ignored: true,
  }),
  ReservedConcurrentExecutions: optional(
    wholeNumber(0),
    "Concurrency that is reserved for this function, which is also its limit.",
    { defaultWords: "none" },
  ),
  FunctionUrlConfig: optional(functionUrl, "The function's own URL.", { defaultWords: "none" }),
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
