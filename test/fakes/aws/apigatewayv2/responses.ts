import * as client from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import { schemaOf } from "../core/sdk.ts";
import { type Operation, operation } from "../core/service.ts";
import { table } from "../core/table.ts";
import { type ApiRecord, need } from "../state.ts";
import { autoDeploy } from "./stage-auto-deploy.ts";
import {
  badRequest,
  compact,
  conflict,
  isHttp,
  listPage,
  merge,
  mergeMap,
  needApi,
  notFound,
} from "./common.ts";

interface Kind {
  /** `IntegrationResponse`, with IntegrationResponseId and IntegrationResponseKey. */
  readonly noun: string;
  /** `Integration` */
  readonly parent: string;
  readonly parents: (api: ApiRecord) => ReadonlyMap<string, object>;
  readonly key: RegExp;
  /** Maps that an update merges. */
  readonly maps: readonly string[];
}
type Members = Record<string, unknown>;

/** The five operations of responses below integrations or routes: WEBSOCKET only, gone with their parent. */
function responses({ noun, parent, parents, key, maps }: Kind): readonly Operation[] {
  const store = table<ApiRecord, Members>();
  const [id, name] = [`${noun}Id`, `${noun}Key`];
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const inParent = (
    ctx: Ctx,
    input: Members,
  ): { api: ApiRecord; own: Map<string, Members>; above: string } => {
    const api = needApi(ctx, text(input.ApiId));
    if (isHttp(api)) throw badRequest(`${noun}s are not supported for HTTP APIs`);
    const above = text(input[`${parent}Id`]);
    need(parents(api).get(above), () => notFound(parent, above));
    for (const [each, it] of store(api)) if (!parents(api).has(text(it.above))) store(api).delete(each);
    return { api, own: store(api), above };
  };
  const find = (ctx: Ctx, input: Members): Members => {
    const { own, above } = inParent(ctx, input);
    const it = own.get(text(input[id]));
    return need(it?.above === above ? it : undefined, () => notFound(noun, text(input[id])));
  };
  const shown = ({ above: _above, ...it }: Members): Members => it;
  const check = (it: Members, own: ReadonlyMap<string, Members>): void => {
    if (!key.test(text(it[name]))) throw badRequest(`Invalid ${name}: ${text(it[name])}`);
    for (const other of own.values())
      if (other[id] !== it[id] && other.above === it.above && other[name] === it[name])
        throw conflict(`${noun} with key ${text(it[name])} already exists for this ${parent}`);
  };
  const sent = (input: Members): Members => {
    const { ApiId: _api, [`${parent}Id`]: _parent, ...own } = input;
    return own;
  };
  const verbs: Record<string, (ctx: Ctx, input: Members) => unknown> = {
    [`Create${noun}`]: (ctx, input) => {
      const { api, own, above } = inParent(ctx, input);
      const it: Members = compact({ ...sent(input), [id]: ctx.ids.lower(7), above });
      check(it, own);
      own.set(text(it[id]), it);
      autoDeploy(ctx, api);
      return shown(it);
    },
    [`Get${noun}`]: (ctx, input) => shown(find(ctx, input)),
    [`Get${noun}s`]: (ctx, input) => {
      const { own, above } = inParent(ctx, input);
      return listPage(ctx, [...own.values()].filter((it) => it.above === above).map(shown), input);
    },
    [`Update${noun}`]: (ctx, input) => {
      const before = find(ctx, input);
      const changes = sent(input);
      const merged = maps
        .filter((map) => changes[map] !== undefined)
        .map((map) => {
          const [old, given] = [before[map] ?? {}, changes[map] ?? {}] as [
            Record<string, string>,
            Record<string, string>,
          ];
          return [map, mergeMap(old, given)] as const;
        });
      const it = compact({ ...merge(before, changes), ...Object.fromEntries(merged) });
      const { api, own } = inParent(ctx, input);
      check(it, own);
      own.set(text(it[id]), it);
      autoDeploy(ctx, api);
      return shown(it);
    },
    [`Delete${noun}`]: (ctx, input) => {
      find(ctx, input);
      const { api, own } = inParent(ctx, input);
      own.delete(text(input[id]));
      autoDeploy(ctx, api);
    },
  };
  return Object.entries(verbs).map(([verb, run]) => operation(schemaOf(client, verb), run));
}

export const integrationResponses = responses({
  noun: "IntegrationResponse",
  parent: "Integration",
  parents: (api) => api.integrations,
  key: /^(\$default|\/.*\/)$/,
  maps: ["ResponseParameters", "ResponseTemplates"],
});

export const routeResponses = responses({
  noun: "RouteResponse",
  parent: "Route",
  parents: (api) => api.routes,
  key: /^\$default$/,
  maps: ["ResponseModels", "ResponseParameters"],
});
