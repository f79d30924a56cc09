/** Topics. Facts: https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
import type { StackFacts } from "../../model/stack.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { tagsByArn } from "../tags.ts";
import { optional, required } from "../facts.ts";
import { objectOf, tagList, tagsOf, textOf } from "../live-values.ts";
import { patternText, properties, tags } from "../schema.ts";
import { attributesFromAws, changedAttributes, isFifo, NEW, topicAttributes } from "./attributes.ts";
import { sns } from "./service.ts";

function topicArn({ partition, region, account }: StackFacts, name: string): string {
  return `arn:${partition}:sns:${region}:${account}:${name}`;
}

export const topic = defineType({
  type: "SNS::Topic",
  summary: "A topic: what is published to it goes to all its subscriptions.",
  service: sns,
  properties: properties({
    Name: required(
      patternText(
        /^(?=.{1,256}$)[\w-]+(\.fifo)?$/,
        "a topic's name: letters, digits, - and _, at most 256, with .fifo at the end for a FIFO topic",
      ),
      "Name of the topic, also its name in the spec.",
      { createOnly: true },
    ),
    Attributes: optional(topicAttributes, "The topic's attributes; numbers and flags may be texts.", {
      default: {},
      defaultWords: "each attribute's own",
    }),
    Tags: tags(),
  }),
  dependencies: { kmsKey: { type: "KMS::Key", acceptsArn: true } },
  identity: { by: "name", property: "Name" },
  physicalName: (name, shortened) =>
    name.endsWith(".fifo") ? `${shortened(name.slice(0, -5), 251)}.fifo` : shortened(name, 256),
  id: "Arn",
  arn: (stack, { name }) => topicArn(stack, name),
  predicted: (Arn) => ({ TopicArn: Arn }),
  nameOfArn: (arn) => /^arn:[^:]+:sns:[^:]*:\d*:([^:]+)$/.exec(arn)?.[1],
  foundByTagsAs: "sns",
  tags: tagsByArn("ResourceArn"),
  protected: "its subscriptions",
  checks({ properties: { Name, Attributes } }) {
    const { FifoTopic, ContentBasedDeduplication, FifoThroughputScope } = objectOf(Attributes);
    const name = textOf(Name);
    if (hasMarker(name)) return [];
    const fifo = isFifo({ Name: name });
    if (!isEmpty(FifoTopic) && String(FifoTopic) !== String(fifo))
      return [
        fifo
          ? { path: "Attributes.FifoTopic", message: `must be true, because "${name}" ends in .fifo` }
          : { path: "Name", message: `"${name}" must end in .fifo, because FifoTopic is true` },
      ];
    return Object.entries({ ContentBasedDeduplication, FifoThroughputScope }).flatMap(([key, value]) =>
      fifo || isEmpty(value) ? [] : [{ path: `Attributes.${key}`, message: "is only for FIFO topics" }],
    );
  },
  attributes: {
    id: "The topic's ARN.",
    "live.Arn": "The topic's ARN.",
    "live.TopicArn": "The topic's ARN.",
    "live.Name": "The topic's name.",
  },
  outputs: { TopicArn: "TopicArn" },
  permissions: {
    read: ["GetTopicAttributes", "ListTagsForResource"],
    write: ["CreateTopic", "SetTopicAttributes", "DeleteTopic", "TagResource", "UntagResource"],
  },
  consequence: (live) => `Every subscription of ${live.name} is lost, and what publishes to it fails.`,
  fromSpec(wanted, desired): JsonObject {
    const key = desired.dependency("kmsKey")?.id;
    const given = objectOf(wanted.Attributes);
    const encrypted = key === undefined || !isEmpty(given.KmsMasterKeyId);
    return { ...wanted, Attributes: encrypted ? given : { ...given, KmsMasterKeyId: key } };
  },
  fromAws: (answer, { stack }) => ({ ...answer, TopicArn: topicArn(stack, textOf(answer.Name)) }),
  calls: {
    async get(client, Name, { arn = "" }) {
      const [{ Attributes }, { Tags }] = await Promise.all([
        client.getTopicAttributes({ TopicArn: arn }),
        client.listTagsForResource({ ResourceArn: arn }),
      ]);
      return { Name, Attributes: attributesFromAws(Attributes), Tags };
    },
    async create(client, input) {
      await client.createTopic({
        Name: textOf(input.Name),
        Attributes: changedAttributes(NEW, objectOf(input.Attributes)),
        Tags: tagList(tagsOf(input)),
      });
      return {};
    },
    async update(client, _input, { live, state }) {
      const changed = changedAttributes(objectOf(live.state.Attributes), objectOf(state.Attributes));
      // One attribute goes with a call.
      for (const [AttributeName, AttributeValue] of Object.entries(changed))
        await client.setTopicAttributes({ TopicArn: live.id, AttributeName, AttributeValue });
      return {};
    },
    delete: (client, live) => client.deleteTopic({ TopicArn: live.id }),
  },
});
