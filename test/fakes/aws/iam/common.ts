import type { Tag } from "@aws-sdk/client-iam";
import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { tagProblem } from "../core/tags.ts";
import type { PolicyRecord, RoleRecord } from "../state.ts";

export const noSuchEntity = (message: string): AwsError => new AwsError("NoSuchEntity", message, 404);
export const exists = (message: string): AwsError => new AwsError("EntityAlreadyExists", message, 409);
export const deleteConflict = (message: string): AwsError => new AwsError("DeleteConflict", message, 409);
export const limitExceeded = (message: string): AwsError => new AwsError("LimitExceeded", message, 409);
export const invalidInput = (message: string): AwsError => new AwsError("InvalidInput", message, 400);
export const validation = (message: string): AwsError =>
  new AwsError("ValidationError", `1 validation error detected: ${message}`, 400);

/** Something new is invisible for as many reads as the options say. */
function visible<T extends { hiddenFor: number }>(record: T | undefined): T | undefined {
  if (record === undefined || record.hiddenFor <= 0) return record;
  record.hiddenFor--;
  return undefined;
}

/** The role, or AWS's NoSuchEntity. */
export function needRole(ctx: Ctx, name: string | undefined): RoleRecord {
  const role = visible(ctx.account.roles.get((name ?? "").toLowerCase()));
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** The policy, or AWS's NoSuchEntity. */
export function needPolicy(ctx: Ctx, arn: string | undefined): PolicyRecord {
  if (!/^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+/.test(arn ?? "")) {
    throw new AwsError("ValidationError", `ARN ${arn} is not valid.`);
  }
  const policy = visible(ctx.account.policies.get(arn ?? ""));
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** IAM's lists: MaxItems 1–1000, 100 when not said, Marker only while truncated. */
export function iamPage<T>(
  ctx: Ctx,
  all: T[],
  input: { MaxItems?: number | undefined; Marker?: string | undefined },
): { items: T[]; IsTruncated: boolean; Marker?: string } {
  const asked = input.MaxItems;
  if (asked !== undefined && (asked < 1 || asked > 1000)) {
    throw validation(
      `Value '${asked}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
    );
  }
  const cut = page(
    all,
    pageLimit(ctx, asked, 100),
    input.Marker,
    () => new AwsError("ValidationError", `Invalid Marker: ${input.Marker}`),
  );
  return cut.next === undefined
    ? { items: cut.items, IsTruncated: false }
    : { items: cut.items, IsTruncated: true, Marker: cut.next };
}

/** Adds tags after IAM's checks; keys differ without regard to case. */
export function addTags(ctx: Ctx, present: Map<string, string>, added: Tag[]): void {
  const keys = added.map((tag) => (tag.Key ?? "").toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  const wanted = Object.fromEntries(added.map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
  const problem = tagProblem(ctx, present, wanted);
  if (problem?.kind === "too-many") throw limitExceeded(problem.message);
  if (problem !== undefined) throw invalidInput(problem.message);
  for (const [key, value] of Object.entries(wanted)) {
    for (const old of present.keys()) if (old.toLowerCase() === key.toLowerCase()) present.delete(old);
    present.set(key, value);
  }
}

/** Tags in the form IAM answers. */
export const tagList = (tags: Map<string, string>): Tag[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));

/** `/` or `/…/`, at most 512 characters. */
export function checkPath(path: string): string {
  if (path.length <= 512 && /^\/([!-~]*\/)?$/.test(path)) return path;
  throw validation(
    `Value '${path}' at 'path' failed to satisfy constraint: Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)`,
  );
}

/** IAM encodes documents by RFC 3986, which is stricter than encodeURIComponent. */
export const encodeDocument = (document: string): string =>
  encodeURIComponent(document).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
