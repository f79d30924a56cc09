/** A commit of the local repository as a source, read through git: the base that `--base REF` names. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fail } from "../errors.ts";
import type { SourceFile, SpecSource } from "../source/source.ts";

const execute = promisify(execFile);
const LARGEST = 256 * 1024 * 1024;

interface TreeFile extends SourceFile {
  readonly object: string;
}

/** @param root the repository's folder; links inside the commit are not followed */
export function createGitSource(root: string, ref: string): SpecSource {
  let tree: Promise<ReadonlyMap<string, TreeFile>> | undefined;
  const files = (): Promise<ReadonlyMap<string, TreeFile>> => {
    tree ??= readTree(root, ref);
    return tree;
  };
  return {
    description: `commit ${ref}`,
    read: async (path) => {
      const file = (await files()).get(path);
      return file === undefined ? undefined : git(root, ["cat-file", "blob", file.object]);
    },
    list: async (folder) => {
      const inside = within(folder);
      return [...(await files()).values()]
        .filter(({ path }) => inside(path))
        .sort((one, other) => (one.path < other.path ? -1 : 1));
    },
    isFolder: async (path) => [...(await files()).keys()].some(within(path)),
  };
}

function within(folder: string): (path: string) => boolean {
  const prefix = folder === "" || folder === "." ? "" : `${folder}/`;
  return (path) => path.startsWith(prefix);
}

async function git(root: string, args: readonly string[]): Promise<Buffer> {
  const { stdout } = await execute("git", ["-C", root, ...args], { encoding: "buffer", maxBuffer: LARGEST });
  return stdout;
}

/** Lines of `git ls-tree -r -l -z`: mode, type, object, size, tab, path. */
async function readTree(root: string, ref: string): Promise<ReadonlyMap<string, TreeFile>> {
  const listing = await git(root, ["ls-tree", "-r", "-l", "-z", "--full-tree", `${ref}^{commit}`]).catch(
    (error: unknown) =>
      fail(
        "BASE_NOT_FOUND",
        `--base "${ref}" cannot be read; accepted: a commit, branch or tag of this repository`,
        {
          hint: "Fetch it first (git fetch), or leave --base out.",
          cause: error,
        },
      ),
  );
  const files = new Map<string, TreeFile>();
  for (const line of listing.toString("utf8").split("\0")) {
    const [, mode, object, size, path] = /^(\d{6}) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? [];
    if (object === undefined || path === undefined || mode === "120000") continue;
    files.set(path, { path, object, executable: mode === "100755", size: Number(size) });
  }
  return files;
}
