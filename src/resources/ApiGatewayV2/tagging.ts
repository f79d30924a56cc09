/** ARNs of what can be tagged in API Gateway V2, and the two calls that change tags. */
import { type JsonObject, isEmpty } from "../../model/values.ts";
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import type { TagCalls } from "../definition.ts";
import { tagChanges, tagsOf, userTags } from "../live-values.ts";
import type { CreateContext, UpdateContext } from "../type.ts";
import type { StackFacts } from "../../model/stack.ts";
import { apiGateway } from "./service.ts";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
export function apiArn({ partition, region }: StackFacts, apiId: string): string {
  return `arn:${partition}:apigateway:${region}::/apis/${apiId}`;
}

export function stageArn(stack: StackFacts, apiId: string, stage: string): string {
  return `${apiArn(stack, apiId)}/stages/${stage}`;
}

/** The tags of an answer that people and the engine care for: not AWS's own, not those with which types keep notes. */
export function visibleTags(answer: JsonObject, notes: readonly string[]): Record<string, string> {
  const tags = Object.entries(userTags(tagsOf(answer)));
  return Object.fromEntries(tags.filter(([key]) => !notes.includes(key)));
}

/** The calls that change tags. */
export const gatewayTagCalls: TagCalls<ApiGatewayV2> = {
  style: "map",
  set: (client, ResourceArn, Tags) => client.tagResource({ ResourceArn, Tags }),
  remove: (client, ResourceArn, TagKeys) => client.untagResource({ ResourceArn, TagKeys }),
};

/** Brings the tags from the live state's to the wanted ones; what is in neither (notes) stays. */
export async function updateTags(
  { aws, live, state }: Pick<UpdateContext, "aws" | "live"> & Pick<CreateContext, "state">,
  ResourceArn: string,
): Promise<void> {
  const { set, remove } = tagChanges(live.state, state);
  const client = await aws.client(apiGateway);
  if (!isEmpty(set)) await client.tagResource({ ResourceArn, Tags: set });
  if (remove.length > 0) await client.untagResource({ ResourceArn, TagKeys: remove });
}
