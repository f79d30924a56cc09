import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Listing, listTree, writeListing } from "./files.ts";
import { commitAt, mergeBase } from "./history.ts";
import { type ObjectStore, type TreeEntry, writeBlob } from "./objects.ts";

/** Git's own line merge: two edits in different places of one file are no conflict. */
function mergeLines(store: ObjectStore, base: TreeEntry | undefined, ours: TreeEntry, theirs: TreeEntry) {
  if (ours.mode !== theirs.mode || ours.mode === "120000" || ours.mode === "160000") return undefined;
  const folder = mkdtempSync(join(tmpdir(), "fake-github-merge-"));
  try {
    const file = (name: string, entry: TreeEntry | undefined): string => {
      const path = join(folder, name);
      writeFileSync(path, (entry && store.blobs.get(entry.sha)) ?? "");
      return path;
    };
    const paths = [file("ours", ours), file("base", base), file("theirs", theirs)];
    const merged = spawnSync("git", ["merge-file", "-p", "-q", ...paths], { maxBuffer: 1 << 28 });
    return merged.status === 0 ? { mode: ours.mode, sha: writeBlob(store, merged.stdout) } : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The tree of merging `head` into `base`, or `undefined` when they conflict. */
export function mergeTrees(store: ObjectStore, base: string, head: string): string | undefined {
  const origin = mergeBase(store, base, head);
  const files = (sha: string | undefined): Listing =>
    sha ? listTree(store, commitAt(store, sha).tree) : new Map<string, TreeEntry>();
  const [old, ours, theirs] = [files(origin), files(base), files(head)];
  const merged = new Map(ours);
  for (const path of new Set([...old.keys(), ...theirs.keys()])) {
    const [before, mine, other] = [old.get(path), ours.get(path), theirs.get(path)];
    const same = (a: TreeEntry | undefined, b: TreeEntry | undefined) =>
      a?.sha === b?.sha && a?.mode === b?.mode;
    if (same(before, other) || same(mine, other)) continue;
    if (!same(before, mine)) {
      const lines = mine && other ? mergeLines(store, before, mine, other) : undefined;
      if (!lines) return undefined;
      merged.set(path, lines);
    } else if (other) merged.set(path, other);
    else merged.delete(path);
  }
  // A file where the other side made a folder of that name is a conflict, too.
  for (const path of merged.keys())
    for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1))
      if (merged.has(path.slice(0, slash))) return undefined;
  return writeListing(store, merged);
}
