/** CloudWatch Logs groups. Facts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
import * as z from "zod";
import type { CloudWatchLogs, LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import { isNotFound } from "../../aws/errors.ts";
import { sdkInput } from "../../aws/sdk-input.ts";
import { hasMarker } from "../../model/reference-marker.ts";
import { type JsonObject, isEmpty } from "../../model/values.ts";
import { jsonOf, tagChanges, textOf, userTags } from "../live-values.ts";
import { nameFrom, propertyName } from "../naming.ts";
import { enumText, flag, patternText, properties, tagMap, text } from "../schema.ts";
import type { CreateContext, Desired, Live, ReadContext, ResourceType } from "../type.ts";
import type { StackFacts } from "../../model/stack.ts";

const TYPE = "CloudWatchLogs::LogGroup";

/** The only periods that PutRetentionPolicy takes. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const schema = properties({
  logGroupName: patternText(
    /^[\w./#-]{1,512}$/,
    "a log group's name: letters, digits and _ - / . #, at most 512",
  ).describe("Name of the group, also its name in the spec."),
  retentionInDays: z
    .number()
    .refine((days) => RETENTION_DAYS.includes(days), {
      error: ({ input }) => `${String(input)} is not one of ${RETENTION_DAYS.join(", ")}`,
    })
    .optional()
    .describe(`Days that events are kept: ${RETENTION_DAYS.join(", ")}. Default: for ever.`),
  kmsKeyId: text()
    .optional()
    .describe("ARN of the KMS key that encrypts the events. Default: AWS's own key."),
  logGroupClass: enumText("STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS", "DELIVERY")
    .optional()
    .describe("Class of the group. Default: STANDARD."),
  deletionProtectionEnabled: flag()
    .optional()
    .describe("Refuses every deletion, ours too, until it is turned off. Default: false."),
  Tags: tagMap().optional(),
});

/** The ARN without the `:*` that `DescribeLogGroups` puts behind it in `arn`. */
function groupArn(stack: StackFacts, name: string): string {
  return `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${name}`;
}

function desiredState({ name, properties: wanted }: Desired): JsonObject {
  return { logGroupClass: "STANDARD", deletionProtectionEnabled: false, ...wanted, logGroupName: name };
}

function liveOf(group: JsonObject, arn: string, tags: Readonly<Record<string, string>>): Live {
  const name = textOf(group.logGroupName);
  const state: JsonObject = {
    logGroupName: name,
    logGroupClass: group.logGroupClass ?? "STANDARD",
    deletionProtectionEnabled: group.deletionProtectionEnabled ?? false,
    Tags: userTags(tags),
  };
  for (const key of ["retentionInDays", "kmsKeyId"]) {
    const value = group[key];
    if (!isEmpty(value) && value !== undefined) state[key] = value;
  }
  return {
    type: TYPE,
    name,
    id: arn,
    state,
    attributes: { ...group, arn: `${arn}:*`, logGroupArn: arn, Arn: arn },
    tags,
  };
}

/**
 * The group of exactly this name. AWS answers in ASCII order, so it comes first among those with its name as a prefix:
 * a page that holds others but not it ends the search, however many strangers follow.
 */
