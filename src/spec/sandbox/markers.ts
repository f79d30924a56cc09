/**
 * Markers stand inside strings where a value is not known yet: between private-use characters, the payload as
 * base64url JSON. Only `evaluateSpec` makes them: it replaces what the guest's `getId` gave out, which carries a
 * number nobody can guess, and refuses every other use of the two characters, so that text cannot pretend to be one.
 */
import type { SourceLocation } from "../../model/errors.ts";
import { MARKER_END, MARKER_START } from "../../model/reference-marker.ts";
import type { Reference, StoredValue } from "../../model/values.ts";

/** A call of `getId`. */
export interface MarkedReference extends Reference {
  /** Where `getId` was called. */
  readonly at?: SourceLocation;
}

/** A call of `generatePassword`. */
interface MarkedPassword {
  readonly generated: true;
  readonly length: number;
}

/** A call of `config.parameter` or `config.secret`. */
interface MarkedStored {
  readonly stored: StoredValue;
}

type Marked = MarkedReference | MarkedPassword | MarkedStored;

const MARKER = new RegExp(`${MARKER_START}([A-Za-z0-9_-]+)${MARKER_END}`);

export function isMarkedPassword(piece: string | Marked): piece is MarkedPassword {
  return typeof piece === "object" && "generated" in piece;
}

export function isMarkedStored(piece: string | Marked): piece is MarkedStored {
  return typeof piece === "object" && "stored" in piece;
}

/** The placeholder for a reference until it is resolved. */
export function encodeReference({ type, name, path, suffix, at }: MarkedReference): string {
  return wrap(at === undefined ? [type, name, path, suffix] : [type, name, path, suffix, placeOf(at)]);
}

/** The placeholder for a password until it is generated. */
export function encodePassword(length: number): string {
  return wrap([length]);
}

/** The placeholder for a stored value until it is read. */
export function encodeStored({ from, name, key }: StoredValue): string {
  return wrap([`$${from}`, name, key]);
}

/** Splits a string into text, references and passwords, in order, without empty texts. */
export function decodeReferences(text: string): (string | Marked)[] {
  // Splitting by a group puts the group's match at every second index.
  const pieces = text.split(MARKER).map((piece, index) => (index % 2 === 1 ? read(piece) : piece));
  return pieces.filter((piece) => piece !== "");
}

type Payload =
  | readonly [number]
  | readonly [`$${StoredValue["from"]}`, string, string]
  | readonly [string, string, string, string, Place?];
type Place = readonly [string, number, number?];

function placeOf({ file, line, column }: SourceLocation): Place {
  return column === undefined ? [file, line] : [file, line, column];
}

function wrap(payload: Payload): string {
  return MARKER_START + Buffer.from(JSON.stringify(payload)).toString("base64url") + MARKER_END;
}

function read(payload: string): Marked {
  // Written by `wrap` in this process; the text around it cannot bring one in.
  const value = JSON.parse(Buffer.from(payload, "base64url").toString()) as Payload;
  if (value.length === 1) return { generated: true, length: value[0] };
  if (value.length === 3) {
    const [from, name, key] = value;
    return { stored: { from: from === "$secret" ? "secret" : "parameter", name, key } };
  }
  const [type, name, path, suffix, place] = value;
  if (place === undefined) return { type, name, path, suffix };
  const [file, line, column] = place;
  return { type, name, path, suffix, at: column === undefined ? { file, line } : { file, line, column } };
}
