/** The reviews of a pull request, each with its author's write permission. */
import type { GitHubRequest } from "../../../src/github/client.ts";
import { at, text } from "../../../src/github/json.ts";
import { allPages } from "../../../src/github/paging.ts";
import { type RepositoryRef, place } from "../../../src/model/repository.ts";
import type { ReviewFact } from "./facts.ts";
import { canWrite, readPermission } from "./permission.ts";

export async function readReviews(
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
        return [login, canWrite(await readPermission(request, repository, login))] as const;
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
