/** Finds out, at the moment of a command, what the gates judge. What cannot be found out is `undefined`, never a guess. */
import type { CheckFact, Facts, ReviewFact } from "./gates.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { statusOf } from "../../src/github/errors.ts";
import { at, number, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import type { RepositoryRef } from "../../src/model/repository.ts";

/** A pull request as the API tells it now, not as an old payload remembers it. */
export interface PullFacts {
  readonly number: number;
  readonly author: string;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly baseSha: string;
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly draft: boolean;
  /** Undefined while GitHub still computes it. */
  readonly mergeable: boolean | undefined;
  readonly fork: boolean;
  readonly url: string;
}

const place = (repository: RepositoryRef): { owner: string; repo: string } => ({
  owner: repository.owner,
  repo: repository.name,
});

export async function readPull(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
): Promise<PullFacts> {
  const { data } = await request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...place(repository),
    pull_number: pull,
  });
  const mergeable = at(data, "mergeable");
  return {
    number: pull,
    author: text(at(data, "user", "login")),
    headSha: text(at(data, "head", "sha")),
    headRef: text(at(data, "head", "ref")),
    baseRef: text(at(data, "base", "ref")),
    baseSha: text(at(data, "base", "sha")),
    state: at(data, "state") === "open" ? "open" : "closed",
    merged: at(data, "merged") === true,
    draft: at(data, "draft") === true,
    mergeable: typeof mergeable === "boolean" ? mergeable : undefined,
    // A deleted fork has no repository any more: still not ours.
    fork: at(data, "head", "repo", "id") !== at(data, "base", "repo", "id"),
    url: text(at(data, "html_url")),
  };
}

/** `admin`, `write`, … from the collaborators API: what holds now, not what the payload's association says. */
export async function readPermission(
  request: GitHubRequest,
  repository: RepositoryRef,
  login: string,
): Promise<string | undefined> {
  try {
    const { data } = await request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      ...place(repository),
      username: login,
    });
    return text(at(data, "role_name")) || text(at(data, "permission")) || "none";
  } catch (error) {
    return statusOf(error) === 404 ? "none" : undefined;
  }
}

async function attempt<T>(make: () => Promise<T>): Promise<T | undefined> {
  try {
    return await make();
  } catch {
    return undefined;
  }
}

async function readReviews(
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
): Promise<readonly ReviewFact[]> {
  const reviews = await allPages(request, "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", {
    ...place(repository),
    pull_number: pull,
  });
  const facts = reviews.map((review) => ({
    login: text(at(review, "user", "login")),
    state: reviewState(text(at(review, "state"))),
    sha: text(at(review, "commit_id")),
    at: new Date(text(at(review, "submitted_at")) || 0),
  }));
  const logins = [...new Set(facts.map(({ login }) => login))];
  const writers = new Map(
    await Promise.all(
      logins.map(async (login) => {
        const permission = await readPermission(request, repository, login);
        return [
          login,
          permission === "admin" || permission === "maintain" || permission === "write",
        ] as const;
      }),
    ),
  );
  return facts.map((fact) => ({ ...fact, canWrite: writers.get(fact.login) === true }));
}

function reviewState(state: string): ReviewFact["state"] {
  const upper = state.toUpperCase();
  if (upper === "APPROVED" || upper === "CHANGES_REQUESTED" || upper === "DISMISSED" || upper === "PENDING")
    return upper;
  return "COMMENTED";
}

export interface CheckOptions {
  /** Our own app's slug: its `gatewright …` checks are results, not conditions. */
  readonly appSlug: string;
  /** Names of checks that the settings leave out. */
  readonly ignore: readonly string[];
}

/** Check runs and commit statuses of the head, each name once, by its newest. */
async function readChecks(
  request: GitHubRequest,
  repository: RepositoryRef,
  sha: string,
  options: CheckOptions,
): Promise<readonly CheckFact[]> {
  const where = { ...place(repository), ref: sha };
  const [runs, statuses] = await Promise.all([
    allPages(
      request,
      "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
      { ...where, filter: "latest" },
      (data) => at(data, "check_runs"),
    ),
    allPages(request, "GET /repos/{owner}/{repo}/commits/{ref}/statuses", where),
  ]);
  const newest = new Map<string, { at: number; fact: CheckFact }>();
  const note = (name: string, when: string, state: CheckFact["state"]): void => {
    const time = Date.parse(when) || 0;
    const known = newest.get(name);
    if (known === undefined || known.at < time) newest.set(name, { at: time, fact: { name, state } });
  };
  for (const run of runs) {
    // Inside a workflow the App is GitHub's own, and all the repository's jobs are its checks: ours have ours in the name.
    if (text(at(run, "app", "slug")) === options.appSlug && text(at(run, "name")).startsWith("gatewright "))
      continue;
    note(
      text(at(run, "name")),
      text(at(run, "started_at")),
      checkState(text(at(run, "status")), text(at(run, "conclusion"))),
    );
  }
  for (const status of statuses) {
    const state = text(at(status, "state"));
    note(
      text(at(status, "context")),
      text(at(status, "created_at")),
      state === "success" ? "green" : state === "pending" ? "pending" : "red",
    );
  }
  return [...newest.values()].map(({ fact }) => fact).filter(({ name }) => !options.ignore.includes(name));
}

function checkState(status: string, conclusion: string): CheckFact["state"] {
  if (status !== "completed") return "pending";
  return ["success", "neutral", "skipped"].includes(conclusion) ? "green" : "red";
}

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

/** Which of the `org/team` entries the login is an active member of. */
async function readTeams(
  request: GitHubRequest,
  allowed: readonly string[],
  login: string,
): Promise<readonly string[]> {
  const teams = allowed.filter((one) => one.includes("/"));
  const memberships = await Promise.all(
    teams
      .map(async (team) => {
        const [org = "", slug = ""] = team.split("/");
        const { data } = await request("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", {
          org,
          team_slug: slug,
          username: login,
        });
        return at(data, "state") === "active";
      })
      // Who is no member is not found. Anything else is not known, which is another thing to tell.
      .map((answer) =>
        answer.catch((error: unknown) => {
          if (statusOf(error) === 404) return false;
          throw error;
        }),
      ),
  );
  return teams.filter((_team, index) => memberships[index] === true);
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

/** Everything GitHub can tell for the gates, asked side by side. */
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
