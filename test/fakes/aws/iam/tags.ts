import type {
  ListPolicyTagsRequest,
  ListPolicyTagsResponse,
  ListRoleTagsRequest,
  ListRoleTagsResponse,
  TagPolicyRequest,
  TagRoleRequest,
  UntagPolicyRequest,
  UntagRoleRequest,
} from "@aws-sdk/client-iam";
import type { Ctx } from "../core/context.ts";
import { addTags, iamPage, needPolicy, needRole, tagList } from "./common.ts";

/** Removes keys without regard to case; unknown ones are ignored. */
function removeTags(tags: Map<string, string>, keys: string[]): void {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  for (const key of [...tags.keys()]) if (gone.has(key.toLowerCase())) tags.delete(key);
}

export function tagRole(ctx: Ctx, input: TagRoleRequest): void {
  addTags(ctx, needRole(ctx, input.RoleName).tags, input.Tags ?? []);
}

export function untagRole(ctx: Ctx, input: UntagRoleRequest): void {
  removeTags(needRole(ctx, input.RoleName).tags, input.TagKeys ?? []);
}

export function listRoleTags(ctx: Ctx, input: ListRoleTagsRequest): ListRoleTagsResponse {
  const { items, ...rest } = iamPage(ctx, tagList(needRole(ctx, input.RoleName).tags), input);
  return { Tags: items, ...rest };
}

export function tagPolicy(ctx: Ctx, input: TagPolicyRequest): void {
  addTags(ctx, needPolicy(ctx, input.PolicyArn).tags, input.Tags ?? []);
}

export function untagPolicy(ctx: Ctx, input: UntagPolicyRequest): void {
  removeTags(needPolicy(ctx, input.PolicyArn).tags, input.TagKeys ?? []);
}

export function listPolicyTags(ctx: Ctx, input: ListPolicyTagsRequest): ListPolicyTagsResponse {
  const { items, ...rest } = iamPage(ctx, tagList(needPolicy(ctx, input.PolicyArn).tags), input);
  return { Tags: items, ...rest };
}
