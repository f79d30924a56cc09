/** Carries runs out in attempts; a new attempt continues after the process of the previous one died. */
import type { Begun, RunOutcome, StackClaim } from "../services/store.ts";
import { retryTransient } from "../db/sql/transient.ts";
import type { Hold, Lock, Run, RunEvent, RunKind, RunState } from "../../src/model/run.ts";
import { type Attempt, type AttemptOptions, beginAttempt } from "./attempt.ts";
import { isEnded } from "../../src/model/run-states.ts";
import { isWriting } from "./fence.ts";
import { heldError } from "../gates/hold.ts";
import { HandedBack } from "./queue/guarded.ts";

export interface RunMetrics {
  run(kind: RunKind, state: RunState): void;
  runDuration(kind: RunKind, state: RunState, seconds: number): void;
}

interface RunWorkerOptions extends AttemptOptions {
  readonly metrics?: RunMetrics | undefined;
  /** How long to wait for a stack that another run holds. */
  readonly lockWaitMs?: number | undefined;
}

export interface RunWorker {
  /** Does the run, or what is left of it. Rejects with HandedBack when another process has to go on. */
  handle(runId: string, claim: AbortSignal): Promise<void>;
  /** Starts nothing new; running steps finish; resolves when every attempt has ended. */
  drain(): Promise<void>;
  /** Ids of the runs this process is at. */
  active(): readonly string[];
}

/** How long storing an outcome waits for the database. Longer, and somebody else resumes the run and finds nothing left to do. */
const END_MS = 600_000;

export function createRunWorker(options: RunWorkerOptions): RunWorker {
  const { store, clock, log, metrics } = options;
  const attempts = new Map<Attempt, { readonly runId: string; readonly done: Promise<void> }>();
  let draining = false;

  const end = async (run: Run, outcome: RunOutcome): Promise<void> => {
    const stored = await retryTransient(() => store.endRun(run.id, run.attempts, outcome), { forMs: END_MS });
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

  /** The run as its new attempt, or how it ends because its stack is not to be had. Undefined when it has ended. */
  const begin = async (waiting: Run, claim: AbortSignal): Promise<Attempted | RunOutcome | undefined> => {
    const stack = isWriting(waiting) ? stackClaim(waiting) : undefined;
    const deadline = clock.now() + (options.lockWaitMs ?? 60_000);
    for (;;) {
      const begun = await store.beginRun(waiting.id, stack);
      if (begun.kind === "begun") return begun;
      if (begun.kind === "over") return undefined;
      if (begun.kind === "held") return waiting.cause.by === "merge" ? undefined : heldBy(begun.by);
      const { by } = begun;
      // A run that is about to end is waited for; a person may take days.
      if (by !== undefined && (by.runId === undefined || clock.now() >= deadline)) return lockedBy(by);
      await clock.sleep(500, claim);
      if (draining || claim.aborted) throw new HandedBack(waiting.id);
    }
  };

  const carry = async (waiting: Run, claim: AbortSignal): Promise<void> => {
    const begun = await begin(waiting, claim);
    if (begun === undefined) return;
    if (!("run" in begun)) return end(waiting, begun);
    const { run, died } = begun;
    log.info({ runId: run.id, attempt: run.attempts, kind: run.kind }, "a run begins");
    metrics?.run(run.kind, "running");
    const earlier = run.attempts > 1 ? await store.eventsOf(run.id) : [];
    const killed = killedBy(died, earlier);
    if (killed !== undefined) return end(run, killed);
    const attempt = beginAttempt(options, run, claim, earlier);
    const done = Promise.withResolvers<void>();
    attempts.set(attempt, { runId: run.id, done: done.promise });
    if (draining) attempt.stop("drain");
    try {
      const verdict = await attempt.verdict;
      if (verdict.kind === "over") return await end(run, verdict.outcome);
      const back = await store.handBack(run.id, run.attempts);
      log.info({ runId: run.id, attempt: run.attempts, back }, "the rest of the run is for another process");
      // Whoever has taken it over has a job of its own: handed out again, this one would take the run back, and so on for ever.
      if (!back) return;
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

type Attempted = Pick<Extract<Begun, { readonly kind: "begun" }>, "run" | "died">;

/** Processes may die under a run by chance; not so often, and always before its first step. */
const MOST_DEATHS = 3;

/**
 * How a run ends under which process after process has died before it had begun to change anything: what it plans is likely to be the
 * cause, and would end the next process too. One that has begun is resumed: AWS must not be left with half of it.
 */
function killedBy(died: number, earlier: readonly RunEvent[]): RunOutcome | undefined {
  if (died < MOST_DEATHS || earlier.some(({ event }) => event.kind === "step-started")) return undefined;
  return {
    state: "failed",
    error: {
      code: "RUN_KILLED",
      message: `the bot's process ended ${died} times during this run, each time before its first step`,
      hint: "Nothing was changed. Look at the bot's log for the reason (memory, for one), make the spec smaller if it is the reason, and send the command again.",
    },
  };
}

/** What those who wait for the run's stack are shown. */
function stackClaim({ cause, text, kind }: Run): StackClaim {
  const reason = text ?? `/${kind}`;
  if (cause.by === "schedule") return { owner: "schedule", reason };
  return { owner: cause.login, reason, ...(cause.pull === undefined ? {} : { pull: cause.pull }) };
}

function heldBy(hold: Hold): RunOutcome {
  return { state: "failed", error: heldError(hold) };
}

function lockedBy({ owner, reason, runId }: Lock): RunOutcome {
  const hint =
    runId === undefined
      ? "End the freeze with `/unlock` and send the command again."
      : "Look at that run with `/status`, or stop it with `/cancel`.";
  return {
    state: "failed",
    error: { code: "LOCKED", message: `the stack is locked by ${owner}: ${reason}`, hint },
  };
}
