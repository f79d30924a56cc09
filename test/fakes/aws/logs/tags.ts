import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Ctx } from "../core/context.ts";
import { AwsError } from "../core/errors.ts";
import { tagProblem } from "../core/tags.ts";
import type { LogGroupRecord } from "../state.ts";
import { invalid, needGroup } from "./groups.ts";

/** Refuses tags that CloudWatch Logs refuses. */
export function checkTags(ctx: Ctx, present: Map<string, string>, tags: Record<string, string>): void {
  if (Object.keys(tags).length === 0) {
    throw invalid(
      "1 validation error detected: Value '{}' at 'tags' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  const problem = tagProblem(ctx, present, tags);
  if (problem === undefined) return;
  throw problem.kind === "too-many"
    ? new AwsError("TooManyTagsException", problem.message)
    : invalid(problem.message);
}

/** The tag operations want the ARN without the trailing `:*`, which DescribeLogGroups' `arn` has. */
function byArn(ctx: Ctx, arn: string | undefined): LogGroupRecord {
  const name = /^arn:[\w-]+:logs:[\w-]*:\d*:log-group:(.+)$/.exec(arn ?? "")?.[1];
  if (name === undefined || name.endsWith(":*"))
    throw new AwsError("ValidationException", "Invalid resourceArn");
  return needGroup(ctx, name);
}

/** Adds or overwrites tags. */
export function tagResource(ctx: Ctx, input: TagResourceRequest): void {
  const record = byArn(ctx, input.resourceArn);
  checkTags(ctx, record.tags, input.tags ?? {});
  for (const [key, value] of Object.entries(input.tags ?? {})) record.tags.set(key, value);
}

/** Removes tags; unknown keys are ignored. */
export function untagResource(ctx: Ctx, input: UntagResourceRequest): void {
  const record = byArn(ctx, input.resourceArn);
  for (const key of input.tagKeys ?? []) record.tags.delete(key);
}

/** The tags of a log group. */
export function listTagsForResource(
  ctx: Ctx,
  input: ListTagsForResourceRequest,
): ListTagsForResourceResponse {
  return { tags: Object.fromEntries(byArn(ctx, input.resourceArn).tags) };
}
