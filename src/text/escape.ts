/**
 * Text from a spec, AWS or a user, made harmless for GitHub. Two forms only: a code span, in which GitHub interprets
 * nothing, and prose, in which every word GitHub could turn into something (a mention, an issue, a commit, a link,
 * HTML, emphasis, mathematics, an emoji) becomes a code span. Entities would not do: GitHub looks for mentions and issue
 * numbers after it has decoded them.
 */

/** Controls, invisible and direction-changing characters, odd spaces, lone surrogates, fillers that look like nothing. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0\u2800]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Makes what hides visible: a newline is `\n`, a right-to-left override `\u202e`. The result is one line. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined) return short;
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
  });
}

/**
 * Text for a log in which no line is a command to GitHub's runner: it takes `::name::` behind any white space at the
 * start of a line, and `##[name]` anywhere. The text of a spec must not set outputs or mask words.
 */
export function inertLog(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, "$1\\:").replace(/##(?=\[)/g, "#\\#");
}

/** Cuts the middle out of a long text; both ends say more than one. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.floor((max - 1) / 3);
  return `${whole(text.slice(0, max - 1 - tail))}…${whole(text.slice(text.length - tail))}`;
}

/** Without the half of a surrogate pair that a cut may have left at either end. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, "").replace(/[\ud800-\udbff]$/, "");
}

/** A Markdown code span that holds exactly the text: its fence is longer than any run of backticks inside. */
export function codeSpan(text: string, max = 160): string {
  const shown = clip(visible(text), max);
  if (shown.trim() === "") return "(empty)";
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^[ `]|[ `]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** For the inside of raw HTML, where only a `<code>` element keeps GitHub from linking what it finds. */
export function htmlCode(text: string, max = 160): string {
  const shown = clip(visible(text), max).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
  return `<code>${shown}</code>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A fenced code block of finished lines; the fence is longer than any run of backticks inside. */
export function fence(language: string, lines: readonly string[]): string {
  const body = lines.map(visible);
  const marks = "`".repeat(Math.max(3, longestRun(body.join("\n")) + 1));
  return [`${marks}${language}`, ...body, marks].join("\n");
}

/**
 * Finished inline Markdown for a table cell. A pipe is escaped; one behind a backslash cannot be escaped inside a code
 * span in every parser, so it becomes its full-width twin.
 */
export function inCell(inline: string): string {
  return inline.replace(/\r?\n/g, " ").replace(/\\+\||\|/g, (found) => {
    return found === "|" ? "\\|" : `${found.slice(0, -1)}\uff5c`;
  });
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
