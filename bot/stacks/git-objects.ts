/**
 * Trees and files of commits, kept for a while: the runs of one command read the same commit, and its base has mostly the
 * same files. What a SHA names never changes.
 */
import { LRUCache } from "lru-cache";
import type { GitReader, GitTree } from "../../src/model/repository.ts";

const MOST_BYTES = 32 * 1024 * 1024;
/** Larger ones (a function's code) would push out everything else. */
const LARGEST = 1024 * 1024;
const ENTRY_BYTES = 200;

type Found = { readonly tree: GitTree } | { readonly bytes: Uint8Array };

interface GitObjects {
  /** A reader of one repository that shares what it reads with all others of the repository. */
  of(repositoryId: number, reader: GitReader): GitReader;
}

export function createGitObjects(): GitObjects {
  const kept = new LRUCache<string, Found>({
    maxSize: MOST_BYTES,
    maxEntrySize: LARGEST,
    sizeCalculation: sizeOf,
  });
  const underWay = new Map<string, Promise<Found>>();

  const read = async (key: string, ask: () => Promise<Found>): Promise<Found> => {
    const found = kept.get(key);
    if (found !== undefined) return found;
    // Whoever asked first may have been stopped, or may not see the repository: then this reader asks for itself.
    const asked = underWay.get(key);
    if (asked !== undefined) return asked.catch(ask);
    const answer = ask();
    underWay.set(key, answer);
    try {
      const fresh = await answer;
      kept.set(key, fresh);
      return fresh;
    } finally {
      underWay.delete(key);
    }
  };

  return {
    of: (repositoryId, reader) => ({
      getTree: async (sha, recursive) => {
        const key = `${repositoryId}/${recursive ? "trees" : "tree"}/${sha}`;
        const asked = read(key, async () => ({ tree: await reader.getTree(sha, recursive) }));
        const found = await asked;
        return "tree" in found ? found.tree : reader.getTree(sha, recursive);
      },
      getBlob: async (sha) => {
        const asked = read(`${repositoryId}/blob/${sha}`, async () => ({ bytes: await reader.getBlob(sha) }));
        const found = await asked;
        return "bytes" in found ? found.bytes : reader.getBlob(sha);
      },
    }),
  };
}

function sizeOf(found: Found): number {
  return 1 + ("bytes" in found ? found.bytes.length : found.tree.entries.length * ENTRY_BYTES);
}

/** Of this process. */
export const gitObjects: GitObjects = createGitObjects();
