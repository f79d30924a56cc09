import type {
  CreateRouteRequest,
  CreateRouteResult,
  DeleteRouteRequest,
  DeleteRouteRequestParameterRequest,
  GetRouteRequest,
  GetRouteResult,
  GetRoutesRequest,
  GetRoutesResponse,
  Route,
  UpdateRouteRequest,
  UpdateRouteResult,
} from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { type ApiRecord, need } from "../state.ts";
import { autoDeploy } from "./auto-deploy.ts";
import {
  badRequest,
  compact,
  conflict,
  isHttp,
  limitReached,
  listPage,
  merge,
  mergeMap,
  needApi,
  notFound,
} from "./common.ts";
import { checkRoute } from "./route-rules.ts";

const needRoute = (record: ApiRecord, id: string | undefined): Route =>
  need(record.routes.get(id ?? ""), () => notFound("Route", id));

/** The key with its variables' names taken out: two routes with one shape would match the same requests. */
const shapeOf = (key: string): string => key.replace(/\{[^}+]+(\+?)\}/g, "{$1}");

function checkUnique(record: ApiRecord, key: string, except: string | undefined): void {
  const shape = shapeOf(key);
  for (const route of record.routes.values()) {
    const other = route.RouteKey ?? "";
    if (route.RouteId === except || shapeOf(other) !== shape) continue;
    if (other === key) throw conflict(`Route with key ${key} already exists for this API`);
    throw conflict(
      `The provided route key "${key}" has a conflicting variable on the same hierarchical level as "${other}"`,
    );
  }
}

/** Only these two types have an authorizer; the others drop one, also one that is sent along. */
const authorized = (type: string | undefined): boolean => type === "JWT" || type === "CUSTOM";

/** Creates a route; keys are unique per API. */
export function createRoute(ctx: Ctx, input: CreateRouteRequest): CreateRouteResult {
  const record = needApi(ctx, input.ApiId);
  for (const member of ["Target", "AuthorizerId", "OperationName", "ModelSelectionExpression"] as const) {
    if (input[member] === "") throw badRequest(`Invalid ${member}: must not be empty`);
  }
  checkRoute(ctx, record, input);
  checkUnique(record, input.RouteKey ?? "", undefined);
  if (record.routes.size >= ctx.quotas.routesPerApi) throw limitReached("Routes");
  const scopes = input.AuthorizationScopes ?? [];
  const route: Route = compact({
    RouteId: ctx.ids.lower(7),
    RouteKey: input.RouteKey,
    ApiKeyRequired: input.ApiKeyRequired ?? false,
    AuthorizationScopes: scopes.length === 0 ? undefined : scopes,
    AuthorizationType: input.AuthorizationType ?? "NONE",
    AuthorizerId: authorized(input.AuthorizationType) ? input.AuthorizerId : undefined,
    ModelSelectionExpression: input.ModelSelectionExpression,
    OperationName: input.OperationName,
    RequestModels: mergeMap(undefined, input.RequestModels),
    RequestParameters: input.RequestParameters,
    RouteResponseSelectionExpression: input.RouteResponseSelectionExpression,
    Target: input.Target,
  });
  record.routes.set(route.RouteId ?? "", route);
  autoDeploy(ctx, record);
  return route;
}

export function getRoute(ctx: Ctx, input: GetRouteRequest): GetRouteResult {
  return needRoute(needApi(ctx, input.ApiId), input.RouteId);
}

export function getRoutes(ctx: Ctx, input: GetRoutesRequest): GetRoutesResponse {
  return listPage(ctx, [...needApi(ctx, input.ApiId).routes.values()], input);
}

/** Merges: "" clears a text, [] clears the scopes, request parameters only grow (each has its own delete call). */
export function updateRoute(ctx: Ctx, input: UpdateRouteRequest): UpdateRouteResult {
  const record = needApi(ctx, input.ApiId);
  const route = needRoute(record, input.RouteId);
  if (route.ApiGatewayManaged === true && input.RouteKey !== undefined && input.RouteKey !== route.RouteKey) {
    throw badRequest("The route key of a route that is managed by API Gateway cannot be modified");
  }
  if (input.RouteKey === "") throw badRequest("Invalid route key specified");
  if ((input.AuthorizerId ?? "") !== "" && input.AuthorizationType === undefined) {
    throw badRequest("Unable to update route. Authorizer type is invalid or null.");
  }
  const next = merge<Route>(route, {
    RouteKey: input.RouteKey,
    ApiKeyRequired: input.ApiKeyRequired,
    AuthorizationScopes: input.AuthorizationScopes,
    AuthorizationType: input.AuthorizationType,
    AuthorizerId: input.AuthorizerId,
    ModelSelectionExpression: input.ModelSelectionExpression,
    OperationName: input.OperationName,
    RouteResponseSelectionExpression: input.RouteResponseSelectionExpression,
    Target: input.Target,
  });
  if (!authorized(next.AuthorizationType)) {
    delete next.AuthorizerId;
    if (input.AuthorizationScopes === undefined) delete next.AuthorizationScopes;
  }
  if (next.AuthorizationScopes?.length === 0) delete next.AuthorizationScopes;
  if (!isHttp(record)) {
    const models = mergeMap(next.RequestModels, input.RequestModels);
    if (models === undefined) delete next.RequestModels;
    else next.RequestModels = models;
    if (input.RequestParameters !== undefined) {
      next.RequestParameters = { ...next.RequestParameters, ...input.RequestParameters };
    }
  }
  checkRoute(
    ctx,
    record,
    isHttp(record)
      ? { ...next, RequestParameters: input.RequestParameters, RequestModels: input.RequestModels }
      : next,
  );
  checkUnique(record, next.RouteKey ?? "", route.RouteId);
  record.routes.set(route.RouteId ?? "", next);
  autoDeploy(ctx, record);
  return next;
}

export function deleteRoute(ctx: Ctx, input: DeleteRouteRequest): void {
  const record = needApi(ctx, input.ApiId);
  const route = needRoute(record, input.RouteId);
  record.routes.delete(route.RouteId ?? "");
  autoDeploy(ctx, record);
}

export function deleteRouteRequestParameter(ctx: Ctx, input: DeleteRouteRequestParameterRequest): void {
  const record = needApi(ctx, input.ApiId);
  const route = needRoute(record, input.RouteId);
  const key = input.RequestParameterKey ?? "";
  const { [key]: removed, ...rest } = route.RequestParameters ?? {};
  if (removed === undefined) throw notFound("request parameter", key);
  const { RequestParameters: _all, ...others } = route;
  record.routes.set(
    route.RouteId ?? "",
    Object.keys(rest).length === 0 ? others : { ...others, RequestParameters: rest },
  );
  autoDeploy(ctx, record);
}
