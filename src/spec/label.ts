/** How messages call an entry, and which dependencies it lacks. */
import type { DependencyKey, Entry, TypeRules } from "./type-rules.ts";
import { collect } from "./collect.ts";
import { withoutMarkers } from "./shown.ts";
import { resourceKey } from "./types.ts";
import { own } from "../model/own.ts";

/** Dependencies that an entry of the type must have and this one has not. */
export function missingDependencies(
  type: TypeRules,
  entry: Entry,
  readOnly: boolean,
): readonly (readonly [string, DependencyKey])[] {
  return Object.entries(type.dependencies).filter(([key, declared]) => {
    const required = declared.parent === true || (declared.required === true && !readOnly);
    return required && (own(entry.dependencies, key) ?? []).length === 0;
  });
}

/** How messages call an entry: by its name when it is known, otherwise by its type. */
export function labelOf(type: TypeRules, entry: Entry): string {
  const nameable = missingDependencies(type, entry, false).length === 0;
  const name = (nameable ? collect([], () => type.name(entry)) : undefined) ?? entry.name;
  return name === undefined || name === "" ? type.type : resourceKey(type.type, withoutMarkers(name));
}
