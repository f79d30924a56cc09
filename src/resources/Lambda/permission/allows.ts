/** Whether a permission of the spec lets API Gateway invoke its function. */
import { isObject } from "../../../model/values.ts";
import type { Linked } from "../../../spec/type-rules.ts";
import { listOf } from "../../live-values.ts";

export const PERMISSION = "Lambda::Permission";

const GATEWAY = /^apigateway\.amazonaws\.com(\.cn)?$/;

/** True with a statement for API Gateway, or an Api among the dependencies that makes one. */
export function allowsGateway({ dependencies, properties }: Linked): boolean {
  const statements = [...listOf(properties.Permissions), ...listOf(properties.FunctionPermissions)];
  if (listOf(properties.Permissions).length === 0 && dependencies.apiGatewayV2Apis !== undefined) return true;
  return statements.some((statement) => {
    if (!isObject(statement)) return false;
    const { Principal } = statement;
    return typeof Principal !== "string" || Principal === "*" || GATEWAY.test(Principal);
  });
}
