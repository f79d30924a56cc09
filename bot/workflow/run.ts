/** Carries out one run inside the job: without a lock and without a second attempt. */
import { stackOf, userErrors } from "../../src/model/errors.ts";
import { carryOut } from "../runs/carry-out.ts";
import { startCheck } from "../reports/check.ts";
import { createLiveReports } from "../reports/live.ts";
import { evaluateAttempt, type Happened } from "../runs/outcome.ts";
import { heldError } from "../gates/hold.ts";
import { readHold } from "../gates/facts/hold.ts";
import { isWriting } from "../runs/fence.ts";
import { Stopped } from "../runs/stops.ts";
import { isHeldFrom } from "../services/holds.ts";
import type { RunOutcome } from "../services/store.ts";
import type { Services } from "../services/services.ts";
import type { Run } from "../../src/model/run.ts";

/**
 * The run as it ended.
 * @param stop the job was cancelled: a run that waits ends at once, one that writes finishes its step
 */
export async function carry(services: Services, queued: Run, stop: AbortSignal): Promise<Run> {
  const { store } = services;
  if (stop.aborted) {
    await store.requestCancel(queued.id);
    return (await store.getRun(queued.id)) ?? queued;
  }
  const held = await heldRun(services, queued);
  if (held !== undefined) return held;
  const begun = await store.beginRun(queued.id);
  if (begun.kind !== "begun") return queued;
  const { run } = begun;
  await startCheck(services, run);
  const live = createLiveReports(services);
  const happened = await happening(services, run, stop, live.touch);
  await live.stop(run.group);
  const verdict = evaluateAttempt(happened, stop.reason instanceof Stopped ? stop.reason : undefined);
  // Nobody goes on with a run of a job.
  const outcome: RunOutcome = verdict.kind === "over" ? verdict.outcome : { state: "cancelled" };
  await store.endRun(run.id, run.attempts, outcome);
  return { ...run, ...outcome };
}

/** Another pull request holds the stack: a merge waits, as GitHub's own record says, and a command fails. */
async function heldRun(services: Services, queued: Run): Promise<Run | undefined> {
  const { store } = services;
  const { stack, cause } = queued;
  if (!isWriting(queued)) return undefined;
  const hold = await readHold(services, await services.github(stack.repository), stack);
  if (hold === undefined || !isHeldFrom(hold, cause)) return undefined;
  await store.takeHold(hold);
  const begun = await store.beginRun(queued.id, { owner: "job", reason: "" });
  if (begun.kind === "held" && cause.by !== "merge")
    await store.endRun(queued.id, 0, { state: "failed", error: heldError(hold) });
  return (await store.getRun(queued.id)) ?? queued;
}

async function happening(
  services: Services,
  run: Run,
  stop: AbortSignal,
  touch: (group: string) => void,
): Promise<Happened> {
  const { store, clock, log } = services;
  let isWriting = false;
  const work = carryOut(services, run, {
    signal: stop,
    resuming: false,
    beforeWrite: async () => {
      stop.throwIfAborted();
      isWriting = true;
    },
    onEvent: (event) => {
      void store.appendEvent(run.id, event, new Date(clock.now()));
      touch(run.group);
    },
    onPlan: (plan) => {
      void store.recordPlan(run.id, run.attempts, plan);
      touch(run.group);
    },
    onLog: (line) => log.info({ runId: run.id }, line),
  });
  // The job has ten seconds: before the first write nothing is waited for.
  const ended = Promise.withResolvers<never>();
  const onStop = (): void => {
    if (!isWriting) ended.reject(stop.reason);
  };
  if (stop.aborted) onStop();
  else stop.addEventListener("abort", onStop);
  try {
    return { completed: await Promise.race([work, ended.promise]) };
  } catch (thrown) {
    work.catch(() => {});
    if (userErrors(thrown) === undefined) log.error({ runId: run.id }, stackOf(thrown));
    return { thrown };
  }
}
