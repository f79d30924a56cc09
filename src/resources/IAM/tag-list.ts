/** Specs write IAM's tags as AWS's list or as a map; the canonical form is the map. */
import { isObject } from "../../model/values.ts";
import type { Entry } from "../../spec/type-rules.ts";

export function tagListToMap(entry: Entry): Entry {
  const { Tags } = entry.properties;
  if (!Array.isArray(Tags)) return entry;
  const pairs = Tags.filter(isObject).map(({ Key, Value }) => [String(Key), Value ?? ""] as const);
  // Something that is not a tag: leave it to the schema, which says where.
  if (pairs.length !== Tags.length) return entry;
  return { ...entry, properties: { ...entry.properties, Tags: Object.fromEntries(pairs) } };
}
