/** Strings with markers become `{$template}` and `{$generated}`: what the sandbox could not know is named, not guessed. */
import { hasMarker } from "../../model/reference-marker.ts";
import type { JsonValue, Reference, Template } from "../../model/values.ts";
import {
  decodeReferences,
  isMarkedPassword,
  isMarkedStored,
  type MarkedReference,
} from "../sandbox/markers.ts";

/**
 * The string with its references in the open; text without markers stays text.
 * @param resolve the reference with the resource's full name, or `undefined` when it means nothing (already reported)
 */
export function linkText(
  text: string,
  resolve: (reference: MarkedReference) => Reference | undefined,
  report: (message: string, hint: string) => void,
): JsonValue {
  if (!hasMarker(text)) return text;
  const pieces = decodeReferences(text);
  const parts: Template["$template"] = [];
  for (const piece of pieces) {
    if (typeof piece === "string") {
      parts.push(piece);
    } else if (isMarkedStored(piece)) {
      parts.push(piece);
    } else if (isMarkedPassword(piece)) {
      if (pieces.length === 1) return { $generated: piece.length };
      report("generatePassword is part of a longer text", "Use it as the whole value.");
      return "";
    } else {
      const { type, name, path, suffix } = resolve(piece) ?? piece;
      parts.push({ ref: { type, name, path, suffix } });
    }
  }
  return { $template: parts };
}
