/** Which files of a working copy belong to its repository. Others can be anything: credentials of an earlier step, a `.env`. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { fail, messageOf } from "../model/errors.ts";
import { visible } from "../text/escape.ts";

const run = promisify(execFile);
const MAX_OUTPUT = 256 * 1024 * 1024;

/** Paths are posix, relative to the folder that was asked for. */
export interface Tracked {
  /** True for a file that git tracks, at its real path. */
  file(real: string): boolean;
  /** True for a folder with a tracked file in it, at its real path. */
  folder(real: string): boolean;
  /** True for a path that leads to its file through tracked links only, or through none. */
  named(path: string): boolean;
}

/**
 * Asks git for the files in its index (also of checked-out submodules), so that a new file counts after `git add`.
 * `undefined` for a folder that is not in a repository: there, nothing says which files belong.
 */
export async function trackedIn(root: string): Promise<Tracked | undefined> {
  const listing = isInRepository(root) ? await listed(root) : undefined;
  if (listing === undefined) return undefined;
  const paths = listing.split("\0").filter((path) => path !== "");
  // macOS may return decomposed names.
  const files = new Set(paths.map((path) => path.normalize()));
  const folders = new Set([""]);
  for (const path of files) for (const folder of foldersAbove(path)) folders.add(folder);
  return {
    file: (real) => files.has(real.normalize()),
    folder: (real) => folders.has(real.normalize()),
    named: (path) => {
      const name = path.normalize();
      // A tracked path with something under it is a link to a folder.
      return (
        files.has(name) || folders.has(name) || [...foldersAbove(name)].some((above) => files.has(above))
      );
    },
  };
}

const NAMED_AT_MOST = 5;

/** What to say of files that were left out. */
export function untrackedText(paths: readonly string[]): string {
  const named = paths.slice(0, NAMED_AT_MOST).map((path) => `"${visible(path)}"`);
  const more = paths.length - named.length;
  const them = more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
  return `git does not track ${them}: left out. Add what the stack needs with \`git add\`.`;
}

function* foldersAbove(path: string): Generator<string> {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    yield path.slice(0, end);
}

function isInRepository(root: string): boolean {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return true;
    if (folder === dirname(folder)) return false;
  }
}

/** Undefined where git says that this is no repository, whatever its `.git` is. */
async function listed(root: string): Promise<string | undefined> {
  // In a container job the working copy belongs to somebody else; listing its index starts nothing that it configures.
  const settings = ["safe.directory=*", "safe.bareRepository=explicit", "core.fsmonitor=false"];
  const options = settings.flatMap((setting) => ["-c", setting]);
  const command = ["-C", root, ...options, "ls-files", "-z", "--cached", "--recurse-submodules"];
  const env = { ...process.env, LC_ALL: "C" };
  try {
    return (await run("git", command, { maxBuffer: MAX_OUTPUT, env })).stdout;
  } catch (error) {
    const text = messageOf(error);
    if (text.includes("not a git repository")) return undefined;
    const said = text.split("\n").find((line) => /fatal|ENOENT/.test(line)) ?? text;
    return fail("SOURCE_GIT", `git does not list the files of ${root}: ${said}`, {
      hint: "Only files that git tracks are read. Make sure that git is installed and `git ls-files` works there.",
      cause: error,
    });
  }
}
