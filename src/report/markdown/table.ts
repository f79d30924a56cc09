/** Markdown tables: every cell escaped in this one place. */
import { markdownTable } from "markdown-table";
import { inCell } from "../../text/escape.ts";

/** Finished inline Markdown in, a table out. Columns are not aligned with spaces: they would cost bytes. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align?: string[],
): string {
  return markdownTable(
    [head, ...rows].map((row) => row.map(inCell)),
    { alignDelimiters: false, ...(align === undefined ? {} : { align }) },
  );
}
