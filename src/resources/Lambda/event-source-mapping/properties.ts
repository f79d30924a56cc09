/** The properties of a mapping. */
import * as z from "zod";
import { type DefaultOf, optional } from "../../facts.ts";
import { enumText, flag, properties, tags, text, textList, wholeNumber } from "../../schema.ts";

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
  optional(properties({ Destination: optional(text(), "ARN of a queue, topic, bucket or stream.") }), says);
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
  ConsumerGroupId: optional(text(), "Consumer group.", { createOnly: true }),
  SchemaRegistryConfig: optional(z.record(z.string(), z.json()), "Schema registry."),
});

export const mappingProperties = properties({
  FunctionName: optional(text(), "The function: name or ARN, with a version or alias behind a colon.", {
    defaultWords: "from the dependency lambdaFunction",
  }),
  EventSourceArn: optional(text(), "ARN of the source.", {
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
  KMSKeyArn: optional(text(), "KMS key that encrypts the filters."),
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
      MaximumPollers: optional(wholeNumber(1, 2000), "Most pollers."),
      PollerGroupName: optional(text(), "Group of pollers."),
    }),
    "Pollers that are kept.",
  ),
  Topics: optional(textList(), "Topic of Kafka.", { createOnly: true }),
  Queues: optional(textList(), "Queue of a broker.", { createOnly: true }),
  SourceAccessConfigurations: optional(
    z.array(
      properties({
        Type: optional(enumText(...ACCESS), "Kind of access."),
        URI: optional(text(), "Secret or address."),
      }),
    ),
    "How the source is reached.",
  ),
  SelfManagedEventSource: optional(
    properties({ Endpoints: optional(z.record(z.string(), textList()), "Servers by kind.") }),
    "A Kafka of your own.",
    { createOnly: true },
  ),
  AmazonManagedKafkaEventSourceConfig: optional(consumerGroup, "For Amazon MSK."),
  SelfManagedKafkaEventSourceConfig: optional(consumerGroup, "For a Kafka of your own."),
  DocumentDBEventSourceConfig: optional(
    properties({
      DatabaseName: optional(text(), "Database."),
      CollectionName: optional(text(), "Collection."),
      FullDocument: optional(enumText("UpdateLookup", "Default"), "What of a document is sent."),
    }),
    "For DocumentDB.",
  ),
  Tags: tags(),
});
