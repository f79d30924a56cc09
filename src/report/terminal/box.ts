/** Draws boxes for the terminal. Pure. */
import { columns, padded, wrapped } from "../../text/width.ts";

/** A box with a heading, `width` columns wide. */
export function box(heading: string, lines: readonly string[], width: number): readonly string[] {
  const inner = width - 4;
  const bar = "─".repeat(width - 2);
  return [
    `┌${bar}┐`,
    ...wrapped(heading, inner).map((line) => `│ ${padded(line, inner)} │`),
    `├${bar}┤`,
    ...lines.flatMap((line) => wrapped(line, inner)).map((line) => `│ ${padded(line, inner)} │`),
    `└${bar}┘`,
  ];
}

/** A box with a heading and two columns. The right cell of a row may have several lines. */
export function columnsBox(
  heading: string,
  rows: readonly (readonly [string, readonly string[]])[],
  width: number,
): readonly string[] {
  const most = Math.max(8, Math.floor(width / 2) - 4);
  const left = Math.min(most, Math.max(0, ...rows.map(([key]) => columns(key))));
  const right = width - left - 7;
  const [leftBar, rightBar] = ["─".repeat(left + 2), "─".repeat(right + 2)];
  const body = rows.map(([key, values]) => {
    const keys = wrapped(key, left);
    const texts = values.flatMap((value) => wrapped(value, right));
    return Array.from({ length: Math.max(keys.length, texts.length) }, (_, index) => {
      return `│ ${padded(keys[index] ?? "", left)} │ ${padded(texts[index] ?? "", right)} │`;
    });
  });
  return [
    `┌${"─".repeat(width - 2)}┐`,
    `│ ${padded(heading, width - 4)} │`,
    `├${leftBar}┬${rightBar}┤`,
    ...body.flatMap((lines, index) => (index === 0 ? lines : [`├${leftBar}┼${rightBar}┤`, ...lines])),
    `└${leftBar}┴${rightBar}┘`,
  ];
}
