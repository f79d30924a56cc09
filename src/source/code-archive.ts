/** Zips a function's folder for Lambda: the same files give the same bytes on every machine. */
import { createHash } from "node:crypto";
import { fail, GatewrightError } from "../model/errors.ts";
import { inThread } from "./threads/in-thread.ts";
import type { IgnoreMessage } from "./threads/ignore-thread.ts";
import { mapLimited } from "../model/promises/map-limited.ts";
import { joinPath, normalisePath } from "./path.ts";
import type { SourceFile, SpecSource } from "./source.ts";
import type { ZipEntry } from "./threads/zip.ts";
import { zipBeside } from "./threads/zip-beside.ts";

/** Lambda's limits for a direct upload: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_ZIPPED = 50 * 1024 * 1024;
export const MAX_UNZIPPED = 250 * 1024 * 1024;

/** Our own limit: listing and hashing more files takes too long. */
export const MAX_FILES = 20_000;

export interface FolderArchive {
  readonly bytes: Uint8Array;
  /** In the format of Lambda's CodeSha256. */
  readonly sha256Base64: string;
  readonly unzippedSize: number;
  /** Paths in the zip, sorted. */
  readonly files: readonly string[];
  /** A file of the zip, which has been read already. */
  file(path: string): Uint8Array | undefined;
}

/** Zips a folder of the source reproducibly: sorted, fixed time, mode 0644 or 0755, fixed compression. */
export async function archiveFolder(source: SpecSource, folder: string): Promise<FolderArchive> {
  const root = normalisePath(folder);
  const files = await withoutIgnored(source, root, await source.list(root));
  if (files.length === 0) await failEmpty(source, root);
  if (files.length > MAX_FILES) {
    fail("CODE_TOO_LARGE", `the folder "${root}" has ${files.length} files; accepted: ${MAX_FILES}`, {
      hint: "Leave out what the function does not need, bundle its modules, or give Code.S3Bucket or Code.ImageUri.",
    });
  }
  const unzippedSize = files.reduce((total, { size }) => total + size, 0);
  if (unzippedSize > MAX_UNZIPPED) tooLarge(`the folder "${root}"`, "unzipped", unzippedSize, MAX_UNZIPPED);
  const contents = await mapLimited(files, 8, (file) => contentOf(source, file));
  const entries = files.map(({ path, executable }, index): ZipEntry => {
    return { path: insideOf(root, path), executable, bytes: contents[index] ?? new Uint8Array() };
  });
  return archiveEntries(entries, `the folder "${root}"`);
}

/**
 * Zips files reproducibly.
 * @param what names them in messages: `the folder "fn"`, `the artifact "orders"`
 */
export async function archiveEntries(entries: readonly ZipEntry[], what: string): Promise<FolderArchive> {
  // fflate keeps files in an object, which would drop a file of this name.
  if (entries.some(({ path }) => path === "__proto__"))
    fail("CODE_FILE_NAME", `"__proto__" of ${what} cannot be zipped under that name`);
  if (entries.length === 0)
    fail("CODE_FOLDER_EMPTY", `${what} has no files`, { hint: "Put the code there." });
  const unzippedSize = entries.reduce((total, { bytes }) => total + bytes.length, 0);
  const bytes = await zipBeside(entries, what);
  if (bytes.length > MAX_ZIPPED) tooLarge(what, "zipped", bytes.length, MAX_ZIPPED);
  const sha256Base64 = createHash("sha256").update(bytes).digest("base64");
  return {
    bytes,
    sha256Base64,
    unzippedSize,
    files: entries.map(({ path }) => path),
    file: (path) => entries.find((entry) => entry.path === path)?.bytes,
  };
}

const IGNORE_FILE = ".gatewrightignore";
const IGNORE_DEADLINE_MS = 5_000;

/** Leaves out what the folder's `.gatewrightignore` names, in the form of a `.gitignore`, and that file itself. */
async function withoutIgnored(
  source: SpecSource,
  root: string,
  files: readonly SourceFile[],
): Promise<readonly SourceFile[]> {
  const own = joinPath(root, IGNORE_FILE);
  if (!files.some(({ path }) => path === own)) return files;
  const rules = `${IGNORE_FILE}\n${new TextDecoder().decode(await source.read(own))}`;
  const message: IgnoreMessage = { rules, paths: files.map(({ path }) => insideOf(root, path)) };
  const kept = await inThread<readonly string[]>("ignore", message, {
    ms: IGNORE_DEADLINE_MS,
    late: () =>
      new GatewrightError(
        "CODE_IGNORE_TIMEOUT",
        `"${own}" takes longer than ${IGNORE_DEADLINE_MS / 1000} s to match ${files.length} files`,
        {
          hint: "Write patterns with fewer stars, such as the names of folders.",
          at: { file: own, line: 1 },
        },
      ),
  });
  const stays = new Set(kept);
  return files.filter(({ path }) => stays.has(insideOf(root, path)));
}

function insideOf(root: string, path: string): string {
  return root === "" ? path : path.slice(root.length + 1);
}

async function contentOf(source: SpecSource, { path }: SourceFile): Promise<Uint8Array> {
  const bytes = await source.read(path);
  return bytes ?? fail("CODE_CHANGED", `"${path}" vanished while it was read from ${source.description}`);
}

async function failEmpty(source: SpecSource, folder: string): Promise<never> {
  const hint = "A function's code is the folder with the function's name, next to the spec.";
  if (await source.isFolder(folder)) {
    return fail("CODE_FOLDER_EMPTY", `the folder "${folder}" of ${source.description} has no files`, {
      hint,
    });
  }
  const file = (await source.read(folder)) !== undefined;
  const message = file ? `"${folder}" is a file, not a folder,` : `there is no folder "${folder}"`;
  return fail("CODE_FOLDER_MISSING", `${message} in ${source.description}`, { hint });
}

function tooLarge(name: string, what: string, size: number, limit: number): never {
  return fail(
    "CODE_TOO_LARGE",
    `${name} is ${megabytes(size)} MB ${what}; Lambda accepts ${megabytes(limit)} MB`,
    {
      hint: "Leave out what the function does not need, use layers, or give Code.S3Bucket or Code.ImageUri.",
    },
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1);
}
