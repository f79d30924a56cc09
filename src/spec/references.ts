/** Strings with markers become `{$template}` and `{$generated}`: what the sandbox could not know is named, not guessed. */
import { hasMarker } from "../marker.ts";
import { type Generated, isGenerated, type JsonValue, type Reference, type Template } from "../values.ts";

/** One piece of a string: plain text, a reference, or a password to be made. */
export type Piece = string | { readonly ref: Reference } | Generated;
/** Takes a string with markers apart. */
export type Decode = (text: string) => readonly Piece[];

/**
 * The string with its references in the open; text without markers stays text.
 * @param resolve the reference with the resource's full name, or `undefined` when it means nothing (already reported)
 */
export function linkText(
  text: string,
  decode: Decode,
  resolve: (reference: Reference) => Reference | undefined,
  report: (message: string, hint: string) => void,
): JsonValue {
  if (!hasMarker(text)) return text;
  const pieces = decode(text);
  const generated = pieces.find((piece) => typeof piece === "object" && "$generated" in piece);
  if (isGenerated(generated)) {
    if (pieces.length === 1) return generated;
    report("generatePassword stands inside a longer text", "Use it as the whole value.");
    return "";
  }
  const parts: Template["$template"] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (typeof piece === "string") {
      if (piece === "") continue;
      if (typeof last === "string") parts[parts.length - 1] = last + piece;
      else parts.push(piece);
    } else if ("ref" in piece) {
      const { type, name, path, suffix } = resolve(piece.ref) ?? piece.ref;
      parts.push({ ref: { type, name, path, suffix } });
    }
  }
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  return { $template: parts };
}
