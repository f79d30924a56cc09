/** The guest's markers become the loader's; anything else that looks like a marker is refused. */
import { fail, type SourceLocation } from "../../../model/errors.ts";
import { MARKER_END, MARKER_START } from "../../../model/reference-marker.ts";
import { isObject, type JsonValue } from "../../../model/values.ts";
import { encodePassword, encodeReference, encodeStored } from "../markers.ts";
import type { Places } from "./places.ts";

export interface MarkText {
  /** The text with its markers rewritten. A key must not contain one. */
  rewrite(text: string, where: string, at: SourceLocation | undefined, isKey?: true): string;
  /** The text, which must not contain a marker. */
  none(text: string, where: string, at: SourceLocation | undefined): string;
}

/** Of what a value is stored as, with its key. */
const LONGEST_NAME = 4_096;

const EITHER = new RegExp(`[${MARKER_START}${MARKER_END}]`);

/** @param nonce what this evaluation's markers begin with, so that text in a file cannot pretend to be one */
export function makeMarkText(nonce: string, marks: readonly JsonValue[], places: Places): MarkText {
  const marker = new RegExp(`${MARKER_START}${nonce}:(\\d+)${MARKER_END}`);
  const encode = (index: number): string | undefined => encodeMark(marks[index], places);
  return {
    none: (text, where, at) => {
      if (!EITHER.test(text)) return text;
      return fail(
        "MARKER_MISPLACED",
        `${where} contains a reference; accepted: text that is known before anything exists`,
        {
          hint: "Use getId, generatePassword, config.parameter and config.secret only in properties.",
          at,
        },
      );
    },
    rewrite: (text, where, at, isKey) => {
      if (!EITHER.test(text)) return text;
      if (isKey) {
        return fail(
          "MARKER_MISPLACED",
          `a key in ${where} contains a reference; accepted: references in values`,
          { at },
        );
      }
      return text
        .split(marker)
        .map((piece, index) => {
          const encoded = index % 2 === 1 ? encode(Number(piece)) : EITHER.test(piece) ? undefined : piece;
          return encoded ?? broken(where, at);
        })
        .join("");
    },
  };
}

function encodeMark(mark: JsonValue | undefined, places: Places): string | undefined {
  if (!isObject(mark)) return undefined;
  if (typeof mark.generated === "number") return encodePassword(mark.generated);
  const { type, name, path, suffix, frame, from, key } = mark;
  if (
    (from === "parameter" || from === "secret") &&
    typeof name === "string" &&
    typeof key === "string" &&
    name.length + key.length <= LONGEST_NAME
  )
    return encodeStored({ from, name, key });
  if (
    typeof type !== "string" ||
    typeof name !== "string" ||
    typeof path !== "string" ||
    typeof suffix !== "string"
  ) {
    return undefined;
  }
  const at = typeof frame === "string" ? places.ofStack(frame) : undefined;
  return encodeReference({ type, name, path, suffix, ...(at === undefined ? {} : { at }) });
}

function broken(where: string, at: SourceLocation | undefined): never {
  return fail("MARKER_BROKEN", `${where} contains part of a reference, or the character U+E000 or U+E001`, {
    hint: "getId, generatePassword, config.parameter and config.secret return a placeholder for a value that is not known yet. You can insert it into longer text, but not cut it, split it or change its case.",
    at,
  });
}
