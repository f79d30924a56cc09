/** Pull requests that can never be applied, regardless of gates. */
import type { CommandContext, CommandOutcome } from "./context.ts";

/** Refuses closed, draft and conflicting pull requests and those of forks; undefined if the pull request can be applied. */
export async function checkPullRequest({ pull, reply }: CommandContext): Promise<CommandOutcome | undefined> {
  const found =
    pull.state === "closed"
      ? {
          code: "PULL_CLOSED",
          message: `pull request ${pull.number} is ${pull.merged ? "merged" : "closed"}`,
          hint: "Open a new pull request.",
        }
      : pull.draft
        ? {
            code: "PULL_DRAFT",
            message: "the pull request is a draft",
            hint: "Mark it ready for review first.",
          }
        : pull.mergeable === false
          ? {
              code: "PULL_CONFLICTS",
              message: "the branch conflicts with its base",
              hint: "Resolve the conflicts, then review the new plan.",
            }
          : pull.fork
            ? {
                code: "PULL_FORK",
                message: "the branch belongs to a fork",
                hint: "Somebody with write permission can plan a fork's branch with `/plan`; to apply it, push it to a branch of this repository.",
              }
            : undefined;
  if (found === undefined) return undefined;
  return reply.refuse(found);
}
