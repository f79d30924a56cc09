/**
 * Markdown that is safe to send: literals of our own, and foreign text that went through an escaper (`escape.ts`, `prose.ts`).
 * What GitHub shows takes this type, so that a foreign text that was forgotten is a type error.
 */
declare const safe: unique symbol;

export type Markdown = string & { readonly [safe]: true };

/** Literal text with safe parts in it: md`- ${code(directory)} is not locked`. */
export function md(literals: TemplateStringsArray, ...parts: readonly (Markdown | number)[]): Markdown {
  return safely(String.raw({ raw: literals }, ...parts));
}

/** Lines, paragraphs or cells in a row. */
export function joinMarkdown(parts: readonly Markdown[], between: "\n" | "\n\n" | " " | ", " | ""): Markdown {
  return safely(parts.join(between));
}

/**
 * For those who make safe text from its parts: the escapers, and what renders plans and results (`src/report/markdown`), whose
 * every foreign part goes through an escaper. test/unit/text holds the escapers to it, test/unit/report the renderers.
 */
export function safely(text: string): Markdown {
  // The only cast: a brand has no value that could be checked.
  return text as Markdown;
}
