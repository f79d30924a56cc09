/** `/apply`: gates, then a run per stack. */
import { branchCommit, checkBase, checkPullRequest } from "./check-pull-request.ts";
import type { CommandHandler } from "./context.ts";
import { queueRuns } from "./queue-runs.ts";

/**
 * Applies the head of an open pull request. On a closed one it applies the stage's branch: only a plan of that branch which was
 * shown there and is asked for by its id.
 */
export const apply: CommandHandler = async (context) => {
  const commit = await branchCommit(context);
  if (typeof commit === "string") return commit;
  if (commit !== undefined) {
    if (context.command.planId !== undefined) return queueRuns(context, "apply", commit);
    return context.reply.refuse({
      code: "PLAN_ID_NEEDED",
      message: "on a closed pull request `/apply` applies the branch, which may hold the changes of others",
      hint: "Send `/plan`, look at the plan, and send `/apply` with its id.",
    });
  }
  return (
    (await checkPullRequest(context)) ?? (await checkBase(context)) ?? (await queueRuns(context, "apply"))
  );
};
