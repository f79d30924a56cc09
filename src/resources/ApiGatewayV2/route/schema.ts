/** Properties of a route: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
import { optional, required } from "../../facts.ts";
import { textOf } from "../../live-values.ts";
import * as z from "zod";
import {
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  text,
  textList,
  textMap,
} from "../../schema.ts";
import type { Entry } from "../../../spec/type-rules.ts";

export const routeSchema = properties({
  RouteKey: required(
    patternText(/^[\s\S]+$/, 'a route key such as "GET /orders/{id}" or "$default"'),
    "HTTP: `METHOD /path` or `$default`. WEBSOCKET: `$connect`, `$disconnect`, `$default` or a value from the messages.",
  ),
  Target: optional(patternText(/^integrations\/\S+$/, '"integrations/" and an id'), "`integrations/ID`.", {
    defaultWords: "from the dependency integration",
    tells: "target",
  }),
  AuthorizationType: optional(enumText("NONE", "AWS_IAM", "CUSTOM", "JWT"), "Who may call.", {
    default: "NONE",
    defaultWords: "that of the dependency authorizer (JWT, or CUSTOM for a Lambda authorizer), else NONE",
    tells: (value) => (value === "NONE" ? "no authorization" : textOf(value)),
  }),
  AuthorizerId: optional(text(), "The authorizer's id.", { defaultWords: "from the dependency authorizer" }),
  AuthorizationScopes: optional(textList(), "A JWT must have one of these scopes; at most 10.", {
    unordered: true,
  }),
  ApiKeyRequired: optional(flag(), "WEBSOCKET only.", { default: false }),
  OperationName: optional(limitedText(64), "Name of the operation, for exports."),
  ModelSelectionExpression: optional(text(), "WEBSOCKET only. How a model is chosen for a message."),
  RequestModels: optional(textMap(limitedText(128, 1)), "WEBSOCKET only. Models by key.", {
    clear: "by key",
  }),
  RequestParameters: optional(
    z.record(
      z.string(),
      properties({ Required: optional(flag(), "Whether it is required.", { default: false }) }),
    ),
    "WEBSOCKET only. Parameters of the route, such as `route.request.querystring.token`.",
    { clear: "own call", mapOfObjects: true },
  ),
  RouteResponseSelectionExpression: optional(
    enumText("$default"),
    "WEBSOCKET only. `$default` for a route with responses.",
  ),
});

/** Rules that depend on other properties. */
export function checkRoute({
  properties: given,
  dependencies,
}: Entry): { path: string; message: string; hint?: string }[] {
  const type = given.AuthorizationType;
  const authorizer = (dependencies.authorizer?.length ?? 0) > 0 || given.AuthorizerId !== undefined;
  if ((type === "JWT" || type === "CUSTOM") && !authorizer)
    return [
      {
        path: "AuthorizationType",
        message: `AuthorizationType ${type} needs an authorizer`,
        hint: "Name it as dependencies.authorizer.",
      },
    ];
  if ((type === "NONE" || type === "AWS_IAM") && authorizer)
    return [{ path: "AuthorizationType", message: `AuthorizationType ${type} cannot have an authorizer` }];
  return [];
}
