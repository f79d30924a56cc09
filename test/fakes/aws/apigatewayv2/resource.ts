import * as client from "@aws-sdk/client-apigatewayv2";
import type { Ctx } from "../core/context.ts";
import type { AwsError } from "../core/errors.ts";
import type { Quotas } from "../core/options.ts";
import type { Rule } from "../core/rules.ts";
import { schemaOf } from "../core/sdk.ts";
import { type Operation, operation } from "../core/service.ts";
import { type ApiRecord, need } from "../state.ts";
import { autoDeploy } from "./stage-auto-deploy.ts";
import { badRequest, compact, isHttp, limitReached, listPage, merge, needApi, notFound } from "./common.ts";

/** Where a resource is: a region, or one of its APIs. */
export interface Place {
  ctx: Ctx;
}
export interface ApiPlace extends Place {
  api: ApiRecord;
  http: boolean;
}

type Verb = "Create" | "Get" | "List" | "Update" | "Delete";

/** A call's members that are not the resource's. */
interface Around {
  ApiId?: string;
  MaxResults?: string;
  NextToken?: string;
}

/** One kind of resource of API Gateway: its five operations follow from this. */
export interface Kind<T extends object, Where extends Place> {
  /** In operations and members: `Authorizer` has CreateAuthorizer and AuthorizerId. */
  noun: string;
  /** The name in a 404, where it is not the noun. */
  called?: string;
  store: (where: Where) => Map<string, T>;
  /** The length of the ids that AWS assigns, or the member that the caller names the resource with. */
  id: number | (keyof T & string);
  quota?: readonly [keyof Quotas, what: string];
  /** Operations that are written by hand. */
  except?: readonly Verb[];
  /** Texts that a create refuses when they are empty. */
  notEmpty?: readonly (keyof T & string)[];
  /** GateQuestion by what was sent; `before` is missing on a create, here and below. */
  sentRules?: readonly Rule<T, Where>[];
  /** What the sent members make of the resource. Default: they replace its own, and `""` clears. */
  merged?: (sent: T, where: Where, before: T | undefined) => T;
  /** What AWS fills in, drops or computes after that. */
  complete?: (it: T, where: Where) => T;
  /** GateQuestion by the whole as it would be. */
  rules?: readonly Rule<T, Where>[];
  /** Why it cannot be beside another one of its place. */
  clash?: (it: T, other: T) => AwsError | undefined;
  /** Why it cannot be deleted. */
  removal?: readonly Rule<T, Where>[];
  /** What time has made of it when somebody looks; undefined: it is gone. */
  seen?: (it: T, where: Where) => T | undefined;
  /** More to do after it was stored. */
  saved?: (it: T, where: Where) => void;
  /** What a delete does, where that is more than forgetting it. */
  remove?: (it: T, where: Where) => void;
  newestFirst?: boolean;
}

/** A kind and the place its resources are in. */
interface Placed<T extends object, Where extends Place> extends Kind<T, Where> {
  place: (ctx: Ctx, apiId: string | undefined) => Where;
  changed: (where: Where) => void;
}

/** An API as a place. */
export function placeOf(ctx: Ctx, apiId: string | undefined): ApiPlace {
  const api = needApi(ctx, apiId);
  return { ctx, api, http: isHttp(api) };
}

/** A kind that lives under an API; the stages with AutoDeploy follow each change, unless it is `still`. */
export const inApi = <T extends object>(kind: Kind<T, ApiPlace> & { still?: boolean }): Operation[] =>
  operations({
    ...kind,
    place: placeOf,
    changed: ({ ctx, api }) => {
      if (kind.still !== true) autoDeploy(ctx, api);
    },
  });

/** A kind that lives in the region. */
export const inRegion = <T extends object>(kind: Kind<T, Place>): Operation[] =>
  operations({ ...kind, place: (ctx) => ({ ctx }), changed: () => undefined });

