/** Reads spec files from a commit's tree without a checkout. Trees and blobs come from a `GitReader`. */
import { posix } from "node:path";
import pLimit from "p-limit";
import { fail } from "../model/errors.ts";
import type { GitEntry, GitReader } from "../model/repository.ts";
import { makeTrees, type Trees } from "./git-trees.ts";
import { mapLimited } from "../model/promises/map-limited.ts";
import { byPath, isWithin, normalisePath, tryNormalise } from "./path.ts";
import type { SourceFile, SpecSource } from "./source.ts";

/** The number of links that Linux follows for one path. */
const MAX_LINKS = 40;
const LINK = "120000";
const EXECUTABLE = "100755";

interface TreeSourceOptions {
  /** For messages: `acme/shop at 1a2b3c4`. */
  readonly description: string;
  readonly reader: GitReader;
  /** A commit's or a tree's. */
  readonly sha: string;
  /** Concurrent requests. */
  readonly concurrency?: number;
}

interface Found {
  readonly entry: GitEntry;
  /** Its real path, with links followed. */
  readonly path: string;
}

/** Reads each blob at most once. */
export function createTreeSource({
  description,
  reader,
  sha,
  concurrency = 8,
}: TreeSourceOptions): SpecSource {
  const trees = makeTrees(reader, sha);
  const blobs = new Map<string, Promise<Uint8Array>>();
  const slots = pLimit(concurrency);
  const blob = (hash: string): Promise<Uint8Array> => {
    const known = blobs.get(hash) ?? slots(() => reader.getBlob(hash));
    blobs.set(hash, known);
    return known;
  };
  const find = async (path: string, within: string): Promise<Found | undefined> => {
    if (within === "" || !isWithin(path, within)) return follow(trees, blob, path, "");
    // The folder may itself be a link: compare with its real path.
    const fence = await follow(trees, blob, within, "");
    return fence === undefined ? undefined : follow(trees, blob, path, fence.path);
  };
  return {
    description,
    read: async (path, options = {}) => {
      const normal = normalisePath(path);
      const found = await find(normal, normalisePath(options.within ?? ""));
      if (found === undefined || found.entry.type !== "blob") return undefined;
      const bytes = await blob(found.entry.sha);
      if (isLfsPointer(bytes)) {
        fail(
          "SOURCE_LFS",
          `"${normal}" of ${description} is stored in Git LFS; the commit contains only a pointer to it`,
          {
            hint: "Read the files from a checkout that fetched LFS files (lfs: true), not through the API.",
          },
        );
      }
      return bytes;
    },
    list: async (folder) => {
      const files = await collect(trees, find, normalisePath(folder), new Set());
      return [...files].sort(byPath);
    },
    isFolder: async (path) => (await find(normalisePath(path), ""))?.entry.type === "tree",
  };
}

/** Walks down to the path and follows links. The result must be inside the fence. */
async function follow(
  trees: Trees,
  blob: (sha: string) => Promise<Uint8Array>,
  path: string,
  fence: string,
): Promise<Found | undefined> {
  let left = path === "" ? [] : path.split("/");
  let here: Found = { entry: trees.root, path: "" };
  let links = 0;
  const leadsOut = (): never =>
    fail("SOURCE_SYMLINK", `"${path}" is a symbolic link that leads out of "${fence === "" ? "." : fence}"`, {
      hint: "Replace the link with a copy of the file.",
    });
  while (left.length > 0) {
    const [name = "", ...rest] = left;
    if (here.entry.type !== "tree") return undefined;
    const entry = (await trees.children(here.entry.sha)).get(name);
    if (entry === undefined) return undefined;
    const at = here.path === "" ? name : `${here.path}/${name}`;
    if (entry.type === "commit") {
      fail("SOURCE_SUBMODULE", `"${at}" is a Git submodule, which is not read`, {
        hint: "Copy the files into this repository.",
      });
    }
    if (entry.mode !== LINK) {
      here = { entry, path: at };
      left = rest;
      continue;
    }
    if (++links > MAX_LINKS) fail("SOURCE_SYMLINK", `"${path}" is a symbolic link that leads to itself`);
    const target = new TextDecoder().decode(await blob(entry.sha));
    const led = target.startsWith("/") ? undefined : tryNormalise(posix.join(here.path, target, ...rest));
    if (led === undefined) return leadsOut();
    left = led === "" ? [] : led.split("/");
    here = { entry: trees.root, path: "" };
  }
  if (!isWithin(here.path, fence)) leadsOut();
  return here;
}

/** `above` holds the paths of the parent folders: a link back to one of them would recurse forever. */
async function collect(
  trees: Trees,
  find: (path: string, within: string) => Promise<Found | undefined>,
  folder: string,
  above: ReadonlySet<string>,
): Promise<readonly SourceFile[]> {
  const found = await find(folder, "");
  if (found === undefined || found.entry.type !== "tree") return [];
  if (above.has(found.path)) fail("SOURCE_SYMLINK", `"${folder}" is a symbolic link that leads to itself`);
  const inside = new Set(above).add(found.path);
  const children = await trees.children(found.entry.sha);
  const lists = await mapLimited([...children.keys()], 8, async (name): Promise<readonly SourceFile[]> => {
    const path = folder === "" ? name : `${folder}/${name}`;
    const target = await find(path, "");
    if (target === undefined) fail("SOURCE_SYMLINK", `"${path}" is a symbolic link that leads to nothing`);
    const { entry } = target;
    if (entry.type === "tree") return collect(trees, find, path, inside);
    return [{ path, executable: entry.mode === EXECUTABLE, size: entry.size ?? 0 }];
  });
  return lists.flat();
}

function isLfsPointer(bytes: Uint8Array): boolean {
  return (
    bytes.length < 1_024 &&
    new TextDecoder().decode(bytes.subarray(0, 64)).startsWith("version https://git-lfs.github.com/spec/")
  );
}
