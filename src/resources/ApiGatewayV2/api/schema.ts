/** Properties of an Api: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
import type { JsonValue } from "../../../model/values.ts";
import type { Entry } from "../../../spec/type-rules.ts";
import { type Facts, optional, required } from "../../facts.ts";
import { listOf, objectOf } from "../../live-values.ts";
import {
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  roleText,
  tags,
  text,
  textList,
  wholeNumber,
} from "../../schema.ts";
import { plainFunctionUri } from "../function-uri.ts";

/** Browsers and API Gateway compare headers, methods and origins without case. */
function inOneCase(spell: (text: string) => string): Facts {
  const spelling = (value: JsonValue): JsonValue =>
    Array.isArray(value) ? value.map((item) => (typeof item === "string" ? spell(item) : item)) : value;
  return { unordered: true, spelling };
}
const lower = inOneCase((text) => text.toLowerCase());
const upper = inOneCase((text) => text.toUpperCase());

const corsMethod = patternText(
  /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|\*)$/i,
  "an HTTP method, or *",
);
const corsOrigin = patternText(
  /^(\*|[a-z][\w+.-]*:\/\/\S+)$/i,
  'an origin such as "https://example.com", or *',
);

const cors = properties({
  AllowCredentials: optional(flag(), "Whether requests may include credentials.", { default: false }),
  AllowHeaders: optional(textList(), "Headers that requests may have; case is ignored.", lower),
  AllowMethods: optional(textList(corsMethod), "Methods that may be called, `*` for all.", upper),
  AllowOrigins: optional(textList(corsOrigin), "Origins that may call, `*` for all.", lower),
  ExposeHeaders: optional(textList(), "Response headers that scripts may read.", lower),
  MaxAge: optional(wholeNumber(-1, 86_400), "Seconds for which a browser caches a preflight response.", {
    defaultWords: "not sent",
    // AWS answers 0 also where nothing was set.
    ignored: (_given, { wanted }, value) => value === 0 && objectOf(wanted.CorsConfiguration).MaxAge !== 0,
  }),
});

/** HTTP APIs know one expression, in two spellings. */
const HTTP_SELECTION = "$request.method $request.path";
// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
const HTTP_SELECTION_LONG = "${request.method} ${request.path}";

export const apiProperties = properties({
  Name: required(
    patternText(/^[\s\S]{1,128}$/, "a name of 1 to 128 characters"),
    "Name of the API, also its name in the spec.",
  ),
  ProtocolType: optional(enumText("HTTP", "WEBSOCKET"), "Protocol of the API.", {
    default: "HTTP",
    createOnly: true,
    tells: "text",
  }),
  Description: optional(limitedText(1024), "Description of the API."),
  Version: optional(limitedText(64, 1), "A version, for information only."),
  RouteSelectionExpression: optional(
    text(),
    "How a route is chosen for a request. HTTP: `$request.method $request.path`, the default. WEBSOCKET: required, such as `$request.body.action`.",
    {
      default: ({ ProtocolType }) => (ProtocolType === "WEBSOCKET" ? undefined : HTTP_SELECTION),
      spelling: (value) => (value === HTTP_SELECTION_LONG ? HTTP_SELECTION : value),
    },
  ),
  ApiKeySelectionExpression: optional(text(), "Where an API key is looked for. WEBSOCKET only.", {
    default: "$request.header.x-api-key",
  }),
  CorsConfiguration: optional(cors, "Cross-origin requests. HTTP only.", { clear: "own call" }),
  DisableExecuteApiEndpoint: optional(
    flag(),
    "Refuses calls to the execute-api address, so that only custom domains work.",
    { default: false },
  ),
  DisableSchemaValidation: optional(
    flag(),
    "Skips the validation of models when a deployment is created. WEBSOCKET only.",
    { default: false },
  ),
  IpAddressType: optional(enumText("ipv4", "dualstack"), "IP address types by which the API can be called.", {
    default: "ipv4",
  }),
  Target: optional(
    limitedText(2048, 1),
    "Quick create, HTTP only: a URL or a function's ARN; API Gateway creates and manages an integration, a route and the stage $default. Adding or removing it replaces the API.",
    { spelling: (value) => plainFunctionUri(value) ?? value },
  ),
  RouteKey: optional(text(), "Quick create: the route's key.", {
    default: ({ Target }) => (Target === undefined ? undefined : "$default"),
    defaultWords: "`$default`",
  }),
  CredentialsArn: optional(
    roleText(),
    "Quick create: role that API Gateway assumes to invoke the target. Default: the function's own policy.",
  ),
  Tags: tags(),
});

const QUICK_CREATE_ONLY = ["RouteKey", "CredentialsArn"];
const HTTP_ONLY = ["CorsConfiguration", "Target", ...QUICK_CREATE_ONLY];

/** Rules that depend on the protocol or on quick create. */
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
  const { AllowCredentials, AllowOrigins } = objectOf(given.CorsConfiguration);
  if (AllowCredentials === true && listOf(AllowOrigins).includes("*"))
    found.push({
      path: "CorsConfiguration.AllowOrigins",
      message: "AllowCredentials cannot go together with the origin *",
      hint: 'Name the origins, such as "https://example.com", or remove AllowCredentials.',
    });
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
