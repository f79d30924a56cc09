/** A Markdown table in a terminal: as wide as its content; if that is too wide, the widest columns are cut. */
import type { Tokens } from "marked";
import type { Colors } from "../../src/report/terminal/colors.ts";
import { columns } from "../../src/text/width.ts";
import { inline, plainOf } from "./markdown-inline.ts";

const GAP = "  ";

export function tableLines(
  { header, rows }: Tokens.Table,
  look: { readonly colors: Colors; readonly width: number },
): readonly string[] {
  const { colors } = look;
  const text = (cell: Tokens.TableCell): string => inline(cell.tokens, colors).replaceAll("\n", " ");
  const all = [header, ...rows].map((row) => row.map(text));
  const widths = narrowed(
    header.map((_, index) => Math.max(...all.map((row) => columns(plainOf(row[index] ?? ""))))),
    look.width,
  );
  const lines = all.map((row) =>
    row
      .map((cell, index) => cut(cell, widths[index] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
  const [first = "", ...rest] = lines;
  return [colors.bold(first), colors.dim(widths.map((width) => "─".repeat(width)).join(GAP)), ...rest];
}

/** Narrows the widest column until the table fits. */
function narrowed(wanted: readonly number[], width: number): readonly number[] {
  const widths = [...wanted];
  const sum = (): number => widths.reduce((total, one) => total + one + GAP.length, -GAP.length);
  while (sum() > width) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= 8) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Exactly `width` columns. Text that is cut loses its colour, because escapes cannot be cut. */
function cut(cell: string, width: number): string {
  const plain = plainOf(cell);
  const missing = width - columns(plain);
  if (missing >= 0) return cell + " ".repeat(missing);
  let short = "";
  for (const character of plain) {
    if (columns(short) + columns(character) > width - 1) break;
    short += character;
  }
  return `${short}…${" ".repeat(width - 1 - columns(short))}`;
}
