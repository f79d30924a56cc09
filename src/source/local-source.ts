/** Reads spec files from a folder on disk. Follows symbolic links that stay inside it; never reads `.git`. */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fail } from "../model/errors.ts";
import { byPath, isWithin, normalisePath } from "./path.ts";
import type { ReadOptions, SourceFile, SpecSource } from "./source.ts";

/** Reads files in the folder and never outside it, wherever a link points. */
export function createLocalSource(root: string): SpecSource {
  const folder = resolve(root);
  let real: Promise<string> | undefined;
  const realRoot = (): Promise<string> => {
    real ??= realpath(folder).catch(() => folder);
    return real;
  };
  return {
    description: folder,
    read: async (path, options = {}) => readInside(await realRoot(), normalisePath(path), options),
    list: async (path) => {
      const files: SourceFile[] = [];
      await collect(await realRoot(), normalisePath(path), new Set(), files);
      return files.sort(byPath);
    },
    isFolder: async (path) => {
      const target = await realPathInside(await realRoot(), normalisePath(path), "");
      return target !== undefined && (await stat(target)).isDirectory();
    },
  };
}

async function readInside(
  root: string,
  path: string,
  { within = "" }: ReadOptions,
): Promise<Uint8Array | undefined> {
  const real = await realPathInside(root, path, normalisePath(within));
  if (real === undefined) return undefined;
  try {
    return await readFile(real);
  } catch (error) {
    if (hasCode(error, "EISDIR", "ENOENT")) return undefined;
    throw error;
  }
}

/** The real path on disk, with links followed; `undefined` if nothing exists there. */
async function realPathInside(root: string, path: string, within: string): Promise<string | undefined> {
  let real: string;
  let fence: string;
  try {
    [real, fence] = await Promise.all([realpath(join(root, path)), realpath(join(root, within))]);
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
    if (hasCode(error, "ELOOP")) {
      fail("SOURCE_SYMLINK", `"${path}" is a symbolic link that leads to itself`);
    }
    throw error;
  }
  // The directory may itself be a link out of the root, so check against the root as well.
  const inside = [root, isWithin(path, within) ? fence : root].every((limit) => contains(limit, real));
  if (!inside) {
    fail(
      "SOURCE_SYMLINK",
      `"${path}" is a symbolic link that leads out of "${within === "" ? "." : within}"`,
      {
        hint: "Replace the link with a copy of the file.",
      },
    );
  }
  if (relative(root, real).split(sep).some(isGitFolder)) {
    fail("SOURCE_SYMLINK", `"${path}" leads into ".git", which is never read`, {
      hint: "Git's own files can contain credentials. Copy the file next to the spec.",
    });
  }
  return real;
}

/** The file systems of macOS and Windows ignore case. */
function isGitFolder(name: string): boolean {
  return name.toLowerCase() === ".git";
}

function contains(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** `above` holds the real paths of the parent folders: a link back to one of them would recurse forever. */
async function collect(
  root: string,
  folder: string,
  above: ReadonlySet<string>,
  files: SourceFile[],
): Promise<void> {
  const real = await realPathInside(root, folder, "");
  if (real === undefined) return;
  if (above.has(real)) fail("SOURCE_SYMLINK", `"${folder}" is a symbolic link that leads to itself`);
  const names = await readdir(real).catch((error: unknown) => {
    if (hasCode(error, "ENOTDIR", "ENOENT")) return [];
    throw error;
  });
  const inside = new Set(above).add(real);
  for (const name of names) {
    // Git data of a nested repository: never committed, and not needed by a function.
    if (isGitFolder(name)) continue;
    const path = folder === "" ? name : `${folder}/${name}`;
    const target = await realPathInside(root, path, "");
    if (target === undefined) {
      fail("SOURCE_SYMLINK", `"${path}" is a symbolic link that leads to nothing`);
    }
    const facts = await stat(target);
    if (facts.isDirectory()) await collect(root, path, inside, files);
    else if (facts.isFile()) {
      files.push({ path, executable: (facts.mode & 0o100) !== 0, size: facts.size });
    }
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
