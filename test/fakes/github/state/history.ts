import { listTree } from "./files.ts";
import type { Commit, ObjectStore, TreeEntry } from "./objects.ts";

/** A commit and everything before it, nearest first. */
export function ancestors(store: ObjectStore, sha: string): Set<string> {
  const seen = new Set<string>([sha]);
  // A Set grows while it is walked: this visits each commit once, breadth first.
  for (const current of seen)
    for (const parent of store.commits.get(current)?.parents ?? []) seen.add(parent);
  return seen;
}

/** The nearest commit both have, as `git merge-base` (criss-cross histories are not modelled). */
export function mergeBase(store: ObjectStore, left: string, right: string): string | undefined {
  const known = ancestors(store, left);
  for (const sha of ancestors(store, right)) if (known.has(sha)) return sha;
  return undefined;
}

/** Commits of `head` that `base` does not have, oldest first. */
export function commitsBetween(store: ObjectStore, base: string, head: string): string[] {
  const known = ancestors(store, base);
  return [...ancestors(store, head)].filter((sha) => !known.has(sha)).reverse();
}

export interface FileChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

const sameEntry = (a: TreeEntry, b: TreeEntry): boolean => a.sha === b.sha && a.mode === b.mode;

/** What changed between two trees. A removed and an added file with the same content are a rename, as on GitHub. */
export function changedFiles(store: ObjectStore, from: string | undefined, to: string): FileChange[] {
  const before = from ? listTree(store, from) : new Map<string, TreeEntry>();
  const after = listTree(store, to);
  const gone = new Map([...before].filter(([path]) => !after.has(path)));
  const changes: FileChange[] = [];
  for (const [path, entry] of after) {
    const old = before.get(path);
    if (old && sameEntry(old, entry)) continue;
    const source = old ? undefined : [...gone].find(([, candidate]) => candidate.sha === entry.sha);
    if (source) {
      gone.delete(source[0]);
      changes.push({ path, previousPath: source[0], status: "renamed", before: source[1], after: entry });
    } else changes.push({ path, status: old ? "modified" : "added", before: old, after: entry });
  }
  for (const [path, entry] of gone)
    changes.push({ path, status: "removed", before: entry, after: undefined });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The commit at `sha`; the caller knows it exists. */
export function commitAt(store: ObjectStore, sha: string): Commit {
  const commit = store.commits.get(sha);
  if (!commit) throw new Error(`no commit ${sha} in the fake's object store`);
  return commit;
}
