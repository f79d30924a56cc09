/**
 * Reads spec files from a folder on disk: of a repository only what git tracks. Follows symbolic links that stay inside
 * it; never reads `.git`.
 */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fail } from "../model/errors.ts";
import { byPath, isWithin, normalisePath } from "./path.ts";
import type { ReadOptions, SourceFile, SpecSource } from "./source.ts";
import { type Tracked, trackedIn } from "./tracked.ts";
import { once } from "../model/promises/once.ts";

export interface LocalOptions {
  /** Also reads files that git does not track: built code, say. Default: false. */
  readonly untracked?: boolean | undefined;
  /** Told which existing files and folders (with a final `/`) are left out because git does not track them; each once. */
  readonly onUntracked?: ((paths: readonly string[]) => void) | undefined;
}

interface Folder {
  /** The real path. */
  readonly root: string;
  /** Undefined when every file counts. */
  readonly tracked: Tracked | undefined;
  readonly leftOut: (paths: readonly string[]) => void;
}

/** Reads files in the folder and never outside it, wherever a link points. */
export function createLocalSource(root: string, options: LocalOptions = {}): SpecSource {
  const folder = resolve(root);
  const open = once(() => openFolder(folder, options));
  return {
    description: folder,
    read: async (path, options = {}) => readInside(await open(), normalisePath(path), options),
    list: async (path) => {
      const files: SourceFile[] = [];
      const untracked: string[] = [];
      const opened = await open();
      await collect(opened, normalisePath(path), new Set(), { files, untracked });
      opened.leftOut(untracked);
      return files.sort(byPath);
    },
    isFolder: async (path) => {
      const target = await realPathInside((await open()).root, normalisePath(path), "");
      return target !== undefined && (await stat(target)).isDirectory();
    },
  };
}

async function openFolder(folder: string, { untracked = false, onUntracked }: LocalOptions): Promise<Folder> {
  const root = await realpath(folder).catch(() => folder);
  const told = new Set<string>();
  return {
    root,
    tracked: untracked ? undefined : await trackedIn(root),
    leftOut: (paths) => {
      const fresh = paths.filter((path) => !told.has(path));
      for (const path of fresh) told.add(path);
      if (fresh.length > 0) onUntracked?.(fresh);
    },
  };
}

async function readInside(
  { root, tracked, leftOut }: Folder,
  path: string,
  { within = "" }: ReadOptions,
): Promise<Uint8Array | undefined> {
  const real = await realPathInside(root, path, normalisePath(within));
  if (real === undefined) return undefined;
  try {
    if (tracked !== undefined && !(tracked.file(pathOf(root, real)) && tracked.named(path))) {
      if ((await stat(real)).isFile()) leftOut([path]);
      return undefined;
    }
    return await readFile(real);
  } catch (error) {
    if (hasCode(error, "EISDIR", "ENOENT")) return undefined;
    throw error;
  }
}

/** A real path as it is in the source. */
function pathOf(root: string, real: string): string {
  return relative(root, real).split(sep).join("/");
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

interface Collected {
  readonly files: SourceFile[];
  readonly untracked: string[];
}

/** `above` holds the real paths of the parent folders: a link back to one of them would recurse forever. */
async function collect(
  opened: Folder,
  folder: string,
  above: ReadonlySet<string>,
  collected: Collected,
): Promise<void> {
  const { root, tracked } = opened;
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
    if (tracked?.named(path) === false) {
      collected.untracked.push((await isDirectory(join(real, name))) ? `${path}/` : path);
      continue;
    }
    const target = await realPathInside(root, path, "");
    if (target === undefined) {
      fail("SOURCE_SYMLINK", `"${path}" is a symbolic link that leads to nothing`);
    }
    const facts = await stat(target);
    const place = pathOf(root, target);
    if (facts.isDirectory()) {
      if (tracked?.folder(place) === false) collected.untracked.push(`${path}/`);
      else await collect(opened, path, inside, collected);
    } else if (facts.isFile()) {
      if (tracked?.file(place) === false) collected.untracked.push(path);
      else collected.files.push({ path, executable: (facts.mode & 0o100) !== 0, size: facts.size });
    }
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
