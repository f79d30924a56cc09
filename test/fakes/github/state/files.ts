import { type Mode, type ObjectStore, type TreeEntry, writeBlob, writeTree } from "./objects.ts";

/** A file as tests write it: text, bytes, a symlink, an executable, or a submodule at a commit. */
export type FileInput =
  | string
  | Buffer
  | { readonly symlink: string }
  | { readonly executable: string | Buffer }
  | { readonly submodule: string };

/** All files below a tree by their path: no folders. */
export type Listing = ReadonlyMap<string, TreeEntry>;

/** Stores one file of a test's map of files. */
export function entryOf(store: ObjectStore, file: FileInput): TreeEntry {
  const blob = (mode: Mode, content: string | Buffer): TreeEntry => ({
    mode,
    sha: writeBlob(store, Buffer.from(content)),
  });
  if (typeof file === "string" || Buffer.isBuffer(file)) return blob("100644", file);
  if ("symlink" in file) return blob("120000", file.symlink);
  if ("executable" in file) return blob("100755", file.executable);
  return { mode: "160000", sha: file.submodule };
}

/** Stores the nested trees of a flat listing and answers the root's id. */
export function writeListing(store: ObjectStore, listing: Listing): string {
  const level = new Map<string, TreeEntry>();
  const folders = new Map<string, Map<string, TreeEntry>>();
  for (const [path, entry] of listing) {
    const slash = path.indexOf("/");
    if (slash < 0) level.set(path, entry);
    else {
      const folder = folders.get(path.slice(0, slash)) ?? new Map<string, TreeEntry>();
      folder.set(path.slice(slash + 1), entry);
      folders.set(path.slice(0, slash), folder);
    }
  }
  for (const [name, inner] of folders) level.set(name, { mode: "040000", sha: writeListing(store, inner) });
  return writeTree(store, level);
}

/** Every file below a tree, depth first, with its path from there. */
export function listTree(store: ObjectStore, tree: string, prefix = ""): Map<string, TreeEntry> {
  const files = new Map<string, TreeEntry>();
  for (const [name, entry] of store.trees.get(tree) ?? []) {
    if (entry.mode !== "040000") files.set(prefix + name, entry);
    else for (const [path, inner] of listTree(store, entry.sha, `${prefix}${name}/`)) files.set(path, inner);
  }
  return files;
}

/** What stands at `path` below a tree: a file, a folder, or nothing. */
export function entryAt(store: ObjectStore, tree: string, path: string): TreeEntry | undefined {
  let entry: TreeEntry | undefined = { mode: "040000", sha: tree };
  for (const name of path.split("/").filter((part) => part !== "")) {
    if (entry?.mode !== "040000") return undefined;
    entry = store.trees.get(entry.sha)?.get(name);
  }
  return entry;
}
