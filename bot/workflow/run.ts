/** Carries one run out inside the job: no lock and no second attempt, the job is all there is. */
import { userErrors } from "../../src/model/errors.ts";
import { carryOut } from "../runs/carry-out.ts";
import { startCheck } from "../reports/check.ts";
import { createLiveReports } from "../reports/live.ts";
import { errorOf } from "../runs/outcome.ts";
import type { Services } from "../services/services.ts";
import type { Run } from "../../src/model/run.ts";

/** The run as it ended. */
export async function carry(services: Services, queued: Run): Promise<Run> {
  const { store, clock } = services;
  const begun = { state: "running", startedAt: new Date(clock.now()), attempts: 1 } as const;
  await store.updateRun(queued.id, begun);
  const run: Run = { ...queued, ...begun };
  await startCheck(services, run);
  const live = createLiveReports(services);
  const how = await outcomeOf(services, run, live.touch);
  await live.stop(run.group);
  const ended = { ...how, endedAt: new Date(clock.now()) };
  await store.updateRun(run.id, ended);
  return { ...run, ...ended };
}

async function outcomeOf(
  services: Services,
  run: Run,
  touch: (group: string) => void,
): Promise<Pick<Run, "state" | "plan" | "result" | "error">> {
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
        void store.updateRun(run.id, { plan });
        touch(run.group);
      },
      onLog: (line) => log.info({ runId: run.id }, line),
    });
    const good = outcome.result === undefined || outcome.result.succeeded;
    return { ...outcome, state: good ? "succeeded" : "failed" };
  } catch (error) {
    if (userErrors(error) === undefined)
      log.error({ runId: run.id }, error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { state: "failed", error: errorOf(error) };
  }
}
