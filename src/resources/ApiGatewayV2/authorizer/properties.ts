/** Properties of an authorizer: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
import {
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  roleText,
  textList,
  wholeNumber,
} from "../../schema.ts";
import { isEmpty, type JsonObject, type JsonValue } from "../../../model/values.ts";
import { type DefaultOf, optional, required } from "../../facts.ts";
import type { Entry, EntryIssue } from "../../../spec/type-rules.ts";
import { own } from "../../../model/own.ts";

/** Only authorizers with a function of HTTP APIs have these; MiniStack answers them for every one. */
const REQUEST_ON_HTTP = [
  "AuthorizerPayloadFormatVersion",
  "AuthorizerResultTtlInSeconds",
  "EnableSimpleResponses",
];

function isRequestOnHttp({ AuthorizerType }: JsonObject, parent: JsonObject): boolean {
  return AuthorizerType === "REQUEST" && parent.ProtocolType !== "WEBSOCKET";
}

/** AWS's answer without what an authorizer of its kind does not have. */
export function withoutForeign(answer: JsonObject, parent: JsonObject): JsonObject {
  if (isRequestOnHttp(answer, parent)) return answer;
  return Object.fromEntries(Object.entries(answer).filter(([key]) => !REQUEST_ON_HTTP.includes(key)));
}

/** A default of authorizers with a function on HTTP APIs. */
function onHttp(value: JsonValue | ((given: JsonObject) => JsonValue)): DefaultOf {
  return (given, { parent }) => {
    if (!isRequestOnHttp(given, parent)) return undefined;
    return typeof value === "function" ? value(given) : value;
  };
}

export const authorizerProperties = properties({
  Name: required(patternText(/^[\s\S]{1,128}$/, "a name of 1 to 128 characters"), "Name, unique in the API."),
  AuthorizerType: required(
    enumText("JWT", "REQUEST"),
    "JWT: tokens of an issuer, HTTP only. REQUEST: a Lambda function. A change replaces the authorizer.",
    { createOnly: true, tells: "text" },
  ),
  IdentitySource: optional(
    textList(),
    "Where the identity comes from: `$request.header.Authorization` (HTTP), `route.request.header.Auth` (WEBSOCKET). JWT: exactly one.",
    { unordered: true },
  ),
  JwtConfiguration: optional(
    properties({
      Audience: optional(textList(), "A token must have one of these values of `aud`.", { unordered: true }),
      Issuer: optional(patternText(/^(https:\/\/\S{1,2040})?$/, "an https URL"), "URL of the issuer.", {
        defaultWords: "from the dependency userPool",
      }),
    }),
    "JWT only.",
  ),
  AuthorizerUri: optional(
    limitedText(2048, 1),
    "REQUEST only. The function, by its ARN or in API Gateway's form.",
    {
      defaultWords: "from the dependency lambdaFunction",
    },
  ),
  AuthorizerCredentialsArn: optional(roleText(), "REQUEST only. Role to invoke the function with.", {
    defaultWords: "from the dependency role, else the function's policy",
  }),
  AuthorizerPayloadFormatVersion: optional(enumText("1.0", "2.0"), "REQUEST on HTTP APIs.", {
    default: onHttp("2.0"),
    defaultWords: "2.0",
  }),
  AuthorizerResultTtlInSeconds: optional(
    wholeNumber(0, 3600),
    "REQUEST on HTTP APIs. Seconds for which the result is cached.",
    // An authorizer that was made without it has none, as with 0. (Consoles and Terraform send 300 by themselves.)
    { default: onHttp(0), defaultWords: "0, nothing is cached" },
  ),
  EnableSimpleResponses: optional(
    flag(),
    "REQUEST on HTTP APIs with payload 2.0. The function returns yes or no instead of a policy.",
    { default: onHttp(false), defaultWords: "false" },
  ),
  IdentityValidationExpression: optional(limitedText(1024), "Accepted by AWS but not used."),
});

const REQUEST_ONLY = [
  "AuthorizerUri",
  "AuthorizerCredentialsArn",
  "AuthorizerPayloadFormatVersion",
  "AuthorizerResultTtlInSeconds",
  "EnableSimpleResponses",
];

/** Rules that depend on the type. */
export function checkAuthorizer({ properties: given, dependencies }: Entry): readonly EntryIssue[] {
  const has = (key: string): boolean => (own(dependencies, key)?.length ?? 0) > 0;
  const found: EntryIssue[] = [];
  if (given.AuthorizerType === "JWT") {
    for (const path of REQUEST_ONLY.filter((key) => given[key] !== undefined))
      found.push({ path, message: `${path} is only for authorizers of type REQUEST` });
    const sources = given.IdentitySource;
    if (!Array.isArray(sources) || sources.length !== 1)
      found.push({
        path: "IdentitySource",
        message: "a JWT authorizer has exactly one IdentitySource",
        hint: 'As a rule ["$request.header.Authorization"].',
      });
    if (given.JwtConfiguration === undefined && !has("userPool"))
      found.push({ path: "JwtConfiguration", message: "a JWT authorizer needs a JwtConfiguration" });
  } else if (given.AuthorizerType === "REQUEST") {
    if (given.JwtConfiguration !== undefined)
      found.push({
        path: "JwtConfiguration",
        message: "JwtConfiguration is only for authorizers of type JWT",
      });
    if (given.EnableSimpleResponses === true && given.AuthorizerPayloadFormatVersion === "1.0")
      found.push({
        path: "EnableSimpleResponses",
        message: "EnableSimpleResponses needs payload format 2.0",
      });
    if (Number(given.AuthorizerResultTtlInSeconds ?? 0) > 0 && isEmpty(given.IdentitySource))
      found.push({
        path: "AuthorizerResultTtlInSeconds",
        message: "a result can only be cached by an IdentitySource",
        hint: 'Give IdentitySource, such as ["$request.header.Authorization"], or write 0.',
      });
    if (given.AuthorizerUri === undefined && !has("lambdaFunction"))
      found.push({
        path: "AuthorizerUri",
        message: "a REQUEST authorizer needs its function",
        hint: "Name it as dependencies.lambdaFunction, or give AuthorizerUri.",
      });
  }
  return found;
}
