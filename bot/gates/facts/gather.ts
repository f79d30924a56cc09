/** Reads the gates' facts from GitHub when a command arrives. What cannot be read is `undefined`, never a guess. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, number } from "../../../src/github/json.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import { type CheckOptions, readChecks } from "./checks.ts";
import type { Facts } from "./facts.ts";
import { readPermission, readTeams } from "./permission.ts";
import type { PullFacts } from "./pull.ts";
import { readReviews } from "./reviews.ts";

/** Commits of the base branch that the head does not have. */
async function readBehind(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: PullFacts,
): Promise<number> {
  const { data } = await request("GET /repos/{owner}/{repo}/compare/{basehead}", {
    ...place(repository),
    basehead: `${pull.baseRef}...${pull.headSha}`,
  });
  return number(at(data, "behind_by"));
}

async function attempt<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch {
    return undefined;
  }
}

export type GitHubFacts = Pick<
  Facts,
  | "login"
  | "permission"
  | "allowed"
  | "teams"
  | "author"
  | "headSha"
  | "pull"
  | "reviews"
  | "checks"
  | "behindBy"
>;

export interface FactOptions extends CheckOptions {
  readonly login: string;
  readonly allowed?: readonly string[] | undefined;
}

/** Everything the gates need from GitHub, requested in parallel. */
export async function gatherFacts(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: PullFacts,
  options: FactOptions,
): Promise<GitHubFacts> {
  const { login, allowed } = options;
  const [permission, teams, reviews, checks, behindBy] = await Promise.all([
    readPermission(request, repository, login),
    allowed === undefined ? Promise.resolve(undefined) : attempt(() => readTeams(request, allowed, login)),
    attempt(() => readReviews(request, repository, pull.number)),
    attempt(() => readChecks(request, repository, pull.headSha, options)),
    attempt(() => readBehind(request, repository, pull)),
  ]);
  return {
    login,
    permission,
    allowed,
    teams,
    author: pull.author,
    headSha: pull.headSha,
    pull: pull.number,
    reviews,
    checks,
    behindBy,
  };
}
