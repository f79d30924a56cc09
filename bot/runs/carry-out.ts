/** Carries one run out with the engine: the commit's files through the API, AWS as the configuration says. */
import type { ConnectedAws } from "../../src/aws/connect.ts";
import type { ApplyResult } from "../../src/model/apply.ts";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { planDestroy, planStack, planToShow } from "../../src/engine/plan-stack.ts";
import type { Planning } from "../../src/engine/plan/planning.ts";
import type { StackOptions } from "../../src/engine/stack.ts";
import { fail, userErrors } from "../../src/model/errors.ts";
import { untilAborted } from "../../src/model/clock.ts";
import { isDigest, type Plan, shortId } from "../../src/model/plan.ts";
import type { GitHubRequest } from "../../src/github/client.ts";
import { readHold } from "../gates/facts/hold.ts";
import { reviewedNow } from "../gates/reviewed-merge.ts";
import { seenOn } from "../gates/seen-merge.ts";
import { heldError } from "../gates/hold.ts";
import { isHeldFrom } from "../services/holds.ts";
import { shortSha } from "../../src/text/sha.ts";
import { claimProject } from "../stacks/project-name.ts";
import { checkStackOwner, releaseStack, takeStack } from "../stacks/stack-owner.ts";
import type { Services } from "../services/services.ts";
import { loadSettings } from "../stacks/settings/load.ts";
import { settingsOfRun } from "../stacks/settings/of-run.ts";
import { stageOf } from "../../src/settings/stages.ts";
import { requestsInFlight } from "./in-flight.ts";
import type { RunHooks } from "./attempt.ts";
import { lastLook } from "./checks/last-look.ts";
import { checkNotOvertaken, isOvertaken } from "./checks/order.ts";
import { checkPreview } from "./checks/preview.ts";
import { deleteMoved, previewStackOf } from "./previews/moved.ts";
import { isResumeOf } from "./resume.ts";
import { withSmoke } from "./after-apply.ts";
import { withTrail } from "./drift/trail.ts";
import { builtCode, isCodeMissing, withAgain } from "../stacks/built.ts";
import { commitSource, stackOptions } from "../stacks/options.ts";
import { type Hold, pullsOf, removesAll, type Run } from "../../src/model/run.ts";
import { own } from "../../src/model/own.ts";

interface RunOutcome {
  readonly plan: Plan;
  /** Apply and destroy only. */
  readonly result?: ApplyResult | undefined;
}

