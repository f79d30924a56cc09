/** The code of functions that have theirs in a folder beside the spec. */
import { GatewrightError } from "../../model/errors.ts";
import { archiveFolder } from "../../source/code-archive.ts";
import { mapLimited } from "../../source/map-limited.ts";
import { joinPath } from "../../source/path.ts";
import type { SpecSource } from "../../source/source.ts";
import type { Codes } from "./build.ts";
import { located } from "../collect.ts";
import type { Draft } from "../type-rules.ts";
import type { CodeArchive } from "../types.ts";

/** Archives of several functions in memory at once are large. */
const AT_ONCE = 4;

/** Zips the folder of every function that needs one. */
export async function readCodes(
  drafts: readonly Draft[],
  source: SpecSource,
  directory: string,
): Promise<Codes> {
  const archives = new Map<string, CodeArchive>();
  const errors: GatewrightError[] = [];
  await mapLimited(drafts.filter(hasFolder), AT_ONCE, async ({ key, name, at }) => {
    try {
      const { bytes, sha256Base64 } = await archiveFolder(source, joinPath(directory, name));
      archives.set(key, { sha256: sha256Base64, bytes });
    } catch (error) {
      if (!(error instanceof GatewrightError)) throw error;
      errors.push(located(error, at, key));
    }
  });
  return { archives, errors };
}

function hasFolder({ type, readOnly, entry }: Draft): boolean {
  return !readOnly && type.codeInFolder?.(entry) === true;
}
