import * as client from "@aws-sdk/client-apigatewayv2";
import { sdk } from "../core/sdk.ts";
import { autoDeploy } from "./stage-auto-deploy.ts";
import { compact, conflict, merge, mergeMap, notFound } from "./common.ts";
import { type ApiPlace, find, inApi, type Kind, placeOf } from "./resource.ts";
import { checkRoute } from "./route-rules.ts";
import { refuse } from "./rules.ts";

/** The key with its variables' names taken out: two routes with one shape would match the same requests. */
const shapeOf = (key = ""): string => key.replace(/\{[^}+]+(\+?)\}/g, "{$1}");

/** Only these two types have an authorizer; the others drop one, also one that is sent along. */
const authorized = (type: string | undefined): boolean => type === "JWT" || type === "CUSTOM";

/** Request parameters only grow (each has its own delete call). */
function merged(sent: client.Route, { http }: ApiPlace, before: client.Route | undefined): client.Route {
  const next = before === undefined ? { ...sent } : merge<client.Route>(before, sent);
  if (before !== undefined && !authorized(next.AuthorizationType) && sent.AuthorizationScopes === undefined) {
    delete next.AuthorizationScopes;
  }
  if (http) return next;
  return {
    ...next,
    RequestModels: mergeMap(before?.RequestModels, sent.RequestModels),
    RequestParameters:
      sent.RequestParameters === undefined
        ? before?.RequestParameters
        : { ...before?.RequestParameters, ...sent.RequestParameters },
  };
}

const kind: Kind<client.Route, ApiPlace> = {
  noun: "Route",
  called: "route",
  store: ({ api }) => api.routes,
  id: 7,
  quota: ["routesPerApi", "Routes"],
  notEmpty: ["Target", "AuthorizerId", "OperationName", "ModelSelectionExpression"],
  sentRules: [
    refuse(
      (it, _at, before) =>
        before?.ApiGatewayManaged === true && it.RouteKey !== undefined && it.RouteKey !== before.RouteKey,
      "The route key of a route that is managed by API Gateway cannot be modified",
    ),
    refuse((it, _at, before) => before !== undefined && it.RouteKey === "", "Invalid route key specified"),
    refuse(
      (it, _at, before) =>
        before !== undefined && (it.AuthorizerId ?? "") !== "" && it.AuthorizationType === undefined,
      "Unable to update route. Authorizer type is invalid or null.",
    ),
  ],
  merged,
  complete: (it) => ({
    ...it,
    ApiKeyRequired: it.ApiKeyRequired ?? false,
    AuthorizationScopes: it.AuthorizationScopes?.length === 0 ? undefined : it.AuthorizationScopes,
    AuthorizationType: it.AuthorizationType ?? "NONE",
    AuthorizerId: authorized(it.AuthorizationType) ? it.AuthorizerId : undefined,
  }),
  rules: [(it, { ctx, api }) => checkRoute(ctx, api, it)],
  clash: ({ RouteKey: key }, { RouteKey: other }) => {
    if (shapeOf(key) !== shapeOf(other)) return undefined;
    return conflict(
      other === key
        ? `Route with key ${key} already exists for this API`
        : `The provided route key "${key}" has a conflicting variable on the same hierarchical level as "${other}"`,
    );
  },
};

/** Routes: `""` clears a text, `[]` clears the scopes. */
export const routes = [
  ...inApi(kind),
  sdk<client.ApiGatewayV2>(client)("deleteRouteRequestParameter", (ctx, input) => {
    const where = placeOf(ctx, input.ApiId);
    const route = find(kind, where, input.RouteId ?? "");
    const { [input.RequestParameterKey ?? ""]: removed, ...rest } = route.RequestParameters ?? {};
    if (removed === undefined) throw notFound("request parameter");
    const RequestParameters = Object.keys(rest).length === 0 ? undefined : rest;
    where.api.routes.set(route.RouteId ?? "", compact({ ...route, RequestParameters }));
    autoDeploy(ctx, where.api);
  }),
];
