/** Formats words and numbers for people. Pure. */

/** `1 property`, `3 properties`, `1,204 routes` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `1,204` */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** `812 bytes`, `12 kB`, `1.2 MB` */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000) return plural(bytes, "byte");
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Makes the first letter upper case. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a`, `a or b`, `a, b or c` */
export function inWords(items: readonly string[], word: "and" | "or"): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

/** The first of them; what is left over is told in one more: `… and 3 more`. */
export function atMost<Item, Shown>(
  most: number,
  items: readonly Item[],
  show: (item: Item) => Shown,
  more: (left: number) => Shown,
): readonly Shown[] {
  const shown = items.slice(0, most).map((item) => show(item));
  return items.length > shown.length ? [...shown, more(items.length - shown.length)] : shown;
}
