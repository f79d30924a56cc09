/**
 * AWS's fixed quotas, checked before anything is made:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
import { GatewrightError } from "../model/errors.ts";
import type { Linked } from "./draft.ts";

const API = "ApiGatewayV2::Api";

/** How many of a type an Api may have. */
const PER_API: readonly { type: string; most: number; quota: string }[] = [
  { type: "ApiGatewayV2::Route", most: 300, quota: "routes per API" },
  { type: "ApiGatewayV2::Integration", most: 300, quota: "integrations per API" },
  { type: "ApiGatewayV2::Stage", most: 10, quota: "stages per API" },
  { type: "ApiGatewayV2::Authorizer", most: 10, quota: "authorizers per API" },
];

const SCOPES_PER_ROUTE = 10;

/** Milliseconds, by the api's protocol. */
const TIMEOUT: Readonly<Record<string, { least: number; most: number }>> = {
  HTTP: { least: 50, most: 30_000 },
  WEBSOCKET: { least: 50, most: 29_000 },
};

export function checkQuotas(linked: readonly Linked[]): readonly GatewrightError[] {
  return [...countErrors(linked), ...linked.flatMap(scopeErrors), ...timeoutErrors(linked)];
}

function countErrors(linked: readonly Linked[]): readonly GatewrightError[] {
  return PER_API.flatMap(({ type, most, quota }) => {
    const byApi = new Map<string, Linked[]>();
    for (const one of linked) {
      if (one.draft.type.type !== type || one.parent === undefined) continue;
      const siblings = byApi.get(one.parent);
      if (siblings === undefined) byApi.set(one.parent, [one]);
      else siblings.push(one);
    }
    return [...byApi].flatMap(([api, all]) => {
      if (all.length <= most) return [];
      return [exceeded(`${api} has ${all.length} of them`, quota, most, all[most])];
    });
  });
}

function scopeErrors(one: Linked): readonly GatewrightError[] {
  if (one.draft.type.type !== "ApiGatewayV2::Route") return [];
  const { AuthorizationScopes } = one.properties;
  if (!Array.isArray(AuthorizationScopes) || AuthorizationScopes.length <= SCOPES_PER_ROUTE) return [];
  const message = `${one.draft.key} has ${AuthorizationScopes.length} AuthorizationScopes`;
  return [exceeded(message, "scopes per route", SCOPES_PER_ROUTE, one)];
}

function timeoutErrors(linked: readonly Linked[]): readonly GatewrightError[] {
  const apis = new Map(linked.flatMap((one) => (one.draft.type.type === API ? [[one.draft.key, one]] : [])));
  return linked.flatMap((one) => {
    const { TimeoutInMillis } = one.properties;
    if (one.draft.type.type !== "ApiGatewayV2::Integration" || typeof TimeoutInMillis !== "number") return [];
    const api = one.parent === undefined ? undefined : apis.get(one.parent);
    const protocol = api?.properties.ProtocolType;
    const name = typeof protocol === "string" ? protocol : "HTTP";
    const limits = TIMEOUT[name];
    if (limits === undefined) return [];
    const { least, most } = limits;
    if (TimeoutInMillis >= least && TimeoutInMillis <= most) return [];
    return [
      new GatewrightError(
        "QUOTA_EXCEEDED",
        `${one.draft.key}: TimeoutInMillis is ${TimeoutInMillis}; accepted: ${least} to ${most} (AWS quota "integration timeout" of ${name} APIs)`,
        {
          hint: "Work that takes longer is started by the request and fetched by another.",
          at: one.draft.at,
          resource: one.draft.key,
        },
      ),
    ];
  });
}

function exceeded(what: string, quota: string, most: number, one: Linked | undefined): GatewrightError {
  return new GatewrightError("QUOTA_EXCEEDED", `${what}; accepted: at most ${most} (AWS quota "${quota}")`, {
    hint: "AWS does not raise this quota: split the API in two.",
    at: one?.draft.at,
    resource: one?.draft.key,
  });
}
