/**
 * Escapes text from a spec, AWS or a user for GitHub. There are two forms: a code span, in which GitHub interprets
 * nothing, and prose, in which every word that GitHub could interpret (a mention, an issue, a commit, a link, HTML,
 * emphasis, mathematics, an emoji) becomes a code span. HTML entities do not help: GitHub decodes them before it looks
 * for mentions and issue numbers.
 */

import { md, type Markdown, safely } from "./markdown.ts";

/** Control, invisible and direction-changing characters, unusual spaces, lone surrogates, blank filler characters. */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u3164\uffa0\u2800]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Makes hidden characters visible: a newline is `\n`, a right-to-left override `\u202e`. The result is one line. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined) return short;
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\u{${code}}`;
  });
}

/**
 * Escapes workflow commands in log text, so that a spec cannot set outputs or mask words. GitHub's runner accepts
 * `::name::` at the start of a line, after any white space, and `##[name]` anywhere.
 */
export function inertLog(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, "$1\\:").replace(/##(?=\[)/g, "#\\#");
}

/** Like {@link visible}, but lines stay lines. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(visible)
    .join("\n");
}

/** One line of a job's log, in which text from elsewhere neither commands the runner nor the reader's terminal. */
export function logLine(text: string): string {
  return inertLog(visible(text));
}

/** Cuts the middle out of a long text: the start and the end are the useful parts. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.floor((max - 1) / 3);
  return `${withoutHalfPairs(text.slice(0, max - 1 - tail))}…${withoutHalfPairs(text.slice(text.length - tail))}`;
}

/** Removes the half of a surrogate pair that a cut may have left at either end. */
function withoutHalfPairs(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, "").replace(/[\ud800-\udbff]$/, "");
}

/** A Markdown code span. Its fence is longer than any run of backticks in the text. */
export function codeSpan(text: string, max = 160): Markdown {
  const shown = clip(visible(text), max);
  if (shown.trim() === "") return md`(empty)`;
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^[ `]|[ `]$/.test(shown) ? " " : "";
  return safely(`${fence}${pad}${shown}${pad}${fence}`);
}

/** A name that is a plain word, `AWS_QUOTA`, as it is; any other as code. */
export function identifier(name: string, max = 240): Markdown {
  return /^[A-Za-z]\w*$/.test(name) ? safely(name) : codeSpan(name.trim(), max);
}

/** For use inside raw HTML, where only a `<code>` element stops GitHub from creating links. */
export function htmlCode(text: string, max = 160): Markdown {
  const shown = clip(visible(text), max).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
  return safely(`<code>${shown}</code>`);
}

/** A longer word would widen a table of three columns beyond a phone's screen (390 pixels). */
export const NARROW = 11;

/** True if no part of the text that a browser keeps on one line is longer than {@link NARROW}. */
function isNarrow(text: string): boolean {
  return text.split(/[\s-]/).every((word) => word.length <= NARROW);
}

/**
 * A code span for a cell of a table: a long name or value may go on in the next line. `<wbr>` cannot stand in a code span,
 * so it is an element, in which every character that Markdown or GitHub could interpret is an entity.
 */
export function wrappingCode(text: string, max = 160): Markdown {
  const shown = clip(visible(text), max);
  if (isNarrow(shown)) return codeSpan(text, max);
  const pieces: string[] = [];
  for (const part of shown.match(PARTS) ?? []) {
    const last = pieces.at(-1);
    const joins = last !== undefined && last.length + part.length <= NARROW && !/[@ ]/.test(last + part);
    if (joins) pieces.splice(-1, 1, last + part);
    else pieces.push(part);
  }
  return safely(`<code>${pieces.map(inert).join("<wbr>")}</code>`);
}

/** Where a reader would break: behind a scheme, before a separator and a capital. `@` stands alone, because GitHub looks for addresses around it. */
const PARTS =
  /https?:\/\/|@|\p{Lu}[\p{Ll}\p{N}]{10}(?![\p{Ll}\p{N}])|[^\p{L}\p{N}@]?(?:\p{Lu}?[\p{Ll}\p{N}]{1,9}|[\p{L}\p{N}]{1,10})|[^@]/gsu;

function inert(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N} /,-]/gu, (character) => `&#${character.codePointAt(0)};`);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A fenced code block. The fence is longer than any run of backticks in the lines. */
export function fence(language: string, lines: readonly string[]): Markdown {
  const body = lines.map(visible);
  const marks = "`".repeat(Math.max(3, longestRun(body.join("\n")) + 1));
  return safely([`${marks}${language}`, ...body, marks].join("\n"));
}

/**
 * Inline Markdown for a table cell. Escapes pipes. Not every parser allows an escape after a backslash in a code span,
 * so such a pipe becomes a full-width one.
 */
export function inCell(inline: string): string {
  return inline.replace(/\r?\n/g, " ").replace(/\\?\|/g, (found) => {
    return found === "|" ? "\\|" : `${found.slice(0, -1)}\uff5c`;
  });
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
