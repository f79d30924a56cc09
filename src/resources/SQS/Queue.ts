/** Queues. Facts: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
import type { SQS } from "@aws-sdk/client-sqs";
import type { StackFacts } from "../../model/stack.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import type { Entry, EntryIssue } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { objectOf, tagsOf, textOf } from "../live-values.ts";
import { patternText, properties, tags } from "../schema.ts";
import { attributesFromAws, attributesOf, changedAttributes, isFifo, queueAttributes } from "./attributes.ts";
import { sqs } from "./service.ts";

function queueArn({ partition, region, account }: StackFacts, name: string): string {
  return `arn:${partition}:sqs:${region}:${account}:${name}`;
}

async function urlOf(client: SQS, name: string): Promise<string> {
  const { QueueUrl = "" } = await client.getQueueUrl({ QueueName: name });
  return QueueUrl;
}

/** The tag calls take a URL; the ARN ends in the queue's name. */
const urlOfArn = (client: SQS, arn: string): Promise<string> => urlOf(client, arn.split(":").at(-1) ?? "");

function checks({ properties: { QueueName, Attributes }, dependencies }: Entry): readonly EntryIssue[] {
  const name = textOf(QueueName);
  const { FifoQueue, ContentBasedDeduplication, DeduplicationScope, FifoThroughputLimit, ...rest } =
    objectOf(Attributes);
  if (hasMarker(name)) return [];
  const fifo = isFifo({ QueueName: name });
  if (!isEmpty(FifoQueue) && String(FifoQueue) !== String(fifo))
    return [
      fifo
        ? { path: "Attributes.FifoQueue", message: `must be true, because "${name}" ends in .fifo` }
        : { path: "QueueName", message: `"${name}" must end in .fifo, because FifoQueue is true` },
    ];
  const onlyFifo = { ContentBasedDeduplication, DeduplicationScope, FifoThroughputLimit };
  const issues: EntryIssue[] = Object.entries(onlyFifo).flatMap(([key, value]) =>
    fifo || isEmpty(value) ? [] : [{ path: `Attributes.${key}`, message: "is only for FIFO queues" }],
  );
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
  const scope = textOf(DeduplicationScope) || "queue";
  if (fifo && FifoThroughputLimit === "perMessageGroupId" && scope === "queue")
    issues.push({
      path: "Attributes.FifoThroughputLimit",
      message: "is perMessageGroupId, which AWS takes only with DeduplicationScope messageGroup",
    });
  const kms = !isEmpty(rest.KmsMasterKeyId);
  if (kms && String(rest.SqsManagedSseEnabled ?? "false") === "true")
    issues.push({
      path: "Attributes.SqsManagedSseEnabled",
      message: "cannot be true beside KmsMasterKeyId",
      hint: "A queue is encrypted with SQS's own key or with a KMS key.",
    });
  if (!kms && !isEmpty(rest.KmsDataKeyReusePeriodSeconds) && (dependencies.kmsKey ?? []).length === 0)
    issues.push({
      path: "Attributes.KmsDataKeyReusePeriodSeconds",
      message: "is only for queues with a KMS key",
    });
  return issues;
}

export const queue = defineType({
  type: "SQS::Queue",
  summary: "A queue: the target of service integrations and of rules, and a source of Lambda events.",
  service: sqs,
  properties: properties({
    QueueName: required(
      patternText(
        /^(?=.{1,80}$)[\w-]+(\.fifo)?$/,
        "a queue's name: letters, digits, - and _, at most 80, with .fifo at the end for a FIFO queue",
      ),
      "Name of the queue, also its name in the spec.",
      { createOnly: true },
    ),
    Attributes: optional(queueAttributes, "The queue's attributes; numbers and flags may be texts.", {
      default: {},
      defaultWords: "each attribute's own",
    }),
    Tags: tags(),
  }),
  dependencies: {
    kmsKey: { type: "KMS::Key", acceptsArn: true },
    deadLetterQueue: { type: "SQS::Queue" },
  },
  identity: { by: "name", property: "QueueName" },
  // A FIFO queue is known by the end of its name.
  physicalName: (name, shortened) =>
    name.endsWith(".fifo") ? `${shortened(name.slice(0, -5), 75)}.fifo` : shortened(name, 80),
  id: "QueueUrl",
  arn: (stack, { name }) => queueArn(stack, name),
  nameOfArn: (arn) => /^arn:[^:]+:sqs:[^:]*:\d*:([^:]+)$/.exec(arn)?.[1],
  foundByTagsAs: "sqs",
  tags: {
    style: "map",
    set: async (client, arn, Tags) => client.tagQueue({ QueueUrl: await urlOfArn(client, arn), Tags }),
    remove: async (client, arn, TagKeys) =>
      client.untagQueue({ QueueUrl: await urlOfArn(client, arn), TagKeys }),
  },
  protected: "its messages",
  checks,
  attributes: {
    id: "The queue's URL.",
    "live.QueueUrl": "The queue's URL.",
    "live.Arn": "The queue's ARN.",
    "live.QueueName": "The queue's name.",
  },
  outputs: { QueueUrl: "QueueUrl" },
  permissions: {
    read: ["GetQueueUrl", "GetQueueAttributes", "ListQueueTags"],
    write: ["CreateQueue", "SetQueueAttributes", "DeleteQueue", "TagQueue", "UntagQueue"],
  },
  consequence: (live) => `Every message in queue ${live.name} is lost, and what sends to it fails.`,
  // The URL is AWS's to give, so it is not known before the queue exists; the ARN is made of the name.
  predict: ({ name, stack }): Record<string, string> =>
    hasMarker(name) ? {} : { Arn: queueArn(stack, name), QueueName: name },
  fromSpec(wanted, desired): JsonObject {
    const Attributes = attributesOf(
      objectOf(wanted.Attributes),
      desired.dependency("kmsKey")?.id,
      desired.dependency("deadLetterQueue")?.attribute("Arn"),
    );
    return { ...wanted, Attributes };
  },
  calls: {
    async get(client, name) {
      const QueueUrl = await urlOf(client, name);
      const [{ Attributes }, { Tags = {} }] = await Promise.all([
        client.getQueueAttributes({ QueueUrl, AttributeNames: ["All"] }),
        client.listQueueTags({ QueueUrl }),
      ]);
      return { QueueUrl, QueueName: name, Attributes: attributesFromAws(Attributes), Tags };
    },
    async create(client, input) {
      const { QueueUrl = "" } = await client.createQueue({
        QueueName: textOf(input.QueueName),
        Attributes: changedAttributes({}, objectOf(input.Attributes)),
        tags: tagsOf(input),
      });
      return { QueueUrl };
    },
    async update(client, _input, { live, state }) {
      const Attributes = changedAttributes(objectOf(live.state.Attributes), objectOf(state.Attributes));
      await client.setQueueAttributes({ QueueUrl: live.id, Attributes });
      return {};
    },
    delete: (client, live) => client.deleteQueue({ QueueUrl: live.id }),
  },
});
