/** The `Store` of bot/services/store.ts on a database. Everything in it may be done again after a cut connection. */
import type { Clock } from "../../src/model/clock.ts";
import type { Delivery, Store } from "../services/store.ts";
import type { RunEvent } from "../../src/model/run.ts";
import * as attempts from "./tables/attempts.ts";
import type { Database, Sql } from "./sql/database.ts";
import { claim, settle } from "./tables/claims.ts";
import { deliveryAcceptor, findDelivery, knownOf, type QueuedDelivery } from "./tables/deliveries.ts";
import { append, eventsAfter } from "./tables/events.ts";
import * as holds from "./tables/holds.ts";
import * as locks from "./tables/locks.ts";
import * as previewStacks from "./tables/pulls/preview-stacks.ts";
import * as previews from "./tables/pulls/previews.ts";
import * as posted from "./tables/posted.ts";
import { type Pruned, prune, type Retention } from "./tables/prune.ts";
import * as pullStacks from "./tables/pulls/pull-stacks.ts";
import { lookedUntil, lookUntil } from "./tables/redelivery.ts";
import * as repositories from "./tables/repositories.ts";
import * as runs from "./tables/runs.ts";
import { recordReported, reportedParts } from "./tables/reported.ts";

/** What the worker needs beyond what handlers see: attempts, each fenced by its number. */
export interface RunStore extends Store {
  getDelivery(id: string): Promise<Delivery | undefined>;
  handBack(id: string, attempt: number): Promise<boolean>;
  watchRun(id: string): Promise<attempts.Watched | undefined>;
  /** For metrics: over all replicas. */
  openRuns(): Promise<{ readonly queued: number; readonly running: number }>;
  prune(retention?: Retention): Promise<Pruned>;
}

/** How the store queues, in its own transaction. */
export interface Enqueue {
  deliveries(sql: Sql, deliveries: readonly QueuedDelivery[]): Promise<void>;
  run(sql: Sql, run: runs.QueuedRun): Promise<void>;
  /** Of a run that has just ended. */
  report(sql: Sql, report: attempts.QueuedReport): Promise<void>;
}

/** `enqueue` is the queue of bot/runs/queue/queue.ts; without one, things are stored and nothing is queued. */
export function createStore(db: Database, clock: Clock, enqueue?: Enqueue): RunStore {
  const now = (): Date => new Date(clock.now());
  const accept = deliveryAcceptor(db, async (sql, deliveries) => enqueue?.deliveries(sql, deliveries));
  const report: attempts.EnqueueReport = async (sql, ended) => enqueue?.report(sql, ended);
  return {
    acceptDelivery: accept,
    knownDeliveries: (ids) => knownOf(db, ids),
    getDelivery: (id) => findDelivery(db, id),
    claim: (key, by) => claim(db, { key, by, at: now() }),
    settle: (key, outcome) => settle(db, key, outcome),

    createRuns: (requests) => runs.create(db, requests, now(), async (sql, run) => enqueue?.run(sql, run)),
    getRun: (id) => runs.find(db, id),
    listRuns: (filter) => runs.list(db, filter),
    runsOf: (group) => runs.ofGroup(db, group),
    requestCancel: (id) => attempts.cancel(db, id, now(), report),
    openRuns: () => attempts.openRuns(db),
    beginRun: (id, claim) => attempts.begin(db, id, now(), claim, report),
    recordPlan: (id, attempt, plan) => attempts.recordPlan(db, id, attempt, plan),
    endRun: (id, attempt, outcome) => attempts.end(db, id, attempt, { ...outcome, at: now() }, report),
    handBack: (id, attempt) => attempts.handBack(db, id, attempt),
    watchRun: (id) => attempts.watch(db, id),
    reportedParts: (group) => reportedParts(db, group),
    recordReported: (group, part, version) => recordReported(db, group, part, version, now()),
    appendEvent: (runId, event: RunEvent["event"], at) => append(db, runId, event, at),
    eventsOf: (runId, after = 0) => eventsAfter(db, runId, after),

    acquireLock: (stack, owner, reason, more) =>
      locks.acquire(db, { stack, owner, reason, ...more, at: now() }),
    releaseLock: (lock) => locks.releasePersons(db, lock),
    getLock: (stack) => locks.find(db, stack),
    listLocks: (repositoryIds) => locks.list(db, repositoryIds),

    takeHold: (hold) => holds.take(db, { ...hold, since: now() }),
    holdOf: (stack) => holds.find(db, stack),
    listHolds: (repositoryIds) => holds.list(db, repositoryIds),
    endHold: (hold, how) =>
      holds.end(db, hold, how === "closed" ? now() : undefined, async (sql, run) => enqueue?.run(sql, run)),

    getPosted: (what) => posted.find(db, what),
    setPosted: (what, id) => posted.keep(db, what, id, now()),
    forgetPosted: (what) => posted.forget(db, what),

    reviewedPlan: (stack, pull, purpose = "apply") => pullStacks.reviewed(db, stack, pull, purpose),
    setReviewedPlan: (stack, pull, plan, purpose = "apply") =>
      pullStacks.review(db, stack, pull, plan, { purpose, at: now() }),
    adoptedNames: (stack, pull) => pullStacks.adopted(db, stack, pull),
    setAdoptedNames: (stack, pull, names) => pullStacks.adopt(db, stack, pull, names, now()),

    previewOf: (repositoryId, pull) => previews.find(db, repositoryId, pull),
    listPreviews: () => previews.list(db),
    setPreview: (preview) => previews.set(db, preview),
    endPreview: (preview) => previews.end(db, preview, now()),
    previewStacks: (stack) => previewStacks.list(db, stack),
    keepPreviewStack: (one) => previewStacks.keep(db, one, now()),
    forgetPreviewStack: (one) => previewStacks.forget(db, one),

    lastSettings: (repositoryId) => repositories.settingsOf(db, repositoryId),
    setLastSettings: (repositoryId, settings) => repositories.keepSettings(db, repositoryId, settings, now()),
    ownerOfStack: (stack) => repositories.ownerOfStack(db, stack),
    takeStack: (stack, over) => repositories.takeStack(db, stack, { over, at: now() }),
    releaseStack: (stack) => repositories.releaseStack(db, stack),
    claimProject: (project) => repositories.claimProject(db, project, now()),
    redeliveredUntil: () => lookedUntil(db),
    setRedeliveredUntil: (until) => lookUntil(db, until),

    prune: (retention) => prune(db, clock.now(), retention),
  };
}
