/** The name of an entry whose type keeps it in a property: old specs write `name`, current ones the property. */
import { fail } from "../model/errors.ts";
import { hasMarker } from "../model/reference-marker.ts";
import type { Entry } from "../spec/type-rules.ts";
import { own } from "../model/own.ts";

/**
 * The entry with its name in both places.
 * @throws NAME_CONTRADICTION when they are written differently.
 */
export function nameFrom(property: string, entry: Entry): Entry {
  const written = own(entry.properties, property);
  if (written === undefined) {
    if (entry.name === undefined) return entry;
    return { ...entry, properties: { [property]: entry.name, ...entry.properties } };
  }
  if (typeof written !== "string") return entry;
  const { name } = entry;
  if (name !== undefined && name !== written && !hasMarker(name) && !hasMarker(written)) {
    fail("NAME_CONTRADICTION", `name is "${name}", but ${property} is "${written}"`, {
      hint: `Remove one of the two: name and ${property} mean the same.`,
    });
  }
  return { ...entry, name: written };
}

/** The name of a canonical entry; its schema has made sure that there is one. */
export function propertyName(property: string, entry: Entry): string {
  const name = own(entry.properties, property) ?? entry.name;
  if (typeof name === "string") return name;
  return fail("NAME_MISSING", `the resource has no ${property}`, {
    hint: `Set ${property} in its properties.`,
  });
}
