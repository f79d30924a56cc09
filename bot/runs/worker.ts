/** Carries runs out: one attempt after another, whatever happened to the process that made the last one. */
import type { RunOutcome } from "../db/tables/attempts.ts";
import { patiently } from "../db/sql/transient.ts";
import type { Lock, Run, RunKind, RunState } from "../../src/model/run.ts";
import { type Attempt, type AttemptOptions, beginAttempt } from "./attempt.ts";
import { isEnded } from "../../src/model/run-states.ts";
import { HandedBack } from "./stops.ts";

export interface RunMetrics {
  run(kind: RunKind, state: RunState): void;
  runDuration(kind: RunKind, state: RunState, seconds: number): void;
}

export interface RunWorkerOptions extends AttemptOptions {
  readonly metrics?: RunMetrics | undefined;
  /** How long a stack that another run holds is waited for. */
  readonly lockWaitMs?: number | undefined;
}

export interface RunWorker {
  /** Does the run, or what is left of it. Rejects with HandedBack when another process has to go on. */
  handle(runId: string, claim: AbortSignal): Promise<void>;
  /** Begins nothing more; running steps finish; resolves when every attempt has come to its end. */
  drain(): Promise<void>;
  /** Ids of the runs this process is at. */
  active(): readonly string[];
}

/** The kinds that change AWS: they hold the stack's lock. */
const WRITES: ReadonlySet<RunKind> = new Set(["apply", "destroy"]);
/** How long storing an outcome waits for the database. Longer, and somebody else resumes the run and finds nothing left to do. */
const END_MS = 600_000;

export function createRunWorker(options: RunWorkerOptions): RunWorker {
  const { store, clock, log, metrics } = options;
  const attempts = new Map<Attempt, { readonly runId: string; readonly done: Promise<void> }>();
  let draining = false;

  const end = async (run: Run, outcome: Omit<RunOutcome, "at">): Promise<void> => {
    const stored = await patiently(() => store.endRun(run.id, run.attempts, outcome), { forMs: END_MS });
    const fields = { runId: run.id, attempt: run.attempts, state: outcome.state, error: outcome.error?.code };
    if (!stored) {
      log.warn(fields, "the run was taken over: what this attempt came to is not kept");
      return;
    }
    log.info(fields, "a run has ended");
    metrics?.run(run.kind, outcome.state);
    const seconds = (clock.now() - (run.startedAt ?? run.createdAt).getTime()) / 1000;
    metrics?.runDuration(run.kind, outcome.state, Math.max(0, seconds));
  };

  /** The stack's lock, or the reason why this run cannot have it. */
  const takeLock = async (run: Run, claim: AbortSignal): Promise<Lock | Omit<RunOutcome, "at">> => {
    const owner = run.cause.by === "schedule" ? "schedule" : run.cause.login;
    const pull = run.cause.by === "schedule" ? undefined : run.cause.pull;
    const reason = run.text ?? `/${run.kind}`;
    const deadline = clock.now() + (options.lockWaitMs ?? 60_000);
    for (;;) {
      const lock = await store.acquireLock(run.stack, owner, reason, {
        runId: run.id,
        ...(pull === undefined ? {} : { pull }),
      });
      if (lock !== undefined) return lock;
      const holder = await store.getLock(run.stack);
      // A run that is about to end is waited for; a person may take days.
      if (holder !== undefined && (holder.runId === undefined || clock.now() >= deadline)) {
        const hint =
          holder.runId === undefined
            ? "End the freeze with `/unlock` and send the command again."
            : "Look at that run with `/status`, stop it with `/cancel`.";
        const message = `the stack is held by ${holder.owner}: ${holder.reason}`;
        return { state: "failed", error: { code: "LOCKED", message, hint } };
      }
      await clock.sleep(500, claim);
      if (draining || claim.aborted) throw new HandedBack(run.id);
    }
  };

  const carry = async (waiting: Run, claim: AbortSignal): Promise<void> => {
    const lock = WRITES.has(waiting.kind) ? await takeLock(waiting, claim) : undefined;
    if (lock !== undefined && "state" in lock) return end(waiting, lock);
    const run = await store.beginRun(waiting.id);
    if (run === undefined) {
      // It was cancelled at this very moment.
      if (lock !== undefined) await store.releaseLock(waiting.stack, lock.token);
      return;
    }
    log.info({ runId: run.id, attempt: run.attempts, kind: run.kind }, "a run begins");
    metrics?.run(run.kind, "running");
    const earlier = run.attempts > 1 ? await store.eventsOf(run.id) : [];
    const attempt = beginAttempt(options, run, lock, claim, earlier);
    const done = Promise.withResolvers<void>();
    attempts.set(attempt, { runId: run.id, done: done.promise });
    if (draining) attempt.stop("drain");
    try {
      const verdict = await attempt.verdict;
      if (verdict.kind === "over") return await end(run, verdict.outcome);
      const back = await store.handBack(run.id, run.attempts);
      log.info({ runId: run.id, attempt: run.attempts, back }, "the rest of the run is for another process");
    } finally {
      attempts.delete(attempt);
      done.resolve();
    }
    throw new HandedBack(run.id);
  };

  const handle = async (runId: string, claim: AbortSignal): Promise<void> => {
    if (draining) throw new HandedBack(runId);
    const run = await store.getRun(runId);
    if (run === undefined || isEnded(run.state)) return;
    if (run.cancelRequested) return end(run, { state: "cancelled" });
    await carry(run, claim);
  };

  return {
    handle: async (runId, claim) => {
      try {
        await handle(runId, claim);
      } catch (error) {
        // The queue gives the run out again at once: not a thousand times a second while the database is ill.
        if (!(error instanceof HandedBack)) await clock.sleep(1000, claim);
        throw error;
      }
    },
    drain: async () => {
      draining = true;
      for (const attempt of attempts.keys()) attempt.stop("drain");
      await Promise.all([...attempts.values()].map(({ done }) => done));
    },
    active: () => [...attempts.values()].map(({ runId }) => runId),
  };
}
