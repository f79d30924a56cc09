/**
 * Fits text into a number of bytes by leaving out complete parts: it never cuts inside a fence, a table or a fold.
 * First as many rows as fit, then as many diffs as still fit beside them.
 */
import type { Markdown } from "../../text/markdown.ts";
import { byteLength } from "../../text/words.ts";

/** The limit for a comment. GitHub accepts 65,536 characters; the rest is room for text that GitHub or users add. */
export const COMMENT_BYTES = 60_000;

/** The first text that fits, otherwise the last one. */
export function firstThatFits<Level>(
  levels: readonly Level[],
  make: (level: Level) => Markdown,
  budget: number,
): { readonly level: Level; readonly text: Markdown; readonly fits: boolean } | undefined {
  let last: { readonly level: Level; readonly text: Markdown; readonly fits: boolean } | undefined;
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
  make: (item: Item) => Markdown,
  bytes: number,
): ReadonlyMap<Item, Markdown> {
  const chosen = new Map<Item, Markdown>();
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
