/** Reading GitHub's JSON (answers, event payloads, Octokit's errors): the one place that looks into this boundary's unknown data. */

/** The value at a path, when everything on the way is an object: `at(payload, "pull_request", "head", "sha")`. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (inner, name) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, name) : undefined),
    value,
  );
}

/** A text that is there and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The same where a missing text is as good as an empty one. */
export function text(value: unknown): string {
  return textOf(value) ?? "";
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The same where a missing number is as good as 0. */
export function number(value: unknown): number {
  return numberOf(value) ?? 0;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
