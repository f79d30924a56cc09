/** What a route is to be and what it is, in the same shape. Defaults: SDK `CreateRouteRequest`. */
import { isEmpty, isObject, type JsonObject, text } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Desired, Live, Pairable } from "../../type.ts";
import { childAttributes, ROUTE, withDefaults } from "../common.ts";

const KEYS = [
  "ApiKeyRequired",
  "AuthorizationScopes",
  "AuthorizationType",
  "AuthorizerId",
  "ModelSelectionExpression",
  "OperationName",
  "RequestModels",
  "RequestParameters",
  "RouteKey",
  "RouteResponseSelectionExpression",
  "Target",
];

export function routeName(api: string, key: string): string {
  return `route::${api}::${key}`;
}

export function desiredRoute(desired: Desired): JsonObject {
  const given: JsonObject = {};
  const integration = desired.dependency("integration");
  const authorizer = desired.dependency("authorizer");
  if (integration !== undefined) given.Target = text`integrations/${integration.id}`;
  if (authorizer !== undefined) {
    given.AuthorizerId = authorizer.id;
    given.AuthorizationType = authorizer.properties.AuthorizerType === "JWT" ? "JWT" : "CUSTOM";
  }
  return routeState({ ...given, ...desired.properties });
}

function routeState(given: JsonObject): JsonObject {
  const state = Object.fromEntries(Object.entries(given).filter(([key]) => KEYS.includes(key)));
  if (isObject(state.RequestParameters)) {
    const parameters = Object.entries(state.RequestParameters);
    state.RequestParameters = Object.fromEntries(
      parameters.map(([key, value]) => [key, { Required: objectOf(value).Required ?? false }]),
    );
  }
  return withDefaults(state, { ApiKeyRequired: false, AuthorizationType: "NONE" });
}

export function liveRoute(api: Live, answer: JsonObject): Live {
  return {
    type: ROUTE,
    name: routeName(api.name, textOf(answer.RouteKey)),
    id: textOf(answer.RouteId),
    parentId: api.id,
    state: routeState(answer),
    attributes: childAttributes(api, answer),
    ...(answer.ApiGatewayManaged === true ? { managed: true } : {}),
  };
}

/** Keys that API Gateway holds for the same: the names of path variables do not count. */
function sameForAws(key: string): string {
  return / \//.test(key) ? key.replace(/\{[^{}]*?(\+?)\}/g, "{$1}") : key;
}

/**
 * A route is the one with its key. A key in which only a variable was renamed is changed in place: API Gateway refuses
 * a second route of the same shape while the first is there.
 */
export function pairRoutes(desired: readonly Pairable[], live: readonly Live[]): ReadonlyMap<Pairable, Live> {
  const pairs = new Map<Pairable, Live>();
  for (const spell of [(key: string) => key, sameForAws]) {
    const taken = new Set(pairs.values());
    const free = new Map(
      live.filter((one) => !taken.has(one)).map((one) => [spell(textOf(one.state.RouteKey)), one]),
    );
    for (const one of desired) {
      const key = spell(textOf(one.state.RouteKey));
      const partner = pairs.has(one) ? undefined : free.get(key);
      if (partner === undefined) continue;
      pairs.set(one, partner);
      free.delete(key);
    }
  }
  return pairs;
}

/** Who notices that a route is gone. */
export function routeConsequence({ state }: Live): string {
  const key = textOf(state.RouteKey);
  if (/ \//.test(key)) return `${key} will return 404.`;
  if (key === "$connect") return "Connections are no longer checked: $connect is removed.";
  if (key === "$disconnect")
    return "The backend is no longer notified when a client disconnects: $disconnect is removed.";
  return isEmpty(key) || key === "$default"
    ? "Requests that match no other route will fail."
    : `Messages for ${key} will fail, or go to $default.`;
}
