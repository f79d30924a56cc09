/** Properties of a stage: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
import * as z from "zod";
import { enumText, flag, patternText, properties, tagMap, text, wholeNumber } from "../../schema.ts";

const routeSettings = properties({
  DetailedMetricsEnabled: flag().optional().describe("Metrics per route. Default: false."),
  ThrottlingBurstLimit: wholeNumber(0)
    .optional()
    .describe("Concurrent requests. Default: the account's limit. 0 blocks all requests."),
  ThrottlingRateLimit: z
    .number()
    .min(0)
    .optional()
    .describe("Requests a second. Default: the account's limit. 0 blocks all requests."),
  LoggingLevel: enumText("ERROR", "INFO", "OFF").optional().describe("WEBSOCKET only. Default: OFF."),
  DataTraceEnabled: flag().optional().describe("Logs whole messages. WEBSOCKET only. Default: false."),
});

export const stageSchema = properties({
  StageName: patternText(
    /^([\w-]{1,128}|\$default)$/,
    'a stage\'s name: "$default" (HTTP), or letters, digits, _ and (HTTP) -, at most 128',
  ).describe("Name of the stage, the first part of its path; `$default` is served without a path."),
  AutoDeploy: flag()
    .optional()
    .describe(
      "Serves every change at once. Default: false; then Gatewright deploys after each apply that changes it.",
    ),
  Description: text().optional().describe("Description of the stage."),
  AccessLogSettings: properties({
    DestinationArn: text()
      .optional()
      .describe("Log group or Firehose stream. Default: from the dependency logGroup."),
    Format: text().optional().describe("One line with `$context` variables, including `$context.requestId`."),
  })
    .optional()
    .describe("Access logs. Default: none."),
  DefaultRouteSettings: routeSettings
    .optional()
    .describe(
      "Settings of every route. A throttling limit can be changed, but removing it replaces the stage.",
    ),
  RouteSettings: z
    .record(z.string(), routeSettings)
    .optional()
    .describe("Settings by route key; the routes must exist."),
  StageVariables: z
    .record(
      patternText(/^\w+$/, "a variable's name: letters, digits and _"),
      patternText(
        /^[A-Za-z0-9\-._~:/?#&=,]*$/,
        "a stage variable's value: letters, digits and - . _ ~ : / ? # & = ,",
      ),
    )
    .optional()
    .describe("Variables that integrations can use in URIs and mappings."),
  ClientCertificateId: text().optional().describe("WEBSOCKET only. Certificate that is sent to the backend."),
  DeploymentId: text()
    .optional()
    .describe("Without AutoDeploy: a deployment to keep. Default: the newest, which Gatewright creates."),
  Tags: tagMap().optional(),
});
