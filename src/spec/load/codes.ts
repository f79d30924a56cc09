/** The code of functions that have theirs in a folder beside the spec. */
import { GatewrightError } from "../../model/errors.ts";
import { archiveFolder } from "../../source/code-archive.ts";
import { mapLimited } from "../../source/map-limited.ts";
import { joinPath } from "../../source/path.ts";
import type { SpecSource } from "../../source/source.ts";
import type { Codes } from "./build.ts";
import { asError } from "./inspect.ts";
import { doubtfulFiles } from "./doubtful-files.ts";
import { located } from "../collect.ts";
import type { CodeFolder, Draft } from "../type-rules.ts";
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
  const warnings = new Map<string, readonly GatewrightError[]>();
  const textOf = reader();
  const withFolder = drafts.filter(hasFolder);
  await mapLimited(withFolder, AT_ONCE, async (draft) => {
    const { key, name, at } = draft;
    try {
      const { bytes, sha256Base64, files, file } = await archiveFolder(source, joinPath(directory, name));
      archives.set(key, { sha256: sha256Base64, bytes });
      const folder: CodeFolder = { name, files, read: async (path) => textOf(file(path)) };
      const found = [
        ...doubtfulFiles(folder),
        ...((await draft.type.inspectCode?.(draft.entry, folder)) ?? []),
      ];
      warnings.set(
        key,
        found.map((finding) => asError(draft, finding)),
      );
    } catch (error) {
      if (!(error instanceof GatewrightError)) throw error;
      errors.push(located(error, at, key));
    }
  });
  // In the order of the spec, whichever was read first.
  return { archives, errors, warnings: withFolder.flatMap(({ key }) => warnings.get(key) ?? []) };
}

/** Of one file, and of all functions of a stack: looking into what a stranger wrote must not keep the process from its work. */
const LARGEST_TEXT = 2 * 1024 * 1024;
const MOST_TEXT = 16 * 1024 * 1024;

/** Gives texts until there were enough. */
function reader(): (bytes: Uint8Array | undefined) => string | undefined {
  let left = MOST_TEXT;
  return (bytes) => {
    if (bytes === undefined || bytes.length > Math.min(LARGEST_TEXT, left)) return undefined;
    left -= bytes.length;
    return new TextDecoder().decode(bytes);
  };
}

function hasFolder({ type, readOnly, entry }: Draft): boolean {
  return !readOnly && type.codeInFolder?.(entry) === true;
}
