/** What a stack gives to those who call it: first-class values by resource, and addresses. Pure. */
import type { Callable, Output } from "../../model/apply.ts";
import type { Live } from "../../resources/type.ts";
import type { Registry } from "../read/observed.ts";
import { own } from "../../model/own.ts";

export function outputsOf(live: ReadonlyMap<string, Live>, registry: Registry): readonly Output[] {
  return [...live.values()].flatMap((one) =>
    Object.entries(registry.get(one.type)?.outputs ?? {}).flatMap(([name, attribute]): readonly Output[] => {
      const value = own(one.attributes, attribute);
      return typeof value === "string" && value !== ""
        ? [{ type: one.type, resource: one.name, name, value }]
        : [];
    }),
  );
}

/** In the order of their names, whichever was made first. */
export function callablesOf(live: ReadonlyMap<string, Live>, registry: Registry): readonly Callable[] {
  const all = [...live.values()];
  return all.toSorted(byName).flatMap((one) =>
    (registry.get(one.type)?.callables?.(one, all) ?? []).map((callable) => ({
      type: one.type,
      resource: one.name,
      ...callable,
    })),
  );
}

function byName(one: Live, other: Live): number {
  if (one.name === other.name) return one.type < other.type ? -1 : 1;
  return one.name < other.name ? -1 : 1;
}
