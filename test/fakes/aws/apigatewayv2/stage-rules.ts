import type { RouteSettings } from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import type { ApiRecord } from "../state.ts";
import { badRequest, checkEnum, checkLength, isHttp, notFound } from "./common.ts";

export interface StageToCheck {
  StageName?: string | undefined;
  Description?: string | undefined;
  AccessLogSettings?: { DestinationArn?: string | undefined; Format?: string | undefined } | undefined;
  DefaultRouteSettings?: RouteSettings | undefined;
  RouteSettings?: Record<string, RouteSettings> | undefined;
  StageVariables?: Record<string, string> | undefined;
  ClientCertificateId?: string | undefined;
}

/** What CreateStage and UpdateStage refuse alike. */
export function checkStage(ctx: Ctx, record: ApiRecord, input: StageToCheck): void {
  const http = isHttp(record);
  const name = input.StageName ?? "";
  const valid = http ? /^([\w-]{1,128}|\$default)$/ : /^\w{1,128}$/;
  if (!valid.test(name)) {
    throw badRequest(`Invalid stage name ${name}: only a-z, A-Z, 0-9, _${http ? ", - or $default" : ""}`);
  }
  checkLength("description", input.Description, 1024);
  if (http && input.ClientCertificateId)
    throw badRequest("ClientCertificateId is not supported for HTTP APIs");
  checkLogs(ctx, input.AccessLogSettings);
  checkSettings(input.DefaultRouteSettings, http);
  checkLogsRole(ctx, input, http);
  for (const settings of Object.values(input.RouteSettings ?? {})) checkSettings(settings, http);
  for (const [key, value] of Object.entries(input.StageVariables ?? {})) {
    if (!/^\w+$/.test(key)) throw badRequest(`Invalid stage variable name: ${key}`);
    if (!/^[A-Za-z0-9\-._~:/?#&=,]*$/.test(value)) {
      throw badRequest(
        `Invalid stage variable value: ${value}. Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.`,
      );
    }
  }
}

/** Settings that have outlived their route make every update fail, also one that does not name them. */
export function checkSettingsRoutes(record: ApiRecord, stage: Pick<StageToCheck, "RouteSettings">): void {
  const keys = new Set([...record.routes.values()].map((route) => route.RouteKey));
  for (const key of Object.keys(stage.RouteSettings ?? {})) if (!keys.has(key)) throw missingRoute(key);
}

const missingRoute = (key: string): Error => {
  const error = notFound("route");
  error.message = `Unable to find Route by key ${key} within the provided RouteSettings`;
  return error;
};

function checkLogs(
  ctx: Ctx,
  logs: { DestinationArn?: string | undefined; Format?: string | undefined } | undefined,
): void {
  const arn = logs?.DestinationArn;
  if (!arn) return;
  const match = /^arn:[\w-]+:(logs|firehose):([\w-]+):(\d{12}):(log-group|deliverystream)[:/](.+)$/.exec(arn);
  if (match?.[5] === undefined) throw badRequest(`Invalid ARN specified in the request: ${arn}`);
  if (match[1] === "logs" && !ctx.region.logGroups.has(match[5].replace(/:\*$/, ""))) {
    throw badRequest(`The specified log group ${match[5]} does not exist`);
  }
}

/** WEBSOCKET stages log with the account's role; HTTP stages need none. */
function checkLogsRole(ctx: Ctx, input: StageToCheck, http: boolean): void {
  const level = input.DefaultRouteSettings?.LoggingLevel ?? "OFF";
  const logs = input.AccessLogSettings?.DestinationArn !== undefined || level !== "OFF";
  if (!http && logs && !ctx.accountLogsRole) {
    throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
  }
}

function checkSettings(settings: RouteSettings | undefined, http: boolean): void {
  if (settings === undefined) return;
  checkEnum("loggingLevel", settings.LoggingLevel, ["ERROR", "INFO", "OFF"]);
  // Even OFF is refused: the member does not exist for HTTP APIs.
  if (http && (settings.DataTraceEnabled === true || settings.LoggingLevel !== undefined)) {
    throw badRequest("Execution logs are not supported on protocolType HTTP");
  }
  const burst = settings.ThrottlingBurstLimit ?? 0;
  const rate = settings.ThrottlingRateLimit ?? 0;
  if (burst < 0 || rate < 0) throw badRequest("Throttling limits must not be negative");
}

/** Merges route settings member by member and fills in the defaults of the protocol. */
export function settingsAfter(
  before: RouteSettings | undefined,
  sent: RouteSettings,
  http: boolean,
): RouteSettings {
  const base: RouteSettings = http
    ? { DetailedMetricsEnabled: false }
    : { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: "OFF" };
  const next = { ...base, ...before, ...sent };
  if (http) delete next.DataTraceEnabled;
  return next;
}
