/** What an authorizer is to be and what it is, in the same shape. Defaults: SDK `CreateAuthorizerRequest`. */
import { isEmpty, type JsonObject, text } from "../../model/values.ts";
import { objectOf, textOf } from "../live-values.ts";
import type { Desired, Live } from "../type.ts";
import {
  AUTHORIZER,
  childAttributes,
  type Protocol,
  protocolOf,
  protocolOfApi,
  withDefaults,
} from "./common.ts";
import { invocationUri } from "./function-uri.ts";

const KEYS = [
  "AuthorizerCredentialsArn",
  "AuthorizerPayloadFormatVersion",
  "AuthorizerResultTtlInSeconds",
  "AuthorizerType",
  "AuthorizerUri",
  "EnableSimpleResponses",
  "IdentitySource",
  "IdentityValidationExpression",
  "JwtConfiguration",
  "Name",
];

export function authorizerName(api: string, name: string): string {
  return `${api}::${name}`;
}

export function desiredAuthorizer(desired: Desired): JsonObject {
  const { properties, stack } = desired;
  const given: JsonObject = { ...properties };
  if (properties.AuthorizerType === "JWT") {
    const jwt: JsonObject = { ...objectOf(properties.JwtConfiguration) };
    const pool = desired.dependency("userPool");
    // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
    if (pool !== undefined && isEmpty(jwt.Issuer))
      jwt.Issuer = text`https://cognito-idp.${stack.region}.amazonaws.com/${pool.id}`;
    given.JwtConfiguration = jwt;
  } else {
    const role = desired.dependency("role");
    const uri = desired.dependency("lambdaFunction")?.attribute("FunctionArn") ?? "";
    if (isEmpty(given.AuthorizerUri)) given.AuthorizerUri = uri;
    if (role !== undefined && isEmpty(given.AuthorizerCredentialsArn))
      given.AuthorizerCredentialsArn = role.attribute("Arn");
    const written = given.AuthorizerUri;
    if (typeof written === "string") given.AuthorizerUri = invocationUri(stack, written);
  }
  return authorizerState(given, protocolOf(desired));
}

function authorizerState(given: JsonObject, protocol: Protocol): JsonObject {
  const state = Object.fromEntries(Object.entries(given).filter(([key]) => KEYS.includes(key)));
  if (state.AuthorizerType !== "REQUEST" || protocol === "WEBSOCKET") return withDefaults(state, {});
  // AWS has no default for the time to live (Terraform sends the console's 300), and refuses one without a source.
  return withDefaults(state, {
    AuthorizerPayloadFormatVersion: "2.0",
    AuthorizerResultTtlInSeconds: isEmpty(state.IdentitySource) ? 0 : 300,
    EnableSimpleResponses: false,
  });
}

/** What a replacement calls the old one while both are there: names are unique in an Api. */
const SUPERSEDED = /^gc-superseded-/;

export function supersededName(live: Live): string {
  return `gc-superseded-${live.id}`;
}

/** Only authorizers with a function of HTTP APIs have these; MiniStack answers them for every one. */
const REQUEST_ON_HTTP = [
  "AuthorizerPayloadFormatVersion",
  "AuthorizerResultTtlInSeconds",
  "EnableSimpleResponses",
];

export function liveAuthorizer(api: Live, given: JsonObject): Live {
  const name = textOf(given.Name);
  const answer = { ...given };
  if (given.AuthorizerType !== "REQUEST" || protocolOfApi(api) === "WEBSOCKET")
    for (const key of REQUEST_ON_HTTP) delete answer[key];
  return {
    type: AUTHORIZER,
    name: authorizerName(api.name, name),
    id: textOf(answer.AuthorizerId),
    parentId: api.id,
    state: authorizerState(answer, protocolOfApi(api)),
    attributes: childAttributes(api, answer),
    ...(SUPERSEDED.test(name) ? { superseded: true } : {}),
  };
}
