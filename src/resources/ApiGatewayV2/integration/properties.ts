/** Properties of an integration: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
import { isEmpty, type JsonObject } from "../../../model/values.ts";
import { type Around, optional, required } from "../../facts.ts";
import * as z from "zod";
import {
  enumText,
  limitedText,
  patternText,
  properties,
  roleText,
  text,
  textMap,
  wholeNumber,
} from "../../schema.ts";
import type { Entry, EntryIssue } from "../../../spec/type-rules.ts";
import { plainFunctionUri } from "../function-uri.ts";
import { TARGET_KEYS } from "./target.ts";
import { TIMEOUT } from "./timeout.ts";
import { own } from "../../../model/own.ts";

const SUBTYPES = [
  "AppConfig-GetConfiguration",
  "EventBridge-PutEvents",
  "Kinesis-PutRecord",
  "SQS-SendMessage",
  "SQS-ReceiveMessage",
  "SQS-DeleteMessage",
  "SQS-PurgeQueue",
  "StepFunctions-StartExecution",
  "StepFunctions-StartSyncExecution",
  "StepFunctions-StopExecution",
] as const;

/** HTTP unless its Api says otherwise: defaults differ. */
function isHttp({ parent }: Around): boolean {
  return parent.ProtocolType !== "WEBSOCKET";
}

/** True for integrations whose parameters are an action's. */
export function isService({ IntegrationSubtype }: JsonObject): boolean {
  return !isEmpty(IntegrationSubtype);
}

function presetMethod(given: JsonObject): string | undefined {
  const { IntegrationType } = given;
  if (IntegrationType === "HTTP_PROXY") return "ANY";
  const invokes = IntegrationType === "AWS" || IntegrationType === "AWS_PROXY";
  return invokes && !isService(given) ? "POST" : undefined;
}

export const integrationProperties = properties({
  IntegrationType: required(
    enumText("AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"),
    "AWS_PROXY: a Lambda function, or with IntegrationSubtype another service. HTTP_PROXY: a URL or a private endpoint. AWS, HTTP and MOCK: WEBSOCKET only.",
  ),
  IntegrationSubtype: optional(
    enumText(...SUBTYPES),
    "The AWS service and action that an HTTP API calls. RequestParameters are then the action's parameters.",
    { tells: "text" },
  ),
  IntegrationUri: optional(
    limitedText(2048, 1),
    "Function, URL or listener.",
    // The plain ARN and API Gateway's form mean the same function.
    {
      defaultWords: "from the dependency lambdaFunction or listener",
      spelling: plainFunctionUri,
      tells: "target",
    },
  ),
  IntegrationMethod: optional(
    enumText("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"),
    "HTTP method of the request to the backend.",
    { default: presetMethod, defaultWords: "POST for Lambda and AWS, ANY for HTTP_PROXY" },
  ),
  PayloadFormatVersion: optional(enumText("1.0", "2.0"), "Format of the event.", {
    // Required for Lambda on HTTP APIs; AWS's console fills in 2.0.
    default: (given, around) =>
      isHttp(around) && given.IntegrationType === "AWS_PROXY" && !isService(given) ? "2.0" : "1.0",
    defaultWords: "2.0 for Lambda on HTTP APIs, else 1.0, the only one there",
  }),
  TimeoutInMillis: optional(
    wholeNumber(50, 30_000),
    "Milliseconds, 50 to 30000 (HTTP) or 29000 (WEBSOCKET).",
    {
      default: (_given, around) => TIMEOUT[isHttp(around) ? "HTTP" : "WEBSOCKET"].most,
      defaultWords: "the most",
    },
  ),
  ConnectionType: optional(enumText("INTERNET", "VPC_LINK"), "How the backend is reached.", {
    default: "INTERNET",
    defaultWords: "VPC_LINK with the dependency vpcLink, else INTERNET",
  }),
  ConnectionId: optional(limitedText(1024, 1), "Id of the VPC link.", {
    defaultWords: "from the dependency vpcLink",
  }),
  CredentialsArn: optional(
    roleText(),
    "Role that API Gateway assumes, or on WEBSOCKET APIs `arn:aws:iam::*:user/*` for the caller's.",
    { defaultWords: "from the dependency role, else the target's own policy decides" },
  ),
  Description: optional(limitedText(1024), "Description of the integration."),
  RequestParameters: optional(
    textMap(limitedText(512, 1)),
    "HTTP: changes to the request, such as `append:header.x`. With IntegrationSubtype: the action's parameters; removing one replaces the integration. WEBSOCKET: `integration.request.…`.",
    { clear: "by key" },
  ),
  ResponseParameters: optional(
    z.record(patternText(/^[2-5]\d\d$/, "a status code from 200 to 599"), textMap(limitedText(512, 1))),
    "HTTP only. Changes to the response by status code, such as `append:header.x`.",
  ),
  TlsConfig: optional(
    properties({
      ServerNameToVerify: optional(limitedText(512, 1), "Name that the backend's certificate must have."),
    }),
    "TLS to a private endpoint, through a VPC link. HTTP only.",
    // Without a link, AWS accepts it and does not keep it.
    { ignored: ({ ConnectionType }) => ConnectionType !== "VPC_LINK" },
  ),
  ContentHandlingStrategy: optional(
    enumText("CONVERT_TO_BINARY", "CONVERT_TO_TEXT"),
    "WEBSOCKET only. Conversion of the response.",
    { defaultWords: "none" },
  ),
  PassthroughBehavior: optional(
    enumText("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"),
    "WEBSOCKET only. What happens to a message without a template.",
    { default: "WHEN_NO_MATCH", defaultWords: "WHEN_NO_MATCH", ignored: (_given, around) => isHttp(around) },
  ),
  RequestTemplates: optional(
    textMap(limitedText(32_768)),
    "WEBSOCKET only. Velocity templates by content type.",
  ),
  TemplateSelectionExpression: optional(text(), "WEBSOCKET only. How a template is chosen."),
  IntegrationResponseSelectionExpression: optional(
    text(),
    "Only returned by AWS. Accepted so that generated specs load, but not sent.",
    { ignored: true },
  ),
});

