/**
 * Turns the guest's text into an evaluated spec. The guest is not trusted: every part is checked here, in the worker,
 * which the deadline ends however much there is to check.
 */
import { fail, type SourceLocation } from "../../../model/errors.ts";
import { isObject, type JsonObject, type JsonValue } from "../../../model/values.ts";
import type { EntryPlaces } from "./entry-places.ts";
import { type MarkText, makeMarkText } from "./mark-text.ts";
import type { Places } from "./places.ts";
import type { CheckedResult, Failure, GuestOptions, Position } from "../protocol.ts";
import type { RawEntry } from "../types.ts";

const PLAIN_KEYS = ["type", "group", "name", "namespace", "readOnly", "isDefault"] as const;

/** An entry has three functions; the engine gives each a position. */
const MAX_POSITIONS = 8;
const MAX_UNKNOWN_KEYS = 50;
const MAX_KEY = 200;
const MAX_UNREAD = 100;
/** Values that are undefined, of an entry. */
const MAX_LOST = 100;
const MAX_PATH = 1_000;
/** References and passwords of a spec together. */
const MAX_MARKS = 50_000;
/** Thrown values are shown to people: longer texts help nobody, and searching them is slow. */
const LONGEST = { name: 200, message: 4_000, stack: 20_000, doing: 500, hint: 2_000, code: 100 };

/** The text as what failed in the guest, or as a result still to be checked. */
export function parseResult(text: string): { readonly failure: Failure } | { readonly result: JsonObject } {
  const parsed: unknown = attempt(() => JSON.parse(text));
  if (!isObject(parsed)) return tampered();
  return isObject(parsed.failure) ? { failure: checkFailure(parsed.failure) } : { result: parsed };
}

function checkFailure(failure: JsonObject): Failure {
  const { code, hint, refused, name, message, stack, doing } = failure;
  const position = positionIn(failure.position);
  return {
    ...(typeof code === "string" ? { code: code.slice(0, LONGEST.code) } : {}),
    ...(typeof hint === "string" ? { hint: hint.slice(0, LONGEST.hint) } : {}),
    ...(typeof refused === "number" ? { refused } : {}),
    name: textOf(name).slice(0, LONGEST.name),
    message: textOf(message).slice(0, LONGEST.message),
    stack: textOf(stack).slice(0, LONGEST.stack),
    doing: textOf(doing).slice(0, LONGEST.doing),
    unread: namesIn(failure.unread, MAX_UNREAD, MAX_KEY),
    ...(position === undefined ? {} : { position }),
  };
}

interface CheckContext {
  /** What markers of this evaluation begin with. */
  readonly nonce: string;
  readonly places: Places;
  readonly entryPlaces: EntryPlaces;
  readonly limits: GuestOptions["limits"];
}

/**
 * Converts markers to the loader's form and gives entries their places. The prelude enforces the limits too, but a
 * spec can replace the prelude's result with its own, so the size is checked before anything else.
 */
export function checkResult(result: JsonObject, context: CheckContext): CheckedResult {
  const { nonce, places, limits } = context;
  const { entries, config, projectName, marks, created, unread } = result;
  if (!Array.isArray(entries) || !Array.isArray(marks) || !isObject(config)) return tampered();
  if (entries.length > limits.entries) return tooLarge(`${entries.length} entries`, `${limits.entries}`);
  if (marks.length > MAX_MARKS) return tooLarge(`${marks.length} references`, `${MAX_MARKS}`);
  const markText = makeMarkText(nonce, marks, places);
  const fallback = positionIn(created);
  const createdAt = fallback === undefined ? undefined : places.ofPosition(fallback);
  return {
    entries: entries.map((entry) => checkEntry(entry, markText, createdAt, context)),
    config: checkObject(config, limits.depth, () =>
      fail("MARKER_MISPLACED", "config contains a reference; accepted: plain values"),
    ),
    projectName:
      typeof projectName === "string" && projectName !== "" ? projectName.slice(0, MAX_KEY) : undefined,
    unread: namesIn(unread, MAX_UNREAD, MAX_KEY),
  };
}

function checkEntry(
  entry: JsonValue,
  markText: MarkText,
  createdAt: SourceLocation | undefined,
  { places, entryPlaces, limits }: CheckContext,
): RawEntry {
  if (!isObject(entry)) return tampered();
  const positions = (Array.isArray(entry.positions) ? entry.positions : []).slice(0, MAX_POSITIONS);
  const at = entryPlaces.locate(
    entry.type,
    positions.map(positionIn).flatMap((one) => (one === undefined ? [] : (places.ofPosition(one) ?? []))),
    createdAt,
  );
  const plain: Partial<Record<(typeof PLAIN_KEYS)[number], JsonValue>> = {};
  for (const key of PLAIN_KEYS) {
    const value = entry[key];
    if (value !== undefined) plain[key] = copy(value, (text) => markText.none(text, key, at), limits.depth);
  }
  const marked = (key: "properties" | "dependencies"): JsonValue =>
    copy(entry[key] ?? {}, (text, isKey) => markText.rewrite(text, key, at, isKey), limits.depth);
  const unknownKeys = namesIn(entry.unknownKeys, MAX_UNKNOWN_KEYS, MAX_KEY);
  const lost = namesIn(entry.lost, MAX_LOST, MAX_PATH);
  return {
    type: plain.type,
    group: plain.group,
    ...plain,
    properties: marked("properties"),
    dependencies: marked("dependencies"),
    ...(unknownKeys.length === 0 ? {} : { unknownKeys }),
    ...(lost.length === 0 ? {} : { lost }),
    ...(at === undefined ? {} : { at }),
  };
}

/** So many of the texts in a list, each cut to a length. */
function namesIn(value: JsonValue | undefined, most: number, longest: number): readonly string[] {
  return (Array.isArray(value) ? value : []).slice(0, most).map((name) => textOf(name).slice(0, longest));
}

function checkObject(value: JsonObject, depth: number, onMarker: () => never): JsonObject {
  const copied = copy(value, (text) => (/[\uE000\uE001]/.test(text) ? onMarker() : text), depth);
  return isObject(copied) ? copied : {};
}

/** A copy with every text, keys too, through `text`. */
function copy(value: JsonValue, text: (value: string, isKey?: true) => string, depth: number): JsonValue {
  if (depth < 0) return tampered();
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((inner) => copy(inner, text, depth - 1));
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__proto__") return tampered();
    result[text(key, true)] = copy(inner, text, depth - 1);
  }
  return result;
}

function positionIn(value: JsonValue | undefined): Position | undefined {
  if (!Array.isArray(value)) return undefined;
  const [file, line, column] = value;
  if (typeof file !== "string" || typeof line !== "number" || typeof column !== "number") return undefined;
  return [file, line, column];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

function tooLarge(has: string, accepted: string): never {
  return fail("SPEC_TOO_LARGE", `the spec has ${has}; accepted: ${accepted}`, {
    hint: "Split it into several stacks, each in its own directory.",
  });
}

/** The prelude never writes this: the spec has tampered with the prelude. */
function tampered(): never {
  return fail("SPEC_TAMPERED", "the spec changed built-in objects, so its result cannot be read", {
    hint: "Do not modify Object, Array, JSON, Promise or their prototypes.",
  });
}
