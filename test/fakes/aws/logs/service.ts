import * as client from "@aws-sdk/client-cloudwatch-logs";
import { type Ctx, pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { sdk } from "../core/sdk.ts";
import { service } from "../core/service.ts";
import { tagOperations, tagProblem } from "../core/tags.ts";
import { COMMON } from "../core/throttle.ts";
import { type LogGroupRecord, need } from "../state.ts";

/** The only values PutRetentionPolicy takes. */
const RETENTION = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const PAGE = 50;

const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);
const constraint = (member: string, value: unknown, what: string): AwsError =>
  invalid(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must ${what}`,
  );

const needGroup = (ctx: Ctx, name: string | undefined): LogGroupRecord =>
  need(
    ctx.region.logGroups.get(name ?? ""),
    () => new AwsError("ResourceNotFoundException", "The specified log group does not exist."),
  );

/** The group of a name or an ARN. */
const named = (ctx: Ctx, either: string | undefined): LogGroupRecord =>
  needGroup(ctx, either?.split(":log-group:").at(-1)?.replace(/:\*$/, ""));

function checkName(name: string): void {
  if (/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) return;
  throw constraint("logGroupName", name, "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+");
}

function checkKey(key: string): void {
  if (/^arn:[\w-]+:kms:[\w-]+:\d{12}:(key|alias)\//.test(key)) return;
  throw invalid(`The specified KMS Key Id could not be found or is not an ARN: ${key}`);
}

/** An empty map is refused: tags have a minimum of one entry. */
function checkTags(ctx: Ctx, present: Map<string, string>, tags: Record<string, string>): void {
  if (Object.keys(tags).length === 0)
    throw constraint("tags", "{}", "have length greater than or equal to 1");
  const problem = tagProblem(ctx, present, tags);
  if (problem === undefined) return;
  throw problem.kind === "too-many"
    ? new AwsError("TooManyTagsException", problem.message)
    : invalid(problem.message);
}

type KeyInput = Pick<client.AssociateKmsKeyCommandInput, "logGroupName" | "resourceIdentifier">;

/** The key's two calls name their group one way or the other. */
function keyed(ctx: Ctx, input: KeyInput): client.LogGroup {
  const { logGroupName, resourceIdentifier } = input;
  if ((logGroupName === undefined) === (resourceIdentifier === undefined)) {
    throw invalid("Exactly one of logGroupName and resourceIdentifier must be given.");
  }
  return named(ctx, logGroupName ?? resourceIdentifier).group;
}

const on = sdk<client.CloudWatchLogs>(client);

/** CloudWatch Logs: log groups, their retention, key, protection and tags. */
export const logs = service(
  {
    id: "logs",
    protocol: "aws-json",
    key: "Logs_20140328",
    missing: (member) =>
      invalid(
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    ...COMMON,
    tagged: (ctx) =>
      [...ctx.region.logGroups.values()].map(({ group, tags }) => ({ arn: group.logGroupArn ?? "", tags })),
  },
  client,
  [
    on("createLogGroup", (ctx, input) => {
      const { logGroupName = "", logGroupClass = "STANDARD", kmsKeyId, tags } = input;
      checkName(logGroupName);
      if (!["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"].includes(logGroupClass)) {
        throw invalid(`Invalid log group class ${logGroupClass}`);
      }
      if (kmsKeyId !== undefined) checkKey(kmsKeyId);
      if (tags !== undefined) checkTags(ctx, new Map(), tags);
      if (ctx.region.logGroups.has(logGroupName)) {
        throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
      }
      const arn = `arn:${ctx.partition}:logs:${ctx.regionName}:${ctx.accountId}:log-group:${logGroupName}`;
      const group: client.LogGroup = {
        logGroupName,
        creationTime: ctx.now().getTime(),
        metricFilterCount: 0,
        arn: `${arn}:*`,
        logGroupArn: arn,
        storedBytes: 0,
        logGroupClass,
        deletionProtectionEnabled: input.deletionProtectionEnabled ?? false,
        ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
        // DELIVERY groups keep two days, whatever is asked.
        ...(logGroupClass === "DELIVERY" ? { retentionInDays: 2 } : {}),
      };
      ctx.region.logGroups.set(logGroupName, { group, tags: new Map(Object.entries(tags ?? {})) });
    }),
    on("deleteLogGroup", (ctx, { logGroupName }) => {
      const { group } = needGroup(ctx, logGroupName);
      if (group.deletionProtectionEnabled === true) {
        throw new AwsError("ValidationException", "The specified log group has deletion protection enabled.");
      }
      ctx.region.logGroups.delete(group.logGroupName ?? "");
    }),
    on("describeLogGroups", (ctx, input) => {
      const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers: only } = input;
      if (prefix !== undefined && pattern !== undefined) {
        throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
      }
      if (input.limit !== undefined && (input.limit < 1 || input.limit > PAGE)) {
        throw constraint("limit", input.limit, "have value less than or equal to 50");
      }
      const groups = [...ctx.region.logGroups.values()]
        .map((record) => record.group)
        .filter(({ logGroupName: name = "", logGroupArn: arn = "", logGroupClass }) => {
          if (!name.startsWith(prefix ?? "") || !name.includes(pattern ?? "")) return false;
          if (input.logGroupClass !== undefined && logGroupClass !== input.logGroupClass) return false;
          return only === undefined || only.includes(name) || only.includes(arn);
        })
        .sort((a, b) => ((a.logGroupName ?? "") < (b.logGroupName ?? "") ? -1 : 1));
      const cut = page(groups, pageLimit(ctx, input.limit, PAGE), input.nextToken, () =>
        invalid("The specified nextToken is invalid."),
      );
      return { logGroups: cut.items, ...(cut.next === undefined ? {} : { nextToken: cut.next }) };
    }),
    on("putRetentionPolicy", (ctx, { logGroupName, retentionInDays = 0 }) => {
      const { group } = needGroup(ctx, logGroupName);
      if (!RETENTION.includes(retentionInDays)) {
        throw constraint(
          "retentionInDays",
          retentionInDays,
          `satisfy enum value set: [${RETENTION.join(", ")}]`,
        );
      }
      if (group.logGroupClass === "DELIVERY") {
        throw invalid("This operation is not supported for Delivery log class");
      }
      group.retentionInDays = retentionInDays;
    }),
    on("deleteRetentionPolicy", (ctx, { logGroupName }) => {
      delete needGroup(ctx, logGroupName).group.retentionInDays;
    }),
    on("associateKmsKey", (ctx, input) => {
      const group = keyed(ctx, input);
      checkKey(input.kmsKeyId ?? "");
      group.kmsKeyId = input.kmsKeyId ?? "";
    }),
    on("disassociateKmsKey", (ctx, input) => {
      delete keyed(ctx, input).kmsKeyId;
    }),
    on("putLogGroupDeletionProtection", (ctx, { logGroupIdentifier, deletionProtectionEnabled }) => {
      const { group } = named(ctx, logGroupIdentifier);
      group.deletionProtectionEnabled = deletionProtectionEnabled === true;
    }),
    ...tagOperations(client, {
      calls: ["TagResource", "UntagResource", "ListTagsForResource"],
      reference: "resourceArn",
      output: "tags",
      check: checkTags,
      // The tag operations want the ARN without the trailing `:*`, which DescribeLogGroups' `arn` has.
      find: (ctx, arn) => {
        const name = /^arn:[\w-]+:logs:[\w-]*:\d*:log-group:(.+)$/.exec(arn)?.[1];
        if (name === undefined || name.endsWith(":*")) {
          throw new AwsError("ValidationException", "Invalid resourceArn");
        }
        return needGroup(ctx, name).tags;
      },
    }),
  ],
);
