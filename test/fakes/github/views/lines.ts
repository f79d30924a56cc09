/** Lines longer lists are compared as a whole: the exact count matters to nobody then. */
const most = 2000;

/** How many lines were added and deleted, by the longest common subsequence; 0 of binary files, as on GitHub. */
export function lineCounts(before: Buffer, after: Buffer): { additions: number; deletions: number } {
  if (before.includes(0) || after.includes(0)) return { additions: 0, deletions: 0 };
  const lines = (content: Buffer): string[] =>
    content.length === 0 ? [] : content.toString().replace(/\n$/, "").split("\n");
  const [left, right] = [lines(before), lines(after)];
  if (left.length > most || right.length > most) return { additions: right.length, deletions: left.length };
  let row = new Array<number>(right.length + 1).fill(0);
  for (const line of left) {
    const next = [0];
    for (const [index, other] of right.entries())
      next.push(line === other ? (row[index] ?? 0) + 1 : Math.max(next[index] ?? 0, row[index + 1] ?? 0));
    row = next;
  }
  const common = row[right.length] ?? 0;
  return { additions: right.length - common, deletions: left.length - common };
}