export async function carryOut(services: Services, run: Run, hooks: RunHooks): Promise<RunOutcome> {
  const { stack, kind } = run;
  const inFlight = requestsInFlight(hooks.signal);
  const { signal } = inFlight;
  const github = await services.github(stack.repository);
  const request: GitHubRequest = (route, parameters) => untilAborted(github(route, parameters), signal);
  const settings = await untilAborted(settingsOfRun(services, run), signal);
  const stage = stageOf(settings, stack.stage);
  if (stage === undefined) {
    return fail("STAGE_UNKNOWN", `stage "${stack.stage}" is no longer configured`, {
      hint: "Look at .github/gatewright.yml on the default branch.",
    });
  }
  const writes = kind === "apply" || kind === "destroy";
  const removes = removesAll(run);
  // What another pull request has applied is no drift: it is compared with that pull request's spec.
  const held = writes ? undefined : await untilAborted(heldByOther(services, request, run), signal);
  const pull = run.cause.by === "schedule" ? undefined : run.cause.pull;
  const aws = services.aws(stack, stage, writes ? "apply" : "plan", { runId: run.id, pull, signal });
  const options: StackOptions = {
    ...stackOptions(services, request, settings, stack, run.goneFrom ?? run.sha, aws, signal),
    base:
      run.baseSha === undefined || run.goneFrom !== undefined
        ? undefined
        : commitSource(request, stack.repository, held?.sha ?? run.baseSha),
    adopt: run.adopt,
    onConsole: (line) => hooks.onLog(`the spec says: ${line}`),
  };
  if (!writes) {
    const { plan: planned } = await (removes
      ? planDestroy(options, aws)
      : kind === "drift" || run.cause.by === "page"
        ? planDrift(options, aws)
        : planToShow(options, aws)
    ).catch((error: unknown) => {
      throw services.keepsRecords ? withAgain(error, run) : error;
    });
    const compared = held === undefined ? planned : withHold(planned, held);
    const plan =
      kind === "drift" ? await withTrail({ services, request, run, stage, aws, signal }, compared) : compared;
    // An old commit may have an old name, which nobody is to get by looking at it.
    if (run.cause.by !== "page") await claimProject(services, request, settings, run, plan);
    await checkStackOwner(services, run, plan);
    hooks.onPlan(plan);
    if (run.cause.by === "approval")
      await services.store.setReviewedPlan(stack, run.cause.pull, { digest: plan.digest, sha: run.sha });
    return { plan };
  }
  if (!hooks.resuming) {
    await checkNotOvertaken(request, run, stage.branch);
    if (run.cause.by === "preview") await checkPreview(services, request, run, run.cause, stage);
  }
  const planOf = (sha: string): Promise<Planning> => {
    // A stack that is gone has no spec in the head either: what is deleted is what the base had.
    if (removes) return planDestroy(options, aws);
    const built = builtCode(
      { services, request, repository: stack.repository, settings, stage, signal },
      sha,
    );
    return planStack({ ...options, source: commitSource(request, stack.repository, sha), built }, aws);
  };
  const digestOf = async (sha: string): Promise<string> => (await planOf(sha)).plan.digest;
  const context = { services, request, repository: stack.repository };
  let planned: Plan | undefined;
  let seen: readonly number[] | undefined;
  const guard = lastLook(services, request, run, {
    settings,
    stage,
    resuming: hooks.resuming,
    planned: () => planned?.digest,
    seenOn: () => seen,
    digestOf,
  });
  const reviewed = hooks.resuming ? undefined : await reviewedNow(context, run, stage, digestOf);
  let refused: unknown;
  let claimed: Promise<void> | undefined;
  const keepPreview = async (plan: Plan): Promise<void> => {
    if (run.cause.by === "preview" && !removes)
      await services.store.keepPreviewStack(previewStackOf(run, stage, plan));
  };
  const how = {
    // What a dead attempt did has moved the plan: then the rest is compared, not the id.
    planId: reviewed,
    isReviewed: async (planning: Planning): Promise<boolean> => {
      if (run.cause.by === "merge") seen = await seenOn(context, run, planning, { stage, planOf });
      return seen !== undefined;
    },
    signal: hooks.signal,
    onEvent: hooks.onEvent,
    beforeWrite: async (key: string): Promise<void> => {
      await guard().catch((error: unknown) => {
        if (isOvertaken(error) || run.cause.by === "merge" || run.cause.by === "preview") refused = error;
        throw error;
      });
      const plan = planned;
      if (plan !== undefined)
        claimed ??= claimProject(services, request, settings, run, plan)
          .then(() => takeStack(services, run, plan))
          .then(() => keepPreview(plan));
      await claimed;
      inFlight.writing();
      await hooks.beforeWrite(key);
    },
  };
  const watched = {
    ...how,
    onPlan: (planning: Planning): void => {
      planned = planning.plan;
      if (hooks.resuming && run.plan !== undefined && !isResumeOf(run.plan, planned))
        moved(run.plan.id, planned.id);
      hooks.onPlan(planning.plan);
    },
  };
  try {
    let left: unknown;
    if (run.cause.by === "preview")
      await deleteMoved({ services, request, settings, run }, options, aws, {
        ...how,
        onLog: hooks.onLog,
        refused: () => refused,
      }).catch((error: unknown) => {
        if (!removes) throw error;
        // What may never let itself be deleted, in an account that is closed, keeps nothing else.
        left = error;
      });
    const result = await (removes ? destroyStack(options, aws, watched) : applyStack(options, aws, watched));
    // The first write was refused, and with it all of them: the run did not begin, its steps have not failed.
    if (refused !== undefined) throw refused;
    if (result.succeeded) {
      await endUndoneHold(services, run);
      if (removes) {
        await releaseStack(services, run, result.plan);
        if (run.cause.by === "preview")
          await services.store.forgetPreviewStack(previewStackOf(run, stage, result.plan));
      } else await keepPreview(result.plan);
      if (left !== undefined) throw left;
    }
    const called = await withSmoke(services, run, stage.smoke, result, hooks);
    return { plan: result.plan, result: called };
  } catch (error) {
    if (run.cause.by === "merge" && userErrors(error)?.[0]?.code === "PLAN_STALE")
      return unreviewed(run, planned);
    throw services.keepsRecords ? withAgain(error, run) : error;
  }
}

