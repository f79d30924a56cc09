/** Shortens texts without hiding where they differ. Pure. */
import { clip } from "./escape.ts";

/** Characters of common text to keep before the first difference. */
const LEAD = 24;

/** Shortens two different texts to about `max` characters each, starting just before their first difference. */
export function clipPair(before: string, after: string, max: number): readonly [string, string] {
  if (before.length <= max && after.length <= max) return [before, after];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  const from = start <= LEAD ? 0 : start - LEAD;
  return [windowOf(before, from, max), windowOf(after, from, max)];
}

function windowOf(text: string, from: number, max: number): string {
  const head = from === 0 ? "" : "…";
  const body = text.slice(from, from + max);
  const rest = text.length - from - body.length;
  return `${head}${body}${rest > 0 ? `… (${text.length} characters)` : ""}`;
}

/** Cuts out the middle of a long text and adds its length. */
export function clipOne(text: string, max: number): string {
  return text.length <= max ? text : `${clip(text, max)} (${text.length} characters)`;
}
