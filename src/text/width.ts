/** How many columns a text takes at a terminal, and text cut or filled to a number of them. Pure. */

/** Characters of two columns: East Asian wide and emoji, as far as they occur in names and values. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NONE = /^\p{M}$/u;

/** Text with escapes of colour is not measured: measure first, colour after. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return sum;
}

/** Filled with spaces to `width` columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

/** A line as several of at most `width` columns; what follows the first is indented like it, and a little more. */
export function wrapped(line: string, width: number): readonly string[] {
  if (columns(line) <= width) return [line];
  const indent = `${/^ */.exec(line)?.[0] ?? ""}    `.slice(0, Math.floor(width / 2));
  const lines: string[] = [];
  let current = "";
  for (const character of line) {
    if (columns(current) + columns(character) > width) {
      lines.push(current);
      current = indent;
    }
    current += character;
  }
  return [...lines, current];
}
