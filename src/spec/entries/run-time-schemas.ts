/** Schemas that are requested at run time, for types that AWS describes itself. */
import type { TypeRules } from "../type-rules.ts";
import type { TypedEntry } from "./entries.ts";

/** Adds the schemas of their types to the entries; each type is requested once. */
export async function withSchemas(entries: readonly TypedEntry[]): Promise<readonly TypedEntry[]> {
  const types = [...new Set(entries.map(({ type }) => type))].filter((type) => type.askSchema !== undefined);
  if (types.length === 0) return entries;
  const asked = await Promise.all(types.map(async (type) => [type, await complete(type)] as const));
  const known = new Map(asked);
  return entries.map((entry) => ({ ...entry, type: known.get(entry.type) ?? entry.type }));
}

async function complete(type: TypeRules): Promise<TypeRules> {
  const schema = await type.askSchema?.();
  return schema === undefined ? type : { ...type, schema };
}
