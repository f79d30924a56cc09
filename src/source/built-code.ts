/**
 * Code that was built before the plan: the artifacts of a workflow run, or in a terminal a folder of the same form. Both give the same
 * bytes: files are mode 0644, because artifacts forget it, and an inner zip of the artifact's name keeps the modes it has.
 */
import { fail } from "../model/errors.ts";
import type { ArtifactReader } from "../model/repository.ts";
import { archiveEntries, type FolderArchive, MAX_FILES, MAX_UNZIPPED } from "./code-archive.ts";
import { createLocalSource } from "./local-source.ts";
import { mapLimited } from "../model/promises/map-limited.ts";
import type { SpecSource } from "./source.ts";
import { unzipBeside } from "./threads/unzip-beside.ts";
import type { ZipEntry } from "./threads/zip.ts";

export interface BuiltArchive extends FolderArchive {
  /** `run 57 of build.yml`, `the folder dist/orders` */
  readonly from: string;
}

export interface BuiltCode {
  /** @throws GatewrightError that says why there is none */
  archiveOf(artifact: string): Promise<BuiltArchive>;
}

const LIMITS = { files: MAX_FILES, bytes: MAX_UNZIPPED };

/** The artifacts of a commit. */
export function codeOfArtifacts(reader: ArtifactReader): BuiltCode {
  return {
    archiveOf: async (artifact) => {
      const what = `the artifact ${JSON.stringify(artifact)}`;
      const { zip, from } = await reader.read(artifact);
      const entries = await unzipBeside(zip, what, LIMITS);
      // An upload that is not archived is the zip itself.
      const code = artifact.endsWith(".zip") ? entries : await codeIn(entries, artifact, what);
      return { ...(await archiveEntries(code, what)), from };
    },
  };
}

/**
 * A folder with what the workflow uploads: the folder `orders`, or `orders.zip`, for the artifact `orders`.
 * @param root as it was typed
 */
export function codeOfFolder(
  root: string,
  source: SpecSource = createLocalSource(root, { untracked: true }),
): BuiltCode {
  return {
    archiveOf: async (artifact) => {
      const archive = await source.read(zipOf(artifact));
      const what =
        archive === undefined ? `the folder ${root}/${artifact}` : `the file ${root}/${zipOf(artifact)}`;
      const entries =
        archive === undefined
          ? await codeIn(await filesOf(source, artifact, what), artifact, what)
          : await unzipBeside(archive, what, LIMITS);
      return { ...(await archiveEntries(entries, what)), from: what };
    },
  };
}

async function filesOf(source: SpecSource, folder: string, what: string): Promise<readonly ZipEntry[]> {
  const files = await source.list(folder);
  const size = files.reduce((total, file) => total + file.size, 0);
  if (files.length === 0)
    fail("CODE_FOLDER_MISSING", `there is neither ${what} nor a file ${zipOf(folder)} beside it`, {
      hint: "Build the code, and give with --code the folder that has one folder per artifact.",
    });
  if (files.length > MAX_FILES || size > MAX_UNZIPPED)
    fail("CODE_TOO_LARGE", `${what} has ${files.length} files and ${size} bytes`, {
      hint: `Accepted: ${MAX_FILES} files and ${MAX_UNZIPPED} bytes.`,
    });
  return mapLimited(files, 8, async ({ path, executable }) => ({
    path: path.slice(folder.length + 1),
    executable,
    bytes: (await source.read(path)) ?? fail("CODE_CHANGED", `"${path}" vanished while it was read`),
  }));
}

/** The inner zip where there is one, else the files as they come out of an artifact. */
async function codeIn(
  entries: readonly ZipEntry[],
  artifact: string,
  what: string,
): Promise<readonly ZipEntry[]> {
  const name = zipOf(artifact);
  const inner = entries.find(({ path }) => path === name);
  const [only, another] = entries;
  if (inner === undefined) {
    if (only !== undefined && another === undefined && /^[^/]+\.zip$/.test(only.path))
      fail("CODE_ARTIFACT_INVALID", `${what} holds nothing but ${only.path}`, {
        hint: `Call it ${name}: then it is taken as the code, with the modes of its files.`,
      });
    return entries.map((entry) => ({ ...entry, executable: false }));
  }
  if (another !== undefined)
    fail("CODE_ARTIFACT_INVALID", `${what} has ${name} and other files`, {
      hint: `Upload ${name} alone, or the files without it.`,
    });
  return unzipBeside(inner.bytes, `${name} in ${what}`, LIMITS);
}

function zipOf(artifact: string): string {
  return artifact.endsWith(".zip") ? artifact : `${artifact}.zip`;
}
