/** Who pushed a commit, and when: who pushed the head of a pull request does not review it, whoever opened the pull request. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, list, text } from "../../../src/github/json.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import type { PullFacts } from "./pull.ts";

/**
 * Logins of those who pushed the head, from GitHub's own record of pushes
 * (https://docs.github.com/en/rest/repos/repos#list-repository-activities). Where it does not have the push (a fork's, a server
 * without the API), the author and the committer of the head commit, which whoever pushes can write. Throws if both are
 * unknown.
 */
export async function readPushers(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: PullFacts,
): Promise<readonly string[]> {
  const pushed = await pushersOf(request, repository, pull).catch((): readonly string[] => []);
  if (pushed.length > 0) return pushed;
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{ref}", {
    ...place(repository),
    ref: pull.headSha,
  });
  const names = [text(at(data, "author", "login")), text(at(data, "committer", "login"))];
  const known = [...new Set(names)].filter((login) => login !== "");
  if (known.length === 0) throw new Error(`nobody is known to have pushed ${pull.headSha}`);
  return known;
}

async function pushersOf(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: PullFacts,
): Promise<readonly string[]> {
  if (pull.fork) return [];
  const names = (await pushesOf(request, repository, pull.headRef, pull.headSha)).map((one) =>
    text(at(one, "actor", "login")),
  );
  return [...new Set(names)].filter((login) => login !== "");
}

/** When a commit became a branch's head, the last time. Undefined where GitHub's record does not have it; a commit's own dates can be made up. */
export async function cameToBranch(
  request: GitHubRequest,
  repository: RepositoryRef,
  branch: string,
  sha: string,
): Promise<Date | undefined> {
  // The newest comes first.
  const [last] = await pushesOf(request, repository, branch, sha);
  const timestamp = text(at(last, "timestamp"));
  return timestamp === "" ? undefined : new Date(timestamp);
}

/** The pushes and merges that made a commit the head of a branch. */
async function pushesOf(
  request: GitHubRequest,
  repository: RepositoryRef,
  branch: string,
  sha: string,
): Promise<readonly unknown[]> {
  const { data } = await request("GET /repos/{owner}/{repo}/activity", {
    ...place(repository),
    ref: `refs/heads/${branch}`,
    per_page: 100,
  });
  return list(data).filter((one) => text(at(one, "after")) === sha);
}
