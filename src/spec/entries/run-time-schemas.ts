/** Schemas that are asked for instead of written down: of types that AWS describes itself. */
import type { TypeRules } from "../type-rules.ts";
import type { TypedEntry } from "./entries.ts";

/** The entries with the schemas of their types; each type that the spec uses is asked once. */
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
