import type { Integration } from "@aws-sdk/client-apigatewayv2";
import { compact, conflict, merge, mergeMap } from "./common.ts";
import { checkIntegration } from "./integration-rules.ts";
import { type ApiPlace, inApi } from "./resource.ts";
import { refuse } from "./rules.ts";
import { checkParameters } from "./integration-subtypes.ts";
import { routesThat } from "./users.ts";

// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
const STATUS_CODE = "${integration.response.statuscode}";
// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
const LAMBDA_ERROR = "${integration.response.body.errorMessage}";

/** Only WEBSOCKET integrations that are no proxies choose among responses. */
function selection(it: Integration, http: boolean): string | undefined {
  if (http || it.IntegrationType?.endsWith("_PROXY") === true) return undefined;
  return it.IntegrationType === "AWS" ? LAMBDA_ERROR : STATUS_CODE;
}

const filled = <T extends object>(map: T | undefined): T | undefined =>
  map === undefined || Object.keys(map).length === 0 ? undefined : map;

/** What AWS fills in. PassthroughBehavior exists for WEBSOCKET only: for HTTP it is taken and forgotten. */
function complete(it: Integration, { http }: ApiPlace): Integration {
  const lambda = it.IntegrationType === "AWS_PROXY" || it.IntegrationType === "AWS";
  const service = it.IntegrationSubtype !== undefined;
  return {
    ...it,
    ConnectionType: it.ConnectionType ?? "INTERNET",
    IntegrationMethod: it.IntegrationMethod ?? (lambda && !service ? "POST" : undefined),
    IntegrationResponseSelectionExpression: selection(it, http),
    PassthroughBehavior: http ? undefined : (it.PassthroughBehavior ?? "WHEN_NO_MATCH"),
    PayloadFormatVersion:
      it.PayloadFormatVersion ?? (http && it.IntegrationType === "AWS_PROXY" && !service ? undefined : "1.0"),
    RequestParameters: filled(it.RequestParameters),
    RequestTemplates: filled(it.RequestTemplates),
    ResponseParameters: filled(it.ResponseParameters),
    TimeoutInMillis: it.TimeoutInMillis ?? (http ? 30_000 : 29_000),
    // Without a VPC link it is taken and forgotten.
    TlsConfig:
      it.ConnectionType === "VPC_LINK" && it.TlsConfig?.ServerNameToVerify ? it.TlsConfig : undefined,
  };
}

/** Merges what is sent into what there is; see BEHAVIOURS.md for how each member is cleared. */
function merged(sent: Integration, _at: ApiPlace, before: Integration | undefined): Integration {
  const ResponseParameters = responsesAfter(before?.ResponseParameters, sent.ResponseParameters);
  if (before === undefined) {
    return {
      ...sent,
      ResponseParameters,
      CredentialsArn: sent.CredentialsArn === "" ? undefined : sent.CredentialsArn,
      Description: sent.Description === "" ? undefined : sent.Description,
    };
  }
  const next = merge(before, sent);
  return compact({
    ...next,
    RequestParameters: parametersAfter(next, before, sent.RequestParameters),
    ResponseParameters,
  });
}

/**
 * Without a subtype the map is merged key by key and "" removes. With one, what is sent must name every
 * required parameter again (sending nothing counts as an empty map), "" is refused, and a parameter that is
 * left out stays: it cannot be removed in place.
 */
function parametersAfter(
  next: Integration,
  before: Integration,
  sent: Record<string, string> | undefined,
): Record<string, string> | undefined {
  if (next.IntegrationSubtype !== undefined) {
    checkParameters(next.IntegrationSubtype, sent ?? {});
    return { ...before.RequestParameters, ...sent };
  }
  return mergeMap(before.RequestParameters, sent);
}

/** Merged by status code; an empty map removes the status code. */
function responsesAfter(
  before: Integration["ResponseParameters"],
  sent: Integration["ResponseParameters"],
): Integration["ResponseParameters"] {
  const next = { ...before };
  for (const [status, mappings] of Object.entries(sent ?? {})) {
    if (Object.keys(mappings).length === 0) delete next[status];
    else next[status] = mappings;
  }
  return filled(next);
}

/** Integrations. */
export const integrations = inApi<Integration>({
  noun: "Integration",
  store: ({ api }) => api.integrations,
  id: 7,
  quota: ["integrationsPerApi", "Integrations"],
  notEmpty: [
    "ConnectionId",
    "IntegrationMethod",
    "IntegrationSubtype",
    "IntegrationUri",
    "PayloadFormatVersion",
    "TemplateSelectionExpression",
  ],
  sentRules: [
    refuse(
      (it, _at, before) => (it.IntegrationType ?? before?.IntegrationType) === undefined,
      "IntegrationType is required",
    ),
    // Without its subtype an update is taken for one of a function's integration.
    refuse(
      (it, _at, before) =>
        before?.IntegrationSubtype !== undefined &&
        it.IntegrationSubtype === undefined &&
        (it.IntegrationType ?? "AWS_PROXY") === "AWS_PROXY",
      "Invalid integration URI specified",
    ),
  ],
  merged,
  complete,
  rules: [(it, { api }) => checkIntegration(api, it)],
  removal: [
    refuse(
      (it) => it.ApiGatewayManaged === true,
      "An integration that is managed by API Gateway cannot be deleted",
    ),
    routesThat(
      (route, it) => route.Target === `integrations/${it.IntegrationId}`,
      (routes) =>
        conflict(
          `Cannot delete Integration because it is referenced by the following Routes with Ids: [${routes}]`,
        ),
    ),
  ],
});
