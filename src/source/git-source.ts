/** Reads spec files from a commit of a local repository with `git`: the terminal reads the base branch's spec this way. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fail } from "../model/errors.ts";
import type { GitEntry, GitReader } from "../model/repository.ts";
import type { SpecSource } from "./source.ts";
import { createTreeSource } from "./tree-source.ts";
import { once } from "../model/promises/once.ts";

const run = promisify(execFile);
const MAX_OUTPUT = 300 * 1024 * 1024;

/** @param revision anything `git rev-parse` understands: a branch, a tag, a commit; resolved on the first read */
export function createGitSource(root: string, revision: string): SpecSource {
  const opened = once(() => open(root, revision));
  return {
    description: `${root} at ${revision}`,
    read: async (path, options) => (await opened()).read(path, options),
    list: async (folder) => (await opened()).list(folder),
    isFolder: async (path) => (await opened()).isFolder(path),
  };
}

async function open(root: string, revision: string): Promise<SpecSource> {
  const sha = await resolveCommit(root, revision);
  return createTreeSource({ description: `${root} at ${revision}`, reader: gitReader(root), sha });
}

async function resolveCommit(root: string, revision: string): Promise<string> {
  try {
    // A revision that starts with a dash must not be read as an option.
    const found = await git(root, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${revision}^{tree}`,
    ]);
    return found.toString().trim();
  } catch (error) {
    return fail("REVISION_NOT_FOUND", `"${revision}" is not a commit of the repository ${root}`, {
      hint: "Give an existing branch, tag or commit; in a shallow clone, fetch it first.",
      cause: error,
    });
  }
}

function gitReader(root: string): GitReader {
  return {
    getTree: async (sha, recursive) => {
      const flags = recursive ? ["-r", "-t"] : [];
      const listing = await git(root, ["ls-tree", "-z", "-l", "--full-tree", ...flags, sha]);
      return { entries: listing.toString().split("\0").flatMap(parseLine), truncated: false };
    },
    getBlob: async (sha) => new Uint8Array(await git(root, ["cat-file", "blob", sha])),
  };
}

/** `100644 blob <sha>      12\tpath` */
function parseLine(line: string): GitEntry[] {
  const [, mode, type, sha, size, path] = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.+)$/s.exec(line) ?? [];
  if (mode === undefined || sha === undefined || path === undefined) return [];
  if (type !== "blob" && type !== "tree" && type !== "commit") return [];
  return [{ path, type, mode, sha, ...(size === "-" ? {} : { size: Number(size) }) }];
}

async function git(root: string, parameters: readonly string[]): Promise<Buffer> {
  const { stdout } = await run("git", ["-C", root, ...parameters], {
    encoding: "buffer",
    maxBuffer: MAX_OUTPUT,
  });
  return stdout;
}
