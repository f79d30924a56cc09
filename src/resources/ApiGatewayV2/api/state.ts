/** What an Api is to be and what it is, in the same shape. Defaults: SDK `CreateApiRequest`. */
import { isEmpty, isObject, type JsonObject, type JsonValue } from "../../../model/values.ts";
import { objectOf, textOf } from "../../live-values.ts";
import type { Desired, Live } from "../../type.ts";
import type { StackFacts } from "../../../model/stack.ts";
import { API } from "../common.ts";
import { plainFunctionUri } from "../function-uri.ts";
import { apiArn, visibleTags } from "../tagging.ts";

/** Set on an Api that a replacement is about to take the place of; holds its id. */
export const SUPERSEDED_TAG = "gc-superseded";

/** HTTP APIs know one expression, in two spellings. */
const HTTP_SELECTION = "$request.method $request.path";
// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
const HTTP_SELECTION_LONG = "${request.method} ${request.path}";

/** Quick create: known of an Api only through the integration and the route that API Gateway keeps. */
export const QUICK_CREATE = ["Target", "RouteKey", "CredentialsArn"] as const;

const PLAIN = ["Name", "ProtocolType", "Description", "Version"] as const;

export function desiredApi({ properties }: Desired): JsonObject {
  const state = apiState(properties, properties);
  if (isEmpty(properties.Target)) return state;
  return {
    ...state,
    Target: plainFunctionUri(properties.Target) ?? "",
    RouteKey: properties.RouteKey ?? "$default",
    ...(isEmpty(properties.CredentialsArn) ? {} : { CredentialsArn: properties.CredentialsArn ?? "" }),
  };
}

/** @param wanted the properties in the spec, where there are any: some settings look alike set and unset */
function apiState(given: JsonObject, wanted: JsonObject | undefined): JsonObject {
  const state: JsonObject = {};
  for (const key of PLAIN) if (!isEmpty(given[key])) state[key] = given[key] ?? null;
  const selection = textOf(given.RouteSelectionExpression);
  state.RouteSelectionExpression =
    given.ProtocolType === "HTTP" && (selection === "" || selection === HTTP_SELECTION_LONG)
      ? HTTP_SELECTION
      : (given.RouteSelectionExpression ?? null);
  state.ApiKeySelectionExpression = given.ApiKeySelectionExpression || "$request.header.x-api-key";
  state.DisableExecuteApiEndpoint = given.DisableExecuteApiEndpoint ?? false;
  state.DisableSchemaValidation = given.DisableSchemaValidation ?? false;
  state.IpAddressType = given.IpAddressType ?? "ipv4";
  const cors = corsState(given.CorsConfiguration, objectOf(wanted?.CorsConfiguration));
  if (!isEmpty(cors)) state.CorsConfiguration = cors;
  state.Tags = given.Tags ?? {};
  return state;
}

/** Headers, methods and origins are compared without case by browsers and by API Gateway. */
const CORS_CASE: readonly (readonly [string, (text: string) => string])[] = [
  ["AllowHeaders", (text) => text.toLowerCase()],
  ["AllowMethods", (text) => text.toUpperCase()],
  ["AllowOrigins", (text) => text.toLowerCase()],
  ["ExposeHeaders", (text) => text.toLowerCase()],
];

function corsState(cors: JsonValue | undefined, wanted: JsonObject): JsonObject {
  if (!isObject(cors) || isEmpty(cors)) return {};
  const state: JsonObject = { AllowCredentials: cors.AllowCredentials ?? false };
  for (const [key, spell] of CORS_CASE) {
    const list = cors[key];
    if (Array.isArray(list) && list.length > 0)
      state[key] = list.map((item) => (typeof item === "string" ? spell(item) : item));
  }
  // AWS answers 0 also where nothing was set.
  const { MaxAge } = cors;
  if (typeof MaxAge === "number" && (MaxAge !== 0 || wanted.MaxAge === 0)) state.MaxAge = MaxAge;
  return state;
}

/**
 * The live Api from AWS's answer.
 * @param wanted the properties in the spec, where there are any
 * @param quick what quick create made, from {@link quickCreated}
 */
export function liveApi(
  answer: JsonObject,
  stack: StackFacts,
  wanted: JsonObject | undefined,
  quick: JsonObject,
): Live {
  const id = textOf(answer.ApiId);
  const Tags = visibleTags(answer, [SUPERSEDED_TAG]);
  const { partition, region, account } = stack;
  return {
    type: API,
    name: textOf(answer.Name),
    id,
    state: { ...apiState({ ...answer, Tags }, wanted), ...quick },
    attributes: {
      ...answer,
      Tags,
      Arn: apiArn(stack, id),
      ArnV2: `arn:${partition}:execute-api:${region}:${account}:${id}`,
      Endpoint: textOf(answer.ApiEndpoint).replace(/^\w+:\/\//, ""),
    },
    tags: Tags,
    superseded: SUPERSEDED_TAG in objectOf(answer.Tags),
  };
}

/** What quick create's properties are now, from the integration and the route that API Gateway manages. */
export function quickCreated(integrations: readonly JsonObject[], routes: readonly JsonObject[]): JsonObject {
  const integration = integrations.find((one) => one.ApiGatewayManaged === true);
  const route = routes.find((one) => one.ApiGatewayManaged === true);
  if (integration === undefined) return {};
  return {
    Target: plainFunctionUri(integration.IntegrationUri) ?? "",
    RouteKey: route?.RouteKey ?? "$default",
    ...(isEmpty(integration.CredentialsArn) ? {} : { CredentialsArn: integration.CredentialsArn ?? "" }),
  };
}
