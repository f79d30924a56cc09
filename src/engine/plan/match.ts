/** Matches desired resources with live ones. Pure. */
import type { Observed } from "../read/observed.ts";
import type { JsonObject, JsonValue } from "../../model/values.ts";
import type { Pairable, ResourceType } from "../../resources/type.ts";

interface Match {
  readonly pairs: ReadonlyMap<string, Observed>;
  /** Names that several live resources have, by key. */
  readonly ambiguous: ReadonlyMap<string, readonly Observed[]>;
}

export interface Candidate extends Pairable {
  readonly key: string;
  /** As the spec gives them, with references unresolved. */
  readonly properties?: JsonObject;
}

/**
 * Pairs the desired resources of one type under one parent with the live ones there. Ours win over foreign ones of the
 * same name; two of the same standing are ambiguous. Types with `pair` decide for themselves among the eligible.
 */
export function matchResources(
  type: ResourceType,
  desired: readonly Candidate[],
  live: readonly Observed[],
): Match {
  const eligible = live.filter((one) => one.live.superseded !== true && one.live.managed !== true);
  if (type.pair !== undefined) {
    const found = type.pair(
      desired,
      eligible.map((one) => one.live),
    );
    const pairs = new Map<string, Observed>();
    for (const candidate of desired) {
      const observed = eligible.find((one) => one.live === found.get(candidate));
      if (observed !== undefined) pairs.set(candidate.key, observed);
    }
    return { pairs, ambiguous: new Map() };
  }
  const spell = (name: string): string => (type.caselessName === true ? name.toLowerCase() : name);
  const byName = Map.groupBy(eligible, (one) => spell(one.live.name));
  const pairs = new Map<string, Observed>();
  const ambiguous = new Map<string, readonly Observed[]>();
  for (const { key, name } of desired) {
    const named = byName.get(spell(name)) ?? [];
    const ours = named.filter((one) => one.ours);
    const claimants = ours.length > 0 ? ours : named;
    const [first, second] = claimants;
    if (first === undefined) continue;
    if (second !== undefined) ambiguous.set(key, claimants);
    else pairs.set(key, first);
  }
  const taken = new Set([...pairs.values(), ...[...ambiguous.values()].flat()]);
  for (const { key, properties = {} } of desired) {
    if (pairs.has(key) || ambiguous.has(key)) continue;
    const renamed = eligible.find(
      (one) =>
        one.ours &&
        !taken.has(one) &&
        haveInCommon(onlyOnce(type, properties), onlyOnce(type, one.live.state)),
    );
    if (renamed === undefined) continue;
    taken.add(renamed);
    pairs.set(key, renamed);
  }
  return { pairs, ambiguous };
}

/** What one resource alone can have: while the one of ours with the old name is there, AWS makes no other with it. */
function onlyOnce(type: ResourceType, properties: JsonObject): readonly JsonValue[] {
  return (type.onlyOnce?.(properties) ?? []).filter((value) => value !== undefined);
}

function haveInCommon(one: readonly JsonValue[], other: readonly JsonValue[]): boolean {
  return one.some((value) => typeof value === "string" && other.includes(value));
}
