import type {
  CreateIntegrationRequest,
  CreateIntegrationResult,
  DeleteIntegrationRequest,
  GetIntegrationRequest,
  GetIntegrationResult,
  GetIntegrationsRequest,
  GetIntegrationsResponse,
  Integration,
  UpdateIntegrationRequest,
  UpdateIntegrationResult,
} from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { type ApiRecord, need } from "../state.ts";
import { autoDeploy } from "./auto-deploy.ts";
import {
  badRequest,
  compact,
  conflict,
  isHttp,
  limitReached,
  listPage,
  merge,
  mergeMap,
  needApi,
  notFound,
} from "./common.ts";
import { checkIntegration } from "./integration-rules.ts";
import { checkParameters } from "./subtypes.ts";

const needIntegration = (record: ApiRecord, id: string | undefined): Integration =>
  need(record.integrations.get(id ?? ""), () => notFound("Integration", id));

/** Texts that CreateIntegration refuses when they are empty. */
const NOT_EMPTY = [
  "ConnectionId",
  "CredentialsArn",
  "IntegrationMethod",
  "IntegrationSubtype",
  "IntegrationUri",
  "PayloadFormatVersion",
  "TemplateSelectionExpression",
] as const;

// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
const STATUS_CODE = "${integration.response.statuscode}";
// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
const LAMBDA_ERROR = "${integration.response.body.errorMessage}";

/** Only WEBSOCKET integrations that are no proxies choose among responses. */
function selection(it: Integration, http: boolean): string | undefined {
  if (http || it.IntegrationType?.endsWith("_PROXY") === true) return undefined;
  return it.IntegrationType === "AWS" ? LAMBDA_ERROR : STATUS_CODE;
}

/** What AWS fills in. PassthroughBehavior exists for WEBSOCKET only: for HTTP it is taken and forgotten. */
function defaults(it: Integration, http: boolean): Integration {
  const lambda = it.IntegrationType === "AWS_PROXY" || it.IntegrationType === "AWS";
  const service = it.IntegrationSubtype !== undefined;
  return compact({
    ...it,
    ConnectionType: it.ConnectionType ?? "INTERNET",
    IntegrationMethod: it.IntegrationMethod ?? (lambda && !service ? "POST" : undefined),
    IntegrationResponseSelectionExpression: selection(it, http),
    PassthroughBehavior: http ? undefined : (it.PassthroughBehavior ?? "WHEN_NO_MATCH"),
    PayloadFormatVersion:
      it.PayloadFormatVersion ?? (http && it.IntegrationType === "AWS_PROXY" && !service ? undefined : "1.0"),
    TimeoutInMillis: it.TimeoutInMillis ?? (http ? 30_000 : 29_000),
  });
}

export function createIntegration(ctx: Ctx, input: CreateIntegrationRequest): CreateIntegrationResult {
  const record = needApi(ctx, input.ApiId);
  for (const member of NOT_EMPTY) {
    if (input[member] === "") throw badRequest(`Invalid ${member}: must not be empty`);
  }
  const { ApiId: _api, Description, TlsConfig, ...fields } = input;
  const integration = defaults(
    compact<Integration>({
      ...fields,
      Description: Description === "" ? undefined : Description,
      ResponseParameters: responsesAfter(undefined, input.ResponseParameters),
      TlsConfig: TlsConfig?.ServerNameToVerify === undefined ? undefined : TlsConfig,
    }),
    isHttp(record),
  );
  dropEmptyMaps(integration);
  checkIntegration(record, integration);
  if (record.integrations.size >= ctx.quotas.integrationsPerApi) {
    throw limitReached("Integrations");
  }
  integration.IntegrationId = ctx.ids.lower(7);
  record.integrations.set(integration.IntegrationId, integration);
  autoDeploy(ctx, record);
  return integration;
}

function dropEmptyMaps(it: Integration): void {
  for (const member of ["RequestParameters", "RequestTemplates", "ResponseParameters"] as const) {
    if (it[member] !== undefined && Object.keys(it[member]).length === 0) delete it[member];
  }
}

