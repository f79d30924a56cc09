/** Properties of an authorizer: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
import { enumText, flag, patternText, properties, text, textList, wholeNumber } from "../schema.ts";
import type { Entry } from "../../spec/type-rules.ts";

export const authorizerSchema = properties({
  Name: patternText(/^[\s\S]{1,128}$/, "a name of 1 to 128 characters").describe("Name, unique in the API."),
  AuthorizerType: enumText("JWT", "REQUEST").describe(
    "JWT: tokens of an issuer, HTTP only. REQUEST: a Lambda function. A change replaces the authorizer.",
  ),
  IdentitySource: textList()
    .optional()
    .describe(
      "Where the identity is: `$request.header.Authorization` (HTTP), `route.request.header.Auth` (WEBSOCKET). JWT: exactly one.",
    ),
  JwtConfiguration: properties({
    Audience: textList().optional().describe("Values of `aud` of which a token must have one."),
    Issuer: text().optional().describe("URL of the issuer. Default: from the dependency userPool."),
  })
    .optional()
    .describe("JWT only."),
  AuthorizerUri: text()
    .optional()
    .describe(
      "REQUEST only. The function, by its ARN or in API Gateway's form. Default: from the dependency lambdaFunction.",
    ),
  AuthorizerCredentialsArn: text()
    .optional()
    .describe(
      "REQUEST only. Role to invoke the function with. Default: from the dependency role, else the function's policy.",
    ),
  AuthorizerPayloadFormatVersion: enumText("1.0", "2.0")
    .optional()
    .describe("REQUEST on HTTP APIs. Default: 2.0."),
  AuthorizerResultTtlInSeconds: wholeNumber(0, 3600)
    .optional()
    .describe(
      "REQUEST on HTTP APIs. Seconds for which an answer is kept. Default: 300, or 0 without IdentitySource.",
    ),
  EnableSimpleResponses: flag()
    .optional()
    .describe(
      "REQUEST on HTTP APIs with payload 2.0. The function answers yes or no, not a policy. Default: false.",
    ),
  IdentityValidationExpression: text().optional().describe("Taken by AWS and not used."),
});

const REQUEST_ONLY = [
  "AuthorizerUri",
  "AuthorizerCredentialsArn",
  "AuthorizerPayloadFormatVersion",
  "AuthorizerResultTtlInSeconds",
  "EnableSimpleResponses",
];

/** What depends on the type. */
export function checkAuthorizer({
  properties: given,
  dependencies,
}: Entry): { path: string; message: string; hint?: string }[] {
  const has = (key: string): boolean => (dependencies[key]?.length ?? 0) > 0;
  const found: { path: string; message: string; hint?: string }[] = [];
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
    if (given.AuthorizerUri === undefined && !has("lambdaFunction"))
      found.push({
        path: "AuthorizerUri",
        message: "a REQUEST authorizer needs its function",
        hint: "Name it as dependencies.lambdaFunction, or give AuthorizerUri.",
      });
  }
  return found;
}
