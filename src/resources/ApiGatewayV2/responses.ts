/** What the responses of integrations and of routes share: only WEBSOCKET APIs have any. */
import type { JsonObject } from "../../model/values.ts";
import type { Finding, Linked, LinkedSpec } from "../../spec/type-rules.ts";
import { objectOf, textOf } from "../live-values.ts";
import { mergedMap } from "../state.ts";
import type { Live, ResourceType, UpdateContext } from "../type.ts";
import { API } from "./common.ts";

/** Whether a live parent can have responses: an integration or a route of an HTTP API costs no call. */
export function hasResponses(parent: Live | undefined): parent is Live {
  return parent !== undefined && textOf(parent.attributes.ProtocolType) === "WEBSOCKET";
}

/** The ids of the Api and of the parent, as a response remembers them. */
export function ofResponse({ attributes }: Live): { ApiId: string; ParentId: string } {
  return { ApiId: textOf(attributes.ApiId), ParentId: textOf(attributes.ParentId) };
}

export function besideParent(answer: JsonObject, parent: Live | undefined): JsonObject {
  return parent === undefined
    ? answer
    : { ...answer, ApiId: parent.attributes.ApiId ?? "", ParentId: parent.id };
}

/**
 * Pairs by the key, within one parent: an integration's name in the spec need not be the one that its live half is
 * called by, and the names of its responses begin with it.
 */
export function pairByKey(key: string): NonNullable<ResourceType["pair"]> {
  return (desired, live) => {
    const byKey = new Map(live.map((one) => [textOf(one.state[key]), one]));
    const pairs = desired.map((one) => [one, byKey.get(textOf(one.state[key]))] as const);
    return new Map(pairs.flatMap(([one, found]) => (found === undefined ? [] : [[one, found] as const])));
  };
}

/** AWS merges maps key by key and takes `""` as "remove". */
export function mergedMaps(
  input: JsonObject,
  { live, state, changed }: UpdateContext,
  keys: readonly string[],
) {
  const maps = keys
    .filter(changed)
    .map((key) => [key, mergedMap(objectOf(live.state[key]), objectOf(state[key]))] as const);
  return { ...input, ...Object.fromEntries(maps) };
}

/** AWS refuses a response below an HTTP API. */
export function onlyForWebSocket(one: Linked, spec: LinkedSpec): readonly Finding[] {
  const parent = one.parent === undefined ? undefined : spec.byKey(one.parent);
  const api = parent?.parent === undefined ? undefined : spec.byKey(parent.parent);
  if (api === undefined || api.draft.type.type !== API || api.properties.ProtocolType === "WEBSOCKET")
    return [];
  return [
    {
      severity: "error",
      code: "PROPERTY_INVALID",
      message: `${one.draft.key} is below ${api.draft.name}, an HTTP API: only WEBSOCKET APIs have responses of their own`,
      hint: "Remove it: an HTTP API answers with what its integration returns.",
    },
  ];
}
