/** How many columns a text takes at a terminal, and text cut or filled to a number of them. Pure. */
import stringWidth from "string-width";

/** Escapes of colour take no column. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** Filled with spaces to `width` columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

const graphemes = new Intl.Segmenter();

/** A line as several of at most `width` columns; what follows the first is indented like it, and a little more. */
export function wrapped(line: string, width: number): readonly string[] {
  if (columns(line) <= width) return [line];
  const indent = `${/^ */.exec(line)?.[0] ?? ""}    `.slice(0, Math.floor(width / 2));
  const lines: string[] = [];
  let current = "";
  let used = 0;
  for (const { segment } of graphemes.segment(line)) {
    const wide = columns(segment);
    if (used + wide > width) {
      lines.push(current);
      current = indent;
      used = indent.length;
    }
    current += segment;
    used += wide;
  }
  return [...lines, current];
}
