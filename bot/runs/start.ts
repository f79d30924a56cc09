/** Database, store, queue and worker together: what a bot process opens at its start and drains at its end. */
import type { Clock } from "../../src/model/clock.ts";
import type { Database } from "../db/sql/database.ts";
import { openDatabase } from "../db/connect/open.ts";
import type { Retention } from "../db/tables/prune.ts";
import { createStore, type RunStore } from "../db/store.ts";
import type { Log } from "../services/services.ts";
import type { Delivery } from "../services/store.ts";
import type { CarryOut } from "./attempt.ts";
import { acceptFirst } from "./queue/accept-first.ts";
import { type Concurrency, createQueue, type EndedRun } from "./queue/queue.ts";
import { createRunWorker, type RunMetrics, type RunWorker } from "./worker.ts";

interface WorkOptions {
  readonly databaseUrl?: string | undefined;
  /** The embedded database's folder. */
  readonly folder?: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics?: RunMetrics | undefined;
  readonly retention?: Retention | undefined;
  readonly heartbeatSeconds?: number | undefined;
  /** How long a server that is not there yet is waited for. */
  readonly startMs?: number | undefined;
  readonly onLockLost?: ((reason: string) => void) | undefined;
}

/** What the bot does with what it is given. All of it may be called again after a crash. */
interface Work {
  /** Handles a delivery. A rejection tries it again, in growing pauses, twelve times. */
  readonly delivery: (delivery: Delivery) => Promise<void>;
  readonly carryOut: CarryOut;
  /**
   * A run of the group has ended. Called until it resolves, one at a time per group; after a crash once more, so it has
   * to record what it reported (`Store.reportedParts`).
   */
  readonly report: (ended: EndedRun) => Promise<void>;
  /** Queues the drift runs that are due. Called by one replica every ten minutes. */
  readonly drift: () => Promise<void>;
}

interface OpenedWork {
  readonly db: Database;
  readonly store: RunStore;
  /** Starts handing out work; before that, deliveries and runs are only stored and queued. */
  start(work: Work, concurrency?: Concurrency): Promise<RunWorker>;
  /** No new work; running steps finish; the rest is for another process. Tolerates being called twice. */
  stop(graceMs?: number): Promise<void>;
}

/** Opens everything; after this webhooks can be accepted. */
export async function openWork(options: WorkOptions): Promise<OpenedWork> {
  const { clock, log, metrics } = options;
  const db = await openDatabase(options);
  const first = acceptFirst(clock);
  const queue = createQueue({ db, log, heartbeatSeconds: options.heartbeatSeconds, turn: first.turn });
  const stored = createStore(db, clock, queue);
  const store: RunStore = {
    ...stored,
    acceptDelivery: (delivery) => first.accepting(stored.acceptDelivery(delivery)),
  };
  const prune = async (): Promise<void> => {
    const pruned = await store.prune(options.retention);
    log.info({ ...pruned }, "old records removed");
    await db.maintain();
  };
  let worker: RunWorker | undefined;
  let stopping: Promise<void> | undefined;
  try {
    await queue.open();
  } catch (error) {
    await queue.stop(0).catch(() => {});
    await db.close();
    throw error;
  }
  return {
    db,
    store,
    start: async (work, concurrency) => {
      const made = createRunWorker({ store, carryOut: work.carryOut, clock, log, metrics });
      worker = made;
      await queue.work(
        {
          delivery: (id) => deliver(store, log, id, work.delivery),
          run: made.handle,
          report: work.report,
          chore: (chore) => (chore === "drift" ? work.drift() : prune()),
        },
        concurrency,
      );
      return made;
    },
    stop: (graceMs = 25_000) => {
      stopping ??= (async () => {
        // A step that outlasts the grace is left behind: its next write finds no lock it could ask about.
        const late = new AbortController();
        await Promise.race([
          Promise.all([worker?.drain(), queue.stop(graceMs)]),
          clock.sleep(graceMs + 2000, late.signal),
        ]);
        late.abort();
        await db.close();
      })();
      return stopping;
    },
  };
}

async function deliver(store: RunStore, log: Log, id: string, handle: Work["delivery"]): Promise<void> {
  const delivery = await store.getDelivery(id);
  if (delivery === undefined) log.warn({ delivery: id }, "a delivery was pruned before it was handled");
  else await handle(delivery);
}
