import * as client from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { sdk } from "../core/sdk.ts";
import { table } from "../core/table.ts";
import { need, type RegionState } from "../state.ts";
import { badRequest, conflict, listPage, needApi, notFound } from "./common.ts";
import { domainArn, domainNames } from "./domain-names.ts";

interface Row extends client.RoutingRule {
  readonly domain: string;
}

/** The routing rules of a region, by id. */
const rules = table<RegionState, Row>();

const shown = ({ domain: _domain, ...it }: Row): client.RoutingRule => it;
const below = (ctx: Ctx, domain: string): Row[] =>
  [...rules(ctx.region).values()].filter((one) => one.domain === domain);

function find(ctx: Ctx, id = "", domain = ""): Row {
  const it = rules(ctx.region).get(id);
  return need(it?.domain === domain ? it : undefined, () => notFound("routing rule"));
}

function check(ctx: Ctx, it: Row): void {
  const domain = need(domainNames(ctx.region).get(it.domain), () => notFound("domain name"));
  if (domain.RoutingMode === "API_MAPPING_ONLY")
    throw badRequest("Routing rules are not supported for the routing mode API_MAPPING_ONLY");
  const { Priority = 0, Actions = [], Conditions = [] } = it;
  if (Priority < 1 || Priority > 1_000_000) throw badRequest("Priority must be between 1 and 1000000");
  const headers = Conditions.filter(({ MatchHeaders }) => MatchHeaders !== undefined).length;
  if (headers > 2 || Conditions.length - headers > 1) throw badRequest("Invalid conditions specified");
  const invoked = Actions[0]?.InvokeApi;
  if (Actions.length !== 1 || invoked === undefined) throw badRequest("Exactly one action must be specified");
  if (!needApi(ctx, invoked.ApiId).stages.has(invoked.Stage ?? ""))
    throw badRequest("Invalid stage identifier specified");
  if (
    below(ctx, it.domain).some(
      (other) => other.RoutingRuleId !== it.RoutingRuleId && other.Priority === Priority,
    )
  )
    throw conflict(`A routing rule with priority ${Priority} already exists for this domain name`);
}

const on = sdk<client.ApiGatewayV2>(client);

/** Routing rules: by priority, below domain names whose mode has any. */
export const routingRuleOperations = [
  on("createRoutingRule", (ctx, { DomainName: domain = "", Actions, Conditions, Priority }) => {
    const RoutingRuleId = ctx.ids.lower(10);
    const RoutingRuleArn = `${domainArn(ctx, domain)}/routingrules/${RoutingRuleId}`;
    const it: Row = { domain, Actions, Conditions, Priority, RoutingRuleId, RoutingRuleArn };
    check(ctx, it);
    rules(ctx.region).set(RoutingRuleId, it);
    return shown(it);
  }),
  on("putRoutingRule", (ctx, { DomainName, RoutingRuleId = "", Actions, Conditions, Priority }) => {
    const it: Row = { ...find(ctx, RoutingRuleId, DomainName), Actions, Conditions, Priority };
    check(ctx, it);
    rules(ctx.region).set(RoutingRuleId, it);
    return shown(it);
  }),
  on("getRoutingRule", (ctx, { DomainName, RoutingRuleId }) => shown(find(ctx, RoutingRuleId, DomainName))),
  on("listRoutingRules", (ctx, { DomainName = "", MaxResults, NextToken }) => {
    need(domainNames(ctx.region).get(DomainName), () => notFound("domain name"));
    const size = MaxResults === undefined ? undefined : String(MaxResults);
    const { Items, NextToken: next } = listPage(ctx, below(ctx, DomainName).map(shown), {
      MaxResults: size,
      NextToken,
    });
    return { RoutingRules: Items, NextToken: next };
  }),
  on("deleteRoutingRule", (ctx, { DomainName, RoutingRuleId = "" }) => {
    find(ctx, RoutingRuleId, DomainName);
    rules(ctx.region).delete(RoutingRuleId);
  }),
];
