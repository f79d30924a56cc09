/** `/plan`: a plan of the pull request's head, or of the branch when it is closed, shown in the bot's own plan comment. */
import type { RunRequest } from "../../src/model/run.ts";
import { branchCommit } from "./asked/check-pull-request.ts";
import type { CommandContext, CommandHandler, CommandOutcome } from "./asked/context.ts";
import { changedTargets } from "../stacks/changed.ts";
import { asWritten, fewEnough, type Target } from "../stacks/targets.ts";
import { targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./asked/require-writer.ts";

/** Queues a plan of each stack; `adopt` names a foreign resource that the plan takes over, besides those that were named before. */
export async function queuePlans(context: CommandContext, adopt: readonly string[]): Promise<CommandOutcome> {
  const { services, request, repository, pull, command, text, cause, group } = context;
  const commit = await branchCommit(context);
  if (typeof commit === "string") return commit;
  const sha = commit?.sha ?? pull.headSha;
  const all = await targetsOf(context, sha);
  const targets = fewEnough(
    command.directory === undefined ? await changedTargets(request, repository, all, pull.number) : all,
  );
  if (targets.length === 0) {
    return context.reply.refuse({
      code: "STACKS_UNCHANGED",
      message: `pull request ${pull.number} changes none of the ${all.length} stacks`,
      hint: `Name one to plan it anyway: ${named(all)}.`,
    });
  }
  const requests: RunRequest[] = [];
  for (const target of targets) {
    const before = adopt.length === 0 ? [] : await services.store.adoptedNames(target.stack, pull.number);
    const adopted = [...new Set([...before, ...adopt])];
    await services.store.setAdoptedNames(target.stack, pull.number, adopted);
    requests.push({
      group,
      text,
      stack: target.stack,
      kind: "plan",
      cause,
      sha,
      goneFrom: target.gone,
      baseSha: pull.baseSha,
      adopt: adopted,
    });
  }
  await services.enqueue(requests);
  return "later";
}

const NAMED_AT_MOST = 5;

/** The option for a few of the stacks. */
function named(targets: readonly Target[]): string {
  const options = targets.slice(0, NAMED_AT_MOST).map(({ stack }) => `\`-d ${asWritten(stack.directory)}\``);
  return targets.length > NAMED_AT_MOST ? `${options.join(", ")}, …` : options.join(", ");
}

export const plan: CommandHandler = async (context) =>
  (await requireWriter(context)) ?? (await queuePlans(context, []));
