/** Properties of a stage: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html */
import { isEmpty, type JsonObject, type JsonValue } from "../../../model/values.ts";
import type { Entry, EntryIssue } from "../../../spec/type-rules.ts";
import { type Facts, optional, required } from "../../facts.ts";
import { objectOf } from "../../live-values.ts";
import * as z from "zod";
import {
  arnText,
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  tags,
  text,
  wholeNumber,
} from "../../schema.ts";

/** True for a stage that is to stay on the deployment the spec names. */
function isPinned({ AutoDeploy, DeploymentId }: JsonObject): boolean {
  return AutoDeploy !== true && !isEmpty(DeploymentId);
}

/** Log groups are written with and without `:*`; API Gateway answers without. */
function plainGroupArn(value: JsonValue): JsonValue {
  return typeof value === "string" ? value.replace(/:\*$/, "") : value;
}

/** HTTP APIs have no execution logs: `OFF` and `false` say nothing there. */
const WEBSOCKET_ONLY = {
  ignored: (_given, { parent }, value) =>
    parent.ProtocolType !== "WEBSOCKET" && (isEmpty(value) || value === "OFF" || value === false),
} satisfies Facts;

/** AWS refuses access logs without a destination or a format. */
export function checkStage({ properties: given, dependencies }: Entry): readonly EntryIssue[] {
  const { DestinationArn, Format } = objectOf(given.AccessLogSettings);
  const group = (dependencies.logGroup?.length ?? 0) > 0;
  if (isEmpty(given.AccessLogSettings) && !group) return [];
  const found: EntryIssue[] = [];
  if (isEmpty(Format))
    found.push({
      path: "AccessLogSettings.Format",
      message: "access logs need a Format",
      hint: 'For example "$context.requestId $context.routeKey $context.status".',
    });
  if (isEmpty(DestinationArn) && !group)
    found.push({
      path: "AccessLogSettings.DestinationArn",
      message: "access logs need a DestinationArn",
      hint: "Or name the log group as dependencies.logGroup.",
    });
  return found;
}

/** @param throttle what is known of the two throttling limits */
const routeSettings = (throttle: Facts) =>
  properties({
    DetailedMetricsEnabled: optional(flag(), "Metrics per route.", { default: false }),
    ThrottlingBurstLimit: optional(wholeNumber(0), "Concurrent requests. 0 blocks all requests.", {
      ...throttle,
      defaultWords: "the account's limit",
    }),
    ThrottlingRateLimit: optional(z.number().min(0), "Requests a second. 0 blocks all requests.", {
      ...throttle,
      defaultWords: "the account's limit",
    }),
    LoggingLevel: optional(enumText("ERROR", "INFO", "OFF"), "WEBSOCKET only.", {
      ...WEBSOCKET_ONLY,
      default: "OFF",
    }),
    DataTraceEnabled: optional(flag(), "Logs whole messages. WEBSOCKET only.", {
      ...WEBSOCKET_ONLY,
      default: false,
    }),
  });

/**
 * One line of at most 3 KB, as the quotas say; the service model says 1024.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const logFormat = patternText(/^[^\r\n]{0,3072}$/, "one line of at most 3072 characters");

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
    "Serves every change at once. Without it Gatewright deploys after each apply that changes it.",
    { default: false, tells: (value) => (value === true ? "deploys by itself" : undefined) },
  ),
  Description: optional(
    limitedText(1024),
    "Description of the stage. It can be changed, but AWS has no way to remove it.",
    // UpdateStage ignores an empty one, unlike UpdateApi and UpdateIntegration.
    { clear: "cannot" },
  ),
  AccessLogSettings: optional(
    properties({
      DestinationArn: optional(arnText(["logs", "firehose"]), "Log group or Firehose stream.", {
        defaultWords: "from the dependency logGroup",
        spelling: plainGroupArn,
      }),
      Format: optional(logFormat, "One line with `$context` variables, including `$context.requestId`."),
    }),
    "Access logs.",
    { defaultWords: "none", clear: "own call" },
  ),
  DefaultRouteSettings: optional(
    // No call takes a throttling limit back from the default settings, not even one without them (pulumi-aws issue
    // 2363, Terraform's 14742): only a new stage is without.
    routeSettings({ clear: "replace" }),
    "Settings of every route. A throttling limit can be changed, but removing it replaces the stage.",
    { default: () => ({}) },
  ),
  RouteSettings: optional(
    z.record(z.string(), routeSettings({})),
    "Settings by route key; the routes must exist.",
    { clear: "own call", mapOfObjects: true },
  ),
  StageVariables: optional(
    z.record(
      patternText(/^\w+$/, "a variable's name: letters, digits and _"),
      patternText(
        /^[A-Za-z0-9\-._~:/?#&=,]{0,512}$/,
        "a stage variable's value: letters, digits and - . _ ~ : / ? # & = , (at most 512)",
      ),
    ),
    "Variables that integrations can use in URIs and mappings.",
    { clear: "by key" },
  ),
  ClientCertificateId: optional(text(), "WEBSOCKET only. Certificate that is sent to the backend."),
  DeploymentId: optional(text(), "Without AutoDeploy: a deployment to keep.", {
    defaultWords: "the newest, which Gatewright creates",
    // Else it follows from what is deployed.
    ignored: (_given, { wanted }) => !isPinned(wanted),
  }),
  Tags: tags(),
});
