/**
 * The addresses of an API's routes and connections. A stage's address comes before a route's path:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
import type { Callable } from "../../model/apply.ts";
import { isEmpty } from "../../model/values.ts";
import { textOf } from "../live-values.ts";
import type { Live } from "../type.ts";
import { API, protocolOfApi, ROUTE, STAGE } from "./common.ts";

type Made = Omit<Callable, "type" | "resource">;

/** Every stage serves the route; an API whose own address is turned off serves none of them there. */
export function routeCallables(route: Live, stack: readonly Live[]): readonly Made[] {
  const api = stack.find(({ type, id }) => type === API && id === route.parentId);
  if (api === undefined || protocolOfApi(api) === "WEBSOCKET") return [];
  const key = textOf(route.state.RouteKey);
  const [, method = "ANY", path = "/"] = /^(\S+) (\/.*)$/s.exec(key) ?? [];
  return addresses(api, stack).map((base) => ({
    what: key === "$default" ? "any other request" : key,
    ...(method === "ANY" ? {} : { method }),
    url: `${base}${path}`,
    ...callersOf(route),
  }));
}

/** Connections to a WEBSOCKET API, and the one target of a quickly created HTTP API. */
export function apiCallables(api: Live, stack: readonly Live[]): readonly Made[] {
  if (protocolOfApi(api) === "HTTP")
    return isEmpty(api.state.Target) || api.state.DisableExecuteApiEndpoint === true
      ? []
      : [{ what: "any request", url: `${textOf(api.attributes.ApiEndpoint)}/`, callers: "anybody" }];
  const connect = stack.find(
    ({ type, parentId, state }) => type === ROUTE && parentId === api.id && state.RouteKey === "$connect",
  );
  return addresses(api, stack).map((url) => ({
    what: "connections",
    url,
    ...(connect === undefined ? { callers: "anybody" } : callersOf(connect)),
  }));
}

function addresses(api: Live, stack: readonly Live[]): readonly string[] {
  if (api.state.DisableExecuteApiEndpoint === true) return [];
  return stack
    .filter(({ type, parentId }) => type === STAGE && parentId === api.id)
    .map(({ attributes }) => textOf(attributes.InvokeUrl))
    .filter((url) => url !== "");
}

function callersOf({ state }: Live): Pick<Made, "callers" | "signedFor"> {
  switch (state.AuthorizationType) {
    case "JWT":
      return { callers: "token" };
    case "AWS_IAM":
      return { callers: "aws", signedFor: "execute-api" };
    case "CUSTOM":
      return { callers: "authorizer" };
    default:
      return { callers: "anybody" };
  }
}
