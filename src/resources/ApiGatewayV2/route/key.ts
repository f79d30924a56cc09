/** Route keys: names, pairs and what it means when one is gone. */
import { isEmpty } from "../../../model/values.ts";
import { textOf } from "../../live-values.ts";
import type { Live, Pairable } from "../../type.ts";

export function routeName(api: string, key: string): string {
  return `route::${api}::${key}`;
}

/** Keys that API Gateway holds for the same: the names of path variables do not count. */
export function sameForAws(key: string): string {
  return / \//.test(key) ? key.replace(/\{[^{}]*?(\+?)\}/g, "{$1}") : key;
}

/**
 * A route is the one with its key. A key in which only a variable was renamed is changed in place: API Gateway refuses
 * a second route of the same shape while the first is there.
 */
export function pairRoutes(desired: readonly Pairable[], live: readonly Live[]): ReadonlyMap<Pairable, Live> {
  const pairs = new Map<Pairable, Live>();
  for (const spell of [(key: string) => key, sameForAws]) {
    const taken = new Set(pairs.values());
    const free = new Map(
      live.filter((one) => !taken.has(one)).map((one) => [spell(textOf(one.state.RouteKey)), one]),
    );
    for (const one of desired) {
      const key = spell(textOf(one.state.RouteKey));
      const partner = pairs.has(one) ? undefined : free.get(key);
      if (partner === undefined) continue;
      pairs.set(one, partner);
      free.delete(key);
    }
  }
  return pairs;
}

/** Who notices that a route is gone. */
export function routeConsequence({ state }: Live): string {
  const key = textOf(state.RouteKey);
  if (/ \//.test(key)) return `${key} will return 404.`;
  if (key === "$connect") return "Connections are no longer checked: $connect is removed.";
  if (key === "$disconnect")
    return "The backend is no longer notified when a client disconnects: $disconnect is removed.";
  return isEmpty(key) || key === "$default"
    ? "Requests that match no other route will fail."
    : `Messages for ${key} will fail, or go to $default.`;
}
