import * as client from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { sdk } from "../core/sdk.ts";
import { table } from "../core/table.ts";
import { need, type RegionState } from "../state.ts";
import { badRequest, conflict, listPage, needApi, notFound } from "./common.ts";

interface Row extends client.ApiMapping {
  ApiId: string;
  Stage: string;
  readonly domain: string;
}

/** The mappings of a region, by id. */
const mappings = table<RegionState, Row>();

export const mappingsOf = (ctx: Ctx, domain: string): Row[] =>
  [...mappings(ctx.region).values()].filter((one) => one.domain === domain);

/** Domains that map to an API, or to one stage of it. */
export const mappedDomains = (ctx: Ctx, apiId: string | undefined, stage?: string): string[] =>
  [...mappings(ctx.region).values()]
    .filter((one) => one.ApiId === apiId && (stage === undefined || one.Stage === stage))
    .map(({ domain }) => domain);

function shown({ domain: _domain, ...it }: Row): client.ApiMapping {
  return it;
}

function check(ctx: Ctx, it: Row): void {
  const api = needApi(ctx, it.ApiId);
  if (!api.stages.has(it.Stage)) throw badRequest("Invalid stage identifier specified");
  const key = it.ApiMappingKey ?? "";
  if (!/^([\w$.+!*'()-]+(\/[\w$.+!*'()-]+)*)?$/.test(key) || key.length > 300)
    throw badRequest(
      "API mapping key should not start or end with a '/' and should contain only allowed characters",
    );
  const taken = mappingsOf(ctx, it.domain).some(
    (other) => other.ApiMappingId !== it.ApiMappingId && (other.ApiMappingKey ?? "") === key,
  );
  if (taken) throw conflict("ApiMapping key already exists for this domain name");
}

const on = sdk<client.ApiGatewayV2>(client);

function find(ctx: Ctx, { DomainName, ApiMappingId = "" }: Partial<client.GetApiMappingRequest>): Row {
  const it = mappings(ctx.region).get(ApiMappingId);
  return need(it?.domain === DomainName ? it : undefined, () => notFound("ApiMapping"));
}

/** @param exists whether the region has the domain name */
export const apiMappingsIn = (exists: (ctx: Ctx, name: string) => boolean) => {
  const domainOf = (ctx: Ctx, name = ""): string => {
    if (!exists(ctx, name)) throw notFound("domain name");
    return name;
  };
  return [
    on("createApiMapping", (ctx, { DomainName, ApiId = "", Stage = "", ApiMappingKey = "" }) => {
      const it: Row = { ApiMappingKey, ApiId, Stage, domain: domainOf(ctx, DomainName) };
      check(ctx, it);
      it.ApiMappingId = ctx.ids.lower(6);
      mappings(ctx.region).set(it.ApiMappingId, it);
      return shown(it);
    }),
    on("getApiMapping", (ctx, input) => shown(find(ctx, input))),
    on("getApiMappings", (ctx, input) =>
      listPage(ctx, mappingsOf(ctx, domainOf(ctx, input.DomainName)).map(shown), input),
    ),
    on("updateApiMapping", (ctx, input) => {
      const before = find(ctx, input);
      const { ApiId = before.ApiId, Stage = before.Stage, ApiMappingKey = before.ApiMappingKey } = input;
      const it: Row = { ...before, ApiId, Stage, ApiMappingKey };
      check(ctx, it);
      mappings(ctx.region).set(it.ApiMappingId ?? "", it);
      return shown(it);
    }),
    on("deleteApiMapping", (ctx, input) => {
      mappings(ctx.region).delete(find(ctx, input).ApiMappingId ?? "");
    }),
  ];
};
