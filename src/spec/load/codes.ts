/** The code of functions that have theirs in a folder beside the spec, or in an artifact that a workflow has built. */
import { fail, GatewrightError } from "../../model/errors.ts";
import type { BuiltArchive, BuiltCode } from "../../source/built-code.ts";
import { archiveFolder } from "../../source/code-archive.ts";
import { mapLimited } from "../../model/promises/map-limited.ts";
import { askOnce } from "../../model/promises/once.ts";
import { joinPath } from "../../source/path.ts";
import type { SpecSource } from "../../source/source.ts";
import type { Codes } from "./build.ts";
import { artifactOf } from "./artifact.ts";
import { asError } from "./inspect.ts";
import { doubtfulFiles } from "./doubtful-files.ts";
import { located } from "../collect.ts";
import type { CodeFolder, Draft } from "../type-rules.ts";
import type { CodeArchive } from "../types.ts";

/** Archives of several functions in memory at once are large. */
const AT_ONCE = 4;

export interface CodePlaces {
  readonly source: SpecSource;
  readonly directory: string;
  /** Built code; `left`: it is not asked for, and stays as it is in AWS. Without it code that is built is an error. */
  readonly built?: BuiltCode | "left" | undefined;
}

/** Zips the folder of every function that needs one, and gets what was built. */
export async function readCodes(drafts: readonly Draft[], places: CodePlaces): Promise<Codes> {
  const archives = new Map<string, CodeArchive>();
  const errors: GatewrightError[] = [];
  const warnings = new Map<string, readonly GatewrightError[]>();
  const built = archivesOf(places.built);
  const withCode = drafts.filter(
    (draft) => hasFolder(draft) || (artifactOf(draft) !== undefined && places.built !== "left"),
  );
  // A share for each: with one budget for all, which code is looked into would depend on what arrives first.
  const share = Math.floor(MOST_TEXT / Math.max(1, withCode.length));
  await mapLimited(withCode, AT_ONCE, async (draft) => {
    const textOf = reader(share);
    const { key, name, at } = draft;
    const artifact = artifactOf(draft);
    try {
      const { bytes, sha256Base64, files, file, from } =
        artifact === undefined
          ? { ...(await archiveFolder(places.source, joinPath(places.directory, name))), from: undefined }
          : await built(artifact);
      archives.set(key, {
        sha256: sha256Base64,
        bytes,
        files: files.length,
        ...(artifact === undefined || from === undefined
          ? {}
          : { origin: { artifact, from, bytes: bytes.length } }),
      });
      const what =
        artifact === undefined ? `the folder "${name}"` : `the artifact ${JSON.stringify(artifact)}`;
      const folder: CodeFolder = { what, files, read: async (path) => textOf(file(path)) };
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
  return { archives, errors, warnings: withCode.flatMap(({ key }) => warnings.get(key) ?? []) };
}

/** Of one file, and of all functions of a stack: looking into what a stranger wrote must not keep the process from its work. */
const LARGEST_TEXT = 2 * 1024 * 1024;
const MOST_TEXT = 16 * 1024 * 1024;

/** Gives texts until there were enough. */
function reader(most: number): (bytes: Uint8Array | undefined) => string | undefined {
  let left = most;
  return (bytes) => {
    if (bytes === undefined || bytes.length > Math.min(LARGEST_TEXT, left)) return undefined;
    left -= bytes.length;
    return new TextDecoder().decode(bytes);
  };
}

/** Several functions may have one artifact. */
function archivesOf(built: CodePlaces["built"]): (artifact: string) => Promise<BuiltArchive> {
  const known = new Map<string, Promise<BuiltArchive>>();
  const ask = (artifact: string) => (typeof built === "object" ? built.archiveOf(artifact) : unset(artifact));
  return (artifact) => askOnce(known, artifact, () => ask(artifact));
}

async function unset(artifact: string): Promise<never> {
  return fail("CODE_WORKFLOW_UNSET", `nothing says where the artifact ${JSON.stringify(artifact)} is built`, {
    hint: "Name the workflow in .github/gatewright.yml of the default branch: `code: { workflow: build.yml }`.",
  });
}

function hasFolder({ type, readOnly, entry }: Draft): boolean {
  return !readOnly && type.codeInFolder?.(entry) === true;
}
