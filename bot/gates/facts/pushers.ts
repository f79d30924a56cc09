/** Who pushed the head of a pull request. Such a person does not review it, whoever opened the pull request. */
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
  const { data } = await request("GET /repos/{owner}/{repo}/activity", {
    ...place(repository),
    ref: `refs/heads/${pull.headRef}`,
    per_page: 100,
  });
  const own = list(data).filter((one) => text(at(one, "after")) === pull.headSha);
  const names = own.map((one) => text(at(one, "actor", "login")));
  return [...new Set(names)].filter((login) => login !== "");
}
