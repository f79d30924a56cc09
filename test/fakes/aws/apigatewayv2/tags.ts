import type {
  GetTagsRequest,
  GetTagsResponse,
  TagResourceRequest,
  TagResourceResponse,
  UntagResourceRequest,
} from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { tagProblem } from "../core/tags.ts";
import { badRequest, needApi, notFound } from "./common.ts";

/** Refuses tags that API Gateway refuses. */
export function checkTags(ctx: Ctx, present: Record<string, string>, tags: Record<string, string>): void {
  const problem = tagProblem(ctx, new Map(Object.entries(present)), tags);
  if (problem !== undefined) throw badRequest(problem.message);
}

interface Tagged {
  tags: Record<string, string>;
  set(tags: Record<string, string>): void;
}

/** APIs and stages are the taggable resources of this fake. */
function byArn(ctx: Ctx, arn: string | undefined): Tagged {
  const match = /^arn:[\w-]+:apigateway:([\w-]+)::\/apis\/(\w+)(?:\/stages\/(.+))?$/.exec(arn ?? "");
  if (match?.[2] === undefined) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  const record = needApi(ctx, match[2]);
  const stageName = match[3];
  if (stageName === undefined) {
    return {
      tags: record.api.Tags ?? {},
      set: (tags) => {
        record.api = { ...record.api, Tags: tags };
      },
    };
  }
  const stage = record.stages.get(decodeURIComponent(stageName));
  if (stage === undefined) throw notFound("stage", stageName);
  return {
    tags: stage.Tags ?? {},
    set: (tags) => {
      record.stages.set(stage.StageName ?? "", { ...stage, Tags: tags });
    },
  };
}

/** Adds or overwrites tags. */
export function tagResource(ctx: Ctx, input: TagResourceRequest): TagResourceResponse {
  const resource = byArn(ctx, input.ResourceArn);
  const tags = input.Tags ?? {};
  checkTags(ctx, resource.tags, tags);
  resource.set({ ...resource.tags, ...tags });
  return {};
}

/** Removes tags; unknown keys are ignored. */
export function untagResource(ctx: Ctx, input: UntagResourceRequest): void {
  const resource = byArn(ctx, input.ResourceArn);
  const gone = new Set(input.TagKeys ?? []);
  resource.set(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
}

export function getTags(ctx: Ctx, input: GetTagsRequest): GetTagsResponse {
  return { Tags: byArn(ctx, input.ResourceArn).tags };
}
