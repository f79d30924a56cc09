/**
 * Converts what the user's functions return to JSON: anything that JSON would silently lose or change is an error
 * with its path.
 */
import type { JsonValue } from "../../../model/values.ts";
import { member } from "./member.ts";
import { Problem } from "./problem.ts";

export interface JsonBudget {
  /** Characters that may still be produced. */
  characters: number;
  readonly depth: number;
}

/**
 * A copy that is nothing but JSON. Functions, symbols and `undefined` are dropped, as JSON does.
 * @param lost gets the path of each value that is `undefined`
 */
export function toJson(
  value: unknown,
  path: string,
  budget: JsonBudget,
  lost: string[] = [],
): JsonValue | undefined {
  return convert(value, path, { budget, lost, above: [] });
}

interface Converting {
  readonly budget: JsonBudget;
  readonly lost: string[];
  readonly above: readonly object[];
}

function convert(value: unknown, path: string, converting: Converting): JsonValue | undefined {
  spend(converting.budget, typeof value === "string" ? value.length + 2 : 4);
  switch (typeof value) {
    case "undefined":
      if (converting.lost.length < MOST_LOST) converting.lost.push(path);
      return undefined;
    case "function":
    case "symbol":
      return undefined;
    case "string":
    case "boolean":
      return value;
    case "number":
      // JSON has no -0.
      if (Number.isFinite(value)) return value + 0;
      return refuse(path, String(value));
    case "bigint":
      return refuse(path, `the BigInt ${value}n`, "Write it as a number or as text.");
    default:
      return value === null ? null : convertObject(value as object, path, converting);
  }
}

function convertObject(value: object, path: string, converting: Converting): JsonValue | undefined {
  const { budget, above } = converting;
  const inside: Converting = { ...converting, above: [...above, value] };
  if (above.includes(value)) refuse(path, "an object that contains itself");
  if (above.length >= budget.depth) refuse(path, `nested deeper than ${budget.depth} levels`);
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return convert(value.toJSON(), path, inside);
  }
  if (value instanceof String || value instanceof Number || value instanceof Boolean) {
    return convert(value.valueOf(), path, converting);
  }
  const kind = unfit(value);
  if (kind !== undefined) refuse(path, kind);
  if (Array.isArray(value)) {
    const array: JsonValue[] = [];
    // By index: a hole is null, as in JSON, and counts against the budget, so that a length of four billion fails
    // quickly.
    for (let index = 0; index < value.length; index++) {
      array.push(convert(value[index], `${path}[${index}]`, inside) ?? null);
    }
    return array;
  }
  const object: Record<string, JsonValue> = Object.create(null);
  for (const key of Object.keys(value)) {
    if (key === "__proto__") refuse(`${path}.__proto__`, "a key that is not allowed");
    spend(budget, key.length + 4);
    const inner = convert((value as Record<string, unknown>)[key], member(path, key), inside);
    if (inner !== undefined) object[key] = inner;
  }
  return object;
}

/** As many as anybody may want to hear of. */
const MOST_LOST = 100;

/** Values that JSON would silently turn into `{}`. */
function unfit(value: object): string | undefined {
  if (value instanceof Promise) return "a promise: await it first";
  if (value instanceof Map) return "a Map";
  if (value instanceof Set) return "a Set";
  if (value instanceof RegExp) return "a regular expression";
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return "binary data";
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef)
    return "a weak collection";
  return undefined;
}

function spend(budget: JsonBudget, characters: number): void {
  budget.characters -= characters;
  if (budget.characters < 0) {
    throw new Problem(
      "SPEC_TOO_LARGE",
      "what the spec returns is too large",
      "Split it into several stacks, which also plan faster.",
    );
  }
}

function refuse(
  path: string,
  what: string,
  hint = "Only what JSON can say reaches AWS: text, numbers, true, false, null, arrays and objects.",
): never {
  throw new Problem("SPEC_NOT_JSON", `${path} is ${what}`, hint);
}
