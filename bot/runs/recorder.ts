/** Writes the step record while a run goes on: in order, behind the run's back, and all of it before the run ends. */
import type { ApplyEvent } from "../../src/model/apply.ts";
import type { Clock } from "../../src/model/clock.ts";
import type { Plan } from "../../src/model/plan.ts";
import { retryTransient } from "../db/sql/transient.ts";
import type { Log } from "../services/services.ts";
import type { Run, RunEvent } from "../../src/model/run.ts";
import type { Store } from "../services/store.ts";

interface Recorder {
  event(event: ApplyEvent): void;
  plan(plan: Plan): void;
  log(text: string): void;
  /** Resolves when everything is written, or has been given up on. */
  flush(): Promise<void>;
}

/** A failed write does not stop the run: its changes in AWS happened whether they are recorded or not. */
export function createRecorder(
  store: Pick<Store, "appendEvent" | "recordPlan">,
  { id: runId, attempts }: Pick<Run, "id" | "attempts">,
  clock: Clock,
  log: Log,
): Recorder {
  let written: Promise<void> = Promise.resolve();
  const then = (work: () => Promise<void>): void => {
    written = written
      .then(() => retryTransient(work, { forMs: 60_000 }))
      .catch((error: unknown) => {
        log.error({ runId, error: String(error) }, "a step could not be recorded");
      });
  };
  const append = (event: RunEvent["event"], at: Date): void =>
    then(() => store.appendEvent(runId, event, at));
  return {
    event: (event) => append(event, new Date(event.at)),
    plan: (plan) => {
      then(() => store.recordPlan(runId, attempts, plan));
      append({ kind: "plan", planId: plan.id }, new Date(clock.now()));
    },
    log: (text) => append({ kind: "log", text }, new Date(clock.now())),
    flush: () => written,
  };
}
