import * as client from "@aws-sdk/client-iam";
import { sdk } from "../core/sdk.ts";
import { addTags, iamPage, needPolicy, needRole, tagList } from "./common.ts";

const on = sdk<client.IAM>(client);

/** Removes keys without regard to case; unknown ones are ignored. */
function removeTags(tags: Map<string, string>, keys: string[]): void {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  for (const key of [...tags.keys()]) if (gone.has(key.toLowerCase())) tags.delete(key);
}

const tagRole = on("tagRole", (ctx, input) => {
  addTags(ctx, needRole(ctx, input.RoleName).tags, input.Tags ?? []);
});

const untagRole = on("untagRole", (ctx, input) => {
  removeTags(needRole(ctx, input.RoleName).tags, input.TagKeys ?? []);
});

const listRoleTags = on("listRoleTags", (ctx, input) => {
  const { items, ...rest } = iamPage(ctx, tagList(needRole(ctx, input.RoleName).tags), input);
  return { Tags: items, ...rest };
});

const tagPolicy = on("tagPolicy", (ctx, input) => {
  addTags(ctx, needPolicy(ctx, input.PolicyArn).tags, input.Tags ?? []);
});

const untagPolicy = on("untagPolicy", (ctx, input) => {
  removeTags(needPolicy(ctx, input.PolicyArn).tags, input.TagKeys ?? []);
});

const listPolicyTags = on("listPolicyTags", (ctx, input) => {
  const { items, ...rest } = iamPage(ctx, tagList(needPolicy(ctx, input.PolicyArn).tags), input);
  return { Tags: items, ...rest };
});

export const tagOperations = [tagRole, untagRole, listRoleTags, tagPolicy, untagPolicy, listPolicyTags];
