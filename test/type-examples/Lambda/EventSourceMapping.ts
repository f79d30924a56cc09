/** Mappings of a queue and of a stream to a function. */
import { entry, fn, fnFiles, role } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const otherFn = entry(
  "Lambda",
  "Function",
  { FunctionName: "other", Handler: "fn.handler", Runtime: "nodejs22.x" },
  { role: "caller" },
);
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const stream = (name: string) =>
  `arn:aws:dynamodb:us-east-1:123456789012:table/${name}/stream/2026-01-01T00:00:00.000`;
const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const files = { ...fnFiles, "other/fn.js": "exports.handler = async () => 2;\n" };
const REGISTRY = "a plain object here: sent and compared as it is";
const SPELLING = "the SDK writes KMSKeyArn";
const NOT_UPDATED = "UpdateEventSourceMapping does not take it";
const KAFKA = "for brokers of Kafka, MQ and DocumentDB: sent and compared as it is";

export const example: TypeExample = {
  type: "Lambda::EventSourceMapping",
  cloudFormation: [{ type: "AWS::Lambda::EventSourceMapping" }],
  differences: {
    "FunctionName: required there only": "the dependency `lambdaFunction` gives it",
    "AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs: only there": REGISTRY,
    "AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.EventRecordFormat: only there": REGISTRY,
    "AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaRegistryURI: only there": REGISTRY,
    "AmazonManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaValidationConfigs: only there": REGISTRY,
    "SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs: only there": REGISTRY,
    "SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.EventRecordFormat: only there": REGISTRY,
    "SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaRegistryURI: only there": REGISTRY,
    "SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaValidationConfigs: only there": REGISTRY,
    "SelfManagedKafkaEventSourceConfig.ConsumptionMode: only there": "the installed SDK does not have it",
    "DestinationConfig.OnSuccess: only here": "in the SDK's model",
    "KMSKeyArn: only here": SPELLING,
    "KmsKeyArn: only there": SPELLING,
    "Queues: replaces here only": NOT_UPDATED,
    "Topics: replaces here only": NOT_UPDATED,
    "SelfManagedEventSource.Endpoints.KafkaBootstrapServers: only there": "the SDK has a map of kinds",
    "SelfManagedEventSource.Endpoints: replaces there only": "here the whole replaces",
    "AmazonManagedKafkaEventSourceConfig: replaces there only":
      "only its ConsumerGroupId does: the rest is updated",
    "SelfManagedKafkaEventSourceConfig: replaces there only":
      "only its ConsumerGroupId does: the rest is updated",
    "SourceAccessConfigurations[].Type: there BASIC_AUTH, CLIENT_CERTIFICATE_TLS_AUTH, IAM_AUTH, IAM_OAUTHBEARER_AUTH, OAUTHBEARER_AUDIENCE, OAUTHBEARER_AUTH, OAUTHBEARER_IDENTITY_POOL, OAUTHBEARER_LOGICAL_CLUSTER, OAUTHBEARER_SCOPE, SASL_SCRAM_256_AUTH, SASL_SCRAM_512_AUTH, SERVER_ROOT_CA_CERTIFICATE, VIRTUAL_HOST, VPC_SECURITY_GROUP, VPC_SUBNET; here BASIC_AUTH, CLIENT_CERTIFICATE_TLS_AUTH, SASL_SCRAM_256_AUTH, SASL_SCRAM_512_AUTH, SERVER_ROOT_CA_CERTIFICATE, VIRTUAL_HOST, VPC_SECURITY_GROUP, VPC_SUBNET":
      "the installed SDK does not have the others",
  },
  lives: [
    {
      as: "queue",
      beside: [role, fn, otherFn],
      dependencies: { lambdaFunction: "fn" },
      full: {
        FunctionName: "fn",
        EventSourceArn: queue("jobs"),
        Enabled: false,
        BatchSize: 20,
        MaximumBatchingWindowInSeconds: 5,
        FilterCriteria: { Filters: [{ Pattern: '{"a":[1]}' }] },
        KMSKeyArn: KEY,
        ScalingConfig: { MaximumConcurrency: 2 },
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        MetricsConfig: { Metrics: ["EventCount"] },
        Tags: { team: "a" },
      },
      minimal: { FunctionName: "fn", EventSourceArn: queue("jobs") },
      needed: ["EventSourceArn"],
      changed: {
        FunctionName: "other",
        EventSourceArn: queue("others"),
        Enabled: true,
        BatchSize: 30,
        MaximumBatchingWindowInSeconds: 6,
        "FilterCriteria.Filters": [{ Pattern: '{"a":[2]}' }],
        KMSKeyArn: `${KEY}2`,
        "ScalingConfig.MaximumConcurrency": 3,
        "MetricsConfig.Metrics": ["EventCount", "ErrorCount"],
        Tags: { team: "b" },
      },
      files,
    },
    {
      as: "stream",
      beside: [role, fn, otherFn],
      dependencies: { lambdaFunction: "fn" },
      full: {
        FunctionName: "fn",
        EventSourceArn: stream("orders"),
        StartingPosition: "LATEST",
        ParallelizationFactor: 2,
        DestinationConfig: { OnFailure: { Destination: queue("dead") } },
        MaximumRecordAgeInSeconds: 60,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 3,
        TumblingWindowInSeconds: 10,
      },
      minimal: { FunctionName: "fn", EventSourceArn: stream("orders"), StartingPosition: "LATEST" },
      needed: ["EventSourceArn", "StartingPosition"],
      changed: {
        StartingPosition: "TRIM_HORIZON",
        ParallelizationFactor: 3,
        "DestinationConfig.OnFailure.Destination": queue("other-dead"),
        MaximumRecordAgeInSeconds: 120,
        BisectBatchOnFunctionError: false,
        MaximumRetryAttempts: 4,
        TumblingWindowInSeconds: 20,
      },
      files,
    },
  ],
  notLived: {
    StartingPositionTimestamp: "only with AT_TIMESTAMP, which only Kinesis and Kafka take",
    "DestinationConfig.OnSuccess": KAFKA,
    LoggingConfig: KAFKA,
    ProvisionedPollerConfig: KAFKA,
    Topics: KAFKA,
    Queues: KAFKA,
    SourceAccessConfigurations: KAFKA,
    SelfManagedEventSource: KAFKA,
    AmazonManagedKafkaEventSourceConfig: KAFKA,
    SelfManagedKafkaEventSourceConfig: KAFKA,
    DocumentDBEventSourceConfig: KAFKA,
  },
  notChanged: { FunctionResponseTypes: "ReportBatchItemFailures is its only value" },
};