export function getIntegration(ctx: Ctx, input: GetIntegrationRequest): GetIntegrationResult {
  return needIntegration(needApi(ctx, input.ApiId), input.IntegrationId);
}

export function getIntegrations(ctx: Ctx, input: GetIntegrationsRequest): GetIntegrationsResponse {
  return listPage(ctx, [...needApi(ctx, input.ApiId).integrations.values()], input);
}

/** Merges what is sent into what there is; see BEHAVIOURS.md for how each member is cleared. */
export function updateIntegration(ctx: Ctx, input: UpdateIntegrationRequest): UpdateIntegrationResult {
  const record = needApi(ctx, input.ApiId);
  const before = needIntegration(record, input.IntegrationId);
  const http = isHttp(record);
  if (input.IntegrationType === undefined) throw badRequest("IntegrationType is required");
  if (
    before.IntegrationSubtype !== undefined &&
    input.IntegrationSubtype === undefined &&
    input.IntegrationType === "AWS_PROXY"
  ) {
    throw badRequest("IntegrationSubtype is required to update an integration that has one");
  }
  const {
    ApiId: _api,
    IntegrationId: _id,
    RequestParameters,
    RequestTemplates,
    ResponseParameters,
    TlsConfig,
    ...texts
  } = input;
  const merged = merge<Integration>(before, texts);
  const next: Integration = compact({
    ...merged,
    RequestParameters: parametersAfter(merged, before, RequestParameters),
    RequestTemplates: RequestTemplates === undefined ? before.RequestTemplates : RequestTemplates,
    ResponseParameters: responsesAfter(before.ResponseParameters, ResponseParameters),
    TlsConfig:
      TlsConfig === undefined ? before.TlsConfig : TlsConfig.ServerNameToVerify ? TlsConfig : undefined,
  });
  const complete = defaults(next, http);
  dropEmptyMaps(complete);
  checkIntegration(record, complete);
  record.integrations.set(before.IntegrationId ?? "", complete);
  autoDeploy(ctx, record);
  return complete;
}

/**
 * Without a subtype the map is merged key by key and "" removes. With one, what is sent must name every
 * required parameter again (sending nothing counts as an empty map), "" is refused, and a parameter that is
 * left out stays: it cannot be removed in place.
 */
function parametersAfter(
  merged: Integration,
  before: Integration,
  sent: Record<string, string> | undefined,
): Record<string, string> | undefined {
  if (merged.IntegrationSubtype !== undefined) {
    checkParameters(merged.IntegrationSubtype, sent ?? {});
    return { ...before.RequestParameters, ...sent };
  }
  return mergeMap(before.RequestParameters, sent);
}

/** Merged by status code; an empty map removes the status code. */
function responsesAfter(
  before: Integration["ResponseParameters"],
  sent: Integration["ResponseParameters"],
): Integration["ResponseParameters"] {
  if (sent === undefined) return before;
  const next = { ...before };
  for (const [status, mappings] of Object.entries(sent)) {
    if (Object.keys(mappings).length === 0) delete next[status];
    else next[status] = mappings;
  }
  return Object.keys(next).length === 0 ? undefined : next;
}

/** Not while a route targets it, and never the quick-created one. */
export function deleteIntegration(ctx: Ctx, input: DeleteIntegrationRequest): void {
  const record = needApi(ctx, input.ApiId);
  const id = needIntegration(record, input.IntegrationId).IntegrationId ?? "";
  if (record.integrations.get(id)?.ApiGatewayManaged === true) {
    throw badRequest("An integration that is managed by API Gateway cannot be deleted");
  }
  const users = [...record.routes.values()].filter((route) => route.Target === `integrations/${id}`);
  if (users.length > 0) {
    const names = users.map((route) => route.RouteId).join(", ");
    throw conflict(
      `Cannot delete Integration because it is referenced by the following Routes with Ids: [${names}]`,
    );
  }
  record.integrations.delete(id);
  autoDeploy(ctx, record);
}
