/** What a person may do in the repository, and which teams they are in. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { statusOf } from "../../../src/github/errors.ts";
import { at, text } from "../../../src/github/json.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";

const WRITERS: ReadonlySet<string> = new Set(["admin", "maintain", "write"]);
/** `permission` has one of these words, also for a custom role: that of the role it is based on. */
const LEVELS: ReadonlySet<string> = new Set(["admin", "write", "read", "none"]);
/** `role_name` tells these from the level they count as; every other name is a custom role's. */
const FINER = new Map([
  ["maintain", "write"],
  ["triage", "read"],
]);

/** Whether a permission includes writing. */
export function canWrite(permission: string | undefined): boolean {
  return permission !== undefined && WRITERS.has(permission);
}

/**
 * `admin`, `maintain`, `write`, `triage`, `read` or `none`, from the collaborators API: the current permission, not the
 * payload's association. Throws if it cannot be read or is none of these.
 */
export async function askPermission(
  request: GitHubRequest,
  repository: RepositoryRef,
  login: string,
): Promise<string> {
  try {
    const { data } = await request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
      ...place(repository),
      username: login,
    });
    const level = text(at(data, "permission"));
    const role = text(at(data, "role_name"));
    if (!LEVELS.has(level)) throw new Error(`GitHub answered the permission ${JSON.stringify(level)}`);
    return FINER.get(role) === level ? role : level;
  } catch (error) {
    if (statusOf(error) === 404) return "none";
    throw error;
  }
}

/** The same; undefined if it cannot be read. */
export function readPermission(
  request: GitHubRequest,
  repository: RepositoryRef,
  login: string,
): Promise<string | undefined> {
  return askPermission(request, repository, login).catch(() => undefined);
}

/** Which of the `org/team` entries the login is an active member of. An invitation that waits is no membership. */
export async function readTeams(
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
      // 404 means "not a member". Any other failure is reported as unknown.
      .map((answer) =>
        answer.catch((error: unknown) => {
          if (statusOf(error) === 404) return false;
          throw error;
        }),
      ),
  );
  return teams.filter((_team, index) => memberships[index] === true);
}
