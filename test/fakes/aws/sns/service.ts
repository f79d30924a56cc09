import * as client from "@aws-sdk/client-sns";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { table } from "../core/table.ts";
import { tagAdder } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type RegionState, need } from "../state.ts";

interface Topic {
  readonly arn: string;
  readonly attributes: Record<string, string>;
  readonly tags: Map<string, string>;
}

const topics = table<RegionState, Topic>();

const DEFAULTS = { SignatureVersion: "1", TracingConfig: "PassThrough", DisplayName: "" };
const JSON_TEXTS = ["Policy", "DeliveryPolicy"];
const FEEDBACK =
  /^(HTTP|Firehose|Lambda|Application|SQS)(SuccessFeedback(RoleArn|SampleRate)|FailureFeedbackRoleArn)$/;
const KNOWN = [
  ...JSON_TEXTS,
  "DisplayName",
  "KmsMasterKeyId",
  "SignatureVersion",
  "TracingConfig",
  "MaximumMessageSize",
  "ContentBasedDeduplication",
  "FifoThroughputScope",
];

const invalid = (why: string): AwsError => new AwsError("InvalidParameter", `Invalid parameter: ${why}`);

function topic(ctx: Ctx, arn = ""): Topic {
  return need(topics(ctx.region).get(arn), () => new AwsError("NotFound", "Topic does not exist", 404));
}

function tagged(ctx: Ctx, arn = ""): Map<string, string> {
  return need(
    topics(ctx.region).get(arn),
    () => new AwsError("ResourceNotFound", "Resource does not exist", 404),
  ).tags;
}

/** What AWS makes where there is no policy. */
const ownPolicy = (ctx: Ctx, arn: string): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: ["SNS:Publish", "SNS:Subscribe"],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": ctx.accountId } },
      },
    ],
  });

function set(to: Topic, name: string, value: string): void {
  const fifo = to.attributes.FifoTopic === "true";
  if (!KNOWN.includes(name) && !FEEDBACK.test(name)) throw invalid("AttributeName");
  if (/^(ContentBasedDeduplication|FifoThroughputScope)$/.test(name) && !fifo) throw invalid(name);
  if (name.endsWith("RoleArn") && value !== "" && !value.startsWith("arn:")) throw invalid(name);
  if (name.endsWith("SampleRate") && !/^\d{1,3}$/.test(value)) throw invalid(name);
  if (name === "Policy" && value === "") throw invalid("Policy Error: null");
  if (JSON_TEXTS.includes(name) && value !== "") {
    try {
      JSON.parse(value);
    } catch {
      throw invalid(`${name} Error: not JSON`);
    }
  }
  if (value === "") delete to.attributes[name];
  else to.attributes[name] = value;
}

const addTags = tagAdder(({ kind, message }) =>
  kind === "too-many" ? new AwsError("TagLimitExceeded", message) : invalid(message),
);

const on = sdk<client.SNS>(client);

/** SNS: topics, their attributes and tags. */
export const sns = service(
  {
    id: "sns",
    protocol: "query",
    key: "2010-03-31",
    xmlNamespace: "http://sns.amazonaws.com/doc/2010-03-31/",
    missing: (member) => invalid(member),
    ...COMMON,
    throttled: () => new AwsError("Throttled", "Rate exceeded", 429),
    busy: () =>
      new AwsError("ConcurrentAccess", "Can't perform multiple operations on a tag simultaneously."),
    tagged: (ctx) => [...topics(ctx.region).values()].map(({ arn, tags }) => ({ arn, tags })),
  },
  client,
  [
    on("createTopic", (ctx, { Name = "", Attributes = {}, Tags }) => {
      if (!/^(?=.{1,256}$)[\w-]+(\.fifo)?$/.test(Name)) throw invalid("Topic Name");
      const { FifoTopic = "false", ...rest } = Attributes;
      if ((FifoTopic === "true") !== Name.endsWith(".fifo"))
        throw invalid(
          "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.",
        );
      const arn = `arn:${ctx.partition}:sns:${ctx.regionName}:${ctx.accountId}:${Name}`;
      const present = topics(ctx.region).get(arn);
      if (present !== undefined) {
        // The same attributes give the topic that is there: a create can be repeated.
        if (Object.entries(rest).some(([key, value]) => present.attributes[key] !== value))
          throw invalid("Attributes Reason: Topic already exists with different attributes");
        if (Tags?.some(({ Key = "", Value }) => present.tags.get(Key) !== Value))
          throw invalid("Tags Reason: Topic already exists with different tags");
        return { TopicArn: arn };
      }
      const made: Topic = {
        arn,
        attributes: {
          TopicArn: arn,
          Owner: ctx.accountId,
          ...DEFAULTS,
          ...(FifoTopic === "true"
            ? { FifoTopic, ContentBasedDeduplication: "false", FifoThroughputScope: "MessageGroup" }
            : {}),
          Policy: ownPolicy(ctx, arn),
        },
        tags: new Map(),
      };
      addTags(ctx, made.tags, Tags);
      for (const [name, value] of Object.entries(rest)) set(made, name, value);
      topics(ctx.region).set(arn, made);
      return { TopicArn: arn };
    }),
    on("getTopicAttributes", (ctx, { TopicArn }) => ({ Attributes: { ...topic(ctx, TopicArn).attributes } })),
    on("setTopicAttributes", (ctx, { TopicArn, AttributeName = "", AttributeValue = "" }) =>
      set(topic(ctx, TopicArn), AttributeName, AttributeValue),
    ),
    on("deleteTopic", (ctx, { TopicArn = "" }) => {
      // Deleting what is not there succeeds.
      topics(ctx.region).delete(TopicArn);
    }),
    on("tagResource", (ctx, { ResourceArn, Tags }) => {
      addTags(ctx, tagged(ctx, ResourceArn), Tags);
      return {};
    }),
    on("untagResource", (ctx, { ResourceArn, TagKeys = [] }) => {
      for (const key of TagKeys) tagged(ctx, ResourceArn).delete(key);
      return {};
    }),
    on("listTagsForResource", (ctx, { ResourceArn }) => ({
      Tags: [...tagged(ctx, ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
    })),
  ],
);
