/** Builds desired and live states in the same shape from property facts, and the input of an update. */
import { isEmpty, isObject, isUnknown, type JsonObject, type JsonValue } from "../model/values.ts";
import type { Around, Facts } from "./facts.ts";
import { objectOf } from "./live-values.ts";
import type { UpdateContext } from "./type.ts";
import { own } from "../model/own.ts";

type FactsByPath = ReadonlyMap<string, Facts>;

/** A property directly below another, or of the top. */
interface Child {
  readonly key: string;
  readonly path: string;
  readonly fact: Facts;
  /** True for an object with properties of its own, false for a map. */
  readonly isParent: boolean;
}

/** By path of the parent, `""` for the top. A type's facts are the same for every state. */
const childrenByFacts = new WeakMap<FactsByPath, ReadonlyMap<string, readonly Child[]>>();

function childrenOf(facts: FactsByPath): ReadonlyMap<string, readonly Child[]> {
  const known = childrenByFacts.get(facts);
  if (known !== undefined) return known;
  const parents = new Set(
    [...facts.keys()].flatMap((path) =>
      [...path.matchAll(/\.(?!\*)/g)].map(({ index }) => path.slice(0, index)),
    ),
  );
  const children = new Map<string, Child[]>();
  for (const [path, fact] of facts) {
    // `Cors.MaxAge` is the child `MaxAge` of `Cors`.
    const dot = path.lastIndexOf(".");
    const above = path.slice(0, Math.max(dot, 0));
    const child = { key: path.slice(dot + 1), path, fact, isParent: parents.has(path) };
    children.set(above, [...(children.get(above) ?? []), child]);
  }
  childrenByFacts.set(facts, children);
  return children;
}

/**
 * The known properties of the spec's properties or of AWS's answer, with AWS's default wherever one holds nothing.
 * Defaults inside an object are filled in where the object is given, or is a default itself, and in a map's values.
 */
export function stateOf(facts: FactsByPath, given: JsonObject, around: Around): JsonObject {
  const children = childrenOf(facts);
  return within("", given);

  function within(above: string, values: JsonObject): JsonObject {
    const state: JsonObject = {};
    for (const child of children.get(above) ?? []) {
      const { key, path, fact, isParent } = child;
      const value = own(values, key);
      if (typeof fact.ignored === "function" ? fact.ignored(given, around, value) : fact.ignored === true)
        continue;
      if (isEmpty(value)) {
        const preset = typeof fact.default === "function" ? fact.default(given, around) : fact.default;
        if (preset !== undefined) state[key] = isObject(preset) && isParent ? within(path, preset) : preset;
      } else if (value !== undefined) {
        state[key] = spelled(child, value);
      }
    }
    return state;
  }

  function spelled({ path, fact: { spelling, mapOfObjects }, isParent }: Child, value: JsonValue): JsonValue {
    if (isObject(value) && !isUnknown(value)) {
      if (isParent) return within(path, value);
      if (mapOfObjects === true) return eachWithin(`${path}.*`, value);
    }
    return spelling === undefined || isUnknown(value) ? value : spelling(value);
  }

  function eachWithin(path: string, map: JsonObject): JsonObject {
    return Object.fromEntries(
      Object.entries(map).map(([key, value]) => [key, within(path, objectOf(value))]),
    );
  }
}

/**
 * What an update sends. `merge`: the properties that changed, those that go as their empty value. `replace`: all of the
 * state, since AWS drops what is not sent. Properties with `clear: "own call"` that go are left to the type.
 */
export function updateInput(
  facts: FactsByPath,
  updates: "merge" | "replace",
  { state, live, changed }: Pick<UpdateContext, "state" | "live" | "changed">,
): JsonObject {
  const input: JsonObject = {};
  for (const [key, fact] of facts) {
    if (key.includes(".") || key === "Tags" || fact.createOnly === true) continue;
    const value = own(state, key);
    if (updates === "replace") {
      if (!isEmpty(value) && value !== undefined) input[key] = value;
    } else if (changed(key)) {
      const before = own(live.state, key);
      if (fact.clear === "by key") input[key] = mergedMap(objectOf(before), objectOf(value));
      else if (!isEmpty(value) && value !== undefined) input[key] = value;
      else if (fact.clear !== "own call") input[key] = emptyLike(before);
    }
  }
  return input;
}

/** `""` for a text, `[]` for a list, `{}` for a map: what AWS takes for "none". */
function emptyLike(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return [];
  return isObject(value) ? {} : "";
}

/** A map's changes for a call that merges key by key and takes `""` as "remove". */
export function mergedMap(before: JsonObject, after: JsonObject): JsonObject {
  const gone = Object.keys(before).filter((key) => isEmpty(own(after, key)));
  return { ...Object.fromEntries(gone.map((key) => [key, ""])), ...after };
}
