import { entry, trust } from "../beside.ts";
import type { TypeExample } from "../example.ts";

const rule = entry("CloudWatchEvents", "Rule", { Name: "orders", EventPattern: { source: ["shop"] } });
const mayCall = (name: string) =>
  entry("IAM", "Role", { RoleName: name, AssumeRolePolicyDocument: trust("events.amazonaws.com") });
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const arn = (service: string, what: string) => `arn:aws:${service}:us-east-1:123456789012:${what}`;
const FREE = "a plain object, sent and compared as it is";
const nested = (service: string, what: string, member: string, given: object, changed: object) => ({
  as: member,
  beside: [rule, mayCall("caller")],
  dependencies: { rule: "orders" },
  full: {
    Id: "one",
    Arn: arn(service, what),
    RoleArn: "arn:aws:iam::123456789012:role/caller",
    [member]: { ...given },
  },
  minimal: { Id: "one", Arn: arn(service, what) },
  needed: ["Id", "Arn", "RoleArn"],
  changed: { [member]: { ...changed } },
});

export const example: TypeExample = {
  type: "CloudWatchEvents::Target",
  // CloudFormation has targets inside AWS::Events::Rule.
  cloudFormation: [],
  lives: [
    {
      as: "queue",
      beside: [rule, mayCall("caller"), mayCall("other")],
      dependencies: { rule: "orders" },
      full: {
        Id: "one",
        Arn: queue("jobs.fifo"),
        RoleArn: "arn:aws:iam::123456789012:role/caller",
        Input: '{"a":1}',
        SqsParameters: { MessageGroupId: "a" },
        DeadLetterConfig: { Arn: queue("dead") },
        RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 60 },
      },
      minimal: { Id: "one", Arn: queue("jobs") },
      needed: ["Id", "Arn", "SqsParameters", "SqsParameters.MessageGroupId"],
      changed: {
        Id: "two",
        Arn: queue("others.fifo"),
        RoleArn: "arn:aws:iam::123456789012:role/other",
        Input: '{"a":2}',
        "SqsParameters.MessageGroupId": "b",
        "DeadLetterConfig.Arn": queue("other"),
        "RetryPolicy.MaximumRetryAttempts": 4,
        "RetryPolicy.MaximumEventAgeInSeconds": 120,
      },
    },
    {
      as: "part of the event",
      beside: [rule],
      dependencies: { rule: "orders" },
      full: { Id: "one", Arn: queue("jobs"), InputPath: "$.detail" },
      minimal: { Id: "one", Arn: queue("jobs") },
      needed: ["Id", "Arn"],
      changed: { InputPath: "$.source" },
    },
    {
      as: "text made of the event",
      beside: [rule],
      dependencies: { rule: "orders" },
      full: {
        Id: "one",
        Arn: queue("jobs"),
        InputTransformer: { InputPathsMap: { id: "$.id" }, InputTemplate: '"<id>"' },
        HttpParameters: {
          PathParameterValues: ["a"],
          HeaderParameters: { a: "1" },
          QueryStringParameters: { b: "2" },
        },
        KinesisParameters: { PartitionKeyPath: "$.id" },
      },
      minimal: { Id: "one", Arn: queue("jobs") },
      needed: ["Id", "Arn", "InputTransformer.InputTemplate", "KinesisParameters.PartitionKeyPath"],
      changed: {
        "InputTransformer.InputPathsMap": { id: "$.source" },
        "InputTransformer.InputTemplate": '"is <id>"',
        "HttpParameters.PathParameterValues": ["b"],
        "HttpParameters.HeaderParameters": { a: "2" },
        "HttpParameters.QueryStringParameters": { b: "3" },
        "KinesisParameters.PartitionKeyPath": "$.source",
      },
    },
    nested(
      "ecs",
      "cluster/a",
      "EcsParameters",
      { TaskDefinitionArn: arn("ecs", "task-definition/a:1") },
      { TaskDefinitionArn: arn("ecs", "task-definition/a:2") },
    ),
  ],
  notLived: {
    BatchParameters: FREE,
    RunCommandParameters: FREE,
    RedshiftDataParameters: FREE,
    SageMakerPipelineParameters: FREE,
    AppSyncParameters: FREE,
  },
};
