/** Where an entry of `createResources` is written. */
import type { SourceLocation } from "../../model/errors.ts";
import type { JsonValue } from "../../model/values.ts";

/** An entry's `type` is looked for this far above its first function. */
const REACH = 300;

/**
 * The line of the entry's `type: "…"`. The engine tells where the entry's functions are; the key is found from there
 * upwards, inside the same braces. When that finds nothing, the function's own place is still a true one.
 *
 * @param functions places of the entry's functions
 * @param fallback where `createResources` is
 */
export function locateEntry(
  type: JsonValue | undefined,
  functions: readonly SourceLocation[],
  fallback: SourceLocation | undefined,
  texts: ReadonlyMap<string, string>,
): SourceLocation | undefined {
  if (typeof type !== "string") return earliest(functions) ?? fallback;
  const pattern = new RegExp(`(?<![\\w$.-])["']?type["']?\\s*:\\s*(["'\`])${escaped(type)}\\1`, "g");
  const first = earliest(functions);
  if (first !== undefined) return above(first, pattern, texts.get(first.file) ?? "") ?? first;
  const everywhere = [...texts].flatMap(([file, text]) => matches(file, text, pattern));
  // With one such line in all files there is no doubt which it is.
  return everywhere.length === 1 ? everywhere[0] : fallback;
}

function earliest(places: readonly SourceLocation[]): SourceLocation | undefined {
  const file = places[0]?.file;
  return places.filter((place) => place.file === file).sort((one, other) => one.line - other.line)[0];
}

function above(place: SourceLocation, pattern: RegExp, text: string): SourceLocation | undefined {
  const lines = text.split("\n");
  let depth = 0;
  for (let line = place.line; line >= 1 && line > place.line - REACH; line--) {
    const whole = lines[line - 1] ?? "";
    const found = matches(place.file, whole, pattern).at(-1);
    // On its own line nothing can be told of braces: "{ type: "Api", properties: () => ({}) }".
    if (found !== undefined && depth >= 0) return { ...found, line };
    if (line === place.line) continue;
    depth += count(whole, /[({[]/g) - count(whole, /[)}\]]/g);
    // More opened than closed on the way up: this is outside the entry.
    if (depth > 0) return undefined;
  }
  return undefined;
}

function matches(file: string, text: string, pattern: RegExp): SourceLocation[] {
  return [...text.matchAll(pattern)].map(({ index }) => {
    const before = text.slice(0, index);
    const start = before.lastIndexOf("\n") + 1;
    return { file, line: before.split("\n").length, column: index - start + 1 };
  });
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
