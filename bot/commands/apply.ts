/** `/apply`: gates, then a run per stack. */
import { branchCommit, checkBase, checkPullRequest } from "./asked/check-pull-request.ts";
import type { CommandContext, CommandHandler, CommandOutcome } from "./asked/context.ts";
import { queueRuns } from "./queue-runs.ts";
import { chooseStages } from "../stacks/targets.ts";

/** Several stages: the first of them; what comes after it is remembered with its runs (bot/events/next-stage.ts). */
export const apply: CommandHandler = async (context) => {
  const { command, settings, cause } = context;
  if (command.alsoStages === undefined) return applyStage(context);
  const [first, ...then] = chooseStages(settings, [command.stage ?? "", ...command.alsoStages]);
  return applyStage({
    ...context,
    command: { ...command, stage: first, alsoStages: undefined },
    cause: { ...cause, then },
  });
};

/**
 * Applies the head of an open pull request. On a closed one it applies the stage's branch: only a plan of that branch which was
 * shown there and is asked for by its id.
 */
async function applyStage(context: CommandContext): Promise<CommandOutcome> {
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
}
