/** The operator's own choice of whom attestations are trusted from. */
import { readFileSync } from "node:fs";
import { fail } from "../../model/errors.ts";

/**
 * The text of a file with trusted roots; undefined without one.
 * @param path the variable GATEWRIGHT_TRUSTED_ROOT
 */
export function givenRoot(path: string | undefined): string | undefined {
  if (path === undefined || path === "") return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch {
    return fail("ATTESTATION_ROOT", `could not read ${path}, the file in GATEWRIGHT_TRUSTED_ROOT`, {
      hint: "Check the path and its permissions, or leave it out: then the roots are fetched.",
    });
  }
}
