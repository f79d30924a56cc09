/** Measures, pads and wraps text in terminal columns. Pure. */
import stringWidth from "string-width";

/** Colour escapes take no columns. */
export function columns(text: string): number {
  return stringWidth(text);
}

/** Pads with spaces to `width` columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

const graphemes = new Intl.Segmenter();

/** Wraps a line at `width` columns. Continuation lines are indented four columns more than the first. */
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
