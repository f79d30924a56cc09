import type { Authorizer } from "@aws-sdk/client-apigatewayv2";
import type { Rule } from "../core/rules.ts";
import { badRequest, conflict, isRole } from "./common.ts";
import { type ApiPlace, inApi } from "./resource.ts";
import { atMost, refuse, required, without } from "./rules.ts";

const jwt = (it: Authorizer): boolean => it.AuthorizerType === "JWT";
const request = (it: Authorizer): boolean => !jwt(it);
const requestOnHttp = (it: Authorizer, { http }: ApiPlace): boolean => request(it) && http;
const issuer = (it: Authorizer): string => it.JwtConfiguration?.Issuer ?? "";
const audiences = (it: Authorizer): number => it.JwtConfiguration?.Audience?.length ?? 0;
const ttl = (it: Authorizer): number => it.AuthorizerResultTtlInSeconds ?? 0;

const HTTP_SOURCE = /^\$(request\.(header|querystring)|stageVariables|context)\.\S+$/;
const WEBSOCKET_SOURCE = /^(route\.request\.(header|querystring)|stageVariables|context)\.\S+$/;
/** AWS's text for a source that is none. */
function badSource(it: Authorizer, http: boolean): string | undefined {
  const source = it.IdentitySource?.find((one) => !(http ? HTTP_SOURCE : WEBSOCKET_SOURCE).test(one));
  if (source === undefined) return undefined;
  return http
    ? `Invalid identity source expression: ${source}. The source must be a request header, request querystring, stage variable or context parameter`
    : `Invalid request identity source expression: ${source}. The sources must be separated by comma, and each source must be either a request parameter, matching 'route.request.querystring|header.[a-zA-Z0-9._-]+', or a stage variable, matching 'stageVariables.[a-zA-Z0-9._-]+', or a context parameter, matching 'context.[a-zA-Z0-9._-]+'`;
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text).source !== "";
  } catch {
    return false;
  }
}

const INVOCATION =
  /^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/arn:[\w-]+:lambda:.+\/invocations$/;

const RULES: Rule<Authorizer, ApiPlace>[] = [
  refuse(
    (it, { http }) => http && it.AuthorizerType !== "REQUEST" && it.AuthorizerType !== "JWT",
    "Invalid authorizer type. Only JWT authorizer type is supported on HTTP protocol Apis.",
  ),
  refuse(
    (it, { http }) => !http && it.AuthorizerType !== "REQUEST",
    "Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.",
  ),
  required("Name", "Invalid authorizer name specified"),
  atMost("Name", 128),
  refuse(
    (it, { http }) => badSource(it, http) !== undefined,
    (it, { http }) => badSource(it, http) ?? "",
  ),
  refuse(
    (it) => jwt(it) && it.JwtConfiguration === undefined,
    "JwtConfiguration is required for JWT authorizers",
  ),
  refuse(
    (it) => jwt(it) && !/^https:\/\/\S+$/.test(issuer(it)),
    (it) => `Invalid issuer: ${issuer(it)}. Issuer must be an https URL`,
  ),
  refuse((it) => jwt(it) && audiences(it) === 0, "JwtConfiguration needs at least one audience"),
  refuse((it) => jwt(it) && audiences(it) > 50, "JwtConfiguration can have at most 50 audiences"),
  refuse((it) => {
    const [first = "", ...more] = it.IdentitySource ?? [];
    return jwt(it) && (more.length > 0 || !/^\$request\.(header|querystring)\./.test(first));
  }, "JWT authorizers need exactly one identity source, a header or a query parameter"),
  without(
    ["AuthorizerPayloadFormatVersion"],
    jwt,
    (member) => `${member} can only be set for REQUEST authorizer.`,
  ),
  without(
    ["AuthorizerUri", "AuthorizerCredentialsArn"],
    jwt,
    (member) => `${member} is not supported for JWT authorizers`,
  ),
  without(
    ["AuthorizerResultTtlInSeconds", "EnableSimpleResponses"],
    jwt,
    () => "Caching and simple responses are not supported for JWT authorizers",
  ),
  without(["JwtConfiguration"], request, (member) => `${member} is supported only for JWT authorizers`),
  refuse(
    (it) => request(it) && !INVOCATION.test(it.AuthorizerUri ?? ""),
    (it) =>
      `Invalid Authorizer URI: ${it.AuthorizerUri ?? ""}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
  ),
  without(
    ["AuthorizerPayloadFormatVersion", "EnableSimpleResponses", "AuthorizerResultTtlInSeconds"],
    (it, { http }) => request(it) && !http,
    (member) => `${member} cannot be set for WEBSOCKET protocol Apis.`,
  ),
  refuse(
    (it, at) => requestOnHttp(it, at) && !it.AuthorizerPayloadFormatVersion,
    "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer",
  ),
  refuse(
    (it, at) => requestOnHttp(it, at) && !["1.0", "2.0"].includes(it.AuthorizerPayloadFormatVersion ?? ""),
    (it) => `AuthorizerPayloadFormatVersion ${it.AuthorizerPayloadFormatVersion} is not supported`,
  ),
  refuse(
    (it) => it.EnableSimpleResponses === true && it.AuthorizerPayloadFormatVersion !== "2.0",
    'EnableSimpleResponses can only be set for AuthorizerPayloadFormatVersion "2.0".',
  ),
  refuse(
    (it) => ttl(it) < 0 || ttl(it) > 3600,
    "Authorizer result TTL outside allowable range. TTL must be between 0 and 3600 seconds.",
  ),
  refuse((it) => it.IdentityValidationExpression === "", "IdentityValidationExpression must not be empty."),
  refuse(
    ({ IdentityValidationExpression: text }) => text !== undefined && !isExpression(text),
    (it) => `Invalid validation expression: ${it.IdentityValidationExpression}`,
  ),
  refuse(({ AuthorizerCredentialsArn: arn }) => arn !== undefined && !isRole(arn), "Invalid role ARN"),
  refuse(
    (it) => ttl(it) > 0 && (it.IdentitySource?.length ?? 0) === 0,
    "Identity source must be set if authorizer caching is enabled (TTL is greater than 0)",
  ),
];

/** Authorizers. An update merges; lists and the JWT configuration are replaced as a whole. */
export const authorizers = inApi<Authorizer>({
  noun: "Authorizer",
  store: ({ api }) => api.authorizers,
  id: 6,
  quota: ["authorizersPerApi", "Authorizers"],
  // The time to live has no default: the 300 seconds one reads of are the console's, which sends them.
  complete: (it, { http }) => ({
    ...it,
    IdentitySource: (it.IdentitySource ?? []).some((source) => source !== "") ? it.IdentitySource : undefined,
    EnableSimpleResponses: it.EnableSimpleResponses ?? (request(it) && http ? false : undefined),
  }),
  rules: RULES,
  clash: (it, other) =>
    it.Name === other.Name
      ? badRequest(`Authorizer name must be unique. Authorizer ${it.Name} already exists in this RestApi.`)
      : undefined,
  removal: [
    (it, { api }) => {
      const keys = [...api.routes.values()].flatMap(({ AuthorizerId, RouteKey = "" }) =>
        AuthorizerId === it.AuthorizerId ? [RouteKey] : [],
      );
      if (keys.length === 0) return;
      throw conflict(`Cannot delete authorizer '${it.Name}', is referenced in route: ${keys.join(", ")}`);
    },
  ],
});
