import type { Integration } from "@aws-sdk/client-apigatewayv2";
import type { ApiRecord } from "../state.ts";
import { badRequest, checkEnum, checkLength, isHttp, isRole, refuse } from "./common.ts";
import { checkMappings, checkResponseParameters } from "./integration-mappings.ts";
import { checkSubtype } from "./integration-subtypes.ts";

const METHODS = ["ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const WEBSOCKET_ONLY = [
  "ContentHandlingStrategy",
  "RequestTemplates",
  "TemplateSelectionExpression",
] as const;
const HTTP_ONLY = ["IntegrationSubtype", "ResponseParameters", "TlsConfig"] as const;

/** Checks an integration as it would be after the write. */
export function checkIntegration(record: ApiRecord, it: Integration): void {
  const http = isHttp(record);
  const types = http ? ["AWS_PROXY", "HTTP_PROXY"] : ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"];
  checkEnum("integrationType", it.IntegrationType, ["AWS", "HTTP", "MOCK", "HTTP_PROXY", "AWS_PROXY"]);
  if (!types.includes(it.IntegrationType ?? "")) {
    throw badRequest(
      "Currently, an API with a protocol type of HTTP may only be associated with proxy integrations (AWS_PROXY, HTTP_PROXY)",
    );
  }
  checkEnum("connectionType", it.ConnectionType, ["INTERNET", "VPC_LINK"]);
  checkEnum("passthroughBehavior", it.PassthroughBehavior, ["WHEN_NO_MATCH", "NEVER", "WHEN_NO_TEMPLATES"]);
  checkEnum("contentHandlingStrategy", it.ContentHandlingStrategy, ["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"]);
  checkLength("description", it.Description, 1024);
  checkLength("integrationUri", it.IntegrationUri, 2048);
  checkMethod(it);
  checkTimeout(it.TimeoutInMillis, http ? 30_000 : 29_000);
  checkCredentials(it.CredentialsArn, http);
  const kind = http ? "HTTP" : "WEBSOCKET";
  refuse(it, http ? WEBSOCKET_ONLY : HTTP_ONLY, (member) => `${member} is not supported for ${kind} APIs`);
  if (it.IntegrationSubtype !== undefined) checkSubtype(it);
  else checkTarget(it, http);
  checkPayload(it, http);
  checkConnection(it, http);
  if (it.IntegrationSubtype === undefined) checkMappings(it.RequestParameters, http);
  checkResponseParameters(it.ResponseParameters);
}

function checkMethod(it: Integration): void {
  const method = it.IntegrationMethod;
  if (method !== undefined && !METHODS.includes(method))
    throw badRequest(`Invalid HTTP method specified: ${method}`);
  if (method === undefined && (it.IntegrationType === "HTTP_PROXY" || it.IntegrationType === "HTTP")) {
    throw badRequest(`HttpMethod is required for integration type ${it.IntegrationType}`);
  }
}

function checkTimeout(timeout: number | undefined, max: number): void {
  if (timeout === undefined || (Number.isInteger(timeout) && timeout >= 50 && timeout <= max)) return;
  throw badRequest(`Timeout should be between 50 ms and ${max} ms`);
}

/** The caller's own credentials exist for WEBSOCKET only. */
function checkCredentials(arn: string | undefined, http: boolean): void {
  if (arn === undefined || isRole(arn) || (!http && /^arn:[\w-]+:iam::\*:user\/\*$/.test(arn))) return;
  throw badRequest("Invalid role ARN");
}

function checkTarget(it: Integration, http: boolean): void {
  const uri = it.IntegrationUri;
  if (it.IntegrationType === "MOCK") {
    if (uri === undefined) return;
    throw badRequest("Integration URI is not supported for MOCK integrations");
  }
  if (uri === undefined || uri === "")
    throw badRequest("IntegrationUri is required for this integration type");
  if (http && it.ConnectionType === "VPC_LINK") {
    if (/^arn:[\w-]+:(elasticloadbalancing|servicediscovery):/.test(uri)) return;
    throw badRequest(
      "For VpcLink VPC_LINK, integration uri should be a valid ELB listener ARN or a valid Cloud Map service ARN.",
    );
  }
  if (it.IntegrationType === "HTTP_PROXY" || it.IntegrationType === "HTTP") {
    if (!/^https?:\/\/[^\s/]+/.test(uri)) throw badRequest(`Invalid HTTP endpoint specified for URI: ${uri}`);
    return;
  }
  const lambda = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:/.test(uri);
  const path = /^arn:[\w-]+:apigateway:[\w-]+:[\w.-]+:(path|action)\//.test(uri);
  if (http && it.IntegrationType === "AWS_PROXY" && (lambda || /:lambda:path\//.test(uri))) return;
  if (!http && (path || lambda)) return;
  throw badRequest(`Invalid ARN specified in the request: ${uri}`);
}

function checkPayload(it: Integration, http: boolean): void {
  const version = it.PayloadFormatVersion;
  const lambda = http && it.IntegrationType === "AWS_PROXY" && it.IntegrationSubtype === undefined;
  if (lambda && version === undefined) {
    throw badRequest(
      "PayloadFormatVersion is a required parameter for integration type AWS_PROXY without IntegrationSubtype",
    );
  }
  const allowed = lambda ? ["1.0", "2.0"] : ["1.0"];
  if (version !== undefined && !allowed.includes(version)) {
    throw badRequest(`Invalid payload format version ${version}: supported are ${allowed.join(", ")}`);
  }
}

function checkConnection(it: Integration, http: boolean): void {
  if (it.ConnectionType === "VPC_LINK") {
    if (http && it.IntegrationType !== "HTTP_PROXY")
      throw badRequest("VPC_LINK is supported only for HTTP_PROXY integrations");
    if (it.ConnectionId === undefined)
      throw badRequest("ConnectionId is required for connection type VPC_LINK");
    return;
  }
  if (it.ConnectionId !== undefined)
    throw badRequest("ConnectionId is supported only with connection type VPC_LINK");
}
