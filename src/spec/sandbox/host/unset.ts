/**
 * Finds the values of a spec that come from variables of `process.env` that nobody has set. JavaScript says nothing of them: the value is
 * undefined, or a text with "undefined" in it. So the spec is evaluated once more with a probe for each such variable, and what is
 * a probe where there was nothing before came from that variable without a default. Pure.
 */
import { withMarkersRead } from "../../../model/reference-marker.ts";
import { isObject, type JsonValue } from "../../../model/values.ts";
import { member } from "../guest/member.ts";
import type { RawEntry, UnsetValue } from "../types.ts";

const NOTHING = "undefined";
const FIELDS = ["name", "properties", "dependencies"] as const;

/** True if a value is undefined or says so: only then may an unset variable be the reason. */
export function hasUndefined(entries: readonly RawEntry[]): boolean {
  return entries.some(
    (entry) => (entry.lost?.length ?? 0) > 0 || FIELDS.some((field) => says(entry[field] as JsonValue)),
  );
}

function says(value: JsonValue | undefined): boolean {
  if (typeof value === "string") return readable(value).includes(NOTHING);
  if (Array.isArray(value)) return value.some(says);
  return isObject(value) && Object.entries(value).some(([key, inner]) => says(key) || says(inner));
}

/** Names of parameters, secrets and resources stand in markers. */
const readable = (text: string): string => withMarkersRead(text).toLowerCase();

interface Probes {
  /** What the variables are set to. */
  readonly env: Readonly<Record<string, string>>;
  /** The values of the first evaluation that come from them, for each of its entries. */
  find(first: readonly RawEntry[], probed: readonly RawEntry[]): readonly (readonly UnsetValue[])[];
}

/** @param nonce lower-case letters and digits that nobody can guess */
export function makeProbes(names: readonly string[], nonce: string): Probes {
  const probe = new RegExp(`x${nonce}i(\\d+)x`, "gi");
  const textOf = (index: number): string => `x${nonce}i${index}x`;
  const named = (indexes: readonly number[]): readonly string[] =>
    [...new Set(indexes)].flatMap((index) => names[index] ?? []);

  /** The variables whose probes stand where the text has "undefined". */
  const inText = (text: string, probed: string): readonly string[] => {
    const [begin = "", ...pieces] = readable(probed).split(probe);
    const now = readable(text);
    if (!now.startsWith(begin)) return [];
    const found: number[] = [];
    let from = begin.length;
    for (let index = 0; index + 1 < pieces.length; index += 2) {
      const next = pieces[index + 1] ?? "";
      if (now.startsWith(NOTHING + next, from)) {
        found.push(Number(pieces[index]));
        from += NOTHING.length + next.length;
        continue;
      }
      // A default stands here, of whatever length.
      const at = next === "" ? -1 : now.indexOf(next, from);
      if (at < 0) break;
      from = at + next.length;
    }
    return named(found);
  };

  const whole = (probed: string): readonly string[] => {
    const [, index] = new RegExp(`^${probe.source}$`, "i").exec(probed) ?? [];
    return index === undefined ? [] : named([Number(index)]);
  };

  const entryValues = (first: RawEntry, probed: RawEntry): readonly UnsetValue[] => {
    const lost = new Set(first.lost);
    const found: UnsetValue[] = [];
    const note = (path: UnsetValue["path"], isInText: boolean, variables: readonly string[]): void => {
      if (variables.length > 0) found.push({ path, inText: isInText, variables });
    };
    const walk = (
      now: JsonValue | undefined,
      then: JsonValue | undefined,
      path: UnsetValue["path"],
      text: string,
    ): void => {
      if (typeof then === "string") {
        if (typeof now === "string") note(path, true, inText(now, then));
        else if (lost.has(text)) note(path, false, whole(then));
      } else if (Array.isArray(then)) {
        const before = Array.isArray(now) ? now : [];
        for (const [index, one] of then.entries())
          walk(before[index], one, [...path, index], `${text}[${index}]`);
      } else if (isObject(then)) {
        const before = isObject(now) ? now : {};
        const keys = Object.keys(before);
        for (const [index, [key, one]] of Object.entries(then).entries()) {
          const other = keys[index] ?? "";
          if (Object.hasOwn(before, key) || !probe.test(key))
            walk(
              Object.hasOwn(before, key) ? before[key] : undefined,
              one,
              [...path, key],
              member(text, key),
            );
          else note([...path, other], true, inText(other, key));
          probe.lastIndex = 0;
        }
      }
    };
    for (const field of FIELDS)
      walk(first[field] as JsonValue | undefined, probed[field] as JsonValue | undefined, [field], field);
    return found;
  };

  return {
    env: Object.fromEntries(names.map((name, index) => [name, textOf(index)])),
    find: (first, probed) => {
      const partners = partnersOf(first, probed);
      return first.map((entry) => {
        const partner = partners.get(entry);
        return partner === undefined ? [] : entryValues(entry, partner);
      });
    },
  };
}

/** The entries of both, type by type in their order: a condition may have added some. */
function partnersOf(
  first: readonly RawEntry[],
  probed: readonly RawEntry[],
): ReadonlyMap<RawEntry, RawEntry> {
  const kind = ({ group, type }: RawEntry): string => JSON.stringify([group, type]);
  const others = Map.groupBy(probed, kind);
  const pairs = new Map<RawEntry, RawEntry>();
  for (const [of, entries] of Map.groupBy(first, kind)) {
    const same = others.get(of) ?? [];
    if (same.length !== entries.length) continue;
    for (const [index, entry] of entries.entries()) {
      const partner = same[index];
      if (partner !== undefined) pairs.set(entry, partner);
    }
  }
  return pairs;
}
