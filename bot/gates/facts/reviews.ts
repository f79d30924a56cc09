/** The reviews of a pull request, each with what its author may do. */
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
    // The account of a reviewer who left GitHub is null: nothing can be asked of it.
    login: text(at(review, "user", "login")),
    isBot: text(at(review, "user", "type")) !== "User",
    state: reviewState(text(at(review, "state"))),
    sha: text(at(review, "commit_id")),
    at: new Date(text(at(review, "submitted_at")) || 0),
  }));
  const logins = [...new Set(facts.map(({ login }) => login))].filter((login) => login !== "");
  const writers = new Map(
    await Promise.all(
      logins.map(async (login) => {
        const permission = await readPermission(request, repository, login);
        return [login, permission === undefined ? "unknown" : canWrite(permission)] as const;
      }),
    ),
  );
  return facts.map((fact) => ({ ...fact, canWrite: writers.get(fact.login) ?? false }));
}

function reviewState(state: string): ReviewFact["state"] {
  const upper = state.toUpperCase();
  if (upper === "APPROVED" || upper === "CHANGES_REQUESTED" || upper === "DISMISSED" || upper === "PENDING")
    return upper;
  return "COMMENTED";
}

/** Each reviewer's newest review with a verdict: a later comment does not withdraw an approval, a dismissal does. Pure. */
export function latestReviews(reviews: readonly ReviewFact[]): readonly ReviewFact[] {
  const latest = new Map<string, ReviewFact>();
  for (const review of [...reviews].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    if (review.state !== "COMMENTED" && review.state !== "PENDING")
      latest.set(review.login.toLowerCase(), review);
  }
  return [...latest.values()];
}
