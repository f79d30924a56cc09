/** Markdown tables. Every cell is escaped here. */
import { type Markdown, safely } from "../../text/markdown.ts";
import { markdownTable } from "markdown-table";
import { inCell } from "../../text/escape.ts";

/** Builds a table from inline Markdown. Does not pad columns, to save bytes. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align?: string[],
): Markdown {
  return safely(
    markdownTable(
      [head, ...rows].map((row) => row.map(inCell)),
      { alignDelimiters: false, ...(align === undefined ? {} : { align }) },
    ),
  );
}
