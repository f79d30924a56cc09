/** Properties of a route: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html */
import * as z from "zod";
import { enumText, flag, patternText, properties, text, textList, textMap } from "../../schema.ts";
import type { Entry } from "../../../spec/type-rules.ts";

export const routeSchema = properties({
  RouteKey: patternText(/^[\s\S]+$/, 'a route key such as "GET /orders/{id}" or "$default"').describe(
    "HTTP: `METHOD /path` or `$default`. WEBSOCKET: `$connect`, `$disconnect`, `$default` or a value from the messages.",
  ),
  Target: text().optional().describe("`integrations/ID`. Default: from the dependency integration."),
  AuthorizationType: enumText("NONE", "AWS_IAM", "CUSTOM", "JWT")
    .optional()
    .describe(
      "Default: that of the dependency authorizer (JWT, or CUSTOM for a Lambda authorizer), else NONE.",
    ),
  AuthorizerId: text().optional().describe("Default: from the dependency authorizer."),
  AuthorizationScopes: textList().optional().describe("A JWT must have one of these scopes; at most 10."),
  ApiKeyRequired: flag().optional().describe("WEBSOCKET only. Default: false."),
  OperationName: text().optional().describe("Name of the operation, for exports."),
  ModelSelectionExpression: text()
    .optional()
    .describe("WEBSOCKET only. How a model is chosen for a message."),
  RequestModels: textMap().optional().describe("WEBSOCKET only. Models by key."),
  RequestParameters: z
    .record(
      z.string(),
      properties({ Required: flag().optional().describe("Whether it is required. Default: false.") }),
    )
    .optional()
    .describe("WEBSOCKET only. Parameters of the route, such as `route.request.querystring.token`."),
  RouteResponseSelectionExpression: text()
    .optional()
    .describe("WEBSOCKET only. `$default` for a route with responses."),
});

/** What depends on other properties. */
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
