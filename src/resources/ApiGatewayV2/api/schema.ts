/** Properties of an Api: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
import { optional, required } from "../../facts.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import {
  enumText,
  flag,
  patternText,
  properties,
  tagMap,
  text,
  textList,
  wholeNumber,
} from "../../schema.ts";

const cors = properties({
  AllowCredentials: optional(flag(), "Whether requests may include credentials. Default: false."),
  AllowHeaders: optional(textList(), "Headers that requests may have; case is ignored.", { unordered: true }),
  AllowMethods: optional(textList(), "Methods that may be called, `*` for all.", { unordered: true }),
  AllowOrigins: optional(textList(), "Origins that may call, `*` for all.", { unordered: true }),
  ExposeHeaders: optional(textList(), "Response headers that scripts may read.", { unordered: true }),
  MaxAge: optional(
    wholeNumber(-1, 86_400),
    "Seconds for which a browser caches a preflight response. Default: not sent.",
  ),
});

export const apiSchema = properties({
  Name: required(
    patternText(/^[\s\S]{1,128}$/, "a name of 1 to 128 characters"),
    "Name of the API, also its name in the spec.",
  ),
  ProtocolType: optional(enumText("HTTP", "WEBSOCKET"), "Protocol of the API. Default: `HTTP`.", {
    createOnly: true,
  }),
  Description: optional(text(), "Description of the API."),
  Version: optional(text(), "A version, for information only."),
  RouteSelectionExpression: optional(
    text(),
    "How a route is chosen for a request. HTTP: `$request.method $request.path`, the default. WEBSOCKET: required, such as `$request.body.action`.",
  ),
  ApiKeySelectionExpression: optional(
    text(),
    "Where an API key is looked for. Default: `$request.header.x-api-key`. WEBSOCKET only.",
  ),
  CorsConfiguration: optional(cors, "Cross-origin requests. HTTP only."),
  DisableExecuteApiEndpoint: optional(
    flag(),
    "Refuses calls to the execute-api address, so that only custom domains work. Default: false.",
  ),
  DisableSchemaValidation: optional(
    flag(),
    "Skips the validation of models when a deployment is created. WEBSOCKET only. Default: false.",
  ),
  IpAddressType: optional(
    enumText("ipv4", "dualstack"),
    "IP address types by which the API can be called. Default: ipv4.",
  ),
  Target: optional(
    text(),
    "Quick create, HTTP only: a URL or a function's ARN; API Gateway creates and manages an integration, a route and the stage $default. Adding or removing it replaces the API.",
  ),
  RouteKey: optional(text(), "Quick create: the route's key. Default: `$default`."),
  CredentialsArn: optional(
    text(),
    "Quick create: role that API Gateway assumes to invoke the target. Default: the function's own policy.",
  ),
  Tags: tagMap().optional(),
});

const QUICK_CREATE_ONLY = ["RouteKey", "CredentialsArn"];
const HTTP_ONLY = ["CorsConfiguration", "Target", ...QUICK_CREATE_ONLY];

/** What depends on the protocol or on quick create. */
export function checkApi({ properties: given }: Entry): { path: string; message: string; hint?: string }[] {
  const found: { path: string; message: string; hint?: string }[] = [];
  if (given.ProtocolType === "WEBSOCKET") {
    if (given.RouteSelectionExpression === undefined)
      found.push({
        path: "RouteSelectionExpression",
        message: "a WEBSOCKET API needs a RouteSelectionExpression",
        hint: "For example $request.body.action, the field of a message that names its route.",
      });
    for (const path of HTTP_ONLY.filter((key) => given[key] !== undefined))
      found.push({ path, message: `${path} is only for HTTP APIs` });
  } else if (given.DisableSchemaValidation === true) {
    found.push({
      path: "DisableSchemaValidation",
      message: "DisableSchemaValidation is only for WEBSOCKET APIs",
    });
  }
  if (given.Target === undefined && given.ProtocolType !== "WEBSOCKET") {
    for (const path of QUICK_CREATE_ONLY.filter((key) => given[key] !== undefined))
      found.push({
        path,
        message: `${path} is part of quick create and needs Target`,
        hint: "Without quick create, write it in the Route or the Integration.",
      });
  }
  return found;
}
