/** Carries out one run inside the job: without a lock and without a second attempt. */
import { userErrors } from "../../src/model/errors.ts";
import { carryOut } from "../runs/carry-out.ts";
import { startCheck } from "../reports/check.ts";
import { createLiveReports } from "../reports/live.ts";
import { isOvertaken } from "../runs/order.ts";
import { errorOf } from "../runs/outcome.ts";
import type { RunOutcome } from "../services/store.ts";
import type { Services } from "../services/services.ts";
import type { Run } from "../../src/model/run.ts";

/** The run as it ended. */
export async function carry(services: Services, queued: Run): Promise<Run> {
  const { store } = services;
  const begun = await store.beginRun(queued.id);
  if (begun.kind !== "begun") return queued;
  const { run } = begun;
  await startCheck(services, run);
  const live = createLiveReports(services);
  const outcome = await outcomeOf(services, run, live.touch);
  await live.stop(run.group);
  await store.endRun(run.id, run.attempts, outcome);
  return { ...run, ...outcome };
}

async function outcomeOf(services: Services, run: Run, touch: (group: string) => void): Promise<RunOutcome> {
  const { store, clock, log } = services;
  try {
    const outcome = await carryOut(services, run, {
      signal: new AbortController().signal,
      resuming: false,
      beforeWrite: async () => {},
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
    const good = outcome.result === undefined || outcome.result.succeeded;
    return { ...outcome, state: good ? "succeeded" : "failed" };
  } catch (error) {
    if (isOvertaken(error)) return { state: "overtaken", error: errorOf(error) };
    if (userErrors(error) === undefined)
      log.error({ runId: run.id }, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { state: "failed", error: errorOf(error) };
  }
}
