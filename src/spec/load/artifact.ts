/** Code that is built. */
import type { Draft } from "../type-rules.ts";

/** The artifact of a draft whose code is built. */
export function artifactOf({ type, readOnly, entry }: Draft): string | undefined {
  return readOnly ? undefined : type.codeArtifact?.(entry);
}
