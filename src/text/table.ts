/** Markdown tables. Every cell is escaped here. */
import { markdownTable } from "markdown-table";
import { inCell } from "./escape.ts";
import { type Markdown, type Part, safely } from "./markdown.ts";

/** Builds a table from inline Markdown. Does not pad columns, to save bytes. */
export function table<const Head extends readonly string[]>(
  head: Head & { readonly [Index in keyof Head]: Part<Head[Index]> },
  rows: readonly (readonly Markdown[])[],
): Markdown {
  return safely(
    markdownTable(
      [head, ...rows].map((row) => row.map(inCell)),
      { alignDelimiters: false },
    ),
  );
}
