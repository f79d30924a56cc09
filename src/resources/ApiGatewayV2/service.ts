/** The service of this folder's types. */
import type { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import type { Service } from "../../aws/service.ts";
import { errors } from "./errors.ts";

export const apiGateway: Service<ApiGatewayV2> = {
  name: "ApiGatewayV2",
  region: "regional",
  iamAction: (operation) => `apigateway:${verb(operation)}`,
  lookBeforeRepeating: [
    "CreateApi",
    "CreateApiMapping",
    "CreateAuthorizer",
    "CreateDeployment",
    "CreateDomainName",
    "CreateIntegration",
    "CreateIntegrationResponse",
    "CreateModel",
    "CreateRoute",
    "CreateRouteResponse",
    "CreateRoutingRule",
    "CreateStage",
    "CreateVpcLink",
  ],
  // Fixed for every account: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  rates: {
    all: { perSecond: 10, burst: 38 },
    also: {
      CreateDeployment: { perSecond: 1 / 5, burst: 1 },
      CreateDomainName: { perSecond: 1 / 30, burst: 1 },
      UpdateDomainName: { perSecond: 1 / 30, burst: 1 },
      DeleteDomainName: { perSecond: 1 / 30, burst: 1 },
      CreateVpcLink: { perSecond: 1 / 15, burst: 1 },
      DeleteVpcLink: { perSecond: 1 / 30, burst: 1 },
    },
  },
  errors,
  load: async (config) => new (await import("@aws-sdk/client-apigatewayv2")).ApiGatewayV2(config),
};

/** What a role must trust that API Gateway is to assume. */
export const GATEWAY = { principal: "apigateway.amazonaws.com", name: "API Gateway" } as const;

/** API Gateway's actions are HTTP verbs: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
function verb(operation: string): string {
  if (operation.startsWith("Tag")) return "TagResource";
  if (operation.startsWith("Untag")) return "UntagResource";
  // Routing rules have actions of their own, by name.
  if (/RoutingRules?$/.test(operation)) return operation.replace(/^Put/, "Update");
  if (operation.startsWith("Get")) return "GET";
  if (operation.startsWith("Create")) return "POST";
  return operation.startsWith("Update") ? "PATCH" : "DELETE";
}
