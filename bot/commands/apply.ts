/** `/apply`: gates, then a run per stack. */
import { branchHead } from "../stacks/branch.ts";
import type { CommandHandler } from "./context.ts";
import { queueRuns } from "./queue-runs.ts";
import { checkPullRequest } from "./check-pull-request.ts";

/**
 * Applies the head of an open pull request. On a merged one it applies the default branch, to finish what the merge could
 * not: the change was reviewed before the merge, so only permission and locks are evaluated.
 */
export const apply: CommandHandler = async (context) => {
  const { pull, request, repository } = context;
  if (pull.merged) {
    const sha = await branchHead(request, repository);
    return queueRuns({ ...context, pull: { ...pull, headSha: sha } }, "apply", ["permission", "unlocked"]);
  }
  return (await checkPullRequest(context)) ?? (await queueRuns(context, "apply"));
};
