/**
 * Hono's template of HTML, with two rules of our own: text never hides or reorders what stands around it, and nothing
 * but text, numbers and finished markup goes in.
 */
import { html as template, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { visible } from "../../../src/text/escape.ts";

/** Finished markup: a String object, not a primitive. `String(it)` gives its text, to compare or to send. */
export type Html = HtmlEscapedString;

export type Part = Html | string | number | undefined | null | false | readonly Part[];

/** Escapes every text. Text in attributes must stand in double quotes. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const made = template(literals, ...parts.map(shown));
  if (made instanceof Promise) throw new TypeError("a template holds no promises");
  return made;
}

/** For what is written in this repository and holds no values: the style, the script. */
export const trusted: (text: string) => Html = raw;

/** Controls and direction changes become visible, line breaks and tabs stay. Parsed JSON does not pass for markup. */
function shown(part: Part): Part {
  if (typeof part === "string") return part.replace(/[^\n\t]+/g, visible);
  if (isList(part)) return part.map(shown);
  if (typeof part === "object" && part !== null && !isMarkup(part)) throw new TypeError("not markup");
  return part;
}

/** Markup is a String object, which JSON cannot hold. */
function isMarkup(value: unknown): boolean {
  return value instanceof String;
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}

/** A link's address when it is a web address; undefined keeps `javascript:` and its kin out. */
export function webAddress(value: string): string | undefined {
  return /^https?:\/\/[^\s"'<>\\]+$/.test(value) && URL.canParse(value) ? value : undefined;
}
