/** Evaluates the gates of every stack a command targets, then queues the runs or refuses. */
import { applyComment } from "../../src/report/markdown/apply/comment.ts";
import type { StackApply } from "../../src/report/apply-report.ts";
import { announceRuns } from "../reports/announce.ts";
import { changedTargets } from "../stacks/changed.ts";
import { evaluateGates } from "../gates/evaluate.ts";
import type { Decision } from "../gates/gates.ts";
import { reviewedPlans } from "../gates/reviewed-plans.ts";
import type { ReviewedPlan } from "../services/store.ts";
import { targetsWithGone } from "../stacks/gone.ts";
import { asWritten, chooseStage, fewEnough, type Target } from "../stacks/targets.ts";
import { fail } from "../../src/model/errors.ts";
import { isNamed } from "../../src/model/plan.ts";
import type { RunKind, RunRequest } from "../../src/model/run.ts";
import { previewPull, previewStage } from "../../src/model/stage.ts";
import type { BranchCommit } from "./asked/check-pull-request.ts";
import type { CommandContext, CommandOutcome } from "./asked/context.ts";
import { type Aimed, standingPreview } from "./previews/standing.ts";
import { originOf } from "../services/services.ts";

/** The stacks a command targets, at the pull request's head or another commit. */
export async function targetsOf(
  context: CommandContext,
  sha: string = context.pull.headSha,
): Promise<readonly Target[]> {
  const { settings, command, request, repository } = context;
  const stage = chooseStage(settings, command.stage);
  return targetsWithGone(request, repository, settings, stage, {
    sha,
    base: context.pull.baseSha,
    directory: command.directory,
  });
}

/** The stacks of the stage that the command names, which may be the pull request's preview. Throws like `targetsOf`, and `PREVIEW_NONE`. */
export async function targetsOrPreview(context: CommandContext): Promise<Aimed> {
  const { command, settings, pull } = context;
  const named = previewPull(command.stage ?? "");
  if (named === undefined) return { targets: await targetsOf(context), settings };
  if (named !== pull.number)
    fail("STAGE_UNKNOWN", `"${previewStage(named)}" is the preview of another pull request`, {
      hint: `Send the command on #${named}.`,
    });
  const standing = await standingPreview(context);
  if (standing === undefined)
    return fail("PREVIEW_NONE", `pull request ${pull.number} has no preview`, {
      hint: "`/preview` makes one.",
    });
  if (standing.targets.length === 0)
    fail("STACK_UNKNOWN", `"${command.directory ?? "."}" is not a stack of ${previewStage(named)}`, {
      hint: `Stacks: ${standing.preview.directories.map(asWritten).join(", ")}.`,
    });
  return standing;
}

/** Evaluates the gates of every stack; queues all of them, or refuses and lists every gate of each. */
export async function queueRuns(
  context: CommandContext,
  kind: RunKind,
  branch?: BranchCommit,
): Promise<CommandOutcome> {
  const { services, command, text, cause, group } = context;
  // The command is being handled again after a crash: it passed the gates at the head of that time.
  const [earlier] = await services.store.listRuns({ group, limit: 1 });
  const { pull } = context;
  const sha = earlier?.sha ?? branch?.sha ?? pull.headSha;
  const all = await targetsOf(context, sha);
  const reviewed = await reviewedPlans(context, all, pull.number, {
    purpose: kind === "destroy" ? "destroy" : "apply",
    sha,
  });
  const targets = fewEnough(
    command.planId === undefined
      ? await meant(context, all, reviewed, kind)
      : narrow(all, reviewed, command.planId),
  );
  const decisions = await Promise.all(
    targets.map(async (target) => ({
      target,
      decision: await evaluateGates(context, {
        command: command.name === "destroy" || command.name === "adopt" ? command.name : "apply",
        target,
        gates: branch?.gates(target.stage) ?? target.stage.gates,
        ...(branch === undefined ? {} : { branchSha: branch.sha }),
        reviewed: reviewed.get(target.stack.directory),
        askedPlanId: command.planId,
      }),
    })),
  );
  if (earlier === undefined && decisions.some(({ decision }) => !decision.allowed)) {
    return refuseByGates(context, kind, sha, decisions);
  }
  const asked = command.planId;
  const requests = await Promise.all(
    targets.map(
      async (target): Promise<RunRequest> => ({
        group,
        text,
        stack: target.stack,
        kind,
        cause,
        sha,
        goneFrom: target.gone,
        baseSha: pull.baseSha,
        planId: wholeOf(reviewed.get(target.stack.directory), asked),
        adopt: command.resource === undefined ? await adopted(context, target) : [command.resource],
      }),
    ),
  );
  await announceRuns(services, requests);
  await services.enqueue(requests);
  return "later";
}

/** Answers with every gate of every stack. */
export async function refuseByGates(
  { services, repository, login, text, group, reply }: CommandContext,
  kind: RunKind,
  sha: string,
  decisions: readonly { readonly target: Target; readonly decision: Decision }[],
): Promise<CommandOutcome> {
  const stacks = decisions.map(
    ({ target, decision }): StackApply => ({
      directory: target.stack.directory,
      state: "refused",
      gates: decision.gates,
    }),
  );
  await reply.write(
    applyComment({
      stage: decisions[0]?.target.stack.stage ?? "",
      stacks,
      run: group,
      purpose: kind === "destroy" ? "destroy" : "apply",
      asked: { kind: "command", text, by: login },
      origin: originOf(services, repository, sha),
    }),
  );
  return "refused";
}

/** The stacks that an `/apply` means: what it names, or what the pull request changes or has a plan of. */
async function meant(
  { request, repository, pull, command }: CommandContext,
  all: readonly Target[],
  reviewed: ReadonlyMap<string, ReviewedPlan>,
  kind: RunKind,
): Promise<readonly Target[]> {
  if (kind !== "apply" || command.directory !== undefined) return all;
  const changed = await changedTargets(request, repository, all, pull.number);
  const found = all.filter((target) => changed.includes(target) || reviewed.has(target.stack.directory));
  return found.length > 0 ? found : all;
}

/** The whole digest of what was shown, where it is what was asked for: a typed id names it, and says nothing of its contents. */
function wholeOf(reviewed: ReviewedPlan | undefined, asked: string | undefined): string | undefined {
  const isIt = asked === undefined || (reviewed !== undefined && isNamed(reviewed.digest, asked));
  return isIt ? reviewed?.digest : asked;
}

/** A plan id names one stack of a stage; where it matches none, all are kept and apply compares. */
function narrow(
  targets: readonly Target[],
  reviewed: ReadonlyMap<string, ReviewedPlan>,
  planId: string,
): readonly Target[] {
  const named = targets.filter(({ stack }) => isNamed(reviewed.get(stack.directory)?.digest ?? "", planId));
  return named.length > 0 ? named : targets;
}

/** The resources of `/adopt` on this pull request: the reviewed plan includes them, so the apply must too. */
function adopted({ services, pull }: CommandContext, { stack }: Target): Promise<readonly string[]> {
  return services.store.adoptedNames(stack, pull.number);
}
