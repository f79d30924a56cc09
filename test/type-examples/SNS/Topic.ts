import type { JsonValue } from "../../../src/model/values.ts";
import { rights } from "../beside.ts";
import { NAME, type TypeExample } from "../example.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const ATTRIBUTES = [
  "ContentBasedDeduplication",
  "DisplayName",
  "FifoThroughputScope",
  "FifoTopic",
  "KmsMasterKeyId",
  "MaximumMessageSize",
  "SignatureVersion",
  "TracingConfig",
];
const KINDS = ["HTTP", "Firehose", "Lambda", "Application", "SQS"];

/** What is logged of deliveries to each kind of endpoint. */
const feedback = (role: string, rate: number, below = ""): Record<string, JsonValue> =>
  Object.fromEntries(
    KINDS.flatMap((kind) => [
      [`${below}${kind}SuccessFeedbackRoleArn`, `arn:aws:iam::123456789012:role/${role}`],
      [`${below}${kind}SuccessFeedbackSampleRate`, rate],
      [`${below}${kind}FailureFeedbackRoleArn`, `arn:aws:iam::123456789012:role/${role}`],
    ]),
  );

export const example: TypeExample = {
  type: "SNS::Topic",
  cloudFormation: [
    {
      type: "AWS::SNS::Topic",
      renamed: {
        TopicName: "Name",
        ...Object.fromEntries(ATTRIBUTES.map((name) => [name, `Attributes.${name}`])),
      },
    },
  ],
  differences: {
    "Attributes: only here": "the SDK's map of attributes; CloudFormation has them beside the name",
    "DeliveryStatusLogging: only there": "the attributes …FeedbackRoleArn and …SampleRate say it",
    "Name: required here only": NAME,
    "ArchivePolicy: only there": "a topic with an archive cannot be deleted; not supported yet",
    "DataProtectionPolicy: only there": "set by a call of its own; not supported yet",
    "Subscription: only there": "a resource of its own in the SDK; not supported yet",
  },
  repeatable: {
    CreateTopic: "the same name and attributes give the topic that is there: API_CreateTopic",
  },
  onMiniStack: true,
  lives: [
    {
      as: "standard",
      beside: [],
      full: {
        Name: "news",
        Attributes: {
          DisplayName: "News",
          DeliveryPolicy: { http: { defaultHealthyRetryPolicy: { numRetries: 5 } } },
          Policy: rights("sns:Publish"),
          KmsMasterKeyId: KEY,
          SignatureVersion: 2,
          TracingConfig: "Active",
          MaximumMessageSize: 2048,
          ...feedback("logs", 100),
        },
        Tags: { team: "a" },
      },
      minimal: { Name: "news" },
      needed: ["Name"],
      changed: {
        Name: "news-2",
        "Attributes.DisplayName": "More news",
        "Attributes.DeliveryPolicy": { http: { defaultHealthyRetryPolicy: { numRetries: 7 } } },
        "Attributes.Policy": rights("sns:Publish", "sns:Subscribe"),
        "Attributes.KmsMasterKeyId": `${KEY}2`,
        "Attributes.SignatureVersion": "1",
        "Attributes.TracingConfig": "PassThrough",
        "Attributes.MaximumMessageSize": "4096",
        ...feedback("others", 50, "Attributes."),
        Tags: { team: "b" },
      },
    },
    {
      as: "FIFO",
      beside: [],
      full: {
        Name: "news.fifo",
        Attributes: { FifoTopic: true, ContentBasedDeduplication: true, FifoThroughputScope: "Topic" },
      },
      minimal: { Name: "news.fifo" },
      needed: ["Name"],
      changed: {
        "Attributes.ContentBasedDeduplication": "false",
        "Attributes.FifoThroughputScope": "MessageGroup",
      },
    },
  ],
  notChanged: { "Attributes.FifoTopic": "the name says it" },
};
