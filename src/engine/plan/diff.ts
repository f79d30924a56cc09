/** Compares what AWS has with the desired state, property by property. Pure. */
import { samePolicy } from "../../resources/policy/document.ts";
import type { Live, PropertyChange, ResourceType, Used } from "../../resources/type.ts";
import {
  canonicalJson,
  isEmpty,
  isGenerated,
  isObject,
  isUnknown,
  type JsonObject,
  type JsonValue,
} from "../../model/values.ts";
import { own } from "../../model/own.ts";

type Rules = Pick<
  ResourceType,
  | "createOnly"
  | "writeOnly"
  | "unordered"
  | "sensitive"
  | "policyDocuments"
  | "replaces"
  | "exact"
  | "caseless"
  | "clearReplaces"
  | "cannotClear"
>;
type Path = readonly string[];

/** True when `pattern` (`A.*.C`, `*` is one segment) is the path or stands above it. Names in a path may hold dots. */
export function covers(pattern: string, path: Path): boolean {
  const wanted = pattern.split(".");
  return (
    wanted.length <= path.length &&
    wanted.every((segment, index) => segment === "*" || segment === path[index])
  );
}

const matches = (pattern: string, path: Path): boolean =>
  covers(pattern, path) && pattern.split(".").length === path.length;
const anyCovers = (patterns: readonly string[], path: Path): boolean =>
  patterns.some((pattern) => covers(pattern, path));
const anyMatches = (patterns: readonly string[] | undefined, path: Path): boolean =>
  patterns?.some((pattern) => matches(pattern, path)) === true;

/** `CorsConfiguration.AllowOrigins[0]` */
function shownPath(path: Path): string {
  return path.reduce(
    (text, segment) =>
      /^\d+$/.test(segment) ? `${text}[${segment}]` : text === "" ? segment : `${text}.${segment}`,
    "",
  );
}

/**
 * The changes from `before` to `after`. Absent equals empty; sets and policy documents compare by meaning; a value that
 * is known only after apply differs from everything; a generated password never differs from what is there. What AWS
 * has no way to take away is no change: `keptByAws` names it.
 */
export function diffStates(rules: Rules, before: JsonObject, after: JsonObject): PropertyChange[] {
  return compareStates(rules, before, after).changes;
}

/** The same with what is set and never compared later: all that a create sets. */
export function settingOf(type: ResourceType, before: JsonObject, after: JsonObject): PropertyChange[] {
  return diffStates({ ...type, writeOnly: [], replaces: () => false }, before, after);
}

/** Paths that the spec no longer has and AWS keeps, because no call takes them away. */
export function keptByAws(rules: Rules, before: JsonObject, after: JsonObject): readonly string[] {
  return compareStates(rules, before, after).kept;
}

function compareStates(
  rules: Rules,
  before: JsonObject,
  after: JsonObject,
): { changes: PropertyChange[]; kept: string[] } {
  const changes: PropertyChange[] = [];
  const kept: string[] = [];
  compare([], before, after);
  return { changes, kept };

  function compare(path: Path, old: JsonValue | undefined, next: JsonValue | undefined): void {
    if (anyCovers(rules.writeOnly, path)) return;
    if (same(path, old, next)) return;
    if (isGenerated(next) && !isEmpty(old)) return;
    if (anyMatches(rules.caseless, path) && sameText(old, next)) return;
    if (anyMatches(rules.policyDocuments, path)) {
      if (!samePolicy(old, next)) note(path, old, next);
      return;
    }
    if (isUnknown(next) || isGenerated(next)) note(path, old, next);
    else if ((isObject(old) || isEmpty(old)) && isObject(next))
      compareKeys(path, isObject(old) ? old : {}, next);
    else if (isObject(old) && isEmpty(next)) compareKeys(path, old, {});
    else if (Array.isArray(old) && Array.isArray(next)) compareArrays(path, old, next);
    else if (canonicalJson(old ?? null) !== canonicalJson(next ?? null)) note(path, old, next);
  }

  /** Absent equals empty, except inside maps where an empty value is a value (environment variables). */
  function same(path: Path, old: JsonValue | undefined, next: JsonValue | undefined): boolean {
    if (!isEmpty(old) || !isEmpty(next)) return false;
    const isInside = (pattern: string): boolean => covers(pattern, path) && !matches(pattern, path);
    return rules.exact?.some(isInside) !== true;
  }

  function compareKeys(path: Path, old: JsonObject, next: JsonObject): void {
    for (const key of new Set([...Object.keys(old), ...Object.keys(next)]))
      compare([...path, key], own(old, key), own(next, key));
  }

  function compareArrays(path: Path, old: JsonValue[], next: JsonValue[]): void {
    if (anyMatches(rules.unordered, path)) {
      if (asSet(old) !== asSet(next)) note(path, old, next);
      return;
    }
    if (old.length === next.length && old.every(isObject) && next.every(isObject)) {
      old.forEach((element, index) => {
        compare([...path, String(index)], element, next[index]);
      });
      return;
    }
    if (canonicalJson(old) !== canonicalJson(next)) note(path, old, next);
  }

  function note(path: Path, old: JsonValue | undefined, next: JsonValue | undefined): void {
    if (isEmpty(next) && anyMatches(rules.cannotClear, path)) {
      kept.push(shownPath(path));
      return;
    }
    const change: PropertyChange = {
      path: shownPath(path),
      ...(isTold(old, next) ? { before: old } : {}),
      ...(isTold(next, old) ? { after: next } : {}),
      replaces: false,
      sensitive: [old, next].some((value) => holdsSensitive(rules.sensitive, path, value)),
    };
    const cleared = isEmpty(next) && anyMatches(rules.clearReplaces, path);
    const replaces =
      rules.replaces?.(change, before, after) ?? (cleared || anyCovers(rules.createOnly, path));
    changes.push({ ...change, replaces });
  }
}

/** An empty value is told where the other is empty too: only there it is not the same as none. */
function isTold(value: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return (value ?? null) !== null && (!isEmpty(value) || isEmpty(other));
}

/** A value is masked with all that stands beside a secret in it: a list is one change when its length differs. */
function holdsSensitive(patterns: readonly string[], path: Path, value: JsonValue | undefined): boolean {
  if (anyCovers(patterns, path)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => holdsSensitive(patterns, [...path, key], inner));
}

function sameText(old: JsonValue | undefined, next: JsonValue | undefined): boolean {
  return typeof old === "string" && typeof next === "string" && old.toLowerCase() === next.toLowerCase();
}

function asSet(values: readonly JsonValue[]): string {
  return [...new Set(values.map(canonicalJson))].sort().join(",");
}

/** The differences of two states, and what is to be set again although it is as wanted: what it names was made anew. */
export function changesWithRenewals(
  type: ResourceType,
  live: Live,
  state: JsonObject,
  used: readonly Used[],
): { readonly changes: readonly PropertyChange[]; readonly renewed: readonly string[] } {
  const changes = diffStates(type, live.state, state);
  const renewals = (type.renews?.(live, used) ?? []).filter(
    ({ path }) => !changes.some((change) => change.path === path),
  );
  return {
    changes: [...changes, ...renewals.map((one) => ({ ...one, replaces: false, sensitive: false }))],
    renewed: renewals.map(({ path }) => path),
  };
}
