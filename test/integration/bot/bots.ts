/** Bots inside the test's process: a queue and a worker on a database, with carry-out functions of the test. */
import { expect, onTestFinished } from "vitest";
import type { Database } from "../../../bot/db/sql/database.ts";
import { createStore, type RunStore } from "../../../bot/db/store.ts";
import type { CarryOut } from "../../../bot/runs/attempt.ts";
import { createQueue, type Handlers, type Queue } from "../../../bot/runs/queue/queue.ts";
import { createRunWorker, type RunWorker } from "../../../bot/runs/worker.ts";
import { systemClock } from "../../../src/index.ts";
import type { Run } from "../../../src/model/run.ts";
import { collectingLog, type TestLog } from "./stores.ts";

export interface TestBot {
  readonly store: RunStore;
  readonly queue: Queue;
  readonly worker: RunWorker;
  readonly log: TestLog;
  /** Of these runs, the ids of those whose results were told here, once per telling. */
  reportedParts(...ids: readonly string[]): readonly string[];
  stop(): Promise<void>;
}

export interface TestBotOptions {
  readonly db: Database;
  readonly carryOut: CarryOut;
  readonly delivery?: Handlers["delivery"];
  readonly report?: (run: Run, attempt: number) => Promise<void>;
  readonly runs?: number;
  readonly lockWaitMs?: number;
  /** The longest pause between two looks for work. */
  readonly lookMs?: number;
}

/** Started; stopped when the test ends. */
export async function startBot(options: TestBotOptions): Promise<TestBot> {
  const { db, carryOut } = options;
  const log = collectingLog();
  const queue = createQueue({ db, log, sweepMs: 1000, lookMs: options.lookMs ?? 500 });
  const store = createStore(db, systemClock, queue);
  const worker = createRunWorker({
    store,
    carryOut,
    clock: systemClock,
    log,
    watchMs: 100,
    lockWaitMs: options.lockWaitMs,
  });
  const told: string[] = [];
  await queue.work(
    {
      delivery: options.delivery ?? (async () => {}),
      run: worker.handle,
      report: async ({ runId }, attempt) => {
        const run = await store.getRun(runId);
        if (run !== undefined) await options.report?.(run, attempt);
        told.push(runId);
      },
      chore: async () => {},
    },
    { runs: options.runs ?? 4, deliveries: 2, reports: 1 },
  );
  // Tests of one file share a database: what an earlier bot left untold is told here too.
  const reportedParts = (...ids: readonly string[]): readonly string[] =>
    told.filter((id) => ids.includes(id));
  const stop = async (): Promise<void> => {
    await Promise.all([worker.drain(), queue.stop(5000)]);
  };
  onTestFinished(stop);
  return { store, queue, worker, log, reportedParts, stop };
}

/** Waits until it is true, or fails saying what it was about. */
export async function until(
  what: string,
  test: () => boolean | Promise<boolean>,
  forMs = 30_000,
): Promise<void> {
  const deadline = Date.now() + forMs;
  while (!(await test())) {
    if (Date.now() > deadline) expect.fail(`waited ${forMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function ended(store: RunStore, id: string, forMs = 30_000): Promise<Run> {
  let run = await store.getRun(id);
  await until(
    `run ${id} ends`,
    async () => {
      run = await store.getRun(id);
      return run !== undefined && run.state !== "queued" && run.state !== "running";
    },
    forMs,
  );
  return run ?? expect.fail("no run");
}
