/** The properties of a mapping. */
import * as z from "zod";
import { type DefaultOf, optional } from "../../facts.ts";
import {
  arnText,
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  tags,
  text,
  textList,
  wholeNumber,
} from "../../schema.ts";

const isQueue: (arn: unknown) => boolean = (arn) =>
  /^arn:[^:]*:sqs:/.test(typeof arn === "string" ? arn : "");
const isStream: (arn: unknown) => boolean = (arn) =>
  /^arn:[^:]*:(kinesis|dynamodb):/.test(typeof arn === "string" ? arn : "");
/** A default that only streams have. */
const ofStreams =
  (value: number | boolean): DefaultOf =>
  ({ EventSourceArn }) =>
    isStream(EventSourceArn) ? value : undefined;
const destination = (says: string) =>
  optional(
    properties({
      Destination: optional(
        patternText(
          /^(?=.{0,350}$)(kafka:\/\/[^.][\w.-]{0,248}|arn:aws[a-zA-Z0-9-]*:[a-zA-Z0-9-]+:.*)?$/,
          "an ARN, or kafka:// and a topic",
        ),
        "ARN of a queue, topic, bucket or stream.",
      ),
    }),
    says,
  );
const ACCESS = [
  "BASIC_AUTH",
  "VPC_SUBNET",
  "VPC_SECURITY_GROUP",
  "SASL_SCRAM_512_AUTH",
  "SASL_SCRAM_256_AUTH",
  "VIRTUAL_HOST",
  "CLIENT_CERTIFICATE_TLS_AUTH",
  "SERVER_ROOT_CA_CERTIFICATE",
] as const;
const consumerGroup = properties({
  ConsumerGroupId: optional(
    patternText(
      /^[ \w\-/*:+=.@]{0,200}$/,
      "a consumer group: letters, digits and - / * : _ + = . @, at most 200",
    ),
    "Consumer group.",
    { createOnly: true },
  ),
  SchemaRegistryConfig: optional(z.record(z.string(), z.json()), "Schema registry."),
});

export const mappingProperties = properties({
  FunctionName: optional(
    patternText(
      /^(?=.{0,256}$)((arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2,4}(-[a-z]+)+-\d:)?(\d{12}:)?(function:)?[\w.-]+(:(\$LATEST(\.PUBLISHED)?|[\w-]+))?)?$/,
      "a function: its name or ARN, with a version or alias behind a colon",
    ),
    "The function: name or ARN, with a version or alias behind a colon.",
    {
      defaultWords: "from the dependency lambdaFunction",
    },
  ),
  EventSourceArn: optional(arnText(), "ARN of the source.", {
    defaultWords: "from the dependency that is the source",
    createOnly: true,
  }),
  Enabled: optional(flag(), "Whether events are read.", { default: true }),
  BatchSize: optional(wholeNumber(1, 10_000), "Most messages or records of one call.", {
    default: ({ EventSourceArn }) => (isQueue(EventSourceArn) ? 10 : 100),
    defaultWords: "10 for queues, 100 for everything else",
  }),
  MaximumBatchingWindowInSeconds: optional(wholeNumber(0, 300), "Seconds in which a batch is gathered.", {
    default: ({ EventSourceArn }) => (isQueue(EventSourceArn) || isStream(EventSourceArn) ? 0 : undefined),
    defaultWords: "0 for queues and streams",
    clear: "replace",
  }),
  FilterCriteria: optional(
    properties({
      Filters: optional(
        z.array(properties({ Pattern: optional(text().max(4096), "The pattern, as JSON text.") })),
        "Patterns, of which one must match.",
      ),
    }),
    "Which events are read.",
  ),
  KMSKeyArn: optional(arnText(), "KMS key that encrypts the filters."),
  ScalingConfig: optional(
    properties({ MaximumConcurrency: optional(wholeNumber(2, 1000), "Most calls at a time, for queues.") }),
    "How calls scale.",
  ),
  FunctionResponseTypes: optional(
    z.array(enumText("ReportBatchItemFailures")),
    "What the function's answer says.",
  ),
  StartingPosition: optional(
    enumText("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"),
    "Where reading a stream begins.",
    {
      createOnly: true,
    },
  ),
  StartingPositionTimestamp: optional(text(), "With AT_TIMESTAMP: from when.", { createOnly: true }),
  ParallelizationFactor: optional(wholeNumber(1, 10), "Batches of one shard at a time.", {
    default: ofStreams(1),
    defaultWords: "1 for streams",
  }),
  DestinationConfig: optional(
    properties({
      OnSuccess: destination("Where records of processed batches go."),
      OnFailure: destination("Where discarded batches go."),
    }),
    "Where batches go afterwards.",
  ),
  MaximumRecordAgeInSeconds: optional(wholeNumber(-1, 604_800), "Oldest record that is read; -1 for any.", {
    default: ofStreams(-1),
    defaultWords: "-1 for streams",
  }),
  BisectBatchOnFunctionError: optional(flag(), "Whether a failed batch is split.", {
    default: ofStreams(false),
    defaultWords: "false for streams",
  }),
  MaximumRetryAttempts: optional(wholeNumber(-1, 10_000), "How often a batch is tried again; -1 for ever.", {
    default: ofStreams(-1),
    defaultWords: "-1 for streams",
  }),
  TumblingWindowInSeconds: optional(wholeNumber(0, 900), "Length of a window of aggregation.", {
    default: ofStreams(0),
    defaultWords: "0 for streams",
  }),
  MetricsConfig: optional(
    properties({
      Metrics: optional(z.array(enumText("EventCount", "ErrorCount", "KafkaMetrics")), "Which metrics."),
    }),
    "Extra metrics.",
  ),
  LoggingConfig: optional(
    properties({ SystemLogLevel: optional(enumText("DEBUG", "INFO", "WARN"), "Level of the log.") }),
    "What is logged.",
  ),
  ProvisionedPollerConfig: optional(
    properties({
      MinimumPollers: optional(wholeNumber(1, 200), "Fewest pollers."),
      MaximumPollers: optional(wholeNumber(1, 10_000), "Most pollers."),
      PollerGroupName: optional(
        patternText(/^[\w-]{0,128}$/, "a group: letters, digits, - and _, at most 128"),
        "Group of pollers.",
      ),
    }),
    "Pollers that are kept.",
  ),
  Topics: optional(textList(patternText(/^[^.][\w.-]{1,248}$/, "a topic of Kafka"), 1), "Topic of Kafka.", {
    createOnly: true,
  }),
  Queues: optional(textList(limitedText(1000, 1), 1), "Queue of a broker.", { createOnly: true }),
  SourceAccessConfigurations: optional(
    z.array(
      properties({
        Type: optional(enumText(...ACCESS), "Kind of access."),
        URI: optional(
          patternText(/^[ \w\-/*:+=.@]{0,200}$/, "an ARN or an address, at most 200"),
          "Secret or address.",
        ),
      }),
    ),
    "How the source is reached.",
  ),
  SelfManagedEventSource: optional(
    properties({
      Endpoints: optional(
        z.record(
          enumText("KAFKA_BOOTSTRAP_SERVERS"),
          textList(
            patternText(
              /^(?=.{1,300}$)([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\.)*[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?:\d{1,5}$/,
              "a server and its port, such as kafka.example.com:9092",
            ),
            10,
          ),
        ),
        "Servers by kind.",
      ),
    }),
    "A Kafka of your own.",
    { createOnly: true },
  ),
  AmazonManagedKafkaEventSourceConfig: optional(consumerGroup, "For Amazon MSK."),
  SelfManagedKafkaEventSourceConfig: optional(consumerGroup, "For a Kafka of your own."),
  DocumentDBEventSourceConfig: optional(
    properties({
      DatabaseName: optional(patternText(/^[^ /\\.$"]{0,63}$/, "a database's name, at most 63"), "Database."),
      CollectionName: optional(
        patternText(/^(?!system\.)([_a-zA-Z0-9][^$]{0,56})?$/, "a collection's name, at most 57"),
        "Collection.",
      ),
      FullDocument: optional(enumText("UpdateLookup", "Default"), "What of a document is sent."),
    }),
    "For DocumentDB.",
  ),
  Tags: tags(),
});
