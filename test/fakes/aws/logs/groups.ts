import type {
  AssociateKmsKeyRequest,
  CreateLogGroupRequest,
  DeleteLogGroupRequest,
  DeleteRetentionPolicyRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  DisassociateKmsKeyRequest,
  LogGroup,
  PutLogGroupDeletionProtectionRequest,
  PutRetentionPolicyRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { type LogGroupRecord, need } from "../state.ts";
import { checkTags } from "./tags.ts";

/** The only values PutRetentionPolicy takes. */
const RETENTION = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);
const CLASSES = new Set(["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"]);
const NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const PAGE = 50;

export const invalid = (message: string): AwsError => new AwsError("InvalidParameterException", message);

export const notFound = (): AwsError =>
  new AwsError("ResourceNotFoundException", "The specified log group does not exist.");

export function needGroup(ctx: Ctx, name: string | undefined): LogGroupRecord {
  return need(ctx.region.logGroups.get(name ?? ""), notFound);
}

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw invalid(
    `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
  );
}

function checkKey(key: string): void {
  if (/^arn:[\w-]+:kms:[\w-]+:\d{12}:(key|alias)\//.test(key)) return;
  throw invalid(`The specified KMS Key Id could not be found or is not an ARN: ${key}`);
}

/** Creates a log group; STANDARD unless a class is named, kept for ever until a retention policy is put. */
export function createLogGroup(ctx: Ctx, input: CreateLogGroupRequest): void {
  const name = input.logGroupName ?? "";
  checkName(name);
  const logGroupClass = input.logGroupClass ?? "STANDARD";
  if (!CLASSES.has(logGroupClass)) throw invalid(`Invalid log group class ${logGroupClass}`);
  if (input.kmsKeyId !== undefined) checkKey(input.kmsKeyId);
  // An empty map is refused: tags has a minimum of one entry.
  if (input.tags !== undefined) checkTags(ctx, new Map(), input.tags);
  if (ctx.region.logGroups.has(name)) {
    throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
  }
  const arn = `arn:${ctx.partition}:logs:${ctx.regionName}:${ctx.accountId}:log-group:${name}`;
  const group: LogGroup = {
    logGroupName: name,
    creationTime: ctx.now().getTime(),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: 0,
    logGroupClass,
    deletionProtectionEnabled: input.deletionProtectionEnabled ?? false,
    ...(input.kmsKeyId === undefined ? {} : { kmsKeyId: input.kmsKeyId }),
  };
  // DELIVERY groups keep two days, whatever is asked.
  if (logGroupClass === "DELIVERY") group.retentionInDays = 2;
  ctx.region.logGroups.set(name, { group, tags: new Map(Object.entries(input.tags ?? {})) });
}

/** Deletes a log group that is not protected. */
export function deleteLogGroup(ctx: Ctx, input: DeleteLogGroupRequest): void {
  const record = needGroup(ctx, input.logGroupName);
  if (record.group.deletionProtectionEnabled === true) {
    throw new AwsError("ValidationException", "The specified log group has deletion protection enabled.");
  }
  ctx.region.logGroups.delete(input.logGroupName ?? "");
}

/** Lists log groups by name, at most 50 a page. */
export function describeLogGroups(ctx: Ctx, input: DescribeLogGroupsRequest): DescribeLogGroupsResponse {
  if (input.logGroupNamePrefix !== undefined && input.logGroupNamePattern !== undefined) {
    throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  if (input.limit !== undefined && (input.limit < 1 || input.limit > PAGE)) {
    throw invalid(
      `1 validation error detected: Value '${input.limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50`,
    );
  }
  const pattern = input.logGroupNamePattern;
  const prefix = input.logGroupNamePrefix ?? "";
  const identifiers = input.logGroupIdentifiers;
  const groups = [...ctx.region.logGroups.values()]
    .map((record) => record.group)
    .filter((group) => (group.logGroupName ?? "").startsWith(prefix))
    .filter((group) => pattern === undefined || (group.logGroupName ?? "").includes(pattern))
    .filter((group) => input.logGroupClass === undefined || group.logGroupClass === input.logGroupClass)
    .filter(
      (group) =>
        identifiers === undefined ||
        identifiers.includes(group.logGroupName ?? "") ||
        identifiers.includes(group.logGroupArn ?? ""),
    )
    .sort((a, b) => ((a.logGroupName ?? "") < (b.logGroupName ?? "") ? -1 : 1));
  const cut = page(groups, pageLimit(ctx, input.limit, PAGE), input.nextToken, () =>
    invalid("The specified nextToken is invalid."),
  );
  return { logGroups: cut.items, ...(cut.next === undefined ? {} : { nextToken: cut.next }) };
}

/** Sets the retention to one of the allowed numbers of days. */
export function putRetentionPolicy(ctx: Ctx, input: PutRetentionPolicyRequest): void {
  const { group } = needGroup(ctx, input.logGroupName);
  const days = input.retentionInDays ?? 0;
  if (!RETENTION.has(days)) {
    throw invalid(
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${[...RETENTION].join(", ")}]`,
    );
  }
  if (group.logGroupClass === "DELIVERY") {
    throw invalid("PutRetentionPolicy is not supported for log groups of the DELIVERY class.");
  }
  group.retentionInDays = days;
}

/** Keeps the log events for ever again. */
export function deleteRetentionPolicy(ctx: Ctx, input: DeleteRetentionPolicyRequest): void {
  delete needGroup(ctx, input.logGroupName).group.retentionInDays;
}

/** Sets or replaces the encryption key. */
export function associateKmsKey(ctx: Ctx, input: AssociateKmsKeyRequest): void {
  const record = byNameOrIdentifier(ctx, input.logGroupName, input.resourceIdentifier);
  checkKey(input.kmsKeyId ?? "");
  record.group.kmsKeyId = input.kmsKeyId ?? "";
}

/** Removes the encryption key. */
export function disassociateKmsKey(ctx: Ctx, input: DisassociateKmsKeyRequest): void {
  delete byNameOrIdentifier(ctx, input.logGroupName, input.resourceIdentifier).group.kmsKeyId;
}

/** Turns deletion protection on or off. */
export function putLogGroupDeletionProtection(ctx: Ctx, input: PutLogGroupDeletionProtectionRequest): void {
  const name = nameOf(input.logGroupIdentifier);
  checkName(name ?? "");
  needGroup(ctx, name).group.deletionProtectionEnabled = input.deletionProtectionEnabled === true;
}

/** A log group's name from its name or its ARN. */
function nameOf(identifier: string | undefined): string | undefined {
  return identifier?.split(":log-group:").at(-1)?.replace(/:\*$/, "");
}

function byNameOrIdentifier(
  ctx: Ctx,
  name: string | undefined,
  identifier: string | undefined,
): LogGroupRecord {
  if ((name === undefined) === (identifier === undefined)) {
    throw invalid("Exactly one of logGroupName and resourceIdentifier must be given.");
  }
  return needGroup(ctx, name ?? nameOf(identifier));
}
