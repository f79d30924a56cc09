/** What one step of the loader passes to the next. */
import type { RawEntry } from "./sandbox/types.ts";
import type { TypeRules } from "./type-rules.ts";

export type TypeRegistry = ReadonlyMap<string, TypeRules>;

/** An entry as the sandbox gives it: its functions called, nothing else checked. */
export type WrittenEntry = Partial<RawEntry>;

/** The key under `dependencies` that names the parent, for child types. */
export function parentKey({ dependencies }: Pick<TypeRules, "dependencies">): string | undefined {
  return Object.entries(dependencies).find(([, key]) => key.parent === true)?.[0];
}
