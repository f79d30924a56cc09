/** The plan of a stack that people saw last on a pull request: what an apply is compared with. */
import { parseMarker } from "../../src/report/markdown/marker.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { at, text } from "../../src/github/json.ts";
import { allPages } from "../../src/github/paging.ts";
import { type RepositoryRef, place } from "../../src/model/repository.ts";
import type { Services } from "../services/services.ts";

/** A plan as a comment on the pull request shows it. */
export interface ShownPlan {
  readonly stage: string;
  readonly directory: string;
  readonly planId: string;
  readonly headSha: string;
}

/** Tells the plan of `/destroy` from the plan of the pull request: one is never taken for the other. */
const REMOVAL = "<!-- gatewright:destroy-plan ";

/** The hidden line of what `/destroy` asked: its command's comment makes it one of a kind. */
export function removalLine(commentId: number): string {
  return `${REMOVAL}${commentId} -->`;
}

/** Whether a comment is the plan comment of a stage: not what `/destroy` asked. */
export function isPlanOf(stage: string, body: string): boolean {
  return parseMarker(body)?.stage === stage && !body.includes(REMOVAL);
}

/** Every plan that comments of ours and of the Action show, the newest last: comments are edited, so by their edit. */
export async function shownPlans(
  services: Pick<Services, "appSlug">,
  request: GitHubRequest,
  repository: RepositoryRef,
  pull: number,
  purpose: "apply" | "destroy",
): Promise<readonly ShownPlan[]> {
  const trusted = new Set(["github-actions[bot]", `${services.appSlug}[bot]`]);
  const comments = await allPages(request, "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...place(repository),
    issue_number: pull,
  });
  return comments
    .filter((comment) => trusted.has(text(at(comment, "user", "login"))))
    .map((comment) => ({ body: text(at(comment, "body")), edited: text(at(comment, "updated_at")) }))
    .filter(({ body }) => body.includes(REMOVAL) === (purpose === "destroy"))
    .sort((one, other) => (one.edited < other.edited ? -1 : one.edited > other.edited ? 1 : 0))
    .flatMap(({ body }) => {
      const marker = parseMarker(body);
      return (marker?.stacks ?? []).flatMap(({ directory, planId, headSha }) =>
        planId === undefined ? [] : [{ stage: marker?.stage ?? "", directory, planId, headSha }],
      );
    });
}
