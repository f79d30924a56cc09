/** Event source mappings. Facts: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
import type { EventSourceMappingConfiguration, Lambda } from "@aws-sdk/client-lambda";
import { sdkInput } from "../../../aws/sdk-input.ts";
import type { JsonObject } from "../../../model/values.ts";
import { defineType } from "../../define.ts";
import { textOf } from "../../live-values.ts";
import type { Readiness } from "../../type.ts";
import { aliasOf } from "../aliases.ts";
import { lambda } from "../service.ts";
import { checks, inspect } from "./checks.ts";
import { mappingProperties } from "./properties.ts";
import { functionOf, mappingName, nameOf, SOURCES, sourceName } from "./source.ts";

const READINESS: Record<string, Readiness> = {
  Creating: "pending",
  Enabling: "pending",
  Disabling: "pending",
  Updating: "pending",
  Deleting: "deleting",
};

/** Of AWS's answer: it says in which state the mapping is, not whether it was asked to be enabled. */
function fromAws(answer: JsonObject): JsonObject {
  const { State, FunctionArn } = answer;
  return {
    ...answer,
    ...(FunctionArn === undefined ? {} : { FunctionName: functionOf(FunctionArn) }),
    ...(State === undefined ? {} : { Enabled: !/^Disabl/.test(textOf(State)) }),
  };
}

/** Lists by function, so that an account's other mappings cost nothing; a mapping found by its tags is asked for by its id. */
async function find(client: Lambda, name: string): Promise<EventSourceMappingConfiguration | undefined> {
  const [, FunctionName, from] = /^mapping::(.+?)::(.+)$/.exec(name) ?? [];
  if (FunctionName === undefined) return client.getEventSourceMapping({ UUID: name });
  let Marker: string | undefined;
  do {
    const page = await client.listEventSourceMappings({
      FunctionName,
      ...(Marker !== undefined && { Marker }),
    });
    const found = page.EventSourceMappings?.find((one) => sourceName(one.EventSourceArn ?? "") === from);
    if (found !== undefined) return found;
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== "");
  return undefined;
}

export const eventSourceMapping = defineType({
  type: "Lambda::EventSourceMapping",
  summary: "Feeds a function with the messages of a queue or the records of a stream.",
  service: lambda,
  properties: mappingProperties,
  dependencies: {
    lambdaFunction: { type: "Lambda::Function", fills: "FunctionName" },
    ...SOURCES,
  },
  // AWS refuses a second one of the same function and source, so their names are its own.
  identity: { by: "name", property: "UUID" },
  namedAfterOthers: true,
  comesAfter({ properties: { FunctionName } }) {
    const [fn = "", qualifier = ""] = textOf(functionOf(FunctionName)).split(":");
    return qualifier === "" ? [] : [aliasOf(fn, qualifier)];
  },
  namedIn: { FunctionName: "Lambda::Function" },
  id: "UUID",
  arn: ({ partition, region, account }, { id }) =>
    `arn:${partition}:lambda:${region}:${account}:event-source-mapping:${id}`,
  nameOfArn: (arn) => /^arn:[^:]+:lambda:[^:]*:\d*:event-source-mapping:([\w-]+)$/.exec(arn)?.[1],
  foundByTagsAs: "lambda:event-source-mapping",
  called: "`mapping::FUNCTION::SOURCE`, the source by the name of its queue, table, stream or cluster",
  canonical: (entry) => entry,
  name: (entry) => nameOf(entry),
  liveName: ({ FunctionName, EventSourceArn }) =>
    mappingName(textOf(FunctionName), sourceName(textOf(EventSourceArn))),
  tags: {
    style: "map",
    set: (client, Resource, Tags) => client.tagResource({ Resource, Tags }),
    remove: (client, Resource, TagKeys) => client.untagResource({ Resource, TagKeys }),
  },
  wait: {
    readiness: ({ attributes: { State } }) => READINESS[textOf(State)] ?? "ready",
    awaiting: ({ name }) => `${name} to be ready`,
    // As long as Terraform waits: internal/service/lambda/event_source_mapping.go.
    deadlineMs: 600_000,
    deletion: true,
  },
  checks,
  inspect,
  attributes: {
    id: "The mapping's UUID.",
    "live.Arn": "The mapping's ARN.",
    "live.UUID": "The mapping's UUID.",
  },
  permissions: {
    read: ["ListEventSourceMappings", "GetEventSourceMapping", "ListTags"],
    write: [
      "CreateEventSourceMapping",
      "UpdateEventSourceMapping",
      "DeleteEventSourceMapping",
      "TagResource",
      "UntagResource",
    ],
  },
  consequence: ({ state }) =>
    `${textOf(state.FunctionName)} gets no more events from ${sourceName(textOf(state.EventSourceArn))}.`,
  fromSpec: (wanted) => ({ ...wanted, FunctionName: functionOf(wanted.FunctionName) }),
  fromAws,
  predict: () => ({}),
  calls: {
    async get(client, name, { once }) {
      const found = await find(client, name);
      if (found === undefined) return undefined;
      const Resource = found.EventSourceMappingArn ?? "";
      const { Tags = {} } = await once(`ListTags ${Resource}`, () => client.listTags({ Resource }));
      return { ...found, Tags };
    },
    create: (client, input) => client.createEventSourceMapping(sdkInput(input)),
    update: (client, input, { live }) =>
      client.updateEventSourceMapping(sdkInput({ ...input, UUID: live.id })),
    delete: (client, { id }) => client.deleteEventSourceMapping({ UUID: id }),
  },
});
