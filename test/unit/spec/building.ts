/** Builds resources of made-up types from entries, without a sandbox. */
import { type GatewrightError, userErrors } from "../../../src/errors.ts";
import { MARKER_END, MARKER_START } from "../../../src/marker.ts";
import { type BuildOptions, buildResources } from "../../../src/spec/build.ts";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import type { Piece } from "../../../src/spec/references.ts";
import type { LoadedSpec } from "../../../src/spec/types.ts";
import type { Reference } from "../../../src/values.ts";
import { toys } from "./toy-types.ts";

export type Built = Pick<LoadedSpec, "resources" | "satisfied" | "warnings">;

/** A marker as these tests write it: `type|name|path|suffix` between the marks, or `generated|16`. */
export function ref(type: string, name: string, path = "id", suffix = ""): string {
  return `${MARKER_START}${type}|${name}|${path}|${suffix}${MARKER_END}`;
}

export function decode(text: string): readonly Piece[] {
  return text
    .split(new RegExp(`(${MARKER_START}[^${MARKER_END}]*${MARKER_END})`))
    .flatMap((part): Piece[] => {
      if (!part.startsWith(MARKER_START)) return part === "" ? [] : [part];
      const [type = "", name = "", path = "", suffix = ""] = part.slice(1, -1).split("|");
      if (type === "generated") return [{ $generated: Number(name) }];
      const reference: Reference = { type, name, path, suffix };
      return [{ ref: reference }];
    });
}

/** Each entry one line below the one before. */
export function build(entries: readonly WrittenEntry[], options: Partial<BuildOptions> = {}): Promise<Built> {
  const placed = entries.map((entry, index) => ({ at: { file: "resources.js", line: index + 1 }, ...entry }));
  const codeOf = async () => ({ archives: new Map(), errors: [] });
  return buildResources(placed, { registry: toys, decode, codeOf, ...options });
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
