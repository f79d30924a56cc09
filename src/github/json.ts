/** Reading GitHub's JSON (answers, event payloads): the one place that looks into unknown data of this boundary. */

/** `value[name]`, when `value` is an object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** The value at a path: `at(payload, "pull_request", "head", "sha")`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(field, value);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
