/** The lines of a comment that may contain a command. Pure. */
import { withoutEnds } from "./trim.ts";

/** The lines of a comment outside of fences, indented code, quotes and HTML comments, without what surrounds their text. */
export function readableLines(body: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of body
    .replace(/\r\n?/g, "\n")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark)
        fence = undefined;
    } else if (mark !== undefined) fence = mark;
    // A line below a quote is the author's own, even where Markdown shows it as part of the quote.
    else if (!/^ {0,3}>/.test(line) && !/^(?: {4}| {0,3}\t)/.test(line)) lines.push(bare(line));
  }
  return lines;
}

/** Blanks of every kind, zero-width characters and marks of direction: editors and phones add them unseen. */
const UNSEEN = /^[\s\p{Zs}\p{Cf}]$/u;
const EMPHASIS = /^(\*{1,3}|_{1,3})(?=\/)/;

/** The line's text without the blanks around it and without emphasis: `**\/help**` is `/help`. */
function bare(line: string): string {
  const text = withoutEnds(line, (character) => UNSEEN.test(character));
  const mark = EMPHASIS.exec(text)?.[1];
  if (mark === undefined) return text;
  const inner = text.slice(mark.length);
  const end = inner.search(new RegExp(`${mark.replaceAll("*", "\\*")}(?=[\\s\\p{P}]|$)`, "u"));
  return end < 0 ? text : inner.slice(0, end) + inner.slice(end + mark.length);
}
