/** Properties of a stage: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
import { optional, required } from "../../facts.ts";
import * as z from "zod";
import { enumText, flag, patternText, properties, tagMap, text, wholeNumber } from "../../schema.ts";

const routeSettings = properties({
  DetailedMetricsEnabled: optional(flag(), "Metrics per route. Default: false."),
  ThrottlingBurstLimit: optional(
    wholeNumber(0),
    "Concurrent requests. Default: the account's limit. 0 blocks all requests.",
  ),
  ThrottlingRateLimit: optional(
    z.number().min(0),
    "Requests a second. Default: the account's limit. 0 blocks all requests.",
  ),
  LoggingLevel: optional(enumText("ERROR", "INFO", "OFF"), "WEBSOCKET only. Default: OFF."),
  DataTraceEnabled: optional(flag(), "Logs whole messages. WEBSOCKET only. Default: false."),
});

export const stageSchema = properties({
  StageName: required(
    patternText(
      /^([\w-]{1,128}|\$default)$/,
      'a stage\'s name: "$default" (HTTP), or letters, digits, _ and (HTTP) -, at most 128',
    ),
    "Name of the stage, the first part of its path; `$default` is served without a path.",
    { createOnly: true },
  ),
  AutoDeploy: optional(
    flag(),
    "Serves every change at once. Default: false; then Gatewright deploys after each apply that changes it.",
  ),
  Description: optional(text(), "Description of the stage."),
  AccessLogSettings: optional(
    properties({
      DestinationArn: optional(
        text(),
        "Log group or Firehose stream. Default: from the dependency logGroup.",
      ),
      Format: optional(text(), "One line with `$context` variables, including `$context.requestId`."),
    }),
    "Access logs. Default: none.",
  ),
  DefaultRouteSettings: optional(
    routeSettings,
    "Settings of every route. A throttling limit can be changed, but removing it replaces the stage.",
  ),
  RouteSettings: optional(
    z.record(z.string(), routeSettings),
    "Settings by route key; the routes must exist.",
  ),
  StageVariables: optional(
    z.record(
      patternText(/^\w+$/, "a variable's name: letters, digits and _"),
      patternText(
        /^[A-Za-z0-9\-._~:/?#&=,]*$/,
        "a stage variable's value: letters, digits and - . _ ~ : / ? # & = ,",
      ),
    ),
    "Variables that integrations can use in URIs and mappings.",
  ),
  ClientCertificateId: optional(text(), "WEBSOCKET only. Certificate that is sent to the backend."),
  DeploymentId: optional(
    text(),
    "Without AutoDeploy: a deployment to keep. Default: the newest, which Gatewright creates.",
  ),
  Tags: tagMap().optional(),
});
