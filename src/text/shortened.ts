/** Markdown cut to a size, between two lines. */
import { type Markdown, safely } from "./markdown.ts";
import { byteLength, plural } from "./words.ts";

/**
 * The lines from the start that fit into `bytes`, with a line at the end that says what is missing. A code fence that is cut
 * is closed; a table loses its last rows.
 */
export function shortened(text: Markdown, bytes: number): Markdown {
  if (byteLength(text) <= bytes) return text;
  const kept: string[] = [];
  let left = bytes - CUT_BYTES;
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    // A fence has no other backticks in its line: those of a code span are none.
    const mark = /^[ >]*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
    const closing = fence === undefined ? (mark ?? "") : "";
    left -= byteLength(line) + 1 + byteLength(closing);
    if (left < 0) break;
    kept.push(line);
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true) fence = undefined;
  }
  const missing = text.split("\n").length - kept.length;
  // Whole lines of what was safe are.
  return safely(
    [...kept, ...(fence === undefined ? [] : [fence]), "", `… and ${plural(missing, "more line")}.`].join(
      "\n",
    ),
  );
}

/** Room for the last lines of a text that is cut. */
const CUT_BYTES = 200;
