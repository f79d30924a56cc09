/** From the guest's stacks and positions to places in the user's files. */
import type { SourceLocation } from "../../../model/errors.ts";
import type { LineIndex } from "./line-index.ts";
import type { Position } from "../protocol.ts";
import { WRAPPER } from "../wrapper.ts";

/** Longer stacks and frames are forged: the engine produces far fewer and shorter ones. */
const MAX_FRAMES = 100;
const MAX_FRAME = 1_000;

/** Finds places: knows the files that were read, and how the translated ones were changed. */
export interface Places {
  /** The first line of the stack that is in a file of the user. */
  ofStack(stack: string): SourceLocation | undefined;
  ofPosition(position: Position): SourceLocation | undefined;
}

export function makePlaces(
  linesOf: (file: string) => LineIndex | undefined,
  mappings: Readonly<Record<string, string>>,
): Places {
  const decoded = new Map<string, readonly (readonly Segment[])[]>();
  const segmentsOf = (file: string, line: number): readonly Segment[] | undefined => {
    const text = Object.hasOwn(mappings, file) ? mappings[file] : undefined;
    if (text === undefined) return undefined;
    const lines = decoded.get(file) ?? decodeMappings(text);
    decoded.set(file, lines);
    return lines[line - 1] ?? [];
  };
  const locate = (file: string, line: number, column: number): SourceLocation | undefined => {
    const lines = linesOf(file);
    if (lines === undefined || !Number.isInteger(line) || line < 1) return undefined;
    // What the engine counts beyond the end (an unexpected end of file) is the last line.
    if (line > lines.count) return { file, line: lines.count };
    const own = line === 1 ? column - WRAPPER.length : column;
    const segments = segmentsOf(file, line);
    const mapped = segments === undefined ? own : originalColumn(segments, own);
    return mapped >= 1 ? { file, line, column: mapped } : { file, line };
  };
  return {
    ofPosition: ([file, line, column]) => locate(file, line, column),
    ofStack: (stack) => {
      for (const frame of stack.split("\n", MAX_FRAMES)) {
        if (frame.length > MAX_FRAME) continue;
        const [, file, line, column] = /(?:^\s*at |\()([^()]+):(\d+):(\d+)\)?$/.exec(frame) ?? [];
        const found = file === undefined ? undefined : locate(file, Number(line), Number(column));
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** Where a piece of a translated line begins, there and in the original. Both count from 0. */
interface Segment {
  readonly generated: number;
  readonly original: number;
}

/** @param mappings of a source map with a single source; lines are the same on both sides */
function decodeMappings(mappings: string): readonly (readonly Segment[])[] {
  let original = 0;
  return mappings.split(";").map((segments) => {
    let generated = 0;
    return (segments === "" ? [] : segments.split(",")).map((segment) => {
      const [forward = 0, , , sideways = 0] = decodeVlq(segment);
      generated += forward;
      original += sideways;
      return { generated, original };
    });
  });
}

/** The column in the original of a column in the translation. Both count from 1. */
function originalColumn(segments: readonly Segment[], column: number): number {
  const best = segments.findLast(({ generated }) => generated <= column - 1);
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
