import type { Authorizer } from "@aws-sdk/client-apigatewayv2";
import { badRequest, checkEnum, checkLength } from "./common.ts";

/** Checks an authorizer as it would be after the write. */
export function checkAuthorizer(it: Authorizer, http: boolean): void {
  checkEnum("authorizerType", it.AuthorizerType, ["REQUEST", "JWT"]);
  if ((it.Name ?? "") === "") throw badRequest("Invalid authorizer name specified");
  checkLength("name", it.Name, 128);
  checkIdentitySource(it, http);
  if (it.AuthorizerType === "JWT") checkJwt(it, http);
  else checkRequest(it, http);
}

function checkIdentitySource(it: Authorizer, http: boolean): void {
  const prefix = http
    ? /^\$(request\.(header|querystring)|stageVariables|context)\.\S+$/
    : /^(route\.request\.(header|querystring)|stageVariables|context)\.\S+$/;
  for (const source of it.IdentitySource ?? []) {
    if (!prefix.test(source))
      throw badRequest(`Invalid mapping expression specified for identity source: ${source}`);
  }
}

function checkJwt(it: Authorizer, http: boolean): void {
  if (!http) throw badRequest("JWT authorizers are not supported for WEBSOCKET APIs");
  const jwt = it.JwtConfiguration;
  if (jwt === undefined) throw badRequest("JwtConfiguration is required for JWT authorizers");
  if (!/^https:\/\/\S+$/.test(jwt.Issuer ?? ""))
    throw badRequest(`Invalid issuer: ${jwt.Issuer}. Issuer must be an https URL`);
  if ((jwt.Audience?.length ?? 0) === 0) throw badRequest("JwtConfiguration needs at least one audience");
  if ((jwt.Audience?.length ?? 0) > 50) throw badRequest("JwtConfiguration can have at most 50 audiences");
  const sources = it.IdentitySource ?? [];
  if (sources.length !== 1 || !/^\$request\.(header|querystring)\./.test(sources[0] ?? "")) {
    throw badRequest("JWT authorizers need exactly one identity source, a header or a query parameter");
  }
  for (const member of [
    "AuthorizerUri",
    "AuthorizerCredentialsArn",
    "AuthorizerPayloadFormatVersion",
  ] as const) {
    if (it[member] !== undefined) throw badRequest(`${member} is not supported for JWT authorizers`);
  }
  if (it.AuthorizerResultTtlInSeconds !== undefined || it.EnableSimpleResponses !== undefined) {
    throw badRequest("Caching and simple responses are not supported for JWT authorizers");
  }
}

function checkRequest(it: Authorizer, http: boolean): void {
  if (it.JwtConfiguration !== undefined)
    throw badRequest("JwtConfiguration is supported only for JWT authorizers");
  const uri = it.AuthorizerUri ?? "";
  if (
    !/^arn:[\w-]+:apigateway:[\w-]+:lambda:path\/2015-03-31\/functions\/arn:[\w-]+:lambda:.+\/invocations$/.test(
      uri,
    )
  ) {
    throw badRequest(
      `Invalid Authorizer URI: ${uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`,
    );
  }
  const ttl = it.AuthorizerResultTtlInSeconds;
  if (!http) {
    for (const member of [
      "AuthorizerPayloadFormatVersion",
      "EnableSimpleResponses",
      "AuthorizerResultTtlInSeconds",
    ] as const) {
      if (it[member] !== undefined) throw badRequest(`${member} cannot be set for WEBSOCKET protocol Apis.`);
    }
    return;
  }
  const version = it.AuthorizerPayloadFormatVersion;
  if (version !== "1.0" && version !== "2.0") {
    throw badRequest(
      "AuthorizerPayloadFormatVersion is a required parameter for REQUEST authorizer: 1.0 or 2.0",
    );
  }
  if (it.EnableSimpleResponses === true && version !== "2.0") {
    throw badRequest("EnableSimpleResponses is supported only for payload format version 2.0");
  }
  if (ttl !== undefined && (ttl < 0 || ttl > 3600))
    throw badRequest("AuthorizerResultTtlInSeconds must be between 0 and 3600");
  if ((ttl ?? 0) > 0 && (it.IdentitySource?.length ?? 0) === 0) {
    throw badRequest("Identity source must be set if authorizer caching is enabled (TTL is greater than 0)");
  }
}
