/** HTML that escapes by default: whatever goes into an `html` template is text unless it is HTML itself. */

const brand: unique symbol = Symbol("html");

/** Finished markup; made by `html` only, so that nothing else passes for it. */
export interface Html {
  readonly [brand]: true;
  readonly text: string;
}

export type Part = Html | string | number | undefined | null | false | readonly Part[];

/** Text in attributes must stand in double quotes, as everywhere in these pages. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = literals[0] ?? "";
  for (const [index, part] of parts.entries()) text += render(part) + (literals[index + 1] ?? "");
  return markup(text);
}

/** For what is written in this repository and holds no values: the style, the script. */
export function trusted(text: string): Html {
  return markup(text);
}

function markup(text: string): Html {
  return { [brand]: true, text };
}

function render(part: Part): string {
  if (part === undefined || part === null || part === false) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  if (isList(part)) return part.map(render).join("");
  // Parsed JSON may have any shape, but never the symbol.
  if (part[brand] !== true) throw new TypeError("not markup");
  return part.text;
}

function isList(part: Html | readonly Part[]): part is readonly Part[] {
  return Array.isArray(part);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Controls and direction changes: a name must not read as another one, or reorder what stands around it. */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function escaped(text: string): string {
  return text
    .replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A link's address when it is a web address; undefined keeps `javascript:` and its kin out. */
export function webAddress(value: string): string | undefined {
  return /^https?:\/\/[^\s"'<>\\]+$/.test(value) && URL.canParse(value) ? value : undefined;
}
