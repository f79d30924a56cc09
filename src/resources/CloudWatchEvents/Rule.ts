/** Rules. Facts: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
import * as z from "zod";
import { sdkInput } from "../../aws/sdk-input.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import type { Entry } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import { optional, required } from "../facts.ts";
import { tagList, tagsOf, textOf } from "../live-values.ts";
import { nameFrom } from "../naming.ts";
import { parsedPolicy } from "../policy/document.ts";
import { enumText, limitedText, patternText, properties, tags, text } from "../schema.ts";
import { eventBridge } from "./service.ts";
import { tagsByArn } from "../tags.ts";

export const RULE = "CloudWatchEvents::Rule";

/** The name of a bus that is given by name or by ARN; nothing for the default bus. */
function busName(bus: unknown): string {
  const name = typeof bus === "string" ? bus.replace(/^arn:[^/]*:event-bus\//, "") : "";
  return name === "default" ? "" : name;
}

/** A bus among the dependencies is part of what the rule is called by, so it is put into the properties at once. */
function canonical(entry: Entry): Entry {
  const [bus] = entry.dependencies.eventBus ?? [];
  const { EventBusName = bus } = entry.properties;
  return nameFrom("Name", {
    ...entry,
    properties: { ...entry.properties, ...(EventBusName === undefined ? {} : { EventBusName }) },
  });
}

function sent({ EventPattern, Tags: _own, ...input }: JsonObject): JsonObject {
  return { ...input, ...(isEmpty(EventPattern) ? {} : { EventPattern: JSON.stringify(EventPattern) }) };
}

export const rule = defineType({
  type: RULE,
  summary: "A rule: which events of a bus, or which times, its targets are called for.",
  service: eventBridge,
  properties: properties({
    Name: required(
      patternText(/^[\w.-]{1,64}$/, "a rule's name: letters, digits and . - _, at most 64"),
      "Name of the rule, also its name in the spec.",
      { createOnly: true },
    ),
    EventBusName: optional(
      patternText(
        /^(?=.{0,1600}$)((arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:\d{12}:event-bus\/)?[/.\w-]+)?$/,
        "an event bus: its name or ARN",
      ),
      "Name of the bus.",
      {
        createOnly: true,
        default: "default",
        defaultWords: "from the dependency eventBus, else `default`",
        spelling: (bus) => busName(bus) || "default",
      },
    ),
    EventPattern: optional(
      z.union([limitedText(4096), z.record(z.string(), z.json())]),
      "Which events, as an object or as JSON text.",
      { spelling: parsedPolicy },
    ),
    ScheduleExpression: optional(
      patternText(/^(rate|cron)\(.+\)$/, "rate(5 minutes) or cron(0 12 * * ? *)").max(256),
      "When: `rate(5 minutes)` or `cron(0 12 * * ? *)`. Only on the default bus.",
      { tells: "text" },
    ),
    State: optional(
      enumText("ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
      "Whether it is on.",
      { default: "ENABLED" },
    ),
    Description: optional(text().max(512), "Free text."),
    RoleArn: optional(limitedText(1600, 1), "Role for targets that need one.", {
      defaultWords: "from the dependency role",
    }),
    Tags: tags(),
  }),
  dependencies: {
    eventBus: { type: "CloudWatchEvents::EventBus" },
    role: { type: "IAM::Role", fills: "RoleArn", with: "Arn" },
  },
  identity: { by: "name", property: "Name" },
  physicalName: (name, shortened) => shortened(name, 64),
  namedIn: { EventBusName: "CloudWatchEvents::EventBus" },
  id: "Arn",
  arn({ partition, region, account }, { name, properties: { EventBusName = "" } }) {
    if (typeof EventBusName !== "string") return undefined;
    const bus = busName(EventBusName);
    return `arn:${partition}:events:${region}:${account}:rule/${bus === "" ? "" : `${bus}/`}${name}`;
  },
  place: ({ EventBusName }) => busName(EventBusName),
  nameOfArn: (arn) => /^arn:[^:]+:events:[^:]*:\d*:rule\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1],
  foundByTagsAs: "events:rule",
  updates: "replace",
  tags: tagsByArn("ResourceARN"),
  canonical,
  checks: ({ properties: { EventPattern, ScheduleExpression, EventBusName } }) => [
    ...(isEmpty(EventPattern) && isEmpty(ScheduleExpression)
      ? [{ path: "EventPattern", message: "is required", hint: "Or give ScheduleExpression." }]
      : []),
    ...(!isEmpty(ScheduleExpression) && busName(EventBusName) !== ""
      ? [{ path: "ScheduleExpression", message: "is only for rules on the default bus" }]
      : []),
  ],
  quotas: [{ name: "rules per event bus", most: 300, adjustable: true }],
  attributes: { id: "The rule's ARN.", "live.Arn": "The rule's ARN.", "live.Name": "The rule's name." },
  permissions: {
    read: ["DescribeRule", "ListTagsForResource"],
    write: ["PutRule", "DeleteRule", "TagResource", "UntagResource"],
    besides: { "iam:PassRole": "to give the rule its role" },
  },
  consequence: (live) => `Rule ${live.name} calls its targets no longer.`,
  // AWS keeps rules of its own for some services, and refuses changes of them.
  standing: ({ ManagedBy }) => (textOf(ManagedBy) === "" ? {} : { managed: true }),
  calls: {
    async get(client, Name, { arn: ResourceARN = "" }) {
      const EventBusName = /:rule\/(.*)\/[^/]+$/.exec(ResourceARN)?.[1] ?? "default";
      const [found, { Tags }] = await Promise.all([
        client.describeRule({ Name, EventBusName }),
        client.listTagsForResource({ ResourceARN }),
      ]);
      return { ...found, EventBusName: found.EventBusName ?? EventBusName, Tags };
    },
    async create(client, input) {
      const Tags = tagList(tagsOf(input));
      await client.putRule(sdkInput({ ...sent(input), ...(Tags.length === 0 ? {} : { Tags }) }));
      return {};
    },
    async update(client, input, { live, state }) {
      const EventBusName = textOf(state.EventBusName);
      await client.putRule(sdkInput({ ...sent(input), Name: live.name, EventBusName }));
      return {};
    },
    delete: (client, { name, state }) =>
      client.deleteRule({ Name: name, EventBusName: textOf(state.EventBusName) }),
  },
});
