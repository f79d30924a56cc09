/** Which repositories a person may see. Answers are cached for a minute, so that a live page does not ask GitHub constantly. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { RepositoryRef } from "../../../src/model/repository.ts";
import type { AsUser, RepositoryName } from "./as-user.ts";
import { askOnce } from "../../../src/model/promises/once.ts";

const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export interface Access {
  canRead(token: string, repository: RepositoryRef): Promise<boolean>;
  /** Ids of the App's installations that the person may see. */
  installations(token: string): Promise<readonly number[]>;
  /** For lists. */
  readable(token: string): Promise<readonly RepositoryName[]>;
  /** Looks up `owner/name` directly: a public repository may be readable without being in the person's list. */
  named(token: string, fullName: string): Promise<RepositoryName | undefined>;
}

export function createAccess(github: AsUser, now: () => number): Access {
  const one = createMemory<boolean>(now);
  const all = createMemory<readonly RepositoryName[]>(now);
  const installed = createMemory<readonly number[]>(now);
  const names = createMemory<RepositoryName | undefined>(now);
  const installations = (token: string): Promise<readonly number[]> =>
    installed(hashed(token), () => github.installations(token));
  return {
    canRead: (token, { id, owner, name }) =>
      one(`${hashed(token)} ${id} ${owner}/${name}`, async () => {
        const found = await github.repository(token, owner, name);
        // Another repository may have taken the name: compare ids.
        return found?.id === id;
      }),
    installations,
    readable: (token) =>
      all(hashed(token), async () => github.repositories(token, await installations(token))),
    async named(token, fullName) {
      const [owner = "", name = "", ...rest] = fullName.split("/");
      if (owner === "" || name === "" || rest.length > 0) return undefined;
      return names(`${hashed(token)} ${fullName}`, () => github.repository(token, owner, name));
    },
  };
}

/** Cache keys hold a hash: tokens are not kept longer than their request. */
function hashed(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

type Memory<T> = (key: string, ask: () => Promise<T>) => Promise<T>;

/** Caches answers by key; concurrent callers share one request. Failures are not cached. */
function createMemory<T>(now: () => number): Memory<T> {
  const known = new LRUCache<string, Promise<T>>({
    max: MOST_REMEMBERED,
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: { now },
  });
  return (key, ask) => askOnce(known, key, ask);
}
