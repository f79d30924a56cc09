import type { Ctx } from "../core/context.ts";
import { pageLimit } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { tagProblem } from "../core/tags.ts";
import type { ApiRecord } from "../state.ts";

export const badRequest = (message: string): AwsError => new AwsError("BadRequestException", message, 400);
export const conflict = (message: string): AwsError => new AwsError("ConflictException", message, 409);

/** API Gateway's 404 names the kind of resource, and of an API the id. */
export const notFound = (kind: string, id?: string): AwsError =>
  new AwsError(
    "NotFoundException",
    `Invalid ${kind} identifier specified${id === undefined ? "" : ` ${id}`}`,
    404,
  );

export const isRole = (arn: string): boolean => /^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(arn);

/** A quota reached. V2 models no LimitExceededException: it is TooManyRequestsException with a LimitType. */
export const limitReached = (what: string): AwsError =>
  new AwsError(
    "TooManyRequestsException",
    `Maximum number of ${what} for this API has been reached. Please contact AWS if you need additional ${what}.`,
    429,
    { limitType: "RESOURCE" },
  );

/** The API, or 404. */
export function needApi(ctx: Ctx, apiId: string | undefined): ApiRecord {
  const record = ctx.region.apis.get(apiId ?? "");
  if (record === undefined) throw notFound("API", `${ctx.accountId}:${apiId}`);
  return record;
}

export const isHttp = (record: ApiRecord): boolean => record.api.ProtocolType === "HTTP";

export interface ListInput {
  MaxResults?: string | undefined;
  NextToken?: string | undefined;
}

/** Lists page by 25 unless MaxResults (a string here) says otherwise. */
export function listPage<T>(ctx: Ctx, all: T[], input: ListInput): { Items: T[]; NextToken?: string } {
  let asked: number | undefined;
  if (input.MaxResults !== undefined) {
    asked = Number(input.MaxResults);
    if (!Number.isInteger(asked) || asked < 1)
      throw badRequest(`Invalid value for maxResults: ${input.MaxResults}`);
  }
  const cut = page(all, pageLimit(ctx, asked, 25), input.NextToken, () => badRequest("Invalid nextToken"));
  return cut.next === undefined ? { Items: cut.items } : { Items: cut.items, NextToken: cut.next };
}

/** Refuses a value that is not one of the enum's. */
export function checkEnum(member: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw badRequest(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(", ")}]`,
  );
}

/** Refuses a text longer than the limit. */
export function checkLength(member: string, value: string | undefined, max: number): void {
  if (value === undefined || value.length <= max) return;
  throw badRequest(`Invalid ${member}: must be at most ${max} characters`);
}

/** Refuses members that this kind of API does not have. */
export function refuse(input: object, members: readonly string[], why: (member: string) => string): void {
  for (const member of members) {
    if (Reflect.get(input, member) !== undefined) throw badRequest(why(member));
  }
}

/** Assigns what was sent; "" clears. Returns a new object: deployments keep the old one. */
export function merge<T extends object>(before: T, changes: Partial<Record<keyof T, unknown>>): T {
  const next = { ...before };
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    if (value === "") Reflect.deleteProperty(next, key);
    else Reflect.set(next, key, value);
  }
  return next;
}

/** Merges a map key by key; an empty value removes the key. An empty map is no map. */
export function mergeMap(
  before: Record<string, string> | undefined,
  changes: Record<string, string> | undefined,
): Record<string, string> | undefined {
  if (changes === undefined) return before;
  const next = { ...before };
  for (const [key, value] of Object.entries(changes)) {
    if (value === "") delete next[key];
    else next[key] = value;
  }
  return Object.keys(next).length === 0 ? undefined : next;
}

/** The object without its undefined members. */
export function compact<T extends object>(value: T): T {
  for (const [key, item] of Object.entries(value)) if (item === undefined) Reflect.deleteProperty(value, key);
  return value;
}

/** Refuses tags that API Gateway refuses. */
export function checkTags(ctx: Ctx, present: Record<string, string>, tags: Record<string, string>): void {
  const problem = tagProblem(ctx, new Map(Object.entries(present)), tags);
  if (problem !== undefined) throw badRequest(problem.message);
}