/** Rules that depend on the type. */
export function checkIntegration({ properties: given, dependencies }: Entry): readonly EntryIssue[] {
  const has = (key: string): boolean => (own(dependencies, key)?.length ?? 0) > 0;
  const found: EntryIssue[] = [];
  const note = (path: string, message: string, hint?: string): void => {
    found.push({ path, message, ...(hint === undefined ? {} : { hint }) });
  };
  if (given.IntegrationType === "MOCK") {
    const target = [...TARGET_KEYS, "vpcLink"].find(has);
    const hint =
      "It answers by itself. Remove the target, or give the type that calls it: AWS_PROXY, HTTP_PROXY.";
    if (given.IntegrationUri !== undefined)
      note("IntegrationUri", "an integration of type MOCK has no IntegrationUri", hint);
    else if (target !== undefined)
      note(`dependencies.${target}`, "an integration of type MOCK calls nothing", hint);
  }
  if (given.IntegrationSubtype !== undefined) {
    if (given.IntegrationType !== "AWS_PROXY")
      note("IntegrationSubtype", "IntegrationSubtype is only for IntegrationType AWS_PROXY");
    if (given.IntegrationUri !== undefined)
      note("IntegrationUri", "an integration with IntegrationSubtype has no IntegrationUri");
    if (given.CredentialsArn === undefined && !has("role"))
      note(
        "CredentialsArn",
        `IntegrationSubtype ${String(given.IntegrationSubtype)} needs a role`,
        "Name it as dependencies.role, or give CredentialsArn.",
      );
  } else if (given.IntegrationType !== "MOCK" && given.IntegrationUri === undefined) {
    if (!has("lambdaFunction") && !has("lambdaAlias") && !has("listener"))
      note(
        "IntegrationUri",
        `an integration of type ${String(given.IntegrationType)} needs an IntegrationUri`,
        "Or name its target: dependencies.lambdaFunction, dependencies.listener.",
      );
  }
  if (given.IntegrationType === "HTTP" && given.IntegrationMethod === undefined)
    note("IntegrationMethod", "an integration of type HTTP needs an IntegrationMethod");
  if (given.ConnectionType === "VPC_LINK" && given.ConnectionId === undefined && !has("vpcLink"))
    note("ConnectionId", "ConnectionType VPC_LINK needs a ConnectionId", "Or name dependencies.vpcLink.");
  return found;
}
