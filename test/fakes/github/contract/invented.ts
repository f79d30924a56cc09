import { isRecord, type Json, text } from "../json.ts";
import { description } from "./description.ts";

/** Follows `$ref` and gathers the alternatives and parts of a schema: all places that may name a property. */
function parts(schema: Json | undefined, out: Record<string, Json>[] = []): Record<string, Json>[] {
  if (!isRecord(schema)) return out;
  const reference = text(schema, "$ref");
  if (reference) return parts(pointed(reference), out);
  out.push(schema);
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    const inner = schema[key];
    if (Array.isArray(inner)) for (const each of inner) parts(each, out);
  }
  return out;
}

/** What stands at a pointer into the description. */
export function pointed(reference: string): Json | undefined {
  let value: Json | undefined = description().document;
  for (const part of reference.replace(/^.*?#\//, "").split("/")) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    value = isRecord(value) ? value[key] : undefined;
  }
  return value;
}

/**
 * A value without the properties that GitHub's description does not know at their place. The fake makes one
 * view of a thing and shows it in many places, where GitHub shows more or less of it. Its schemas allow what
 * they do not name, so that no validator would mind; but code that relied on it would fail on GitHub.
 */
export function describedOnly(schema: Json | undefined, value: Json | undefined): Json | undefined {
  const schemas = parts(schema);
  if (Array.isArray(value)) {
    const items = schemas.flatMap((each) => (each.items === undefined ? [] : [each.items]));
    return items.length === 0 ? value : value.map((item) => describedOnly({ anyOf: items }, item) ?? null);
  }
  const objects = schemas.flatMap(({ properties }) => (isRecord(properties) ? [properties] : []));
  if (!isRecord(value) || objects.length === 0) return value;
  const open = schemas.some(({ additionalProperties: more }) => more !== undefined && more !== false);
  const kept: Record<string, Json | undefined> = {};
  for (const [key, inner] of Object.entries(value)) {
    const known = objects.flatMap((properties) => (properties[key] === undefined ? [] : [properties[key]]));
    if (known.length > 0) kept[key] = describedOnly({ anyOf: known }, inner);
    else if (open) kept[key] = inner;
  }
  return kept;
}
