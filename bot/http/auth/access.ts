/** May this person see that? Answers are remembered for a minute, so that a page that moves does not ask all the time. */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { RepositoryRef } from "../../../src/model/repository.ts";
import type { AsUser, RepositoryName } from "./as-user.ts";

const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export interface Access {
  canRead(token: string, repository: RepositoryRef): Promise<boolean>;
  /** For lists. */
  readable(token: string): Promise<readonly RepositoryName[]>;
  /** `owner/name`, when the person can see it: public repositories are not in everybody's list. */
  named(token: string, fullName: string): Promise<RepositoryName | undefined>;
}

export function createAccess(github: AsUser, now: () => number): Access {
  const one = createMemory<boolean>(now);
  const all = createMemory<readonly RepositoryName[]>(now);
  const names = createMemory<RepositoryName | undefined>(now);
  return {
    canRead: (token, { id, owner, name }) =>
      one(`${hashed(token)} ${id} ${owner}/${name}`, async () => {
        const found = await github.repository(token, owner, name);
        // Somebody else's repository may have the name by now: only the same one opens the page.
        return found?.id === id;
      }),
    readable: (token) => all(hashed(token), () => github.repositories(token)),
    async named(token, fullName) {
      const [owner = "", name = "", ...rest] = fullName.split("/");
      if (owner === "" || name === "" || rest.length > 0) return undefined;
      return names(`${hashed(token)} ${fullName}`, () => github.repository(token, owner, name));
    },
  };
}

/** Tokens are not kept longer than the request that brings them. */
function hashed(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

type Memory<T> = (key: string, ask: () => Promise<T>) => Promise<T>;

/** Answers by key; askers at the same time share one. Failures are not remembered: the next one asks again. */
function createMemory<T>(now: () => number): Memory<T> {
  const known = new LRUCache<string, Promise<T>>({
    max: MOST_REMEMBERED,
    ttl: REMEMBERED_MS,
    ttlResolution: 0,
    perf: { now },
  });
  return (key, ask) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const answer = ask();
    known.set(key, answer);
    answer.catch(() => {
      if (known.peek(key) === answer) known.delete(key);
    });
    return answer;
  };
}
