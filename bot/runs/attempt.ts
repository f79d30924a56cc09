/** One attempt to carry a run out: watched, fenced before every write, recorded. */
import type { ApplyEvent } from "../../src/model/apply.ts";
import type { Clock } from "../../src/model/clock.ts";
import { fail } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { RunStore } from "../db/store.ts";
import { retryTransient } from "../db/sql/transient.ts";
import type { Log } from "../services/services.ts";
import type { Run, RunEvent } from "../../src/model/run.ts";
import { type Happened, evaluateAttempt, type Completed, type Verdict } from "./outcome.ts";
import { isWriting, lostBy } from "./fence.ts";
import { createRecorder } from "./recorder.ts";
import { resumedVerdict } from "./resume-result.ts";
import { type Stop, Stopped } from "./stops.ts";

/** What the one who carries a run out is handed. */
export interface RunHooks {
  /** Aborts when the run has to stop: finish the running step, begin no other. */
  readonly signal: AbortSignal;
  /** Throws when this attempt may no longer write, or that cannot be found out. Always for a plan. */
  readonly beforeWrite: (key: string) => Promise<void>;
  readonly onEvent: (event: ApplyEvent) => void;
  readonly onPlan: (plan: Plan) => void;
  readonly onLog: (text: string) => void;
  /**
   * An earlier attempt began to change AWS. The plan that was reviewed (`run.plan`) is partly done, so the recomputed
   * one has another id: compare what is left instead.
   */
  readonly resuming: boolean;
}

export type CarryOut = (run: Run, hooks: RunHooks) => Promise<Completed>;

export interface AttemptOptions {
  readonly store: RunStore;
  readonly carryOut: CarryOut;
  readonly clock: Clock;
  readonly log: Log;
  /** How often a running run is looked after; a cancel takes at most this long to be heard. */
  readonly watchMs?: number | undefined;
}

export interface Attempt {
  readonly verdict: Promise<Verdict>;
  stop(why: Stop): void;
}

/**
 * Begins. `run` is as `beginRun` gave it: its `attempts` is this attempt's number. `earlier` is what attempts before this
 * one recorded.
 */
export function beginAttempt(
  options: AttemptOptions,
  run: Run,
  claim: AbortSignal,
  earlier: readonly RunEvent[] = [],
): Attempt {
  const { store, clock, log } = options;
  const resuming = earlier.some(({ event }) => event.kind === "step-started");
  const controller = new AbortController();
  let stopped: Stopped | undefined;
  const stop = (why: Stop): void => {
    // Being taken over overrides every earlier reason to stop.
    if (stopped !== undefined && why !== "taken-over") return;
    stopped = new Stopped(why);
    log.info({ runId: run.id, attempt: run.attempts, why }, "asked the run to stop");
    controller.abort(stopped);
  };
  const onClaimLost = (): void => stop("taken-over");
  claim.addEventListener("abort", onClaimLost, { once: true });
  if (claim.aborted) onClaimLost();

  const carry = async (): Promise<Happened> => {
    const recorder = createRecorder(store, run, clock, log);
    const over = new AbortController();
    const watching = keepWatch(options, run, over.signal, stop);
    try {
      return {
        completed: await options.carryOut(run, {
          signal: controller.signal,
          beforeWrite: async () => {
            // Whoever goes on after us has to know that something was begun, and by which plan.
            await recorder.flush();
            await fence(store, run, () => stopped, stop);
          },
          onEvent: recorder.event,
          // The plan of a run is the one that was reviewed: the rest of it is not a plan of its own.
          onPlan: resuming ? () => {} : recorder.plan,
          onLog: recorder.log,
          resuming,
        }),
      };
    } catch (thrown) {
      return { thrown };
    } finally {
      over.abort();
      claim.removeEventListener("abort", onClaimLost);
      await Promise.all([watching, recorder.flush()]);
    }
  };
  const verdict = async (): Promise<Verdict> => {
    const judged = evaluateAttempt(await carry(), stopped);
    return resuming && run.plan !== undefined ? resumedVerdict(judged, run.plan, earlier) : judged;
  };
  return { stop, verdict: verdict() };
}

/** Checked before every write. Waits for a database that restarts; what stays uncertain is not written. */
async function fence(
  store: RunStore,
  run: Run,
  stopped: () => Stopped | undefined,
  stop: (why: Stop) => void,
): Promise<void> {
  if (!isWriting(run)) fail("RUN_READ_ONLY", `a ${run.kind} run holds no lock and must not write`);
  // A cancelled or draining run finishes its step, with all the writes of it.
  const refuse = (): void => {
    const now = stopped();
    if (now?.why === "taken-over" || now?.why === "unlocked") throw now;
  };
  refuse();
  const lost = lostBy(run, await retryTransient(() => store.watchRun(run.id), { forMs: 60_000 }));
  if (lost !== undefined) stop(lost);
  refuse();
}

/** Looks every second whether the run was cancelled, taken over or unlocked. */
async function keepWatch(
  { store, clock, log, watchMs = 1000 }: AttemptOptions,
  run: Run,
  over: AbortSignal,
  stop: (why: Stop) => void,
): Promise<void> {
  for (;;) {
    await clock.sleep(watchMs, over);
    if (over.aborted) return;
    try {
      const now = await store.watchRun(run.id);
      if (over.aborted) return;
      const lost = lostBy(run, now);
      if (lost !== undefined) stop(lost);
      else if (now?.cancelRequested === true) stop("cancel");
    } catch (error) {
      // The fence guards writes, so a failed check alone does not stop the run.
      log.warn({ runId: run.id, error: String(error) }, "could not check the state of a run");
    }
  }
}
