/** Which lines two texts share. Pure, bounded: texts too large to compare are shown as all old, then all new. */

export interface DiffLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

const LARGEST_TABLE = 1_000_000;

/** The shortest edit from `before` to `after`, line by line, removals in front of additions. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  return [
    ...before.slice(0, head).map(kept),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(kept),
  ];
}

const kept = (text: string): DiffLine => ({ sign: " ", text });
const removed = (text: string): DiffLine => ({ sign: "-", text });
const added = (text: string): DiffLine => ({ sign: "+", text });

function middle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length * after.length > LARGEST_TABLE) return [...before.map(removed), ...after.map(added)];
  const width = after.length + 1;
  // common[i * width + j]: the longest common sequence of before[i..] and after[j..].
  const common = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const old = before[row];
    const next = after[column];
    if (old !== undefined && next !== undefined && old === next) {
      lines.push(kept(old));
      row += 1;
      column += 1;
    } else if (old !== undefined && (next === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(removed(old));
      row += 1;
    } else if (next !== undefined) {
      lines.push(added(next));
      column += 1;
    }
  }
  return lines;
}

/** Only the lines within `context` of a change; a number counts what is left out there, when that is more than a few. */
export function withContext(lines: readonly DiffLine[], context: number): readonly (DiffLine | number)[] {
  const shown: (DiffLine | number)[] = [];
  let far: DiffLine[] = [];
  const leaveOut = (): void => {
    if (far.length > context) shown.push(far.length);
    else shown.push(...far);
    far = [];
  };
  lines.forEach((line, index) => {
    const near = lines.slice(Math.max(0, index - context), index + context + 1);
    if (near.every(({ sign }) => sign === " ")) far.push(line);
    else {
      leaveOut();
      shown.push(line);
    }
  });
  leaveOut();
  return shown;
}
