/** Where built code comes from, in a few words. Pure. */
import type { Change } from "../model/plan.ts";
import { sizeInWords } from "../text/words.ts";

/** The property of a function that holds the hash of its code. */
export const CODE_HASH = "CodeSha256";

/** `run 57 of build.yml, 1.2 MB`; undefined for code that was not built. */
export function codeWords({ code }: Pick<Change, "code">): string | undefined {
  return code === undefined ? undefined : `${code.from}, ${sizeInWords(code.bytes)}`;
}
