/** From the text the guest handed over to an evaluated spec. The guest is not believed: every part is checked here. */
import { fail } from "../../model/errors.ts";
import { isObject, type JsonObject, type JsonValue } from "../../model/values.ts";
import { locateEntry } from "./entry-places.ts";
import { type MarkText, makeMarkText } from "./mark-text.ts";
import type { Places } from "./places.ts";
import type { Failure, Position } from "./protocol.ts";
import type { RawEntry } from "./types.ts";

export interface CheckedResult {
  readonly entries: readonly RawEntry[];
  readonly config: JsonObject;
  readonly projectName: string | undefined;
}

const PLAIN_KEYS = ["type", "group", "name", "namespace", "readOnly", "isDefault"] as const;
const MAX_DEPTH = 200;

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
    ...(typeof code === "string" ? { code } : {}),
    ...(typeof hint === "string" ? { hint } : {}),
    ...(typeof refused === "number" ? { refused } : {}),
    name: textOf(name),
    message: textOf(message),
    stack: textOf(stack),
    doing: textOf(doing),
    ...(position === undefined ? {} : { position }),
  };
}

/** Markers become what the loader understands, entries get their places. */
export function checkResult(
  result: JsonObject,
  nonce: string,
  places: Places,
  texts: ReadonlyMap<string, string>,
): CheckedResult {
  const { entries, config, projectName, marks, created } = result;
  if (!Array.isArray(entries) || !Array.isArray(marks) || !isObject(config)) return tampered();
  const markText = makeMarkText(nonce, marks, places);
  const fallback = positionIn(created);
  return {
    entries: entries.map((entry) => checkEntry(entry, { markText, places, texts, fallback })),
    config: checkObject(config, () =>
      fail("MARKER_MISPLACED", "config holds a reference; accepted: plain values"),
    ),
    projectName: typeof projectName === "string" && projectName !== "" ? projectName : undefined,
  };
}

interface Context {
  readonly markText: MarkText;
  readonly places: Places;
  readonly texts: ReadonlyMap<string, string>;
  readonly fallback: Position | undefined;
}

function checkEntry(entry: JsonValue, { markText, places, texts, fallback }: Context): RawEntry {
  if (!isObject(entry)) return tampered();
  const positions = (Array.isArray(entry.positions) ? entry.positions : []).map(positionIn);
  const at = locateEntry(
    entry.type,
    positions.flatMap((one) => (one === undefined ? [] : (places.ofPosition(one) ?? []))),
    fallback === undefined ? undefined : places.ofPosition(fallback),
    texts,
  );
  const plain: Partial<Record<(typeof PLAIN_KEYS)[number], JsonValue>> = {};
  for (const key of PLAIN_KEYS) {
    const value = entry[key];
    if (value !== undefined) plain[key] = copy(value, (text) => markText.none(text, key, at), 0);
  }
  const marked = (key: "properties" | "dependencies"): JsonValue =>
    copy(entry[key] ?? {}, (text, isKey) => markText.rewrite(text, key, at, isKey), 0);
  const unknownKeys = (Array.isArray(entry.unknownKeys) ? entry.unknownKeys : []).map(textOf);
  return {
    type: plain.type,
    group: plain.group,
    ...plain,
    properties: marked("properties"),
    dependencies: marked("dependencies"),
    ...(unknownKeys.length === 0 ? {} : { unknownKeys }),
    ...(at === undefined ? {} : { at }),
  };
}

function checkObject(value: JsonObject, onMarker: () => never): JsonObject {
  const copied = copy(value, (text) => (/[\uE000\uE001]/.test(text) ? onMarker() : text), 0);
  return isObject(copied) ? copied : {};
}

/** A copy with every text, keys too, through `text`. */
function copy(value: JsonValue, text: (value: string, isKey?: true) => string, depth: number): JsonValue {
  if (depth > MAX_DEPTH) return tampered();
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((inner) => copy(inner, text, depth + 1));
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key === "__proto__") return tampered();
    result[text(key, true)] = copy(inner, text, depth + 1);
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

/** The prelude never writes such a thing: the spec changed what the prelude works with. */
function tampered(): never {
  return fail("SPEC_TAMPERED", "the spec changed built-in objects in a way that its result cannot be read", {
    hint: "Leave Object, Array, JSON, Promise and their prototypes as they are.",
  });
}
