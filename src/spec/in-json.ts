/** Values put into a text, which may be JSON: a spec writes `JSON.stringify({ password: config.secret("/shop/db") })`. Pure. */
import { MARKER_END, MARKER_START } from "../model/reference-marker.ts";

export interface Part {
  readonly text: string;
  /** Put in later; the rest is as the spec wrote it. */
  readonly isValue: boolean;
}

/**
 * The parts as one text. Where that is JSON, a value inside one of its strings is escaped: with a quote in it, it would end the string. Where
 * that string is JSON again, it is escaped once more.
 */
export function joinedParts(parts: readonly Part[]): string {
  const depths = depthsOf(parts.map(({ text, isValue }, index) => (isValue ? index : text)));
  return parts.map(({ text }, index) => escaped(text, depths.get(index) ?? 0)).join("");
}

function escaped(text: string, times: number): string {
  return times === 0 ? text : escaped(JSON.stringify(text).slice(1, -1), times - 1);
}

/** Text of the spec, or the number of a value. */
type Piece = string | number;

/** In how many strings of JSON each value stands, one in another. */
function depthsOf(pieces: readonly Piece[]): ReadonlyMap<number, number> {
  const inside = insideStrings(pieces);
  const text = pieces
    .map((piece, index) =>
      typeof piece === "string"
        ? piece
        : inside[index] === true
          ? `${MARKER_START}${piece}${MARKER_END}`
          : "0",
    )
    .join("");
  const depths = new Map<number, number>();
  const note = (found: string): void => {
    const within = found.split(VALUE).map((piece, index): Piece => (index % 2 === 1 ? Number(piece) : piece));
    const deeper = depthsOf(within);
    for (const piece of within)
      if (typeof piece === "number") depths.set(piece, 1 + (deeper.get(piece) ?? 0));
  };
  const strings = stringsOf(text);
  if (strings === undefined) return depths;
  // Not all are among the strings: of two keys with one name, JSON.parse keeps one.
  for (const [index, piece] of pieces.entries())
    if (typeof piece === "number" && inside[index] === true) depths.set(piece, 1);
  for (const found of strings) if (found.includes(MARKER_START)) note(found);
  return depths;
}

const VALUE = new RegExp(`${MARKER_START}(\\d+)${MARKER_END}`);

/** For each piece, whether a JSON string is open where it begins. */
function insideStrings(pieces: readonly Piece[]): readonly boolean[] {
  let isOpen = false;
  return pieces.map((piece) => {
    const before = isOpen;
    if (typeof piece === "string")
      for (const quote of piece.replace(/\\./gs, "")) if (quote === '"') isOpen = !isOpen;
    return before;
  });
}

/** The strings and keys of an object or a list in JSON, undefined for other text: a bare word or number is read as a text. */
function stringsOf(text: string): readonly string[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const found: string[] = [];
  try {
    JSON.parse(text, (key, value: unknown) => {
      found.push(key);
      if (typeof value === "string") found.push(value);
      return value;
    });
    return found;
  } catch {
    return undefined;
  }
}
