import type {
  CreateApiRequest,
  Integration,
  Route,
  Stage,
  UpdateApiRequest,
} from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import type { ApiRecord } from "../state.ts";
import { autoDeploy } from "./stage-auto-deploy.ts";
import { badRequest, conflict } from "./common.ts";
import { checkRouteKey } from "./route-rules.ts";

const isLambda = (target: string): boolean => /^arn:[\w-]+:lambda:/.test(target);

/** What a target says about its integration: a function ARN is a Lambda proxy, anything else must be a URL. */
function targetFields(target: string): Partial<Integration> {
  if (isLambda(target)) {
    return {
      IntegrationType: "AWS_PROXY",
      IntegrationUri: target,
      IntegrationMethod: "POST",
      PayloadFormatVersion: "2.0",
    };
  }
  if (!/^https?:\/\//.test(target))
    throw badRequest(`Invalid target ${target}: specify a fully qualified URL or a Lambda function ARN`);
  return {
    IntegrationType: "HTTP_PROXY",
    IntegrationUri: target,
    IntegrationMethod: "ANY",
    PayloadFormatVersion: "1.0",
  };
}

/** Makes the integration, the catch-all route and the auto-deployed $default stage, all managed by API Gateway. */
export function quickCreate(ctx: Ctx, record: ApiRecord, input: CreateApiRequest): void {
  const key = input.RouteKey ?? "$default";
  checkRouteKey(key, true);
  const integration: Integration = {
    ApiGatewayManaged: true,
    ConnectionType: "INTERNET",
    IntegrationId: ctx.ids.lower(7),
    TimeoutInMillis: 30_000,
    ...targetFields(input.Target ?? ""),
    ...(input.CredentialsArn === undefined ? {} : { CredentialsArn: input.CredentialsArn }),
  };
  const route: Route = {
    ApiGatewayManaged: true,
    ApiKeyRequired: false,
    AuthorizationType: "NONE",
    RouteId: ctx.ids.lower(7),
    RouteKey: key,
    Target: `integrations/${integration.IntegrationId}`,
  };
  const now = ctx.now();
  const stage: Stage = {
    ApiGatewayManaged: true,
    AutoDeploy: true,
    CreatedDate: now,
    DefaultRouteSettings: { DetailedMetricsEnabled: false },
    LastUpdatedDate: now,
    RouteSettings: {},
    StageName: "$default",
    StageVariables: {},
    Tags: {},
  };
  record.integrations.set(integration.IntegrationId ?? "", integration);
  record.routes.set(route.RouteId ?? "", route);
  record.stages.set("$default", stage);
  autoDeploy(ctx, record);
}

/** Changes the quick-created integration and route through UpdateApi; only a quick-created API has them. */
export function quickUpdate(ctx: Ctx, record: ApiRecord, input: UpdateApiRequest): void {
  const integration = [...record.integrations.values()].find((i) => i.ApiGatewayManaged === true);
  const route = [...record.routes.values()].find((r) => r.ApiGatewayManaged === true);
  if (integration === undefined || route === undefined) {
    throw badRequest(
      "Target, RouteKey and CredentialsArn can be updated only for an API that was created with Target",
    );
  }
  if (input.Target === "") throw badRequest("Target cannot be removed from an API");
  if (input.RouteKey !== undefined && input.RouteKey !== route.RouteKey) {
    checkRouteKey(input.RouteKey, true);
    for (const other of record.routes.values()) {
      if (other.RouteKey === input.RouteKey)
        throw conflict(`Route with key ${input.RouteKey} already exists for this API`);
    }
    record.routes.set(route.RouteId ?? "", { ...route, RouteKey: input.RouteKey });
  }
  record.integrations.set(integration.IntegrationId ?? "", {
    ...integration,
    ...(input.Target === undefined ? {} : targetFields(input.Target)),
    ...(input.CredentialsArn === undefined ? {} : { CredentialsArn: input.CredentialsArn }),
  });
  autoDeploy(ctx, record);
}
