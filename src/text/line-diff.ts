/** A line diff. Pure and bounded: texts that differ too much are shown as all old lines, then all new ones. */
import { diffArrays } from "diff";

export interface DiffLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** Above this, a diff takes seconds to compute and is too long to be useful. */
const MOST_EDITS = 1_000;
/** The same for the files of changed code, which are many: the time grows with the square. */
const MOST_COUNTED = 400;

/** The shortest edit from `before` to `after`, line by line, with removals before additions. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  return parts.flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => ({ sign: added ? "+" : removed ? "-" : " ", text })),
  );
}

/** How many lines the shortest edit adds and removes; undefined where the texts differ too much. */
export function countEdits(
  before: readonly string[],
  after: readonly string[],
): { readonly added: number; readonly removed: number } | undefined {
  const parts = diffArrays([...before], [...after], { maxEditLength: MOST_COUNTED });
  return parts?.reduce(
    (sum, { added, removed, count }) => ({
      added: sum.added + (added ? count : 0),
      removed: sum.removed + (removed ? count : 0),
    }),
    { added: 0, removed: 0 },
  );
}

/** Keeps the lines within `context` of a change. A number replaces a longer run of other lines and is its length. */
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
