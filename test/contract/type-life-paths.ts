/** The properties of a type or of one value of it, as paths through what its schema names: not into lists and maps. */
import { resourceTypes } from "../../src/resources/registry.ts";
import { alternatives, type SchemaNode, schemaTree } from "../../src/spec/schema-tree.ts";
import { isObject, type JsonObject, type JsonValue } from "../../src/model/values.ts";

/** With `full`: only those that it has. */
export function propertyPaths({ type, full }: { type: string; full?: JsonObject }): readonly string[] {
  const known = resourceTypes.get(type);
  if (known === undefined) throw new Error(`no type ${type}`);
  const walk = (node: SchemaNode, prefix: string): string[] =>
    alternatives(node).flatMap(({ properties = {} }) =>
      Object.entries(properties).flatMap(([key, inner]) => {
        const path = `${prefix}${key}`;
        if (full !== undefined && !isCovered(full, path)) return [];
        return [path, ...walk(inner, `${path}.`)];
      }),
    );
  return [...new Set(walk(schemaTree(known), ""))];
}

export function isCovered(full: JsonObject, path: string): boolean {
  return valueAt(full, path) !== undefined;
}

export function valueAt(full: JsonObject, path: string): JsonValue | undefined {
  return path
    .split(".")
    .reduce<JsonValue | undefined>((value, key) => (isObject(value) ? value[key] : undefined), full);
}

/** A copy with another value at the path, or without it. */
export function withProperty(full: JsonObject, path: string, value?: JsonValue): JsonObject {
  const [key = "", ...rest] = path.split(".");
  const { [key]: inner, ...others } = full;
  if (rest.length === 0) return value === undefined ? others : { ...full, [key]: value };
  return { ...full, [key]: withProperty(isObject(inner) ? inner : {}, rest.join("."), value) };
}