/** The resource as it is now; undefined when there is none, or time has taken it. */
function now<T extends object, W extends Place>(kind: Kind<T, W>, where: W, id: string): T | undefined {
  const stored = kind.store(where).get(id);
  const seen = stored === undefined || kind.seen === undefined ? stored : kind.seen(stored, where);
  if (seen === undefined) kind.store(where).delete(id);
  else if (seen !== stored) kind.store(where).set(id, seen);
  return seen;
}

/** The resource, or the 404. */
export const find = <T extends object, W extends Place>(kind: Kind<T, W>, where: W, id: string): T =>
  need(now(kind, where, id), () => notFound(kind.called ?? kind.noun));

function operations<T extends object, W extends Place>(kind: Placed<T, W>): Operation[] {
  const { noun, store } = kind;
  const key = typeof kind.id === "number" ? `${noun}Id` : kind.id;
  const keyOf = (it: object): string => String(Reflect.get(it, key) ?? "");

  /** The resource's own members of an input. */
  const own = (input: T & Around): T => {
    const sent = { ...input };
    for (const member of ["ApiId", "MaxResults", "NextToken"]) Reflect.deleteProperty(sent, member);
    if (typeof kind.id === "number") Reflect.deleteProperty(sent, key);
    return sent;
  };
  const write = (input: T & Around, where: W, before: T | undefined): T => {
    const sent = own(input);
    for (const member of before === undefined ? (kind.notEmpty ?? []) : []) {
      if (sent[member] === "") throw badRequest(`Invalid ${member}: must not be empty`);
    }
    for (const rule of kind.sentRules ?? []) rule(sent, where, before);
    const merged =
      kind.merged?.(sent, where, before) ?? (before === undefined ? made(sent) : merge(before, sent));
    const it = compact(kind.complete?.(merged, where) ?? merged);
    for (const rule of kind.rules ?? []) rule(it, where, before);
    for (const other of store(where).values()) {
      const clash = other === before ? undefined : kind.clash?.(it, other);
      if (clash !== undefined) throw clash;
    }
    return it;
  };
  const save = (it: T, where: W): T => {
    store(where).set(keyOf(it), it);
    kind.saved?.(it, where);
    kind.changed(where);
    return it;
  };

  const verbs: Record<Verb, (ctx: Ctx, input: T & Around) => unknown> = {
    Create: (ctx, input) => {
      const where = kind.place(ctx, input.ApiId);
      const it = write(input, where, undefined);
      if (kind.quota !== undefined && store(where).size >= ctx.quotas[kind.quota[0]]) {
        throw limitReached(kind.quota[1]);
      }
      if (typeof kind.id === "number") Reflect.set(it, key, ctx.ids.lower(kind.id));
      return save(it, where);
    },
    Get: (ctx, input) => find(kind, kind.place(ctx, input.ApiId), keyOf(input)),
    List: (ctx, input) => {
      const where = kind.place(ctx, input.ApiId);
      const all = [...store(where).keys()].flatMap((id) => now(kind, where, id) ?? []);
      return listPage(ctx, kind.newestFirst === true ? all.reverse() : all, input);
    },
    Update: (ctx, input) => {
      const where = kind.place(ctx, input.ApiId);
      return save(write(input, where, find(kind, where, keyOf(input))), where);
    },
    Delete: (ctx, input) => {
      const where = kind.place(ctx, input.ApiId);
      const it = find(kind, where, keyOf(input));
      for (const rule of kind.removal ?? []) rule(it, where, it);
      if (kind.remove === undefined) store(where).delete(keyOf(it));
      else kind.remove(it, where);
      kind.changed(where);
    },
  };
  return Object.entries(verbs)
    .filter(([verb]) => !(kind.except ?? []).some((each) => each === verb))
    .map(([verb, run]) =>
      operation(schemaOf(client, verb === "List" ? `Get${noun}s` : `${verb}${noun}`), run),
    );
}

/** A new resource as it was sent; an empty description is none. */
function made<T extends object>(sent: T): T {
  const it = { ...sent };
  if (Reflect.get(it, "Description") === "") Reflect.deleteProperty(it, "Description");
  return it;
}
