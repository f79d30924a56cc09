/** The lines of a comment that may contain a command. Pure. */

/** The lines of a comment outside of fences, indented code, quotes and HTML comments. */
export function readableLines(body: string): readonly string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  let paragraph = false;
  for (const line of body
    .replace(/\r\n?/g, "\n")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark)
        fence = undefined;
      paragraph = false;
    } else if (mark !== undefined) {
      fence = mark;
      paragraph = false;
    } else {
      // A line directly below a quote continues it, as Markdown reads it.
      const quoted = /^ {0,3}>/.test(line);
      const lazy: boolean = paragraph && line.trim() !== "";
      if (!quoted && !lazy) lines.push(line);
      paragraph = quoted || lazy;
    }
  }
  return lines;
}
