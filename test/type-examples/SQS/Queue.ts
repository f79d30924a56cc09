import { rights } from "../beside.ts";
import { NAME, type TypeExample } from "../example.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const DEAD = "arn:aws:sqs:us-east-1:123456789012:dead";
const ATTRIBUTES = [
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoQueue",
  "FifoThroughputLimit",
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
  "VisibilityTimeout",
];

export const example: TypeExample = {
  type: "SQS::Queue",
  cloudFormation: [
    {
      type: "AWS::SQS::Queue",
      renamed: Object.fromEntries(ATTRIBUTES.map((name) => [name, `Attributes.${name}`])),
    },
  ],
  differences: {
    "Attributes: only here": "the SDK's map of attributes; CloudFormation has them beside the name",
    "QueueName: required here only": NAME,
  },
  repeatable: {
    CreateQueue: "the same name and attributes give the queue that is there: API_CreateQueue",
  },
  notChanged: { QueueName: "AWS blocks a deleted queue's name for a minute: Queue.test.ts" },
  lives: [
    {
      as: "standard",
      beside: [],
      full: {
        QueueName: "jobs",
        Attributes: {
          DelaySeconds: 5,
          MaximumMessageSize: 2048,
          MessageRetentionPeriod: "60",
          ReceiveMessageWaitTimeSeconds: 20,
          VisibilityTimeout: "45",
          Policy: rights("sqs:SendMessage"),
          RedrivePolicy: { deadLetterTargetArn: DEAD, maxReceiveCount: 3 },
          RedriveAllowPolicy: { redrivePermission: "denyAll" },
          KmsMasterKeyId: KEY,
          KmsDataKeyReusePeriodSeconds: 60,
        },
        Tags: { team: "a" },
      },
      minimal: { QueueName: "jobs" },
      needed: ["QueueName", "Attributes.KmsMasterKeyId"],
      changed: { Attributes: { VisibilityTimeout: 60 }, Tags: { team: "b" } },
    },
    {
      as: "FIFO",
      beside: [],
      full: {
        QueueName: "jobs.fifo",
        Attributes: {
          FifoQueue: true,
          ContentBasedDeduplication: true,
          DeduplicationScope: "messageGroup",
          FifoThroughputLimit: "perMessageGroupId",
          SqsManagedSseEnabled: false,
        },
      },
      minimal: { QueueName: "jobs.fifo" },
      needed: ["QueueName", "Attributes.DeduplicationScope"],
      changed: { Attributes: { FifoQueue: true, ContentBasedDeduplication: "true" } },
    },
  ],
};
