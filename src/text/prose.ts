/** Formats sentences that contain untrusted names and values as Markdown, so that GitHub interprets none of them. */
import { clip, codeSpan, visible, wrappingCode } from "./escape.ts";
import { md, type Markdown, safely } from "./markdown.ts";

interface ProseOptions {
  /** Phrases to format as code wherever they occur: a key with spaces, a property path. */
  readonly code?: readonly (string | undefined)[] | undefined;
  readonly max?: number | undefined;
  /** For a cell of a table on a phone: long words may go on in the next line. */
  readonly narrow?: boolean | undefined;
}

/** Letters, digits and punctuation that have no meaning to Markdown or GitHub in the middle of a line. */
const PLAIN = /^[\p{L}\p{M}\p{N}'’"“”(),.;:!?\-–—…/%=+×→]*$/u;
/** Plain characters that GitHub still links: addresses, commits, `GH-1` and custom `KEY-1` references, emoji, also one that a colon behind it would complete. Also commands, for copying. */
const LINKED =
  /^[("']*\/\w|\w:\w|:\/\/|www\.|::|arn:|:[\w+-]|\b[0-9a-f]{7,64}\b|[a-z]+-\d|\/\/|[a-z0-9]\/[a-z0-9]/i;

/** As wide as `authorization`, which our own sentences have. */
const WIDEST_WORD = 13;

/**
 * One paragraph of Markdown. Text in backticks, the given phrases and every word that GitHub could interpret become code
 * spans; newlines become spaces.
 */
export function prose(text: string, options: ProseOptions = {}): Markdown {
  const clipped = clip(text, options.max ?? 600)
    .replace(/\s*\r?\n\s*/g, " ")
    .trim();
  const phrases = (options.code ?? [])
    .filter((phrase) => phrase !== undefined && phrase.trim() !== "" && !phrase.includes("\n"))
    .map(String)
    .sort((left, right) => right.length - left.length);
  const named = phrases.length === 0 ? "" : `|(?<![\\w:.-])(?:${phrases.map(literal).join("|")})(?![\\w:-])`;
  const parts = clipped.split(new RegExp(`(\`[^\`]+\`${named})`, "u"));
  const code = options.narrow === true ? wrappingCode : codeSpan;
  const set = parts.map((part, index) => (index % 2 === 1 ? code(unquoted(part), 240) : words(part, code)));
  return safely(lineStart(set.reduce(joined, "")));
}

/** A text in a pattern, where its characters mean nothing but themselves. `RegExp.escape` needs Node 24; the terminal runs on 20. */
export function literal(phrase: string): string {
  return phrase.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Without the space, two adjacent code spans would be parsed as one with longer fences. */
function joined(before: string, next: string): string {
  return before.endsWith("`") && next.startsWith("`") ? `${before} ${next}` : `${before}${next}`;
}

function words(text: string, code: typeof codeSpan): string {
  // Only plain spaces: a parser may treat other white space as the end of a line.
  return text
    .split(" ")
    .map((part) => word(part, code))
    .join(" ");
}

/** Like {@link prose}, with a full stop if the text does not end a sentence. */
export function sentenceProse(text: string, options: ProseOptions = {}): Markdown {
  const set = prose(text, options);
  return /[.!?:…]$/.test(set) ? set : md`${set}.`;
}

function unquoted(part: string): string {
  const inner = /^`([^`]+)`$/.exec(part)?.[1];
  return inner ?? part;
}

function word(text: string, code: typeof codeSpan): string {
  if (PLAIN.test(text) && !LINKED.test(text) && (code === codeSpan || text.length <= WIDEST_WORD))
    return text;
  // Punctuation around the word stays outside the code span.
  const [, before = "", core = text, after = ""] = /^(["'“(]*)(.*?)([.,;:!?)"'”]*)$/su.exec(text) ?? [];
  return core === "" ? code(visible(text)) : `${before}${code(core, 240)}${after}`;
}

/** Escapes a plus, dash, equals sign or `1.` at the start of a line: it would begin a list or a heading. */
function lineStart(text: string): string {
  return text.replace(/^([-+=–]|\d+[.)])/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`);
}
