/**
 * Canonical properties of a function: the SDK's CreateFunctionRequest, flat, and what AWS keeps in calls of its own.
 * Defaults and limits: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
import * as z from "zod";
import { documentSchema } from "../../IAM/iam-schema.ts";
import {
  enumText,
  flag,
  patternText,
  properties,
  tagMap,
  text,
  textList,
  wholeNumber,
} from "../../schema.ts";

const code = properties({
  ZipFile: text().optional().describe("A .zip archive in base64, for code that is not in a folder."),
  S3Bucket: text().optional().describe("Bucket of the archive, in the function's region."),
  S3Key: text().optional().describe("Key of the archive."),
  S3ObjectVersion: text().optional().describe("Version of the archive, in a versioned bucket."),
  S3ObjectStorageMode: enumText("COPY", "REFERENCE")
    .optional()
    .describe("COPY uploads the archive to Lambda; REFERENCE leaves it in the bucket. Default: COPY."),
  ImageUri: text().optional().describe("URI of the container image in Amazon ECR (PackageType Image)."),
  SourceKMSKeyArn: text()
    .optional()
    .describe("ARN of the KMS key that encrypts the archive. Default: AWS's own key."),
});

const cors = properties({
  AllowCredentials: flag().optional().describe("Cookies and credentials are allowed. Default: false."),
  AllowHeaders: textList().optional().describe("Headers that a page may send."),
  AllowMethods: textList().optional().describe("Methods that a page may use."),
  AllowOrigins: textList().optional().describe("Origins that may call the URL."),
  ExposeHeaders: textList().optional().describe("Response headers that a page may read."),
  MaxAge: wholeNumber(0, 86400)
    .optional()
    .describe("Seconds for which a browser caches the response. Default: 0."),
});

const functionUrl = properties({
  AuthType: enumText("NONE", "AWS_IAM").describe(
    "NONE: anybody may call the URL; the statements that allow it are added to the function's Lambda::Permission. AWS_IAM: signed requests only.",
  ),
  Cors: cors.optional().describe("Cross-origin calls. Default: none."),
  InvokeMode: enumText("BUFFERED", "RESPONSE_STREAM")
    .optional()
    .describe("How responses are returned. Default: BUFFERED."),
});

const fileSystem = properties({
  Arn: text().describe("ARN of the Amazon EFS or S3 Files access point."),
  LocalMountPath: patternText(/^\/mnt\/[\w.-]+$/, "a path below /mnt/").describe(
    "Where the function mounts it.",
  ),
  S3FilesConfig: properties({
    DirectS3Read: enumText("AUTO", "ENABLED", "DISABLED")
      .optional()
      .describe("Reads directly from the bucket. Default: AUTO."),
  })
    .optional()
    .describe("How an S3 Files access point is read."),
});

const capacityProvider = properties({
  LambdaManagedInstancesCapacityProviderConfig: properties({
    CapacityProviderArn: text().describe("ARN of the capacity provider."),
    PerExecutionEnvironmentMaxConcurrency: wholeNumber(1)
      .optional()
      .describe("Maximum concurrent calls per environment."),
    ExecutionEnvironmentMemoryGiBPerVCpu: z.number().optional().describe("GiB of memory for each vCPU."),
  }).describe("Managed instances of the provider."),
});

export const functionSchema = properties({
  FunctionName: patternText(
    /^[\w-]{1,64}$/,
    "a function's name: letters, digits, - and _, at most 64",
  ).describe("Name of the function, also its name in the spec."),
  Role: text()
    .optional()
    .describe("ARN of the execution role; usually given as dependencies.role. One of the two is required."),
  // Not an enum: AWS adds runtimes every few months.
  Runtime: patternText(
    /^(nodejs|python|java|dotnet|dotnetcore|go|ruby|provided)[\d.]*(x|al2|al2023)?(-edge)?$/,
    "a runtime such as nodejs22.x, python3.13 or provided.al2023",
  )
    .optional()
    .describe("Runtime such as `nodejs22.x` or `python3.13`. Required for PackageType Zip."),
  Handler: text()
    .max(128)
    .optional()
    .describe("`file.function` that is called. Required for PackageType Zip."),
  Code: code
    .optional()
    .describe("Where the code is. Default: the folder with the function's name beside the spec, zipped."),
  PackageType: enumText("Zip", "Image")
    .optional()
    .describe("Default: Zip, or Image when Code has an ImageUri."),
  Description: text().max(256).optional().describe("Description. Default: none."),
  Timeout: wholeNumber(1, 5400)
    .optional()
    .describe("Time limit of a call in seconds, at most 900 (5400 on managed instances). Default: 3."),
  MemorySize: wholeNumber(128, 32768).optional().describe("Memory in MB. Default: 128."),
  EphemeralStorage: properties({ Size: wholeNumber(512, 10240).describe("Size in MB.") })
    .optional()
    .describe("Size of /tmp. Default: 512 MB."),
  Architectures: z
    .array(enumText("x86_64", "arm64"))
    .length(1)
    .optional()
    .describe("One of x86_64 and arm64. Default: x86_64."),
  Environment: properties({
    Variables: z
      .record(z.string(), z.string())
      .optional()
      .describe("Variables by name. Their values are masked in every output."),
  })
    .optional()
    .describe("Environment variables. Default: none."),
  Layers: textList().max(5).optional().describe("ARNs of layer versions, at most 5; the later ones win."),
  VpcConfig: properties({
    SubnetIds: textList().optional().describe("Subnets; those of dependencies.subnets are added."),
    SecurityGroupIds: textList()
      .optional()
      .describe("Security groups; those of dependencies.securityGroups are added."),
    Ipv6AllowedForDualStack: flag()
      .optional()
      .describe("Outbound IPv6 in dual-stack subnets. Default: false."),
  })
    .optional()
    .describe("Access to a VPC. Default: none."),
  DeadLetterConfig: properties({ TargetArn: text().optional().describe("ARN of the queue or topic.") })
    .optional()
    .describe("Target for asynchronous events that cannot be processed. Default: nowhere."),
  KMSKeyArn: text()
    .optional()
    .describe("ARN of the KMS key for environment and snapshots. Default: AWS's own key."),
  TracingConfig: properties({
    Mode: enumText("Active", "PassThrough").optional().describe("Default: PassThrough."),
  })
    .optional()
    .describe("X-Ray tracing."),
  FileSystemConfigs: z.array(fileSystem).max(1).optional().describe("File system to mount. Default: none."),
  ImageConfig: properties({
    EntryPoint: textList().optional().describe("Overrides the image's ENTRYPOINT."),
    Command: textList().optional().describe("Overrides the image's CMD."),
    WorkingDirectory: text().optional().describe("Overrides the image's WORKDIR."),
  })
    .optional()
    .describe("Overrides for the container image's settings."),
  SnapStart: properties({
    ApplyOn: enumText("PublishedVersions", "None").optional().describe("Default: None."),
  })
    .optional()
    .describe("Start from a snapshot."),
  LoggingConfig: properties({
    LogFormat: enumText("Text", "JSON").optional().describe("Default: Text."),
    LogGroup: text().optional().describe("Log group. Default: /aws/lambda/ and the function's name."),
    ApplicationLogLevel: enumText("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
      .optional()
      .describe("With JSON only. Default: INFO."),
    SystemLogLevel: enumText("DEBUG", "INFO", "WARN").optional().describe("With JSON only. Default: INFO."),
  })
    .optional()
    .describe("What is logged, how and where."),
  CodeSigningConfigArn: text().optional().describe("ARN of a code-signing configuration. Default: none."),
  TenancyConfig: properties({ TenantIsolationMode: enumText("PER_TENANT").describe("The only mode.") })
    .optional()
    .describe("An environment per tenant; only settable at creation."),
  CapacityProviderConfig: capacityProvider.optional().describe("Runs on managed instances."),
  DurableConfig: properties({
    ExecutionTimeout: wholeNumber(1).optional().describe("Time limit of a durable execution in seconds."),
    RetentionPeriodInDays: wholeNumber(1).optional().describe("Retention of its history in days."),
    KMSKeyArn: text().optional().describe("ARN of the KMS key for its data."),
  })
    .optional()
    .describe("Durable executions. Adding or removing this replaces the function; changing it does not."),
  Publish: flag().optional().describe("Publishes a version at creation and with new code. Never compared."),
  PublishTo: enumText("LATEST_PUBLISHED").optional().describe("Where to publish to. Never compared."),
  ReservedConcurrentExecutions: wholeNumber(0)
    .optional()
    .describe("Concurrency that is reserved for this function, which is also its limit. Default: none."),
  FunctionUrlConfig: functionUrl.optional().describe("The function's own URL. Default: none."),
  Policy: documentSchema()
    .optional()
    .describe("Old spelling of a Lambda::Permission of this function: its resource policy as a document."),
  Tags: tagMap().optional(),
});