async function find(client: CloudWatchLogs, name: string): Promise<LogGroup | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await client.describeLogGroups({
      logGroupNamePrefix: name,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    const groups = page.logGroups ?? [];
    const found = groups.find((group) => group.logGroupName === name);
    if (found !== undefined || groups.length > 0) return found;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return undefined;
}

async function readOne({ aws, stack }: ReadContext, name: string): Promise<Live | undefined> {
  const client = await aws.logs();
  const arn = groupArn(stack, name);
  const group = await find(client, name);
  if (group === undefined) return undefined;
  try {
    const { tags } = await client.listTagsForResource({ resourceArn: group.logGroupArn ?? arn });
    return liveOf(jsonOf(group), group.logGroupArn ?? arn, tags ?? {});
  } catch (error) {
    // Deleted between the two calls.
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function read(context: ReadContext): Promise<readonly Live[]> {
  const names = [...new Set(context.lookups.map((lookup) => lookup.name))];
  const found = await Promise.all(names.map((name) => readOne(context, name)));
  return found.filter((live) => live !== undefined);
}

async function create({ aws, stack, state }: CreateContext): Promise<Live> {
  const client = await aws.logs();
  const logGroupName = textOf(state.logGroupName);
  const { Tags, retentionInDays, ...input } = state;
  if (input.deletionProtectionEnabled === false) delete input.deletionProtectionEnabled;
  if (input.logGroupClass === "STANDARD") delete input.logGroupClass;
  await client.createLogGroup(sdkInput({ ...input, ...(isEmpty(Tags) ? {} : { tags: Tags ?? null }) }));
  if (typeof retentionInDays === "number") await client.putRetentionPolicy({ logGroupName, retentionInDays });
  return liveOf(state, groupArn(stack, logGroupName), tagChanges({}, state).set);
}

export const logGroup: ResourceType = {
  type: TYPE,
  summary: "A CloudWatch Logs group, for access logs of a stage or what a function prints.",
  dependencies: { kmsKey: { type: "KMS::Key", acceptsArn: true } },
  schema,
  createOnly: ["logGroupName", "logGroupClass"],
  writeOnly: [],
  unordered: [],
  sensitive: [],
  policyDocuments: [],
  taggable: true,
  replaceOrder: "delete-first",
  consequence: (live) => `Every log event in ${live.name} is deleted for good.`,
  canonical(entry) {
    const { tags, ...rest } = entry.properties;
    return nameFrom("logGroupName", {
      ...entry,
      properties: tags === undefined || rest.Tags !== undefined ? entry.properties : { ...rest, Tags: tags },
    });
  },
  name: (entry) => propertyName("logGroupName", entry),
  desiredState(desired) {
    const key = desired.dependency("kmsKey");
    return { ...(key === undefined ? {} : { kmsKeyId: key.attribute("Arn") }), ...desiredState(desired) };
  },
  predict({ name, stack }): Record<string, string> {
    if (hasMarker(name)) return {};
    const arn = groupArn(stack, name);
    return { id: arn, Arn: arn, arn: `${arn}:*`, logGroupArn: arn, logGroupName: name };
  },
  read,
  nameOfArn: (arn) => /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)(?::\*)?$/.exec(arn)?.[1],
  create,
  async update({ aws, stack, state, live, changed }) {
    const client = await aws.logs();
    const logGroupName = live.name;
    const { retentionInDays, kmsKeyId, deletionProtectionEnabled } = state;
    if (changed("Tags")) {
      const { set, remove } = tagChanges(live.state, state);
      if (!isEmpty(set)) await client.tagResource({ resourceArn: live.id, tags: set });
      if (remove.length > 0) await client.untagResource({ resourceArn: live.id, tagKeys: remove });
    }
    if (changed("kmsKeyId")) {
      if (isEmpty(kmsKeyId)) await client.disassociateKmsKey({ logGroupName });
      else await client.associateKmsKey({ logGroupName, kmsKeyId: textOf(kmsKeyId) });
    }
    if (changed("retentionInDays")) {
      if (typeof retentionInDays !== "number") await client.deleteRetentionPolicy({ logGroupName });
      else await client.putRetentionPolicy({ logGroupName, retentionInDays });
    }
    if (changed("deletionProtectionEnabled")) {
      await client.putLogGroupDeletionProtection({
        logGroupIdentifier: logGroupName,
        deletionProtectionEnabled: deletionProtectionEnabled === true,
      });
    }
    const { retentionInDays: _days, kmsKeyId: _key, ...kept } = live.attributes;
    return liveOf({ ...kept, ...state }, groupArn(stack, logGroupName), tagChanges({}, state).set);
  },
  async delete({ aws, live }) {
    try {
      await (await aws.logs()).deleteLogGroup({ logGroupName: live.name });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  },
};
