/** Reactions to a comment. */
import type { RepositoryPlace } from "../model/repository.ts";
import type { GitHubRequest } from "./client.ts";

export type Reaction = "eyes" | "rocket" | "confused";

/** Reacts to a comment. Idempotent: GitHub keeps one reaction of each kind per user. */
export async function addReaction(
  request: GitHubRequest,
  { owner, repo }: RepositoryPlace,
  commentId: number,
  content: Reaction,
): Promise<void> {
  await request("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
    owner,
    repo,
    comment_id: commentId,
    content,
  });
}
