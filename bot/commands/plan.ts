/** `/plan` and `/adopt`: a plan of the pull request's head, or of the branch when it is closed, shown in the bot's own plan comment. */
import type { RunRequest } from "../../src/model/run.ts";
import { branchCommit } from "./check-pull-request.ts";
import type { CommandContext, CommandHandler, CommandOutcome } from "./context.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./require-writer.ts";

/** Queues a plan of each stack; `adopt` names the foreign resources that the plan takes over. */
export async function queuePlans(context: CommandContext, adopt: readonly string[]): Promise<CommandOutcome> {
  const { services, pull, text, cause, group } = context;
  const commit = await branchCommit(context);
  if (typeof commit === "string") return commit;
  const sha = commit?.sha ?? pull.headSha;
  const requests: RunRequest[] = [];
  for (const target of await targetsOf(context, sha)) {
    await services.store.setAdoptedNames(target.stack, pull.number, adopt);
    requests.push({
      group,
      text,
      stack: target.stack,
      kind: "plan",
      cause,
      sha,
      baseSha: pull.baseSha,
      adopt,
    });
  }
  await services.enqueue(requests);
  return "later";
}

export const plan: CommandHandler = async (context) =>
  (await requireWriter(context)) ?? (await queuePlans(context, []));

/** `/adopt NAME`: plans with the named resource taken over; the apply of that plan does the same. */
export const adopt: CommandHandler = async (context) =>
  (await requireWriter(context)) ??
  (await queuePlans(context, context.command.resource === undefined ? [] : [context.command.resource]));
