/** ARNs of what can be tagged in API Gateway V2, and the two calls that change tags. */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import type { TagCalls } from "../definition.ts";
import type { StackFacts } from "../../model/stack.ts";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
export function apiArn({ partition, region }: StackFacts, apiId: string): string {
  return `arn:${partition}:apigateway:${region}::/apis/${apiId}`;
}

export function stageArn(stack: StackFacts, apiId: string, stage: string): string {
  return `${apiArn(stack, apiId)}/stages/${stage}`;
}

/** The calls that change tags. */
export const gatewayTagCalls: TagCalls<ApiGatewayV2> = {
  style: "map",
  set: (client, ResourceArn, Tags) => client.tagResource({ ResourceArn, Tags }),
  remove: (client, ResourceArn, TagKeys) => client.untagResource({ ResourceArn, TagKeys }),
};
