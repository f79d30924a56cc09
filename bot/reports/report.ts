/** Reports a group of runs: its one comment, edited while it runs; reactions, checks and deployments at the end. */
import { applyComment } from "../../src/report/markdown/apply/comment.ts";
import { parseApplyMarker } from "../../src/report/markdown/marker.ts";
import type { ApplyEvent } from "../../src/model/apply.ts";
import type { ApplyReport, StackApply } from "../../src/report/apply-report.ts";
import { isEnded } from "../../src/model/run-states.ts";
import { isBuildAwaited } from "../stacks/built.ts";
import { heldError } from "../gates/hold.ts";
import { closeAppliedDrift } from "./drift-issue.ts";
import { markApplied } from "./applied-plans.ts";
import { finishCheck } from "./check.ts";
import { finishDeployment } from "./deployment.ts";
import { hasHeadCheck } from "./head-check.ts";
import { reportHead } from "./head-standing.ts";
import { reportFailedMerge } from "./merge-issue.ts";
import { reportDrifts, reportPlans, reportWaitingPlans } from "./plan.ts";
import { dueParts, type Part } from "./decide/due.ts";
import { isGroupComment, reportOf } from "./decide/group-report.ts";
import { isSuperseded, previewView } from "./previews/view.ts";
import { findOwnComment, react, writeComment } from "./comments.ts";
import { groupComment } from "../services/posted.ts";
import type { Services } from "../services/services.ts";
import { pullsOf, type Run, type RunEvent, type StackRef } from "../../src/model/run.ts";
import { messageOf } from "../../src/model/errors.ts";

/** Updates the group's comment to the current state of its runs. Does nothing for scheduled runs and pushes. */
async function reportGroup(services: Services, group: string): Promise<void> {
  const runs = await runsOf(services, group);
  const [first] = runs;
  if (first === undefined) return;
  // Plans and drift are reported when they are done: seconds later, in their own comments and issues.
  if (first.kind === "plan" || first.kind === "drift") return;
  if ((await isReported(services, runs)) || (await isSuperseded(services, first))) return;
  for (const pull of pullsOf(first.cause)) {
    await writeComment(services, {
      repository: first.stack.repository,
      issue: pull,
      ...groupComment(first, pull),
      isIt: isGroupComment(first),
      body: async () => {
        const now = await runsOf(services, group);
        const stacks = await Promise.all(now.map((run) => standing(services, run)));
        const report = reportOf(services, first, now, stacks);
        const preview = await previewView(services, first, now);
        return applyComment({ ...report, holds: await holding(services, now), preview });
      },
    });
  }
}

/** Whether and how the runs' pull request holds a stack that they applied to. */
async function holding(
  { store }: Services,
  runs: readonly Run[],
): Promise<NonNullable<ApplyReport["holds"]>> {
  const [first] = runs;
  if (first?.cause.by !== "command") return false;
  const { pull } = first.cause;
  const applied = runs.filter(({ result }) => (result?.results.length ?? 0) > 0);
  const holds = await Promise.all(applied.map(({ stack }) => store.holdOf(stack)));
  const standing = holds.filter((hold) => hold?.pull === pull && hold.closedAt === undefined);
  if (standing.some((hold) => hold?.rollback === true)) return "rollback";
  return standing.length > 0;
}

/**
 * Whether an overtaken group's comment has a result already: a job for an old push that is started again must not replace what
 * became of that push then.
 */
async function isReported(services: Services, runs: readonly Run[]): Promise<boolean> {
  const [first] = runs;
  if (first?.cause.by !== "merge" || first.cause.pull === undefined) return false;
  if (!runs.every(({ state }) => state === "overtaken")) return false;
  const { group, stack, cause } = first;
  const request = await services.github(stack.repository);
  const isIt = (body: string): boolean => parseApplyMarker(body)?.run === group;
  const found = await findOwnComment(services, request, stack.repository, cause.pull ?? 0, isIt);
  const state = parseApplyMarker(found?.body ?? "")?.state;
  return state !== undefined && state !== "queued" && state !== "running";
}

/** The same for progress: a failure is only logged, because the result is reported later. */
export async function announceGroup(services: Services, group: string): Promise<void> {
  try {
    await reportGroup(services, group);
  } catch (error) {
    services.log.warn({ group, error: messageOf(error) }, "could not show progress");
  }
}

/**
 * A run of the group has ended: what is due is reported once and recorded. Runs that end at the same time are reported
 * together. Each part is reported whether or not another failed; a failure is thrown at the end, so that this
 * runs again. After a crash between reporting and recording, a part is reported again: it finds what it wrote before.
 * `next` goes on in the stages that waited for this one.
 */
export async function reportChange(
  services: Services,
  group: string,
  next: (runs: readonly Run[]) => Promise<void>,
): Promise<void> {
  const { store } = services;
  const reported = await store.reportedParts(group);
  // Of runs that ended together only the first loads plans and results.
  if (dueParts(await store.listRuns({ group, limit: MOST_RUNS }), reported).length === 0) return;
  const runs = await runsOf(services, group);
  const untold: unknown[] = [];
  let answered = true;
  for (const part of dueParts(runs, reported)) {
    // A reaction says that the answer is there.
    if (part.kind === "reaction" && !answered) continue;
    try {
      await reportPart(services, part, runs, next);
      await store.recordReported(group, part.name, part.version);
    } catch (error) {
      if (part.kind === "answer") answered = false;
      untold.push(error);
    }
  }
  if (untold.length > 0) throw untold[0];
}

