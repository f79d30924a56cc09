/** Which pull requests a push merged: one, or several of a merge queue, a rebase, or a push by hand. */
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, list, number, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { place, type RepositoryRef } from "../../src/model/repository.ts";

/** More commits than a merge queue takes; the newest ones count. */
const MOST_COMMITS = 300;

/**
 * The newest first. The one that made the head commit is asked for by that commit; the others are those whose merge commit is among the
 * pushed ones (https://docs.github.com/en/rest/pulls/pulls: `merge_commit_sha` of a rebase is its last commit).
 */
export async function mergedPulls(
  request: GitHubRequest,
  repository: RepositoryRef,
  branch: string,
  { before, after }: { readonly before: string | undefined; readonly after: string },
): Promise<readonly number[]> {
  const [own, others] = await Promise.all([
    ofHead(request, repository, after),
    before === undefined ? [] : ofCommits(request, repository, branch, before, after),
  ]);
  return [...new Set([...(own === undefined ? [] : [own]), ...others])];
}

async function ofHead(
  request: GitHubRequest,
  repository: RepositoryRef,
  sha: string,
): Promise<number | undefined> {
  const { data } = await request("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...place(repository),
    commit_sha: sha,
  });
  const pulls = list(data);
  const found =
    pulls.find((pull) => text(at(pull, "merge_commit_sha")) === sha) ??
    pulls.find((pull) => text(at(pull, "merged_at")) !== "");
  return found === undefined ? undefined : number(at(found, "number"));
}

async function ofCommits(
  request: GitHubRequest,
  repository: RepositoryRef,
  branch: string,
  before: string,
  after: string,
): Promise<readonly number[]> {
  const commits = await commitsOf(request, repository, before, after);
  // A merge by the button makes a merge commit and the branch's own: only a longer push can hold several pull requests.
  if (commits.length < 2) return [];
  const order = new Map(commits.map((sha, index) => [sha, index]));
  const { data } = await request("GET /repos/{owner}/{repo}/pulls", {
    ...place(repository),
    state: "closed",
    base: branch,
    sort: "updated",
    direction: "desc",
    per_page: 100,
  });
  return list(data)
    .flatMap((pull) => {
      const index = order.get(text(at(pull, "merge_commit_sha")));
      return index === undefined || text(at(pull, "merged_at")) === ""
        ? []
        : [{ index, number: number(at(pull, "number")) }];
    })
    .sort((one, other) => other.index - one.index)
    .map((pull) => pull.number);
}

/** Oldest first. Of a forced push only what the old head did not have; none when the old head is gone. */
async function commitsOf(
  request: GitHubRequest,
  repository: RepositoryRef,
  before: string,
  after: string,
): Promise<readonly string[]> {
  const commits = await allPages(
    request,
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    { ...place(repository), basehead: `${before}...${after}` },
    (data) => at(data, "commits"),
  ).catch(() => []);
  return commits.slice(-MOST_COMMITS).map((commit) => text(at(commit, "sha")));
}
