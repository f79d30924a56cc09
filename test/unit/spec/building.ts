/** Builds resources of made-up types from entries, without a sandbox. */
import { type GatewrightError, userErrors } from "../../../src/model/errors.ts";
import { type BuildOptions, buildResources } from "../../../src/spec/load/build.ts";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import { encodeReference } from "../../../src/spec/sandbox/markers.ts";
import type { LoadedSpec } from "../../../src/spec/types.ts";
import { toys } from "./toy-types.ts";

export type Built = Pick<LoadedSpec, "resources" | "satisfied" | "warnings" | "open">;

/** What `getId` gives, called in line 77. */
export function ref(type: string, name: string, path = "id", suffix = ""): string {
  return encodeReference({ type, name, path, suffix, at: { file: "resources.js", line: 77, column: 5 } });
}

/** Each entry one line below the one before. */
export function build(entries: readonly WrittenEntry[], options: Partial<BuildOptions> = {}): Promise<Built> {
  const placed = entries.map((entry, index) => ({ at: { file: "resources.js", line: index + 1 }, ...entry }));
  const codeOf = async () => ({ archives: new Map(), errors: [], warnings: [] });
  return buildResources(placed, {
    registry: toys,
    region: "us-east-1",
    codeOf,
    textOf: async () => undefined,
    ...options,
  });
}

/** The errors of a spec that must have some. */
export async function errorsOf(
  entries: readonly WrittenEntry[],
  options: Partial<BuildOptions> = {},
): Promise<readonly GatewrightError[]> {
  const built = await build(entries, options).catch((error: unknown) => {
    const errors = userErrors(error);
    if (errors === undefined) throw error;
    return errors;
  });
  if ("resources" in built) throw new Error("no error was reported");
  return built;
}

/** `code at line: message` for each. */
export async function told(
  entries: readonly WrittenEntry[],
  options?: Partial<BuildOptions>,
): Promise<string[]> {
  return (await errorsOf(entries, options)).map(
    ({ code, message, at }) => `${code} at ${at?.line}: ${message}`,
  );
}

export const shelf = (name: string, properties: object = {}): WrittenEntry => ({
  type: "Shelf",
  group: "Toy",
  name,
  properties: { ...properties },
});

export const book = (
  title: string,
  on: string,
  dependencies: object = {},
  properties: object = {},
): WrittenEntry => ({
  type: "Book",
  group: "Toy",
  properties: { Title: title, ...properties },
  dependencies: { shelf: on, ...dependencies },
});
