/**
 * The JSON values that flow from a spec to AWS, with three tagged objects in place of strings that are not known yet:
 * `{$template}` (a string with references, as loaded), `{$unknown}` (known after apply), `{$generated}` (a password).
 */

export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/** A reference to another resource's live value, from `getId({type, group, name, path, suffix})`. */
export interface Reference {
  /** `Group::Type` */
  readonly type: string;
  readonly name: string;
  /** `id` or `live.<attribute>` */
  readonly path: string;
  readonly suffix: string;
}

/** A value that AWS stores: `config.parameter("/shop/table")`, `config.secret("/shop/db", {key: "password"})`. Read when it is planned. */
export interface StoredValue {
  readonly from: "parameter" | "secret";
  readonly name: string;
  /** The key of a secret that is a JSON object; empty for the whole. */
  readonly key: string;
}

/** A string with unresolved references. */
export type Template = {
  $template: (
    | string
    | { ref: { [K in keyof Reference]: Reference[K] } }
    | { stored: { [K in keyof StoredValue]: StoredValue[K] } }
  )[];
};

/** Text that is known only after another step. The value names it for messages: `ApiGatewayV2::Api::my-api id`. */
type Unknown = { $unknown: string };

/** A password generated when the resource is created; never compared, never printed. */
type Generated = { $generated: number };

/** A resolved string: text, or known after apply. */
export type Text = string | Unknown;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTagged(value: unknown, tag: string): boolean {
  return isObject(value) && Object.hasOwn(value, tag) && Object.keys(value).length === 1;
}

export function isTemplate(value: unknown): value is Template {
  return isTagged(value, "$template");
}

export function isUnknown(value: unknown): value is Unknown {
  return isTagged(value, "$unknown");
}

export function isGenerated(value: unknown): value is Generated {
  return isTagged(value, "$generated");
}

/** True if the value contains an unknown at any depth. */
export function containsUnknown(value: JsonValue | undefined): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isObject(value) && Object.values(value).some(containsUnknown);
}

/**
 * Joins parts to a string; unknown if a part is. Use it to build a text from a dependency's value:
 * `` text`integrations/${integration.id}` ``.
 */
export function text(literals: TemplateStringsArray, ...parts: Text[]): Text {
  const unknown = parts.find(isUnknown);
  if (unknown !== undefined) return unknown;
  return literals.reduce((joined, literal, index) => `${joined}${String(parts[index - 1] ?? "")}${literal}`);
}

/** AWS and diffs treat a missing value, null, "", [] and {} as the same. */
export function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A copy without empty properties at any depth (elements of arrays are kept). */
export function withoutEmpty(value: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    const trimmed = isObject(inner) && !isUnknown(inner) ? withoutEmpty(inner) : inner;
    if (!isEmpty(trimmed)) result[key] = trimmed;
  }
  return result;
}

/** JSON text with sorted keys: equal values give equal text, regardless of key order. */
export function canonicalJson(value: JsonValue | undefined): string {
  if (value === undefined) return "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(",")}}`;
}
