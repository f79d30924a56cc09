/** From the guest's stacks and positions to places in the user's files. */
import type { SourceLocation } from "../../model/errors.ts";
import type { Position } from "./protocol.ts";
import { WRAPPER } from "./wrapper.ts";

/** Finds places: knows the files that were read, and how the translated ones were changed. */
export interface Places {
  /** The first line of the stack that is in a file of the user. */
  ofStack(stack: string): SourceLocation | undefined;
  ofPosition(position: Position): SourceLocation | undefined;
}

export function makePlaces(
  texts: ReadonlyMap<string, string>,
  mappings: Readonly<Record<string, string>>,
): Places {
  const locate = (file: string, line: number, column: number): SourceLocation | undefined => {
    const text = texts.get(file);
    if (text === undefined || !Number.isInteger(line) || line < 1) return undefined;
    // What the engine counts beyond the end (an unexpected end of file) is the last line.
    const last = text.split("\n").length;
    if (line > last) return { file, line: last };
    const own = line === 1 ? column - WRAPPER.length : column;
    const mapped = mappings[file] === undefined ? own : originalColumn(mappings[file], line, own);
    return mapped >= 1 ? { file, line, column: mapped } : { file, line };
  };
  return {
    ofPosition: ([file, line, column]) => locate(file, line, column),
    ofStack: (stack) => {
      for (const frame of stack.split("\n")) {
        const [, file, line, column] = /(?:^\s*at |\()([^()]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
        const found = file === undefined ? undefined : locate(file, Number(line), Number(column));
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/**
 * The column in the original of a column in the translation; lines are the same in both. Both count from 1.
 * @param mappings of a source map with a single source
 */
export function originalColumn(mappings: string, line: number, column: number): number {
  let original = 0;
  let best: { generated: number; original: number } | undefined;
  for (const [index, segments] of mappings.split(";").entries()) {
    let generated = 0;
    for (const segment of segments === "" ? [] : segments.split(",")) {
      const [forward = 0, , , sideways = 0] = decodeVlq(segment);
      generated += forward;
      original += sideways;
      if (index === line - 1 && generated <= column - 1) best = { generated, original };
    }
    if (index === line - 1) break;
  }
  return best === undefined ? column : best.original + (column - 1 - best.generated) + 1;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decodeVlq(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
