/**
 * The queue: five queues of pg-boss on the bot's own database.
 *
 * - `deliveries`: webhooks, side by side, tried again with growing pauses; of one repository as many as of runs.
 * - `runs`: policy `key_strict_fifo` with the stack as key: one at a time per stack, in the order they were asked for,
 *   also after one comes back from a dead process. (`singleton` keeps them apart but not in order: of two workers that
 *   look at the same time, the second skips the first run, which the first is just taking, and may be faster with the
 *   second run.) Over all stacks, priority is the negative number of the run. Of a
 *   process's places one repository gets three quarters at most: its many slow runs leave room for others.
 * - `previews`: the same for the runs of previews, in places of their own: however many pull requests are pushed to, no stage waits for them.
 * - `reports`: results to report, one at a time per group of runs, retried until GitHub accepts them.
 * - `chores`: what the library's schedule asks for, once over all replicas.
 *
 * A job whose process stopped returns to the queue when its heartbeat stops (a server: pg-boss's supervision), or at the next start
 * (embedded: there is only one process).
 */
import { randomUUID } from "node:crypto";
import type { Database } from "../../db/sql/database.ts";
import { activeJobs, runsWithoutJob } from "../../db/tables/jobs.ts";
import { isPreviewKey } from "../../../src/model/run.ts";
import { rateLimitedLog } from "../../services/rate-limited-log.ts";
import type { Enqueue } from "../../db/store.ts";
import type { Log } from "../../services/services.ts";
import { connect, within } from "./boss.ts";
import { every } from "../../services/periodic.ts";
import { guarded, type Handed } from "./guarded.ts";
import { messageOf } from "../../../src/model/errors.ts";
import { waker } from "./wake.ts";
import type { AcceptFirst } from "./accept-first.ts";

export interface Handlers {
  /** `attempt` counts from 1; a rejection tries again later. */
  delivery(id: string, attempt: number): Promise<void>;
  /** `claim` aborts when the job is no longer ours. */
  run(runId: string, claim: AbortSignal): Promise<void>;
  report(ended: EndedRun, attempt: number): Promise<void>;
  chore(chore: Chore): Promise<void>;
}

/** Looking for due drift, removing what is old: when, as cron says it (UTC). */
const CHORES = { drift: "*/10 * * * *", prune: "17 * * * *" } as const;
type Chore = keyof typeof CHORES;

export interface EndedRun {
  readonly runId: string;
  readonly group: string;
}

export interface Concurrency {
  readonly deliveries?: number | undefined;
  /** Of stages; previews have half as many besides. */
  readonly runs?: number | undefined;
  readonly reports?: number | undefined;
}

interface QueueOptions {
  readonly db: Database;
  readonly log: Log;
  /** A process that is silent for so long has lost its jobs; at least 10. */
  readonly heartbeatSeconds?: number | undefined;
  /** How often silent processes are looked for. */
  readonly sweepMs?: number | undefined;
  /** The longest pause between two looks for work. */
  readonly lookMs?: number | undefined;
  /** What webhooks ask for waits for its turn; by default it waits for nothing. */
  readonly turn?: AcceptFirst["turn"] | undefined;
}

