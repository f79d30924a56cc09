/** A change of code in words: its sizes, and where built code comes from. A hash tells nobody anything; plan.json has it. Pure. */
import type { Change } from "../../model/plan.ts";
import { plural, sizeInWords } from "../../text/words.ts";

/** The property of a function that holds the hash of its code. */
export const CODE_HASH = "CodeSha256";

/** `code: 12.3 kB → 12.9 kB, 4 files, from run 57 of build.yml`; `code` where neither is known. */
export function codeWords({ code, codeSize }: Pick<Change, "code" | "codeSize">): string {
  const { before, after = code?.bytes, files } = codeSize ?? {};
  const facts = [
    ...(after === undefined ? [] : [sizes(before, after)]),
    ...(files === undefined ? [] : [plural(files, "file")]),
    ...(code === undefined ? [] : [`from ${code.from}`]),
  ];
  return facts.length === 0 ? "code" : `code: ${facts.join(", ")}`;
}

function sizes(before: number | undefined, after: number): string {
  if (before === undefined) return sizeInWords(after);
  return before === after
    ? `${sizeInWords(after)} as before`
    : `${sizeInWords(before)} → ${sizeInWords(after)}`;
}
