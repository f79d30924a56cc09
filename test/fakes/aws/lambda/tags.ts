import type {
  ListTagsRequest,
  ListTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-lambda";
import type { Ctx } from "../core/context.ts";
import { tagProblem } from "../core/tags.ts";
import type { FunctionRecord } from "../state.ts";
import { invalid, needFunction, validation } from "./common.ts";

export function checkTags(ctx: Ctx, present: Map<string, string>, tags: Record<string, string>): void {
  const problem = tagProblem(ctx, present, tags);
  if (problem !== undefined) throw invalid(problem.message);
}

/** Tags belong to the function, not to a version: a qualified ARN is refused. */
function byArn(ctx: Ctx, arn: string | undefined): FunctionRecord {
  if (!/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+$/.test(arn ?? "")) {
    throw validation(
      `Value '${arn}' at 'resource' failed to satisfy constraint: Member must satisfy regular expression pattern of an unqualified function ARN`,
    );
  }
  return needFunction(ctx, arn);
}

export function tagResource(ctx: Ctx, input: TagResourceRequest): void {
  const record = byArn(ctx, input.Resource);
  checkTags(ctx, record.tags, input.Tags ?? {});
  for (const [key, value] of Object.entries(input.Tags ?? {})) record.tags.set(key, value);
}

export function untagResource(ctx: Ctx, input: UntagResourceRequest): void {
  const record = byArn(ctx, input.Resource);
  for (const key of input.TagKeys ?? []) record.tags.delete(key);
}

export function listTags(ctx: Ctx, input: ListTagsRequest): ListTagsResponse {
  return { Tags: Object.fromEntries(byArn(ctx, input.Resource).tags) };
}
