/** Which lines of a text went, came and stayed. Pure. */

export interface DiffLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** Beyond this the table of the longest common subsequence is too large for a page. */
const MOST_CELLS = 1_000_000;

/** Undefined for texts that are too long to compare. */
export function lineDiff(
  before: readonly string[],
  after: readonly string[],
): readonly DiffLine[] | undefined {
  const [rows, columns] = [before.length + 1, after.length + 1];
  if (rows * columns > MOST_CELLS) return undefined;
  // common[row * columns + column]: length of the longest common subsequence of what follows.
  const common = new Uint32Array(rows * columns);
  const at = (row: number, column: number): number => common[row * columns + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      common[row * columns + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, next] = [before[row], after[column]];
    if (old !== undefined && old === next) {
      lines.push({ sign: " ", text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (next === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ sign: "-", text: old });
      row += 1;
    } else if (next !== undefined) {
      lines.push({ sign: "+", text: next });
      column += 1;
    }
  }
  return lines;
}
