/**
 * Finds the line of a mistake. The sandbox knows where an entry is; a property inside it is searched for in the text
 * that follows. If it is not found (built in a loop or in another file), the entry's line is used.
 */
import { GatewrightError, type SourceLocation } from "../model/errors.ts";
import { literal } from "../text/prose.ts";

/** What to search for: keys from the outside in, or a quoted name. */
const words = new WeakMap<GatewrightError, readonly string[]>();

/** Notes what to look for; gives the error back. */
export function about(error: GatewrightError, path: readonly PropertyKey[]): GatewrightError {
  words.set(
    error,
    path.filter((segment) => typeof segment === "string"),
  );
  return error;
}

interface SpecText {
  /** The text of a file of the spec. */
  read(file: string): Promise<string | undefined>;
  /** Where all entries are. */
  readonly entries: readonly SourceLocation[];
}

/** The errors, each at the most precise place that is certain. */
export async function atTheirLines(
  errors: readonly GatewrightError[],
  text: SpecText,
): Promise<readonly GatewrightError[]> {
  return Promise.all(errors.map((error) => atItsLine(error, text)));
}

async function atItsLine(error: GatewrightError, text: SpecText): Promise<GatewrightError> {
  const path = words.get(error);
  const { at } = error;
  if (at === undefined || path === undefined || path.length === 0) return error;
  const source = await text.read(at.file);
  if (source === undefined) return error;
  const lines = source.split("\n");
  const next = text.entries
    .filter(({ file, line }) => file === at.file && line > at.line)
    .reduce((least, { line }) => Math.min(least, line), lines.length + 1);
  const found = search(lines.slice(0, next - 1), at, path);
  if (found === undefined) return error;
  const { code, message, hint, resource, cause } = error;
  return new GatewrightError(code, message, { hint, resource, cause, at: { file: at.file, ...found } });
}

/** Searches for one word after another; the place of the last one found. */
function search(
  lines: readonly string[],
  { line, column = 1 }: SourceLocation,
  path: readonly string[],
): { line: number; column: number } | undefined {
  let from = { line, column };
  let found: { line: number; column: number } | undefined;
  for (const word of path) {
    const next = firstAfter(lines, from, pattern(word));
    if (next === undefined) return found;
    found = next;
    from = next;
  }
  return found;
}

function firstAfter(
  lines: readonly string[],
  from: { line: number; column: number },
  sought: RegExp,
): { line: number; column: number } | undefined {
  for (let line = from.line; line <= lines.length; line += 1) {
    const text = lines[line - 1] ?? "";
    const start = line === from.line ? from.column - 1 : 0;
    const at = text.slice(start).search(sought);
    if (at >= 0) return { line, column: start + at + 1 };
  }
  return undefined;
}

/** A key as in `Key:`, `"Key":`, `Key,` or `Key(`; a text in its quotes. */
function pattern(word: string): RegExp {
  const escaped = literal(word);
  return /^["']/.test(word)
    ? new RegExp(`(["'\`])${escaped.slice(1, -1)}\\1`)
    : new RegExp(`(?<![\\w$.])["']?${escaped}["']?\\s*[:,(}]`);
}
