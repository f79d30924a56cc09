/**
 * Integrations have neither names nor tags. A live integration is matched with a desired one by kind (type and subtype) and
 * target; among several of the same by the fewest differences, equal ones first. Pure, and independent of the order in
 * which either side comes: ties go by the desired name and the live id.
 */
import { canonicalJson, isEmpty, isObject, isUnknown, type JsonValue } from "../../../model/values.ts";
import { textOf } from "../../live-values.ts";
import type { Live, Pairable } from "../../type.ts";
import { identifyingTarget } from "./target.ts";

type Fits = (desired: Pairable, live: Live) => boolean;

export function pairIntegrations(
  desired: readonly Pairable[],
  live: readonly Live[],
): ReadonlyMap<Pairable, Live> {
  const pairs = new Map<Pairable, Live>();
  const left = (): { desired: readonly Pairable[]; live: readonly Live[] } => {
    const taken = new Set(pairs.values());
    return { desired: desired.filter((one) => !pairs.has(one)), live: live.filter((one) => !taken.has(one)) };
  };
  pairNearest(left(), sameTarget, pairs);
  // A target that is being replaced has no ARN yet: its name still identifies it.
  pairNearest(left(), (one, other) => sameKind(one, other) && one.name === other.name, pairs);
  const rest = left();
  for (const one of rest.desired) {
    const rivals = rest.desired.filter((other) => kindOf(other.state) === kindOf(one.state));
    const [only, ...more] = rest.live.filter((other) => sameKind(one, other));
    // One of a kind left on each side: its target was changed.
    if (rivals.length === 1 && only !== undefined && more.length === 0) pairs.set(one, only);
  }
  return pairs;
}

/** Pairs those that fit, nearest first. */
function pairNearest(
  { desired, live }: { desired: readonly Pairable[]; live: readonly Live[] },
  fits: Fits,
  pairs: Map<Pairable, Live>,
): void {
  const candidates = desired.flatMap((one) =>
    live
      .filter((other) => fits(one, other))
      .map((other) => ({ one, other, distance: distance(one.state, other.state) })),
  );
  candidates.sort(
    (left, right) =>
      left.distance - right.distance ||
      compareText(left.one.name, right.one.name) ||
      compareText(left.other.id, right.other.id),
  );
  const taken = new Set<Live>();
  for (const { one, other } of candidates) {
    if (pairs.has(one) || taken.has(other)) continue;
    pairs.set(one, other);
    taken.add(other);
  }
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

function kindOf(state: Pairable["state"]): string {
  return `${textOf(state.IntegrationType)} ${textOf(state.IntegrationSubtype)}`;
}

const sameKind: Fits = (desired, live) => kindOf(desired.state) === kindOf(live.state);

const sameTarget: Fits = (desired, live) => {
  const target = identifyingTarget(desired.state);
  return !isUnknown(target) && sameKind(desired, live) && target === identifyingTarget(live.state);
};

/** How many leaves differ; what is not known yet differs. */
function distance(left: JsonValue | undefined, right: JsonValue | undefined): number {
  if (isEmpty(left) && isEmpty(right)) return 0;
  if (isUnknown(left) || isUnknown(right)) return 1;
  if ((isObject(left) || isEmpty(left)) && (isObject(right) || isEmpty(right))) {
    const one = isObject(left) ? left : {};
    const other = isObject(right) ? right : {};
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].reduce((sum, key) => sum + distance(one[key], other[key]), 0);
  }
  return canonicalJson(left) === canonicalJson(right) ? 0 : 1;
}
