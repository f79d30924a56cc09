/** GitHub requests as the signed-in person, not as the App: the answer contains only what that person may see. */
import { at, list, number, text } from "../../../src/github/json.ts";
import type { Metrics } from "../../services/metrics.ts";

/** GitHub gave no answer: showing the page or refusing it would both be wrong. */
export class GitHubAway extends Error {}

/** The token is no longer valid: its owner has to sign in again. */
export class SignedOut extends Error {}

interface AsUserParts {
  readonly apiUrl: string;
  readonly metrics: Pick<Metrics, "calls">;
  readonly timeoutMs?: number;
}

export interface RepositoryName {
  readonly id: number;
  readonly fullName: string;
}

export interface AsUser {
  /** The token's owner. */
  self(token: string): Promise<{ readonly login: string; readonly id: number }>;
  /** The repository with this name; undefined when the person cannot see it. */
  repository(token: string, owner: string, name: string): Promise<RepositoryName | undefined>;
  /** Ids of the App's installations in accounts of which the person has explicit access to a repository. */
  installations(token: string): Promise<readonly number[]>;
  /** Repositories of these installations that the person has explicit access to. */
  repositories(token: string, installations: readonly number[]): Promise<readonly RepositoryName[]>;
}

/** Per person. Runs of further repositories are still reachable through links in comments. */
const MOST_PAGES = 20;

export function createAsUser({ apiUrl, metrics, timeoutMs = 10_000 }: AsUserParts): AsUser {
  async function ask(token: string, path: string): Promise<unknown> {
    let answer: Response;
    try {
      answer = await fetch(`${apiUrl}${path}`, {
        headers: {
          accept: "application/vnd.github+json",
          authorization: `Bearer ${token}`,
          "user-agent": "gatewright",
          "x-github-api-version": "2022-11-28",
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      metrics.calls("github", String(answer.status));
      if (answer.ok) return await answer.json();
    } catch (error) {
      metrics.calls("github", "unreachable");
      throw new GitHubAway("GitHub did not answer", { cause: error });
    }
    await answer.body?.cancel();
    if (answer.status === 401) throw new SignedOut("the token is no longer valid");
    // 451: taken down. 403 is a refusal (single sign-on, suspended) unless it is a rate limit.
    const patience = answer.headers.has("retry-after") || answer.headers.get("x-ratelimit-remaining") === "0";
    if ((answer.status === 403 && !patience) || answer.status === 404 || answer.status === 451)
      return undefined;
    throw new GitHubAway(`GitHub answered ${answer.status}`);
  }

  async function pages(token: string, path: string, name: string): Promise<readonly unknown[]> {
    const all: unknown[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const found = list(at(await ask(token, `${path}?per_page=100&page=${page}`), name));
      all.push(...found);
      if (found.length < 100) break;
    }
    return all;
  }

  return {
    async installations(token) {
      const found = await pages(token, "/user/installations", "installations");
      return found.map((one) => number(at(one, "id")));
    },
    async self(token) {
      const user = await ask(token, "/user");
      const found = { login: text(at(user, "login")), id: number(at(user, "id")) };
      if (found.login === "") throw new SignedOut("GitHub does not name the token's owner");
      return found;
    },
    async repository(token, owner, name) {
      // `fetch` would resolve them: `/repos/../user` asks who the person is, and a person's id is no repository's.
      if ([owner, name].some((part) => part === "." || part === "..")) return undefined;
      const path = [owner, name].map(encodeURIComponent).join("/");
      const found = await ask(token, `/repos/${path}`);
      return found === undefined ? undefined : named(found);
    },
    async repositories(token, installations) {
      const found = await Promise.all(
        installations.map((id) => pages(token, `/user/installations/${id}/repositories`, "repositories")),
      );
      return found.flat().map(named);
    },
  };
}

function named(repository: unknown): RepositoryName {
  return { id: number(at(repository, "id")), fullName: text(at(repository, "full_name")) };
}