/** Built code that GitHub no longer has is no difference: it is then left out of the comparison. */
async function planDrift(options: StackOptions, aws: ConnectedAws): Promise<Planning> {
  try {
    return await planStack(options, aws);
  } catch (error) {
    if (!isCodeMissing(error)) throw error;
    return planStack({ ...options, built: "left" }, aws);
  }
}

async function heldByOther(
  services: Services,
  request: GitHubRequest,
  { stack, cause }: Run,
): Promise<Hold | undefined> {
  const hold = await readHold(services, request, stack);
  return hold !== undefined && isHeldFrom(hold, cause) ? hold : undefined;
}

/** The plan, with what is true of it while another pull request holds the stack. Its id stays: the hold is no part of it. */
function withHold(plan: Plan, hold: Hold): Plan {
  const { pull, sha } = hold;
  const { code, hint, message: taken } = heldError(hold);
  const message =
    hold.rollback === true
      ? `${taken}: this plan was compared with that`
      : `held by #${pull}, which has applied ${shortSha(sha)} and is not merged: this plan was compared with that, and what it changes back was applied by #${pull}`;
  return { ...plan, problems: [...plan.problems, { severity: "warning", code, message, hint }] };
}

function moved(reviewed: string, now: string): never {
  return fail(
    "PLAN_STALE",
    `what is left to do is not the rest of plan ${reviewed}: the plan is ${now} now`,
    {
      hint: "The spec or AWS changed while the run was interrupted. Send `/plan`, look at it and apply that one.",
    },
  );
}

/** The error of a merge whose plan differs from the reviewed one: nothing is applied, a person decides. */
function unreviewed({ planId, stack }: Run, plan: Plan | undefined): never {
  const reviewed = isDigest(planId ?? "")
    ? `the reviewed one was ${shortId(planId ?? "")}`
    : "no plan was reviewed on the pull request";
  return fail("PLAN_NOT_REVIEWED", `the merge's plan is ${plan?.id ?? "another one"}; ${reviewed}`, {
    hint: `Nothing was changed. Look at the plan and send \`/apply ${plan?.id ?? ""} -s ${stack.stage}\` on this pull request, or set \`apply: on-merge\` for the stage.`,
  });
}

/** The plan that `/destroy` asks to confirm. */
export async function planRemoval(services: Services, run: Run): Promise<Plan> {
  const { stack } = run;
  const request = await services.github(stack.repository);
  const { settings } = await loadSettings(services, stack.repository);
  const stage = own(settings.stages, stack.stage);
  if (stage === undefined) return fail("STAGE_UNKNOWN", `stage "${stack.stage}" is no longer configured`);
  const aws = services.aws(stack, stage, "plan", { runId: run.id });
  const { plan } = await planDestroy(
    stackOptions(services, request, settings, stack, run.goneFrom ?? run.sha, aws),
    aws,
  );
  await claimProject(services, request, settings, run, plan);
  await checkStackOwner(services, run, plan);
  return plan;
}

/** A hold has nothing left to hold once its pull request was merged and applied, or what it left behind was undone. */
async function endUndoneHold({ store }: Services, { stack, cause }: Run): Promise<void> {
  const hold = await store.holdOf(stack);
  if (hold === undefined) return;
  const merged = cause.by === "merge" && pullsOf(cause).includes(hold.pull);
  if (merged || hold.closedAt !== undefined) await store.endHold(hold, "over");
}
