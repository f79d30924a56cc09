/** What travels over the wire. `undefined` is a property that is left out. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** Whether `value` is a JSON object. */
export function isRecord(value: unknown): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text at `key`, when there is one. */
export function text(value: Json | undefined, key: string): string | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** The list of texts at `key`; anything else in it is left out. */
export function texts(value: Json | undefined, key: string): string[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === "string") : [];
}

/** Whether `key` was sent at all, `null` included. */
export function has(value: Json | undefined, key: string): boolean {
  return isRecord(value) && value[key] !== undefined;
}

/** Unknown input as JSON text parsed, or `undefined` when it is no JSON. */
export function parsed(source: string): Json | undefined {
  try {
    const value: Json = JSON.parse(source);
    return value;
  } catch {
    return undefined;
  }
}
