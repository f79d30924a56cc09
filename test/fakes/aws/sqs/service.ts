import * as client from "@aws-sdk/client-sqs";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { each, table } from "../core/table.ts";
import { tagOperations, tagProblem } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";

interface Queue {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly tags: Map<string, string>;
}

const queues = table<RegionState, Queue>();
/** When each queue that is gone went, in ms. */
const deleted = each<RegionState, Map<string, number>>(() => new Map());

const NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
  KmsDataKeyReusePeriodSeconds: [60, 86_400],
};
const CLEARABLE = ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId"];
const FIFO_ONLY = ["ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"];
const DEFAULTS = {
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
  SqsManagedSseEnabled: "true",
};
const FIFO_DEFAULTS = {
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
};

const invalid = (name: string, why = ""): AwsError =>
  new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.${why}`);
const gone = (): AwsError => new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
const urlOf = (ctx: Ctx, name: string): string =>
  `https://sqs.${ctx.regionName}.amazonaws.com/${ctx.accountId}/${name}`;
const named = (ctx: Ctx, url = ""): Queue => need(queues(ctx.region).get(url.split("/").at(-1) ?? ""), gone);

/** Sets attributes as AWS does: everything is checked, then everything is set; an empty policy is none. */
function set(queue: Queue, given: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(given)) {
    const limits = NUMBERS[key];
    if (!(key in client.QueueAttributeName))
      throw new AwsError("InvalidAttributeName", `Unknown Attribute ${key}.`);
    if (limits !== undefined && !(/^\d+$/.test(value) && +value >= limits[0] && +value <= limits[1]))
      throw invalid(key);
    if (key === "FifoQueue" && value !== "true")
      throw new AwsError("InvalidAttributeValue", "Unknown Attribute FifoQueue.");
    if (FIFO_ONLY.includes(key) && queue.attributes.FifoQueue !== "true")
      throw new AwsError("InvalidAttributeName", `Unknown Attribute ${key}.`);
    if (key.endsWith("Policy") && value !== "") parsed(key, value);
  }
  const next = { ...queue.attributes, ...given };
  if (next.FifoThroughputLimit === "perMessageGroupId" && next.DeduplicationScope !== "messageGroup")
    throw invalid("FifoThroughputLimit");
  for (const [key, value] of Object.entries(given)) {
    if (value !== "") queue.attributes[key] = value;
    else if (CLEARABLE.includes(key)) delete queue.attributes[key];
    else throw invalid(key);
  }
  if (queue.attributes.KmsMasterKeyId === undefined) delete queue.attributes.KmsDataKeyReusePeriodSeconds;
  else {
    if (queue.attributes.SqsManagedSseEnabled === "true" && given.SqsManagedSseEnabled === "true")
      throw new AwsError(
        "InvalidAttributeValue",
        "You can use one type of server-side encryption (SSE) at one time.",
      );
    queue.attributes.SqsManagedSseEnabled = "false";
    queue.attributes.KmsDataKeyReusePeriodSeconds ??= "300";
  }
}

function parsed(key: string, value: string): void {
  try {
    JSON.parse(value);
  } catch {
    throw invalid(key, " Reason: Policy is not valid JSON.");
  }
}

const on = sdk<client.SQS>(client);

/** SQS: queues, their attributes and tags. */
export const sqs = service(
  {
    id: "sqs",
    protocol: "aws-json",
    key: "AmazonSQS",
    missing: (member) =>
      new AwsError("MissingParameter", `The request must contain the parameter ${member}.`),
    ...COMMON,
    tagged: (ctx) =>
      [...queues(ctx.region).values()].map(({ attributes, tags }) => ({
        arn: attributes.QueueArn ?? "",
        tags,
      })),
  },
  client,
  [
    on("createQueue", (ctx, { QueueName = "", Attributes = {}, tags = {} }) => {
      if (!/^(?=.{1,80}$)[\w-]+(\.fifo)?$/.test(QueueName))
        throw new AwsError(
          "InvalidParameterValue",
          "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
        );
      const fifo = Attributes.FifoQueue === "true";
      if (fifo !== QueueName.endsWith(".fifo"))
        throw new AwsError(
          "InvalidParameterValue",
          "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
        );
      const present = queues(ctx.region).get(QueueName);
      if (present !== undefined) {
        // The same attributes give the queue that is there: a create can be repeated.
        const other = Object.entries(Attributes).find(([key, value]) => present.attributes[key] !== value);
        if (other === undefined) return { QueueUrl: urlOf(ctx, QueueName) };
        throw new AwsError(
          "QueueNameExists",
          `A queue already exists with the same name and a different value for attribute ${other[0]}`,
        );
      }
      const went = deleted(ctx.region).get(QueueName);
      if (went !== undefined && ctx.now().getTime() - went < 60_000)
        throw new AwsError(
          "QueueDeletedRecently",
          "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
        );
      const problem = tagProblem(ctx, new Map(), tags);
      if (problem !== undefined) throw new AwsError("InvalidParameterValue", problem.message);
      const queue: Queue = {
        name: QueueName,
        attributes: {
          QueueArn: `arn:${ctx.partition}:sqs:${ctx.regionName}:${ctx.accountId}:${QueueName}`,
          ...DEFAULTS,
          ...(fifo ? { FifoQueue: "true", ...FIFO_DEFAULTS } : {}),
        },
        tags: new Map(Object.entries(tags)),
      };
      set(queue, Attributes);
      queues(ctx.region).set(QueueName, queue);
      return { QueueUrl: urlOf(ctx, QueueName) };
    }),
    on("getQueueUrl", (ctx, { QueueName = "" }) => ({ QueueUrl: urlOf(ctx, named(ctx, QueueName).name) })),
    on("getQueueAttributes", (ctx, { QueueUrl }) => ({
      Attributes: { ApproximateNumberOfMessages: "0", ...named(ctx, QueueUrl).attributes },
    })),
    on("setQueueAttributes", (ctx, { QueueUrl, Attributes = {} }) => {
      if ("FifoQueue" in Attributes && named(ctx, QueueUrl).attributes.FifoQueue !== Attributes.FifoQueue)
        throw new AwsError("InvalidAttributeName", "Unknown Attribute FifoQueue.");
      set(named(ctx, QueueUrl), Attributes);
    }),
    on("deleteQueue", (ctx, { QueueUrl }) => {
      const { name } = named(ctx, QueueUrl);
      queues(ctx.region).delete(name);
      deleted(ctx.region).set(name, ctx.now().getTime());
    }),
    ...tagOperations(client, {
      calls: ["TagQueue", "UntagQueue", "ListQueueTags"],
      reference: "QueueUrl",
      output: "Tags",
      check: (ctx, present, tags) => {
        const problem = tagProblem(ctx, present, tags);
        if (problem !== undefined) throw new AwsError("InvalidParameterValue", problem.message);
      },
      find: (ctx, url) => named(ctx, url).tags,
    }),
  ],
);
