/** CloudWatch Logs groups. Facts: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html */
import type { CloudWatchLogs, LogGroup } from "@aws-sdk/client-cloudwatch-logs";
import * as z from "zod";
import { sdkInput } from "../../aws/sdk-input.ts";
import type { StackFacts } from "../../model/stack.ts";
import { isEmpty, type JsonObject } from "../../model/values.ts";
import { defineType } from "../define.ts";
import { counted, optional, required } from "../facts.ts";
import { textOf } from "../live-values.ts";
import { enumText, flag, limitedText, patternText, properties, tags } from "../schema.ts";
import { logs } from "./service.ts";

/** The only periods that PutRetentionPolicy takes. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retentionDays = z.number().refine((days) => RETENTION_DAYS.includes(days), {
  error: ({ input }) => `${String(input)} is not one of ${RETENTION_DAYS.join(", ")}`,
});

/** Groups of this class keep two days and refuse PutRetentionPolicy. */
function isDelivery({ logGroupClass }: JsonObject): boolean {
  return logGroupClass === "DELIVERY";
}

/** The ARN without the `:*` that `DescribeLogGroups` puts behind it in `arn`. */
function groupArn(stack: StackFacts, name: string): string {
  return `arn:${stack.partition}:logs:${stack.region}:${stack.account}:log-group:${name}`;
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

export const logGroup = defineType({
  type: "CloudWatchLogs::LogGroup",
  summary: "A CloudWatch Logs group, for a stage's access logs or a function's output.",
  service: logs,
  properties: properties({
    logGroupName: required(
      patternText(/^[\w./#-]{1,512}$/, "a log group's name: letters, digits and _ - / . #, at most 512"),
      "Name of the group, also its name in the spec.",
      { createOnly: true },
    ),
    retentionInDays: optional(retentionDays, `Retention in days: ${RETENTION_DAYS.join(", ")}.`, {
      defaultWords: "forever; two days in the class DELIVERY, which takes no other",
      tells: counted("day", "days"),
      clear: "own call",
      ignored: isDelivery,
    }),
    kmsKeyId: optional(limitedText(256), "ARN of the KMS key that encrypts the events.", {
      defaultWords: "AWS's own key",
      clear: "own call",
    }),
    logGroupClass: optional(
      enumText("STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS", "DELIVERY"),
      "Class of the group.",
      { default: "STANDARD", createOnly: true },
    ),
    deletionProtectionEnabled: optional(
      flag(),
      "Refuses deletion, including by Gatewright, until it is turned off.",
      {
        default: false,
      },
    ),
    Tags: tags(),
  }),
  dependencies: { kmsKey: { type: "KMS::Key", acceptsArn: true, fills: "kmsKeyId", with: "Arn" } },
  identity: { by: "name", property: "logGroupName" },
  // Below its path, so that a function writes into the group that bears its name: `/aws/lambda/my-function-dev`.
  physicalName(name, shortened) {
    const path = name.slice(0, name.lastIndexOf("/") + 1);
    return `${path}${shortened(name.slice(path.length), path === "/aws/lambda/" ? 64 : 512 - path.length)}`;
  },
  id: "Arn",
  arn: (stack, { name }) => groupArn(stack, name),
  tags: {
    style: "map",
    set: (client, resourceArn, added) => client.tagResource({ resourceArn, tags: added }),
    remove: (client, resourceArn, tagKeys) => client.untagResource({ resourceArn, tagKeys }),
  },
  attributes: {
    id: "The group's ARN without `:*`.",
    "live.Arn": "The group's ARN without `:*`.",
    "live.arn": "The group's ARN with `:*`, as AWS returns it.",
    "live.logGroupName": "The group's name.",
  },
  permissions: {
    read: ["DescribeLogGroups", "ListTagsForResource"],
    write: [
      "CreateLogGroup",
      "DeleteLogGroup",
      "PutRetentionPolicy",
      "DeleteRetentionPolicy",
      "AssociateKmsKey",
      "DisassociateKmsKey",
      "PutLogGroupDeletionProtection",
      "TagResource",
      "UntagResource",
    ],
  },
  consequence: (live) => `Every log event in ${live.name} is deleted permanently.`,
  checks: ({ properties: given }) =>
    isDelivery(given) && given.retentionInDays !== undefined
      ? [
          {
            path: "retentionInDays",
            message: "a log group of class DELIVERY keeps two days, always",
            hint: "Remove retentionInDays.",
          },
        ]
      : [],
  predicted: (Arn) => ({ arn: `${Arn}:*`, logGroupArn: Arn }),
  fromAws(answer, { stack }) {
    const logGroupArn = groupArn(stack, textOf(answer.logGroupName));
    return { ...answer, arn: `${logGroupArn}:*`, logGroupArn };
  },
  foundByTagsAs: "logs:log-group",
  nameOfArn: (arn) => /^arn:[^:]+:logs:[^:]*:\d*:log-group:([^:]+)(?::\*)?$/.exec(arn)?.[1],
  calls: {
    async get(client, name, { stack }) {
      const group = await find(client, name);
      if (group === undefined) return undefined;
      const answer = await client.listTagsForResource({
        resourceArn: group.logGroupArn ?? groupArn(stack, name),
      });
      return { ...group, Tags: answer.tags ?? {} };
    },
    async create(client, { Tags, retentionInDays, ...input }) {
      const logGroupName = textOf(input.logGroupName);
      if (input.deletionProtectionEnabled === false) delete input.deletionProtectionEnabled;
      if (input.logGroupClass === "STANDARD") delete input.logGroupClass;
      await client.createLogGroup(sdkInput({ ...input, ...(isEmpty(Tags) ? {} : { tags: Tags ?? null }) }));
      if (typeof retentionInDays === "number")
        await client.putRetentionPolicy({ logGroupName, retentionInDays });
      return {};
    },
    async update(client, _input, { state, live, changed }) {
      const logGroupName = live.name;
      const { retentionInDays, kmsKeyId, deletionProtectionEnabled } = state;
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
      return {};
    },
    delete: (client, { name }) => client.deleteLogGroup({ logGroupName: name }),
  },
});
