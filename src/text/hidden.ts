/**
 * Hidden lines in our comments, by which we find them again and which programs read. Anybody can write such a line: search for
 * it together with the author, and never base a decision on it alone.
 */
import { type Markdown, safely } from "./markdown.ts";

/** Facts as a hidden line: `<!-- gatewright:status {…} -->`. `facts` is plain data. */
export function hiddenLine(kind: string, facts: unknown): Markdown {
  // These occur only in JSON strings. Escaped, they cannot end the comment, open an element or form another marker.
  const json = JSON.stringify(facts)
    .replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/-(?=-)/g, "\\u002d");
  return safely(`<!-- gatewright:${kind} ${json} -->`);
}

/**
 * A hidden line that names one thing of ours: `<!-- gatewright:drift 7/prod/apis/shop -->`. The name may be foreign (a
 * directory): what could end the comment or form another marker is percent-encoded.
 */
export function hiddenName(kind: string, name: string): Markdown {
  const inert = name.replace(/[%<>&\p{Cc}\u2028\u2029]|-(?=-)/gu, (c) =>
    c === "-" ? "%2D" : encodeURIComponent(c),
  );
  return safely(`<!-- gatewright:${kind} ${inert} -->`);
}

/** The name in the last such line of a text. */
export function hiddenNameIn(kind: string, body: string): string | undefined {
  const opening = `<!-- gatewright:${kind} `;
  const line = body.split(/\r?\n/).findLast((one) => one.startsWith(opening) && one.endsWith(" -->"));
  try {
    return line === undefined ? undefined : decodeURIComponent(line.slice(opening.length, -" -->".length));
  } catch {
    return undefined;
  }
}
