/**
 * Fits text into a number of bytes by leaving out complete parts: it never cuts inside a fence, a table or a fold.
 * First as many rows as fit, then as many diffs as still fit beside them.
 */
import { type Markdown, safely } from "../../text/markdown.ts";
import { byteLength, plural } from "../../text/words.ts";

/** The limit for a comment. GitHub accepts 65,536 characters; the rest is room for text that GitHub or users add. */
export const COMMENT_BYTES = 60_000;

/** The first text that fits, otherwise the last one. */
export function firstThatFits<Level>(
  levels: readonly Level[],
  make: (level: Level) => string,
  budget: number,
): { readonly level: Level; readonly text: string; readonly fits: boolean } | undefined {
  let last: { readonly level: Level; readonly text: string; readonly fits: boolean } | undefined;
  for (const level of levels) {
    const text = make(level);
    last = { level, text, fits: byteLength(text) <= budget };
    if (last.fits) return last;
  }
  return last;
}

/** After this many misses in a row, skip the rest: a plan with ten thousand changes stays cheap. */
const PATIENCE = 20;

/** The parts that fit into `bytes`, in order; `undefined` in place of each one left out. */
export function fitting<Item>(
  items: readonly Item[],
  make: (item: Item) => string,
  bytes: number,
): ReadonlyMap<Item, string> {
  const chosen = new Map<Item, string>();
  let left = bytes;
  let misses = 0;
  for (const item of items) {
    if (misses >= PATIENCE || left <= 0) break;
    const text = make(item);
    const size = byteLength(text) + 2;
    if (size <= left) {
      chosen.set(item, text);
      left -= size;
      misses = 0;
    } else misses += 1;
  }
  return chosen;
}

/**
 * The lines from the start that fit into `bytes`, with a line at the end that says what is missing. A code fence that is cut
 * is closed; a table loses its last rows.
 */
export function shortened(text: Markdown, bytes: number): Markdown {
  if (byteLength(text) <= bytes) return text;
  const kept: string[] = [];
  let left = bytes - CUT_BYTES;
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    left -= byteLength(line) + 1;
    if (left < 0) break;
    kept.push(line);
    const mark = /^[ >]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true) fence = undefined;
  }
  const missing = text.split("\n").length - kept.length;
  // Whole lines of what was safe are.
  return safely(
    [...kept, ...(fence === undefined ? [] : [fence]), "", `… and ${plural(missing, "more line")}.`].join(
      "\n",
    ),
  );
}

/** Room for the last lines of a text that is cut. */
const CUT_BYTES = 200;
