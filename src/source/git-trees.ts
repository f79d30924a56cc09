/** The folders of a commit: read in one request if possible, otherwise one by one on demand. */
import type { GitEntry, GitReader, GitTree } from "../model/repository.ts";

export interface Trees {
  readonly root: GitEntry;
  /** A folder's own entries by name. */
  children(treeSha: string): Promise<ReadonlyMap<string, GitEntry>>;
}

/** The folders of a commit, each requested at most once. */
export function makeTrees(reader: GitReader, sha: string): Trees {
  const known = new Map<string, Promise<ReadonlyMap<string, GitEntry>>>();
  const readRoot = async (): Promise<ReadonlyMap<string, GitEntry>> => {
    const tree = await reader.getTree(sha, true);
    if (tree.truncated) return byName(await reader.getTree(sha, false));
    const folders = split(tree.entries);
    for (const { path, type, sha: own } of tree.entries) {
      if (type === "tree") known.set(own, Promise.resolve(folders.get(path) ?? new Map()));
    }
    return folders.get("") ?? new Map();
  };
  return {
    root: { path: "", type: "tree", mode: "040000", sha },
    children: (treeSha) => {
      const children =
        known.get(treeSha) ?? (treeSha === sha ? readRoot() : reader.getTree(treeSha, false).then(byName));
      known.set(treeSha, children);
      return children;
    },
  };
}

function byName({ entries }: GitTree): ReadonlyMap<string, GitEntry> {
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** Groups a recursive listing by folder. */
function split(entries: readonly GitEntry[]): ReadonlyMap<string, ReadonlyMap<string, GitEntry>> {
  const folders = new Map<string, Map<string, GitEntry>>();
  for (const entry of entries) {
    const slash = entry.path.lastIndexOf("/");
    const folder = slash === -1 ? "" : entry.path.slice(0, slash);
    const children = folders.get(folder) ?? new Map<string, GitEntry>();
    children.set(entry.path.slice(slash + 1), entry);
    folders.set(folder, children);
  }
  return folders;
}
