/** `/rollback` plans the last commit that was deployed well before the one AWS has; `/rollback PLAN-ID` carries out that plan. */
import type { RunRequest } from "../../src/model/run.ts";
import { announceRuns } from "../reports/announce.ts";
import { evaluateGates } from "../gates/evaluate.ts";
import { readRollback, type Rollback } from "../gates/facts/rollback.ts";
import { shownRollbacks } from "../gates/reviewed-plans.ts";
import { isNamed } from "../../src/model/plan.ts";
import { changedTargets } from "../stacks/changed.ts";
import { asWritten, fewEnough, type Target } from "../stacks/targets.ts";
import type { CommandContext, CommandHandler, CommandOutcome } from "./asked/context.ts";
import { refuseByGates, targetsOf } from "./queue-runs.ts";
import { requireWriter } from "./asked/require-writer.ts";

interface Found extends Rollback {
  readonly target: Target;
}

export const rollback: CommandHandler = async (context) => {
  const refused = await requireWriter(context);
  if (refused !== undefined) return refused;
  // The command is being handled again after a crash: its runs are stored, all of them.
  const [earlier] = await context.services.store.listRuns({ group: context.group, limit: 1 });
  if (earlier !== undefined) return "later";
  const targets = await meant(context);
  if (targets.length === 0)
    return context.reply.refuse({
      code: "STACKS_UNCHANGED",
      message: `pull request ${context.pull.number} changes none of the stage's stacks`,
      hint: "Name the stack to take back: `-d DIRECTORY`.",
    });
  const found = await Promise.all(targets.map((target) => goingBack(context, target)));
  const missing = targets.find((_target, index) => found[index] === undefined);
  if (missing !== undefined)
    return context.reply.refuse({
      code: "ROLLBACK_NOTHING",
      message: `${asWritten(missing.stack.directory)} in ${missing.stack.stage} was deployed well at no earlier commit`,
      hint: context.services.keepsRecords
        ? "The bot goes by its own record of applies. Revert the change and apply that."
        : "Inside a workflow the bot goes by GitHub's deployments, and by commits that were merged. Revert the change and apply that.",
    });
  const back = found.filter((one) => one !== undefined);
  return context.command.planId === undefined ? ask(context, back) : confirm(context, back);
};

/** The stack that is named, the only one, or those that the pull request changes. */
async function meant(context: CommandContext): Promise<readonly Target[]> {
  const { request, repository, pull, command } = context;
  const all = fewEnough(await targetsOf(context));
  return command.directory === undefined ? changedTargets(request, repository, all, pull.number) : all;
}

async function goingBack(
  { services, request, settings }: CommandContext,
  target: Target,
): Promise<Found | undefined> {
  const found = await readRollback(services, request, settings, target.stack);
  return found === undefined ? undefined : { ...found, target };
}

async function ask(context: CommandContext, found: readonly Found[]): Promise<CommandOutcome> {
  await context.services.enqueue(found.map((one) => requestOf(context, one, "plan")));
  return "later";
}

/**
 * The gates of an apply, but for those that speak of the pull request's head (`approved`, `checks`, `up-to-date`): the commit passed them when
 * it was deployed. `needs` keeps a stage from being ahead of another, not from going back.
 */
async function confirm(context: CommandContext, found: readonly Found[]): Promise<CommandOutcome> {
  const { command, services, pull } = context;
  const stacks = found.map(({ target }) => target);
  const shown = await shownRollbacks(context, stacks, pull.number);
  const named = found.filter(({ target }) => {
    const digest = shown.get(target.stack.directory)?.digest;
    return digest !== undefined && isNamed(digest, command.planId ?? "");
  });
  const meantNow = named.length > 0 ? named : found;
  const decisions = await Promise.all(
    meantNow.map(async ({ target, to }) => ({
      target,
      decision: await evaluateGates(context, {
        command: "rollback",
        target,
        gates: target.stage.gates.filter((gate) => !OF_THE_HEAD.has(gate)),
        branchSha: to,
        reviewed: shown.get(target.stack.directory),
        askedPlanId: command.planId,
      }),
    })),
  );
  if (decisions.some(({ decision }) => !decision.allowed))
    return refuseByGates(context, "apply", meantNow[0]?.to ?? pull.headSha, decisions);
  const requests = meantNow.map((one) =>
    requestOf(context, one, "apply", shown.get(one.target.stack.directory)?.digest),
  );
  await announceRuns(services, requests);
  await services.enqueue(requests);
  return "later";
}

const OF_THE_HEAD: ReadonlySet<string> = new Set(["approved", "checks", "up-to-date"]);

function requestOf(
  { group, text, cause }: CommandContext,
  { target, from, to }: Found,
  kind: "plan" | "apply",
  planId?: string,
): RunRequest {
  return {
    group,
    text,
    stack: target.stack,
    kind,
    cause: { ...cause, rollback: true },
    sha: to,
    // What leaves is what AWS has now.
    baseSha: from,
    adopt: [],
    ...(planId === undefined ? {} : { planId }),
  };
}
