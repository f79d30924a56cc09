/** Reactions to a comment. */
import type { RepositoryPlace } from "../model/repository.ts";
import type { CommandComment } from "../model/run.ts";
import type { GitHubRequest } from "./client.ts";

export type Reaction = "eyes" | "rocket" | "confused";

/** Reacts to a comment. Idempotent: GitHub keeps one reaction of each kind per user. */
export async function addReaction(
  request: GitHubRequest,
  { owner, repo }: RepositoryPlace,
  comment: CommandComment,
  content: Reaction,
): Promise<void> {
  const { commentId: comment_id, in: where } = comment;
  // REST has no reactions to a review as a whole.
  if (where === "review") return;
  const route =
    where === "review-comment"
      ? "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions"
      : "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions";
  await request(route, { owner, repo, comment_id, content });
}
