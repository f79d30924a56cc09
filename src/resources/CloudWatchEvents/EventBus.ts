/** Event buses. Facts: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateEventBus.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { objectOf, tagList, tagsOf, textOf } from "../live-values.ts";
import { parsedPolicy } from "../policy/document.ts";
import { documentSchema } from "../policy/schema.ts";
import { enumText, limitedText, patternText, properties, tags, text } from "../schema.ts";
import { eventBridge } from "./service.ts";
import { tagsByArn } from "../tags.ts";

export const eventBus = defineType({
  type: "CloudWatchEvents::EventBus",
  summary: "An event bus: where services and applications send events, and rules receive them.",
  service: eventBridge,
  properties: properties({
    Name: required(
      patternText(/^[\w./-]{1,256}$/, "an event bus's name: letters, digits and . - _ /, at most 256"),
      "Name of the bus, also its name in the spec.",
      { createOnly: true },
    ),
    EventSourceName: optional(
      patternText(
        /^(?=.{0,256}$)(aws\.partner(\/[\w.-]+){2,})?$/,
        "a partner's event source, such as aws.partner/example.com/1",
      ),
      "Partner event source, whose name the bus has.",
      {
        createOnly: true,
        writeOnly: true,
      },
    ),
    Description: optional(text().max(512), "Free text."),
    KmsKeyIdentifier: optional(
      patternText(/^[\w\-/:]{0,2048}$/, "a KMS key: its id, ARN or alias"),
      "KMS key that encrypts the events.",
      {
        defaultWords: "AWS's own key",
      },
    ),
    DeadLetterConfig: optional(
      properties({ Arn: optional(limitedText(1600, 1), "ARN of a queue.") }),
      "Where events go that could not be encrypted.",
    ),
    LogConfig: optional(
      properties({
        Level: optional(enumText("OFF", "ERROR", "INFO", "TRACE"), "What is logged.", { default: "OFF" }),
        IncludeDetail: optional(enumText("NONE", "FULL"), "Whether events are logged.", { default: "NONE" }),
      }),
      "What of the bus is logged.",
      { default: {}, defaultWords: "nothing" },
    ),
    Policy: optional(documentSchema(), "Who may use the bus, as an object or as JSON text.", {
      policyDocument: true,
      spelling: parsedPolicy,
      clear: "own call",
    }),
    Tags: tags(),
  }),
  dependencies: {
    kmsKey: { type: "KMS::Key", acceptsArn: true, fills: "KmsKeyIdentifier", with: "Arn" },
  },
  identity: { by: "name", property: "Name" },
  physicalName: (name, shortened) => shortened(name, 256),
  id: "Name",
  arn: ({ partition, region, account }, { name }) =>
    `arn:${partition}:events:${region}:${account}:event-bus/${name}`,
  nameOfArn: (arn) => /^arn:[^:]+:events:[^:]*:\d*:event-bus\/(.+)$/.exec(arn)?.[1],
  foundByTagsAs: "events:event-bus",
  updates: "replace",
  tags: tagsByArn("ResourceARN"),
  attributes: { id: "The bus's name.", "live.Arn": "The bus's ARN.", "live.Name": "The bus's name." },
  permissions: {
    read: ["DescribeEventBus", "ListTagsForResource"],
    write: [
      "CreateEventBus",
      "UpdateEventBus",
      "DeleteEventBus",
      "PutPermission",
      "RemovePermission",
      "TagResource",
      "UntagResource",
    ],
  },
  consequence: (live) => `Events sent to ${live.name} are refused.`,
  calls: {
    async get(client, Name, { arn: ResourceARN }) {
      const [bus, { Tags }] = await Promise.all([
        client.describeEventBus({ Name }),
        client.listTagsForResource({ ResourceARN }),
      ]);
      return { ...bus, Tags };
    },
    async create(client, { Policy, Tags, ...input }) {
      await client.createEventBus(sdkInput({ ...input, Tags: tagList(tagsOf({ Tags: Tags ?? {} })) }));
      if (!isEmpty(Policy)) await client.putPermission(policyOf(textOf(input.Name), Policy));
      return {};
    },
    async update(client, { Policy, ...input }, { live, changed, changes }) {
      if (changes.some(({ path }) => !path.startsWith("Policy")))
        // What is left out stays: hashicorp/terraform-provider-aws, internal/service/events/bus.go sends everything.
        await client.updateEventBus(
          sdkInput({
            Description: "",
            KmsKeyIdentifier: "",
            ...input,
            DeadLetterConfig: objectOf(input.DeadLetterConfig),
            Name: live.id,
          }),
        );
      if (!changed("Policy")) return {};
      if (isEmpty(Policy))
        await client.removePermission({ EventBusName: live.id, RemoveAllPermissions: true });
      else await client.putPermission(policyOf(live.id, Policy));
      return {};
    },
    delete: (client, { id }) => client.deleteEventBus({ Name: id }),
  },
});

function policyOf(EventBusName: string, document: unknown) {
  return { EventBusName, Policy: JSON.stringify(document) };
}
