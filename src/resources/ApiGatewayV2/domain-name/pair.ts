/** Pairs what the spec wants with what is there, in types whose identity can change. */
import type { Live, Pairable, ResourceType } from "../../type.ts";

type Fits = (one: Pairable, other: Live) => boolean;

/** By the first of the rules for all, then by the next for those that are left; nothing is paired twice. */
export function pairInOrder(rules: readonly Fits[]): NonNullable<ResourceType["pair"]> {
  return (desired, live) => {
    const left = new Set(live);
    const pairs = new Map<Pairable, Live>();
    for (const fits of rules) {
      for (const one of desired) {
        const found = pairs.has(one) ? undefined : [...left].find((other) => fits(one, other));
        if (found === undefined) continue;
        pairs.set(one, found);
        left.delete(found);
      }
    }
    return pairs;
  };
}
