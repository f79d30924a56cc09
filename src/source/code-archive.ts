/** A function's folder as the zip that Lambda takes: the same files always give the same bytes, on every machine. */
import { createHash } from "node:crypto";
import { type Zippable, zipSync } from "fflate";
import { fail } from "../model/errors.ts";
import { mapLimited } from "./map-limited.ts";
import { normalisePath } from "./path.ts";
import type { SourceFile, SpecSource } from "./source.ts";

/** AWS's limits of a direct upload. */
export const MAX_ZIPPED = 50 * 1024 * 1024;
export const MAX_UNZIPPED = 250 * 1024 * 1024;

const REGULAR_FILE = 0o100000;
/** The "made by" byte that says the mode is a Unix one; the mode is in the upper half of the attributes. */
const UNIX = 3;
const UPPER_HALF = 65_536;
/**
 * Zip has no time zone and fflate writes local time, so this must be local too; noon exists on every day everywhere.
 * 1980 is the first year a zip can tell.
 */
const TIME = new Date(1980, 0, 1, 12);

export interface FolderArchive {
  readonly bytes: Uint8Array;
  /** As Lambda's CodeSha256. */
  readonly sha256Base64: string;
  readonly unzippedSize: number;
  /** Paths in the zip, sorted. */
  readonly files: readonly string[];
}

/** Zips a folder of the source reproducibly: sorted, fixed time, mode 0644 or 0755, fixed compression. */
export async function archiveFolder(source: SpecSource, folder: string): Promise<FolderArchive> {
  const root = normalisePath(folder);
  const files = await source.list(root);
  if (files.length === 0) await failEmpty(source, root);
  const unzippedSize = files.reduce((total, { size }) => total + size, 0);
  if (unzippedSize > MAX_UNZIPPED) tooLarge(root, "unzipped", unzippedSize, MAX_UNZIPPED);
  const contents = await mapLimited(files, 8, (file) => contentOf(source, file));
  const entries: Zippable = {};
  const paths: string[] = [];
  for (const [index, { path, executable }] of files.entries()) {
    const inside = root === "" ? path : path.slice(root.length + 1);
    // fflate keeps files in an object: a file of this name would be lost.
    if (inside === "__proto__") fail("CODE_FILE_NAME", `"${path}" cannot be in an archive under that name`);
    const mode = REGULAR_FILE | (executable ? 0o755 : 0o644);
    const bytes = contents[index] ?? new Uint8Array();
    entries[inside] = [bytes, { level: 6, mtime: TIME, os: UNIX, attrs: mode * UPPER_HALF }];
    paths.push(inside);
  }
  const bytes = zipSync(entries);
  if (bytes.length > MAX_ZIPPED) tooLarge(root, "zipped", bytes.length, MAX_ZIPPED);
  const sha256Base64 = createHash("sha256").update(bytes).digest("base64");
  return { bytes, sha256Base64, unzippedSize, files: paths };
}

async function contentOf(source: SpecSource, { path }: SourceFile): Promise<Uint8Array> {
  const bytes = await source.read(path);
  return bytes ?? fail("CODE_CHANGED", `"${path}" vanished while it was read from ${source.description}`);
}

async function failEmpty(source: SpecSource, folder: string): Promise<never> {
  const hint = "The code of a function is the folder that is named like it, beside the spec.";
  if (await source.isFolder(folder)) {
    return fail("CODE_FOLDER_EMPTY", `the folder "${folder}" of ${source.description} holds no file`, {
      hint,
    });
  }
  const file = (await source.read(folder)) !== undefined;
  const message = file ? `"${folder}" is a file, not a folder,` : `there is no folder "${folder}"`;
  return fail("CODE_FOLDER_MISSING", `${message} in ${source.description}`, { hint });
}

function tooLarge(folder: string, what: string, size: number, limit: number): never {
  return fail(
    "CODE_TOO_LARGE",
    `the folder "${folder}" is ${megabytes(size)} MB ${what}; Lambda accepts ${megabytes(limit)} MB`,
    {
      hint: "Leave out what the function does not need, use layers, or give Code.S3Bucket or Code.ImageUri.",
    },
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1);
}
