import type { Authorizer } from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import type { ApiRecord } from "../state.ts";
import { badRequest, checkEnum, checkLength, isHttp, refuse } from "./common.ts";

const HTTP_KEY = /^(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S*$/;

/** HTTP: `$default` or `METHOD /path`. WEBSOCKET: any text, `$` only before the three known words. */
export function checkRouteKey(key: string, http: boolean): void {
  if (http) {
    if (key === "$default") return;
    if (!HTTP_KEY.test(key)) {
      throw badRequest(
        `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`,
      );
    }
    checkPath(key.slice(key.indexOf(" ") + 1));
    return;
  }
  if (key === "" || key.length > 256) throw badRequest("Invalid route key specified");
  if (key.startsWith("$") && !["$connect", "$disconnect", "$default"].includes(key)) {
    throw badRequest(`The provided route key is reserved or not supported: ${key}`);
  }
}

/** Variables are whole segments; a greedy one is the last. */
function checkPath(path: string): void {
  const segments = path.split("/").slice(1);
  segments.forEach((segment, i) => {
    if (/^[^{}]*$/.test(segment)) return;
    if (/^\{[\w.:-]+\}$/.test(segment)) return;
    if (/^\{[\w.:-]+\+\}$/.test(segment) && i === segments.length - 1) return;
    throw badRequest(`The provided route key is not formatted properly: invalid path variable in ${path}`);
  });
}

const WEBSOCKET_ONLY = [
  "ModelSelectionExpression",
  "RequestModels",
  "RequestParameters",
  "RouteResponseSelectionExpression",
] as const;

export interface RouteSettingsToCheck {
  RouteKey?: string | undefined;
  ApiKeyRequired?: boolean | undefined;
  AuthorizationScopes?: string[] | undefined;
  AuthorizationType?: string | undefined;
  AuthorizerId?: string | undefined;
  OperationName?: string | undefined;
  ModelSelectionExpression?: string | undefined;
  RequestModels?: Record<string, string> | undefined;
  RequestParameters?: Record<string, unknown> | undefined;
  RouteResponseSelectionExpression?: string | undefined;
  Target?: string | undefined;
}

/** Checks a route as it would be after the write. */
export function checkRoute(ctx: Ctx, record: ApiRecord, route: RouteSettingsToCheck): void {
  const http = isHttp(record);
  checkRouteKey(route.RouteKey ?? "", http);
  checkLength("operationName", route.OperationName, 64);
  checkEnum("authorizationType", route.AuthorizationType, ["NONE", "AWS_IAM", "CUSTOM", "JWT"]);
  if (http) {
    refuse(route, WEBSOCKET_ONLY, (member) => `${member} is not supported for HTTP APIs`);
    if (route.ApiKeyRequired === true) throw badRequest("ApiKeyRequired is not supported for HTTP APIs");
  } else {
    checkWebSocket(route);
  }
  checkTarget(record, route.Target);
  checkAuthorization(ctx, record, route);
}

function checkWebSocket(route: RouteSettingsToCheck): void {
  if (route.AuthorizationType === "JWT")
    throw badRequest("JWT authorization is not supported for WEBSOCKET APIs");
  const type = route.AuthorizationType ?? "NONE";
  if (type !== "NONE" && route.RouteKey !== "$connect") {
    throw badRequest("Currently, authorization is restricted to the $connect route only");
  }
  const expression = route.RouteResponseSelectionExpression;
  if (expression !== undefined && expression !== "$default") {
    throw badRequest("Currently, only $default is supported as routeResponseSelectionExpression");
  }
  for (const key of Object.keys(route.RequestParameters ?? {})) {
    if (
      !/^route\.request\.(querystring|header|path|multivaluequerystring|multivalueheader)\.\S+$/.test(key)
    ) {
      throw badRequest(`Invalid mapping expression specified: ${key}`);
    }
  }
}

function checkTarget(record: ApiRecord, target: string | undefined): void {
  if (target === undefined || target === "") return;
  const id = /^integrations\/(\w+)$/.exec(target)?.[1];
  if (id === undefined) throw badRequest(`Invalid target specified: ${target}`);
  if (!record.integrations.has(id)) throw badRequest(`Invalid integration identifier specified: ${id}`);
}

function checkAuthorization(ctx: Ctx, record: ApiRecord, route: RouteSettingsToCheck): void {
  const type = route.AuthorizationType ?? "NONE";
  const scopes = route.AuthorizationScopes ?? [];
  if (scopes.length > 0 && type !== "JWT") {
    throw badRequest("Authorization scopes are supported only with authorization type JWT");
  }
  if (scopes.length > ctx.quotas.scopesPerRoute) {
    throw badRequest(`A route can have at most ${ctx.quotas.scopesPerRoute} authorization scopes`);
  }
  const id = route.AuthorizerId ?? "";
  // A type without an authorizer takes an AuthorizerId and forgets it.
  if (type !== "JWT" && type !== "CUSTOM") return;
  const authorizer: Authorizer | undefined = record.authorizers.get(id);
  if (authorizer?.AuthorizerType === (type === "JWT" ? "JWT" : "REQUEST")) return;
  throw badRequest(
    type === "JWT"
      ? "Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer."
      : "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
  );
}
