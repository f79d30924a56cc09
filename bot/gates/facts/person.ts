/** What the gate `permission` has to know of a person. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import type { RepositoryRef } from "../../../src/model/repository.ts";
import type { Facts } from "./facts.ts";
import { attempt, type Refusals } from "./gather.ts";
import { askPermission, readTeams } from "./permission.ts";

export type PersonFacts = Pick<Facts, "login" | "permission" | "allowed" | "teams" | "unread">;

/** `allowed`: the stage's list; undefined asks for write permission alone. */
export async function readPerson(
  request: GitHubRequest,
  repository: RepositoryRef,
  login: string,
  allowed: readonly string[] | undefined,
): Promise<PersonFacts> {
  const unread: Refusals = {};
  const [permission, teams] = await Promise.all([
    attempt("permission", unread, () => askPermission(request, repository, login)),
    allowed === undefined ? undefined : attempt("teams", unread, () => readTeams(request, allowed, login)),
  ]);
  return { login, permission, allowed, teams, unread };
}
