/**
 * Text within a number of bytes, by leaving out whole parts: nothing is ever cut inside a fence, a table or a fold.
 * First as many rows as fit, then as many diffs as still fit beside them.
 */
import { byteLength } from "../../text/words.ts";

/** A comment's: GitHub takes 65,536 characters; the rest is room for what others may add to our text. */
export const COMMENT_BYTES = 60_000;

/** The first of the texts that fits; the last one if none does. */
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

/** Misses in a row after which the rest is not even looked at: a plan of ten thousand changes stays cheap. */
const PATIENCE = 20;

/** Which of the parts fit into `bytes`, taken in order; `undefined` where one had to be left out. */
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