export interface Queue extends Enqueue {
  /** Makes the tables and takes over what a dead process left: from here on things can be queued. */
  open(): Promise<void>;
  /** Starts handing out work. */
  work(handlers: Handlers, concurrency?: Concurrency): Promise<void>;
  /** Hands out nothing more, waits for what is under way, gives the rest back after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

const DELIVERIES = "deliveries";
const RUNS = "runs";
const PREVIEWS = "previews";
const REPORTS = "reports";
const CHORE = "chores";
const NAMES = [DELIVERIES, RUNS, PREVIEWS, REPORTS, CHORE] as const;
const POLICIES = {
  deliveries: "standard",
  runs: "key_strict_fifo",
  previews: "key_strict_fifo",
  reports: "singleton",
  chores: "singleton",
} as const;
const DAY = 86_400;
/** A run is resumed as often as processes die under it. */
const ALWAYS = 1_000_000;
/** Embedded, a stalled event loop must not look like a dead process: there is no other one to take over anyway. */
const HEARTBEAT = { embedded: 60, postgres: 10 } as const;

export function createQueue(options: QueueOptions): Queue {
  const { db, log, sweepMs = 5000, lookMs = 1000, turn = async () => {} } = options;
  const heartbeatSeconds = Math.max(10, options.heartbeatSeconds ?? HEARTBEAT[db.kind]);
  const complain = rateLimitedLog((error: unknown, leftOut) =>
    log.warn({ error: messageOf(error), leftOut }, "the queue could not reach its database"),
  );
  const boss = connect(db, log, complain);
  const workers = waker(boss, turn);
  let opening: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;
  let silence = Number.NEGATIVE_INFINITY;
  /** A server notifies all replicas. */
  const queued = (name: string, jobs: number): void => {
    if (db.kind === "embedded") workers.queued(name, jobs);
  };

  /** Embedded, at the start: whatever is being worked on was the dead process's. */
  const takeOver = async (): Promise<void> => {
    const jobs = await activeJobs(db, NAMES);
    for (const [name, group] of Map.groupBy(jobs, (job) => job.name)) {
      await boss.fail(name, [...group], { message: "its process is gone" });
      log.warn({ queue: name, jobs: group.map(({ id }) => id) }, "took over the jobs of a dead process");
    }
  };

  const sweep = every(
    sweepMs,
    async () => {
      const now = performance.now();
      try {
        // After an outage of the database everybody was silent: first the living get time to be heard again.
        if (now - silence > heartbeatSeconds * 1000) await boss.supervise();
        else await db.ping();
      } catch (error) {
        silence = now;
        throw error;
      }
    },
    complain,
  );
  const adopt = every(
    60_000,
    async () => {
      for (const run of await runsWithoutJob(db, [RUNS, PREVIEWS])) {
        log.warn({ runId: run.id }, "an open run had no job: queued again");
        await queue.run(db, run);
      }
    },
    complain,
  );

  const open = async (): Promise<void> => {
    await boss.start({ attempts: 5 });
    const notify = db.kind === "postgres";
    const common = { heartbeatSeconds, notify, expireInSeconds: DAY, deleteAfterSeconds: DAY };
    const backoff = { retryDelay: 2, retryBackoff: true, retryDelayMax: 300 };
    const runs = { ...common, retryLimit: ALWAYS, retryDelay: 0, retentionSeconds: 365 * DAY };
    const queues = {
      [DELIVERIES]: { ...common, ...backoff, retryLimit: 12, retentionSeconds: 14 * DAY },
      [RUNS]: runs,
      [PREVIEWS]: runs,
      [REPORTS]: { ...common, ...backoff, retryLimit: 300, retentionSeconds: 14 * DAY },
      // What failed is asked for again soon enough.
      [CHORE]: { ...common, retryLimit: 0, retentionSeconds: DAY },
    };
    for (const name of NAMES) {
      await boss.createQueue(name, { ...queues[name], policy: POLICIES[name] });
      // An existing queue keeps the options it was created with until they are updated.
      await boss.updateQueue(name, queues[name]);
    }
    for (const [chore, cron] of Object.entries(CHORES))
      await boss.schedule(CHORE, cron, { chore }, { key: chore });
    if (db.kind === "embedded") await takeOver();
    await adopt.now();
  };

  const work = async (
    name: string,
    places: number,
    handle: (job: Handed<Data>) => Promise<void>,
    perGroup = places,
  ): Promise<void> => {
    const pause = Math.max(0.5, lookMs / 1000);
    await boss.work<Data>(
      name,
      {
        batchSize: 1,
        localConcurrency: places,
        localGroupConcurrency: perGroup,
        pollingIntervalSeconds: pause,
        notifyPollingIntervalSeconds: pause,
      },
      async (jobs) => {
        try {
          for (const job of jobs) await guarded(name, job, handle, log);
        } finally {
          workers.goOn(name);
        }
      },
    );
  };

  const queue: Queue = {
    deliveries: async (sql, deliveries) => {
      await boss.insert(
        DELIVERIES,
        deliveries.map(({ id, priority, repositoryId }) => ({
          data: { deliveryId: id },
          priority,
          ...(repositoryId === undefined ? {} : { group: { id: String(repositoryId) } }),
        })),
        { db: within(sql) },
      );
      queued(DELIVERIES, deliveries.length);
    },
    run: async (sql, { id, stackKey, repositoryId, place }) => {
      const job = {
        id: orderedId(place),
        data: { runId: id },
        singletonKey: stackKey,
        group: { id: String(repositoryId) },
        priority: -place,
      };
      const name = isPreviewKey(stackKey) ? PREVIEWS : RUNS;
      await boss.insert(name, [job], { db: within(sql) });
      queued(name, 1);
    },
    report: async (sql, { runId, group }) => {
      await boss.insert(REPORTS, [{ data: { runId, group }, singletonKey: group }], { db: within(sql) });
      queued(REPORTS, 1);
    },
    open: () => {
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    work: async (handlers, concurrency = {}) => {
      await queue.open();
      await work(REPORTS, concurrency.reports ?? 2, ({ data, attempt }) =>
        handlers.report({ runId: data.runId ?? "", group: data.group ?? "" }, attempt),
      );
      const places = concurrency.runs ?? 8;
      const carryOut = ({ data, signal }: Handed<Data>): Promise<void> =>
        handlers.run(data.runId ?? "", signal);
      await work(RUNS, places, carryOut, mostOfOne(places));
      const forPreviews = Math.ceil(places / 2);
      await work(PREVIEWS, forPreviews, carryOut, mostOfOne(forPreviews));
      await work(CHORE, 1, async ({ data: { chore } }) => {
        if (chore !== undefined) await handlers.chore(chore);
      });
      const readers = concurrency.deliveries ?? 4;
      await work(
        DELIVERIES,
        readers,
        async ({ data, attempt }) => {
          await turn();
          await handlers.delivery(data.deliveryId ?? "", attempt);
        },
        mostOfOne(readers),
      );
      sweep.start();
      adopt.start();
    },
    stop: (graceMs = 25_000) => {
      stopping ??= (async () => {
        await opening?.catch(() => {});
        await Promise.all([sweep.stop(), adopt.stop()]);
        await boss.stop({ graceful: true, timeout: graceMs });
      })();
      return stopping;
    },
  };
  return queue;
}

/** How many of the places for runs or deliveries one repository gets: three quarters, and never the last one where there are two. */
function mostOfOne(places: number): number {
  return Math.max(1, places - Math.ceil(places / 4));
}

/** Runs of the same millisecond are taken in the order of their jobs' ids. */
function orderedId(place: number): string {
  return place.toString(16).padStart(8, "0") + randomUUID().slice(8);
}

interface Data {
  readonly runId?: string;
  readonly group?: string;
  readonly deliveryId?: string;
  readonly chore?: Chore;
}
