import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import type { FunctionRecord } from "../state.ts";

const USER = { Type: "User" };

export const invalid = (message: string): AwsError =>
  new AwsError("InvalidParameterValueException", message, 400, USER);
export const conflict = (message: string): AwsError =>
  new AwsError("ResourceConflictException", message, 409, USER);
export const notFound = (message: string): AwsError =>
  new AwsError("ResourceNotFoundException", message, 404, USER);
export const validation = (message: string): AwsError =>
  new AwsError("ValidationException", `1 validation error detected: ${message}`);

export const functionArn = (ctx: Ctx, name: string): string =>
  `arn:${ctx.partition}:lambda:${ctx.regionName}:${ctx.accountId}:function:${name}`;

/** The function's name out of a name, a partial or a full ARN, with or without a qualifier. */
export function nameOf(reference: string | undefined): string {
  const match = /^(?:arn:[\w-]+:lambda:[\w-]+:)?(?:(?:\d{12}:)?function:)?([\w-]+)(?::[\w$-]+)?$/.exec(
    reference ?? "",
  );
  if (match?.[1] === undefined || match[1].length > 64) {
    throw validation(
      `Value '${reference}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  }
  return match[1];
}

/** The function, or AWS's ResourceNotFoundException. */
export function needFunction(ctx: Ctx, reference: string | undefined): FunctionRecord {
  const name = nameOf(reference);
  const record = ctx.region.functions.get(name);
  if (record === undefined) throw notFound(`Function not found: ${functionArn(ctx, name)}`);
  return record;
}

/** Lambda's LastModified has milliseconds and a numeric zone. */
export const stamp = (at: Date): string => at.toISOString().replace("Z", "+0000");

/** A read moves a Pending function on: after as many reads as the options say it is Active. */
export function observe(record: FunctionRecord): void {
  if (record.unsettled === undefined) return;
  if (record.unsettled > 0) {
    record.unsettled--;
    return;
  }
  settle(record);
}

function settle(record: FunctionRecord): void {
  const { config } = record;
  record.unsettled = undefined;
  config.State = "Active";
  config.LastUpdateStatus = "Successful";
  delete config.StateReason;
  delete config.StateReasonCode;
  delete config.LastUpdateStatusReason;
  delete config.LastUpdateStatusReasonCode;
}

/**
 * Refuses to change a function that is still being created or updated. Time passes by refused
 * calls too, so that a caller who retries instead of polling gets there.
 */
export function needSettled(ctx: Ctx, record: FunctionRecord): void {
  if (record.unsettled === undefined) return;
  const pending = record.config.State === "Pending";
  const arn = functionArn(ctx, record.config.FunctionName ?? "");
  if (record.unsettled > 0) record.unsettled--;
  else settle(record);
  throw conflict(
    pending
      ? `The operation cannot be performed at this time. The function is currently in the following state: Pending`
      : `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
  );
}

/** Marks an update as under way. */
export function startUpdate(ctx: Ctx, record: FunctionRecord): void {
  const { config } = record;
  config.LastModified = stamp(ctx.now());
  config.RevisionId = ctx.ids.uuid();
  config.LastUpdateStatus = "InProgress";
  config.LastUpdateStatusReason = "The function is being created.";
  // The SDK's enum does not know it; AWS answers it.
  config.LastUpdateStatusReasonCode = "Creating" as never;
  record.unsettled = ctx.consistency.functionUpdate;
}

/** Optimistic locking: a RevisionId that is not the latest is refused. */
export function checkRevision(given: string | undefined, latest: string | undefined): void {
  if (given === undefined || given === latest) return;
  throw new AwsError(
    "PreconditionFailedException",
    "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    412,
    USER,
  );
}

/** A copy as the wire shows it. Environment values live beside the configuration. */
export function show(record: FunctionRecord): FunctionConfiguration {
  if (Object.keys(record.environment).length === 0) return { ...record.config };
  return { ...record.config, Environment: { Variables: { ...record.environment } } };
}
