/** Specs write tags as AWS's list or as a map, under `Tags` or `tags`; the canonical form is the map `Tags`. */
import { isObject, type JsonValue } from "../model/values.ts";
import type { AlsoAccepted } from "./type.ts";
import type { Entry } from "../spec/type-rules.ts";

const SPELLINGS = "Readonly<Record<string, string>> | readonly Readonly<Record<string, string>>[]";

/** What types with tags accept besides the map. */
export const tagSpellings: Readonly<Record<string, AlsoAccepted>> = {
  Tags: { as: SPELLINGS, says: "A map, or AWS's list of `{Key, Value}`." },
  tags: { as: SPELLINGS, says: "The same as Tags." },
};

/** The entry with its tags as a map. What is not a tag is left to the schema, which says where. */
export function withTagMap(entry: Entry): Entry {
  const { tags, ...rest } = entry.properties;
  const written = rest.Tags ?? tags;
  if (written === undefined || (tags !== undefined && rest.Tags !== undefined)) return entry;
  return { ...entry, properties: { ...rest, Tags: tagMapFrom(written) } };
}

function tagMapFrom(written: JsonValue): JsonValue {
  if (!Array.isArray(written)) return written;
  const pairs = written.map((item) => {
    if (!isObject(item)) return undefined;
    const key = item.Key ?? item.key ?? item.TagKey;
    return typeof key === "string"
      ? ([key, item.Value ?? item.value ?? item.TagValue ?? ""] as const)
      : undefined;
  });
  const found = pairs.filter((pair) => pair !== undefined);
  return found.length === pairs.length ? Object.fromEntries(found) : written;
}
