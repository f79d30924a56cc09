/** Reads untyped JSON from GitHub: responses, event payloads and Octokit's errors. */

/** The value at a path, or `undefined` if a part of the path is missing: `at(payload, "pull_request", "head", "sha")`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (inner, name) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

/** A non-empty string. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The string, or `""` if it is missing. */
export function text(value: unknown): string {
  return textOf(value) ?? "";
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The number, or 0 if it is missing. */
export function number(value: unknown): number {
  return numberOf(value) ?? 0;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
