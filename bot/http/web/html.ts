/**
 * Hono's HTML template, with two more rules: text never hides or reorders what surrounds it, and nothing
 * but text, numbers and finished markup is accepted.
 */
import { html as template, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { visible } from "../../../src/text/escape.ts";

/** Finished markup: a String object, not a primitive. `String(it)` returns its text. */
export type Html = HtmlEscapedString;

export type Part = Html | string | number | undefined | null | false | readonly Part[];

/** Escapes every text. Attribute values must be in double quotes. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const made = template(literals, ...parts.map(shown));
  if (made instanceof Promise) throw new TypeError("a template must not contain promises");
  return made;
}

/** Marks constant markup from this repository as safe: the style, the script. */
export const trusted: (text: string) => Html = raw;

/** Makes control and direction characters visible; keeps line breaks and tabs. Rejects parsed JSON as markup. */
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

/** A link's address if it is http or https; undefined for `javascript:` and other schemes. */
export function webAddress(value: string): string | undefined {
  return /^https?:\/\/[^\s"'<>\\]+$/.test(value) && URL.canParse(value) ? value : undefined;
}
