/** Evaluates a stage's gates for one stack now: for a command, for `/status`, for a plan comment. */
import type { Facts } from "./facts/facts.ts";
import { attempt, gatherFacts, type Refusals } from "./facts/gather.ts";
import type { PullFacts } from "./facts/pull.ts";
import { environmentsRead } from "../stacks/environment.ts";
import { readBuilt } from "./facts/built.ts";
import { readEnvironments } from "./facts/environment.ts";
import { readHold } from "./facts/hold.ts";
import { type NeedsContext, readNeeds } from "./facts/needs.ts";
import { readSince } from "./since/read.ts";
import { type Decision, decideGates } from "./gates.ts";
import type { ReviewedPlan } from "../services/store.ts";
import { stageBranch } from "../stacks/branch.ts";
import type { Target } from "../stacks/targets.ts";
import type { GateName } from "../../src/model/gate.ts";
import type { Lock } from "../../src/model/run.ts";

/** The person and the pull request. */
export interface GateContext extends NeedsContext {
  readonly pull: PullFacts;
  readonly login: string;
}

/** What is asked. */
export interface GateQuestion {
  readonly command: Facts["command"];
  readonly target: Target;
  readonly gates: readonly GateName[];
  /** The plan that people saw most recently. */
  readonly reviewed: ReviewedPlan | undefined;
  readonly askedPlanId?: string | undefined;
  /** On a closed pull request: the branch's head, which is planned and applied instead of the pull request's. */
  readonly branchSha?: string | undefined;
  /** The branch's commit that is applied where the pull request was merged: it may bring more than that one. */
  readonly mergedTo?: string | undefined;
}

export async function evaluateGates(context: GateContext, question: GateQuestion): Promise<Decision> {
  const { services, request, repository, pull, login, settings } = context;
  const { command, target, gates, reviewed, askedPlanId, branchSha } = question;
  const unread: Refusals = {};
  const gathering = gatherFacts(request, repository, pull, {
    login,
    allowed: target.stage.allowed,
    appSlug: services.appSlug,
    ignore: settings.ignoreChecks,
    branch: stageBranch(repository, target.stage),
  });
  const [facts, lock, hold, needs, built, environments, since] = await Promise.all([
    gathering,
    services.store.getLock(target.stack).catch((): "unknown" => "unknown"),
    readHold(services, request, target.stack).catch((): "unknown" => "unknown"),
    command === "apply" && target.stage.needs.length > 0
      ? readNeeds(context, target, branchSha ?? pull.headSha).catch((): "unknown" => "unknown")
      : undefined,
    command === "apply" || command === "rollback"
      ? attempt("built", unread, async () => ({
          fact: await readBuilt(context, target, branchSha ?? pull.headSha),
        }))
      : NOT_ASKED,
    attempt("environments", unread, async () => ({
      fact: await environmentsOf(context, question, gathering),
    })),
    sinceOf(context, question, unread),
  ]);
  const isTyped = branchSha === undefined && !(command === "destroy" && services.keepsRecords);
  return decideGates(gates, {
    ...facts,
    command,
    hold,
    needs,
    built: built === undefined ? "unknown" : built.fact,
    environments: environments === undefined ? "unknown" : environments.fact,
    unread: { ...facts.unread, ...unread },
    // A run's lock does not fail the gate: the next run waits in the queue.
    lock: isRunLock(lock) ? undefined : lock,
    askedPlanId,
    // A plan id that was typed is compared by apply itself: it stands for "the plan I looked at".
    // Of a branch it must have been shown: nobody else's review of it is known. So must a `/destroy` plan: only the bot makes one.
    currentPlanId: reviewed?.digest ?? (isTyped ? askedPlanId : undefined),
    onlyInComment: services.keepsRecords && reviewed?.from === "comment",
    plannedSha: reviewed?.sha ?? (askedPlanId === undefined ? undefined : pull.headSha),
    branchSha,
    since,
    now: new Date(services.clock.now()),
  });
}

/** Of a rollback's commit all was judged when it was deployed. */
async function sinceOf(
  context: GateContext,
  { command, target, gates, branchSha, mergedTo = branchSha }: GateQuestion,
  unread: Refusals,
): Promise<Facts["since"]> {
  if (mergedTo === undefined || command === "rollback") return undefined;
  if (!gates.includes("approved") && !gates.includes("checks")) return undefined;
  const { pull } = context;
  const merged = await attempt("since", unread, () => readSince(context, target, { sha: mergedTo, pull }));
  const own: readonly GateName[] = [
    // What an issue puts right was reviewed before it was merged, and has its branch's checks.
    ...(pull.merged && pull.isIssue !== true ? (["approved"] as const) : []),
    ...(pull.merged ? (["checks"] as const) : []),
  ];
  return { own, merged: merged ?? "unknown" };
}

/** Inside a workflow GitHub keeps the rules, for the job that names the environment. */
async function environmentsOf(
  { services, request, repository, settings, pull, login }: GateContext,
  { command, target: { stack, stage }, branchSha }: GateQuestion,
  gathering: Promise<Pick<Facts, "reviews">>,
): Promise<Facts["environments"]> {
  if (!services.keepsRecords) return undefined;
  const { reviews } = await gathering;
  const isHead = branchSha === undefined || branchSha === pull.headSha;
  // A rollback is of a commit that passed the rules when it was deployed.
  const isOfPull = isHead || command === "rollback" || (pull.merged && branchSha === pull.mergeSha);
  const isReviewed = isOfPull && pull.isIssue !== true;
  const found = await readEnvironments(request, repository, {
    names: environmentsRead(settings, stack),
    branch: branchSha === undefined && !pull.merged ? pull.headRef : stageBranch(repository, stage),
    login,
    headSha: pull.headSha,
    reviews: pull.isIssue === true ? [] : reviews,
    isReviewed,
    pushed: { sha: branchSha ?? pull.headSha, notBefore: pull.openedAt },
  });
  return found.length === 0 ? undefined : found;
}

const NOT_ASKED = { fact: undefined };

function isRunLock(lock: Lock | "unknown" | undefined): boolean {
  return typeof lock === "object" && lock.runId !== undefined;
}
