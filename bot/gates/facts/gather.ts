/** Reads the gates' facts from GitHub when a command arrives. What cannot be read is `undefined`, never a guess. */
import { userErrors } from "../../../src/model/errors.ts";
import type { GitHubRequest } from "../../../src/github/client.ts";
import { isTransient } from "../../../src/github/errors.ts";
import { at, number } from "../../../src/github/json.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import { type CheckOptions, readChecks } from "./checks.ts";
import type { Asked, Facts, Unread } from "./facts.ts";
import { askPermission, readTeams } from "./permission.ts";
import type { PullFacts } from "./pull.ts";
import { readPushers } from "./pushers.ts";
import { readReviews } from "./reviews.ts";

/** Commits of the branch that the head does not have. */
async function readBehind(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: PullFacts,
  branch: string,
): Promise<number> {
  const { data } = await request("GET /repos/{owner}/{repo}/compare/{basehead}", {
    ...place(repository),
    basehead: `${branch}...${pull.headSha}`,
  });
  return number(at(data, "behind_by"));
}

/** What was refused for good, and what to do about it. A failure that may pass leaves no entry. */
export type Refusals = { -readonly [What in keyof Unread]: Unread[What] };

/** Undefined for what could not be read, with the reason where it will not pass by itself. */
export async function attempt<T>(
  what: Asked,
  refusals: Refusals,
  make: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    const [known] = userErrors(error) ?? [];
    if (known?.hint !== undefined && !isTransient(error)) refusals[what] = known.hint;
    return undefined;
  }
}

type GitHubFacts = Pick<
  Facts,
  | "login"
  | "permission"
  | "allowed"
  | "teams"
  | "author"
  | "headSha"
  | "pushers"
  | "pull"
  | "reviews"
  | "checks"
  | "behindBy"
  | "unread"
>;

interface FactOptions extends CheckOptions {
  readonly login: string;
  readonly allowed?: readonly string[] | undefined;
  /** The branch that the stage is deployed from; the default branch unless it is named. */
  readonly branch?: string | undefined;
}

/** Everything the gates need from GitHub, requested in parallel. */
export async function gatherFacts(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: PullFacts,
  options: FactOptions,
): Promise<GitHubFacts> {
  const { login, allowed } = options;
  const unread: Refusals = {};
  const [permission, teams, reviews, checks, behindBy, pushers] = await Promise.all([
    attempt("permission", unread, () => askPermission(request, repository, login)),
    allowed === undefined
      ? Promise.resolve(undefined)
      : attempt("teams", unread, () => readTeams(request, allowed, login)),
    attempt("reviews", unread, () => readReviews(request, repository, pull.number)),
    attempt("checks", unread, () => readChecks(request, repository, pull.headSha, options)),
    attempt("behindBy", unread, () =>
      readBehind(request, repository, pull, options.branch ?? repository.defaultBranch),
    ),
    attempt("pushers", unread, () => readPushers(request, repository, pull)),
  ]);
  return {
    login,
    permission,
    allowed,
    teams,
    author: pull.author,
    headSha: pull.headSha,
    pushers,
    pull: pull.number,
    reviews,
    checks,
    behindBy,
    unread,
  };
}
