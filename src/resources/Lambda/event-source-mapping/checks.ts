/** What AWS would refuse of a mapping, and what it takes although it is not meant. */
import { isEmpty } from "../../../model/values.ts";
import type { Entry, EntryIssue, Finding, Linked, LinkedSpec } from "../../../spec/type-rules.ts";
import { dependencyOf } from "../../findings.ts";
import { objectOf, textOf } from "../../live-values.ts";
import { roleMay } from "../../policy/allows.ts";
import { SOURCES } from "./source.ts";
import { own } from "../../../model/own.ts";

export function checks({
  properties: { FunctionName, EventSourceArn, SelfManagedEventSource, StartingPosition },
  dependencies,
}: Entry): readonly EntryIssue[] {
  const named = Object.keys(SOURCES).filter((key) => (own(dependencies, key) ?? []).length > 0);
  const stream =
    named.some((key) => /dynamo|kinesis|msk/i.test(key)) ||
    /:(dynamodb|kinesis|kafka):/.test(textOf(EventSourceArn));
  return [
    ...(isEmpty(FunctionName) && (dependencies.lambdaFunction ?? []).length === 0
      ? [{ path: "FunctionName", message: "is required", hint: "Or name dependencies.lambdaFunction." }]
      : []),
    ...(named.length === 0 && isEmpty(EventSourceArn) && isEmpty(SelfManagedEventSource)
      ? [
          {
            path: "EventSourceArn",
            message: "is required",
            hint: `Or name one of ${Object.keys(SOURCES).join(", ")}.`,
          },
        ]
      : []),
    ...(named.length > 1
      ? [{ path: `dependencies.${named[1]}`, message: `is a second source beside ${named[0]}` }]
      : []),
    ...(stream && isEmpty(StartingPosition)
      ? [{ path: "StartingPosition", message: "is required for streams", hint: "LATEST or TRIM_HORIZON." }]
      : []),
  ];
}

/** What reading a source takes, by its dependency: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
const READS: Readonly<Record<string, { readonly action: string; readonly hint: string }>> = {
  sqsQueue: {
    action: "sqs:ReceiveMessage",
    hint: "sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes (AWS's policy AWSLambdaSQSQueueExecutionRole)",
  },
  dynamoDbTable: {
    action: "dynamodb:GetRecords",
    hint: "dynamodb:DescribeStream, GetRecords, GetShardIterator and ListStreams (AWS's policy AWSLambdaDynamoDBExecutionRole)",
  },
  kinesisStream: {
    action: "kinesis:GetRecords",
    hint: "kinesis:GetRecords, GetShardIterator, DescribeStream and ListShards (AWS's policy AWSLambdaKinesisExecutionRole)",
  },
};

/** The function's role visibly may not read the source: AWS refuses the mapping, and an apply waits minutes for it to be allowed. */
function unreadable(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const fn = dependencyOf(one, "lambdaFunction", spec);
  const role = fn === undefined ? undefined : dependencyOf(fn, "role", spec);
  if (fn === undefined || fn.draft.readOnly || role === undefined) return [];
  return Object.entries(READS).flatMap(([key, { action, hint }]): readonly Finding[] => {
    if ((own(one.dependencies, key) ?? []).length === 0 || roleMay(role, spec, action)) return [];
    return [
      {
        severity: "warning",
        code: "SOURCE_NOT_READABLE",
        message: `${one.draft.key}: role ${role.draft.name} of ${fn.draft.name} does not allow ${action}: AWS refuses the mapping`,
        hint: `Allow the role ${hint}.`,
      },
    ];
  });
}

export function inspect(one: Linked, spec: LinkedSpec): readonly Finding[] {
  return [...shortlyHidden(one, spec), ...unreadable(one, spec), ...withoutStream(one, spec)];
}

/** A mapping reads a table's stream, not the table. */
function withoutStream(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const table = dependencyOf(one, "dynamoDbTable", spec);
  const stream = objectOf(table?.properties.StreamSpecification);
  const isOn = !isEmpty(stream) && stream.StreamEnabled !== false;
  if (table === undefined || table.draft.readOnly || isOn || !isEmpty(one.properties.EventSourceArn))
    return [];
  return [
    {
      severity: "error",
      code: "PROPERTY_INVALID",
      message: `${one.draft.key}: ${table.draft.key} has no stream that the mapping could read`,
      hint: 'Give the table a StreamSpecification, such as { StreamViewType: "NEW_AND_OLD_IMAGES" }, or remove the mapping.',
    },
  ];
}

/** A queue hides a message for less time than the function may take: AWS refuses it, or delivers the message twice. */
function shortlyHidden(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const queue = dependencyOf(one, "sqsQueue", spec);
  const fn = dependencyOf(one, "lambdaFunction", spec);
  if (queue === undefined || fn === undefined) return [];
  const hidden = Number(objectOf(queue.properties.Attributes).VisibilityTimeout ?? 30);
  const takes = Number(fn.properties.Timeout ?? 3);
  if (!(hidden < takes)) return [];
  return [
    {
      severity: "warning",
      code: "VISIBILITY_TIMEOUT_SHORT",
      message: `${queue.draft.key} hides a received message for ${hidden} s, but ${fn.draft.name} may take ${takes} s: AWS refuses the mapping`,
      hint: `Set Attributes.VisibilityTimeout of the queue to ${takes * 6} (six times the function's Timeout, as AWS recommends).`,
    },
  ];
}
