/** Every resource type there is: one line each. */
import { api } from "./ApiGatewayV2/api/api.ts";
import { authorizer } from "./ApiGatewayV2/authorizer/authorizer.ts";
import { deployment } from "./ApiGatewayV2/deployment/deployment.ts";
import { integration } from "./ApiGatewayV2/integration/integration.ts";
import { model } from "./ApiGatewayV2/Model.ts";
import { route } from "./ApiGatewayV2/route/route.ts";
import { stage } from "./ApiGatewayV2/stage/stage.ts";
import { vpcLink } from "./ApiGatewayV2/VpcLink.ts";
import { logGroup } from "./CloudWatchLogs/LogGroup.ts";
import { policy } from "./IAM/Policy.ts";
import { role } from "./IAM/Role.ts";
import { lambdaFunction } from "./Lambda/function/function.ts";
import { permission } from "./Lambda/permission/permission.ts";
import type { ResourceType } from "./type.ts";

const ALL: readonly ResourceType[] = [
  api,
  integration,
  route,
  stage,
  deployment,
  authorizer,
  model,
  vpcLink,
  lambdaFunction,
  permission,
  role,
  policy,
  logGroup,
];

/** By `Group::Type`. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(ALL.map((type) => [type.type, type]));

/** The type of a name such as `ApiGatewayV2::Api`. */
export function resourceType(type: string): ResourceType | undefined {
  return resourceTypes.get(type);
}
