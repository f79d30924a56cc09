/** The lines of a file, split once however often a place in it is asked for. */

/** Longer lines are generated or minified: a place in them helps nobody, and searching them is slow. */
const MAX_LINE = 5_000;

export interface LineIndex {
  /** Lines of the file; at least one. */
  readonly count: number;
  /** A line counted from 1; empty when there is none, or when it is too long to be written by hand. */
  line(number: number): string;
}

/** @returns a function that gives the index of a file's text, made on first use */
export function makeLineIndexes(texts: ReadonlyMap<string, string>): (file: string) => LineIndex | undefined {
  const made = new Map<string, LineIndex>();
  return (file) => {
    const text = texts.get(file);
    if (text === undefined) return undefined;
    const known = made.get(file) ?? lineIndex(text);
    made.set(file, known);
    return known;
  };
}

export function lineIndex(text: string): LineIndex {
  const lines = text.split("\n");
  return {
    count: lines.length,
    line: (number) => {
      const line = lines[number - 1] ?? "";
      return line.length > MAX_LINE ? "" : line;
    },
  };
}