const MOST_RUNS = 1000;

async function reportPart(
  services: Services,
  part: Part,
  runs: readonly Run[],
  next: (runs: readonly Run[]) => Promise<void>,
): Promise<void> {
  const [first] = runs;
  const run = runs.find(({ id }) => id === part.runId) ?? first;
  if (first === undefined || run === undefined) return;
  switch (part.kind) {
    case "check":
      return finishCheck(services, run);
    case "deployment":
      return finishDeployment(services, run);
    case "head":
      return reportHeadOf(services, first);
    case "answer":
      return reportEnd(services, first, runs);
    case "applied-plans":
      for (const run of runs)
        if (run.kind === "apply" && run.state === "succeeded") await closeAppliedDrift(services, run);
      return markApplied(services, runs);
    case "failed-merge":
      return reportFailedMerge(services, runs);
    case "reaction":
      return reactToEnd(services, first, runs);
    case "next":
      return next(runs);
  }
}

/** The check of a pull request's head follows its plans and applies. A head without one (a job's, a merge's) gets none. */
async function reportHeadOf(services: Services, { stack, sha, cause }: Run): Promise<void> {
  if (cause.by !== "command" && cause.by !== "approval") return;
  if (!(await hasHeadCheck(services, stack.repository, sha))) return;
  await reportHead(services, stack.repository, { pull: cause.pull, sha });
}

async function reportEnd(services: Services, first: Run, runs: readonly Run[]): Promise<void> {
  if (first.kind === "plan") return reportPlans(services, runs);
  if (first.kind === "drift") return reportDrifts(services, runs);
  await reportGroup(services, first.group);
  const isOver = runs.every(({ state }) => isEnded(state));
  if (first.cause.by === "merge" && isOver) await reportWaitingPlans(services, runs);
}

async function reactToEnd(services: Services, first: Run, runs: readonly Run[]): Promise<void> {
  const { cause } = first;
  const request = await services.github(first.stack.repository);
  const good = runs.every(({ state }) => state === "succeeded");
  if (cause.by === "preview" && cause.comment !== undefined) {
    // It waits: what the runs that follow the build come to is the answer.
    if (runs.some(({ error }) => isBuildAwaited(error))) return;
    // What overtook it is what was asked for, only newer.
    const isAnswered = good || runs.every(({ state }) => state === "succeeded" || state === "overtaken");
    return react(request, first.stack.repository, cause.comment, isAnswered ? "rocket" : "confused");
  }
  if (cause.by !== "command") return;
  // The command is not over: its last stage reacts.
  if (good && (cause.then ?? []).length > 0) return;
  await react(request, first.stack.repository, cause, good ? "rocket" : "confused");
}

async function runsOf(services: Services, group: string): Promise<readonly Run[]> {
  const runs = await services.store.runsOf(group);
  return [...runs].sort((one, other) => (one.stack.directory < other.stack.directory ? -1 : 1));
}

async function standing(services: Services, run: Run): Promise<StackApply> {
  const { directory } = run.stack;
  if (run.result !== undefined) {
    return run.result.results.length === 0
      ? {
          directory,
          state: "nothing",
          plan: run.result.plan,
          outputs: run.result.outputs,
          callables: run.result.callables,
          smoke: run.result.smoke,
        }
      : { directory, state: "finished", result: run.result };
  }
  if (run.state === "overtaken")
    return { directory, state: "overtaken", reason: run.error?.message ?? "overtaken" };
  if (run.error !== undefined) return { directory, state: "stopped", errors: [run.error] };
  if (run.state === "running" && run.plan !== undefined) {
    const events = await services.store.eventsOf(run.id);
    return { directory, state: "running", plan: run.plan, events: events.flatMap(applyEvents) };
  }
  if (run.state === "cancelled")
    return {
      directory,
      state: "stopped",
      errors: [{ code: "RUN_CANCELLED", message: "cancelled before its first step" }],
    };
  if (run.state === "waiting") {
    const hold = await services.store.holdOf(run.stack);
    const pull = hold === undefined ? "another pull request" : `#${hold.pull}`;
    if (hold?.rollback === true)
      return {
        directory,
        state: "queued",
        behind: `somebody who sends /release: ${heldError(hold).message}`,
      };
    return {
      directory,
      state: "queued",
      behind: `${pull}, which has applied changes to this stack that are not merged yet. It runs when #${hold?.pull ?? ""} is merged, closed or released with /release`,
    };
  }
  return { directory, state: "queued", behind: await behind(services, run.stack, run.id) };
}

function applyEvents({ event }: RunEvent): readonly ApplyEvent[] {
  return event.kind === "step-started" || event.kind === "step-waiting" || event.kind === "step-finished"
    ? [event]
    : [];
}

/** What holds the stack, when it is not the run itself. */
export async function behind(
  services: Services,
  stack: StackRef,
  runId?: string,
): Promise<string | undefined> {
  const lock = await services.store.getLock(stack);
  return lock === undefined || (runId !== undefined && lock.runId === runId)
    ? undefined
    : `${lock.reason} (@${lock.owner})`;
}
