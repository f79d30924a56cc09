/** Where an entry of `createResources` is written. */
import type { SourceLocation } from "../../../model/errors.ts";
import type { JsonValue } from "../../../model/values.ts";
import { lineIndex, type LineIndex } from "./line-index.ts";
import { once } from "../../../model/promises/once.ts";

/** An entry's `type` is looked for this far above its first function. */
const REACH = 300;

/** `type: "Api"` in all spellings; group 2 is the type. A type as long as this is none. */
const TYPE_KEY = /(?<![\w$.-])["']?type["']?\s*:\s*(["'`])([^"'`\n]{1,200})\1/g;

export interface EntryPlaces {
  /**
   * The line of the entry's `type: "…"`. QuickJS reports where the entry's functions are; the key is searched for from there
   * upwards, inside the same braces. When that finds nothing, the function's own place is still a true one.
   *
   * @param functions places of the entry's functions
   * @param fallback where `createResources` is
   */
  locate(
    type: JsonValue | undefined,
    functions: readonly SourceLocation[],
    fallback: SourceLocation | undefined,
  ): SourceLocation | undefined;
}

export function makeEntryPlaces(
  texts: ReadonlyMap<string, string>,
  linesOf: (file: string) => LineIndex | undefined,
): EntryPlaces {
  // One pass over all files for all entries: a type that is written once is found without doubt.
  const only = once(() => writtenOnce(texts));
  return {
    locate: (type, functions, fallback) => {
      if (typeof type !== "string") return earliest(functions) ?? fallback;
      const first = earliest(functions);
      if (first !== undefined) {
        const lines = linesOf(first.file);
        return (lines === undefined ? undefined : above(first, type, lines)) ?? first;
      }
      const found = only().get(type);
      return found === undefined || found === "several" ? fallback : found;
    },
  };
}

function earliest(places: readonly SourceLocation[]): SourceLocation | undefined {
  const file = places[0]?.file;
  return places.filter((place) => place.file === file).sort((one, other) => one.line - other.line)[0];
}

function above(place: SourceLocation, type: string, lines: LineIndex): SourceLocation | undefined {
  let depth = 0;
  for (let line = place.line; line >= 1 && line > place.line - REACH; line--) {
    const whole = lines.line(line);
    const found = [...whole.matchAll(TYPE_KEY)].findLast(([, , name]) => name === type);
    // Braces on the function's own line say nothing: "{ type: "Api", properties: () => ({}) }".
    if (found !== undefined && depth >= 0) return { file: place.file, line, column: found.index + 1 };
    if (line === place.line) continue;
    depth += count(whole, /[({[]/g) - count(whole, /[)}\]]/g);
    // More braces opened than closed on the way up, so this is outside the entry.
    if (depth > 0) return undefined;
  }
  return undefined;
}

/** Every type that is written, with its place when there is only one. */
function writtenOnce(texts: ReadonlyMap<string, string>): ReadonlyMap<string, SourceLocation | "several"> {
  const places = new Map<string, SourceLocation | "several">();
  for (const [file, text] of texts) {
    const lines = lineIndex(text);
    for (let line = 1; line <= lines.count; line += 1) {
      for (const { 2: type = "", index } of lines.line(line).matchAll(TYPE_KEY)) {
        places.set(type, places.has(type) ? "several" : { file, line, column: index + 1 });
      }
    }
  }
  return places;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
