import * as client from "@aws-sdk/client-apigatewayv2";
import { operation, service } from "../core/service.ts";
import * as apis from "./apis.ts";
import * as authorizers from "./authorizers.ts";
import { badRequest } from "./common.ts";
import * as deployments from "./deployments.ts";
import * as integrations from "./integrations.ts";
import * as routes from "./routes.ts";
import * as stages from "./stages.ts";
import * as tags from "./tags.ts";

/** API Gateway V2: HTTP and WEBSOCKET APIs. */
export const apiGatewayV2 = service(
  {
    id: "apigatewayv2",
    protocol: "rest-json",
    key: "2018-11-29",
    missing: (member) => badRequest(`Invalid request input: ${member} is required`),
  },
  client,
  [
    operation(client.CreateApi$, apis.createApi),
    operation(client.GetApi$, apis.getApi),
    operation(client.GetApis$, apis.getApis),
    operation(client.UpdateApi$, apis.updateApi),
    operation(client.DeleteApi$, apis.deleteApi),
    operation(client.DeleteCorsConfiguration$, apis.deleteCorsConfiguration),
    operation(client.CreateIntegration$, integrations.createIntegration),
    operation(client.GetIntegration$, integrations.getIntegration),
    operation(client.GetIntegrations$, integrations.getIntegrations),
    operation(client.UpdateIntegration$, integrations.updateIntegration),
    operation(client.DeleteIntegration$, integrations.deleteIntegration),
    operation(client.CreateRoute$, routes.createRoute),
    operation(client.GetRoute$, routes.getRoute),
    operation(client.GetRoutes$, routes.getRoutes),
    operation(client.UpdateRoute$, routes.updateRoute),
    operation(client.DeleteRoute$, routes.deleteRoute),
    operation(client.DeleteRouteRequestParameter$, routes.deleteRouteRequestParameter),
    operation(client.CreateStage$, stages.createStage),
    operation(client.GetStage$, stages.getStage),
    operation(client.GetStages$, stages.getStages),
    operation(client.UpdateStage$, stages.updateStage),
    operation(client.DeleteStage$, stages.deleteStage),
    operation(client.DeleteAccessLogSettings$, stages.deleteAccessLogSettings),
    operation(client.DeleteRouteSettings$, stages.deleteRouteSettings),
    operation(client.ResetAuthorizersCache$, stages.resetAuthorizersCache),
    operation(client.CreateDeployment$, deployments.createDeployment),
    operation(client.GetDeployment$, deployments.getDeployment),
    operation(client.GetDeployments$, deployments.getDeployments),
    operation(client.UpdateDeployment$, deployments.updateDeployment),
    operation(client.DeleteDeployment$, deployments.deleteDeployment),
    operation(client.CreateAuthorizer$, authorizers.createAuthorizer),
    operation(client.GetAuthorizer$, authorizers.getAuthorizer),
    operation(client.GetAuthorizers$, authorizers.getAuthorizers),
    operation(client.UpdateAuthorizer$, authorizers.updateAuthorizer),
    operation(client.DeleteAuthorizer$, authorizers.deleteAuthorizer),
    operation(client.TagResource$, tags.tagResource),
    operation(client.UntagResource$, tags.untagResource),
    operation(client.GetTags$, tags.getTags),
  ],
);
