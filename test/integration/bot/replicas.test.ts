/** Two replicas on one server: order, killing one, restarting the server. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../bot/db/sql/database.ts";
import { openDatabase } from "../../../bot/db/connect/open.ts";
import { PATIENCE_MS } from "../../../bot/db/connect/postgres.ts";
import { createStore, type RunStore } from "../../../bot/db/store.ts";
import { createQueue } from "../../../bot/runs/queue/queue.ts";
import type { CarryOut, RunHooks } from "../../../bot/runs/attempt.ts";
import { createRunWorker } from "../../../bot/runs/worker.ts";
import type { Run } from "../../../src/model/run.ts";
import { systemClock } from "../../../src/index.ts";
import { type FakePostgres, startPostgres } from "../../fakes/postgres.ts";
import { aStack, createRun } from "../../fakes/store.ts";
import { ended, startBot, until } from "./bots.ts";
import { aJournal, startProcess, temporaryFolder } from "./processes.ts";
import { anApplyResult } from "./steps.ts";
import { aRequest, collectingLog, freshDatabase, postgres } from "./stores.ts";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("two replicas", () => {
  it("open a fresh database at the same time", async () => {
    const databaseUrl = (await postgres()).database("together");
    const log = collectingLog();
    const all = await Promise.all([1, 2, 3].map(() => openDatabase({ databaseUrl, log })));
    const queues = all.map((db) => createQueue({ db, log }));
    await Promise.all(queues.flatMap((queue) => [queue.open(), queue.open()]));
    const [store] = all.map((db, index) => createStore(db, systemClock, queues[index]));
    await expect(store?.createRuns([aRequest(aStack())])).resolves.toMatchObject([{ state: "queued" }]);
    await Promise.all(queues.flatMap((queue) => [queue.stop(), queue.stop()]));
    await Promise.all(all.flatMap((db) => [db.close(), db.close()]));
  });

  it("share the work: one run at a time per stack, in order, each run once", async () => {
    const db = await freshDatabase("postgres");
    const active = new Set<number>();
    const order = new Map<number, string[]>();
    const did = { one: 0, other: 0 };
    const carryOut =
      (who: keyof typeof did) =>
      async (run: {
        readonly id: string;
        readonly stack: { readonly repository: { readonly id: number } };
      }) => {
        const key = run.stack.repository.id;
        expect(active.has(key)).toBe(false);
        active.add(key);
        order.set(key, [...(order.get(key) ?? []), run.id]);
        did[who] += 1;
        await pause(15);
        active.delete(key);
        return { result: anApplyResult() };
      };
    const one = await startBot({ db, carryOut: carryOut("one"), runs: 2 });
    await startBot({ db, carryOut: carryOut("other"), runs: 2 });
    const asked = new Map<number, string[]>();
    const all: string[] = [];
    for (let index = 0; index < 60; index += 1) {
      const run = await createRun(one.store, aRequest(aStack({ repositoryId: index % 6 })));
      asked.set(index % 6, [...(asked.get(index % 6) ?? []), run.id]);
      all.push(run.id);
    }
    for (const id of all)
      expect(await ended(one.store, id)).toMatchObject({ state: "succeeded", attempts: 1 });
    expect(order).toEqual(asked);
    expect(did.one).toBeGreaterThan(0);
    expect(did.other).toBeGreaterThan(0);
    expect(did.one + did.other).toBe(60);
  });

  it("keep the order of one stack, however many look for work at the same time", async () => {
    const db = await freshDatabase("postgres");
    const order: string[] = [];
    const carryOut = async (run: Run) => {
      order.push(run.id);
      return { result: anApplyResult() };
    };
    const [one] = await Promise.all([1, 2].map(() => startBot({ db, carryOut, runs: 8 })));
    const asked: string[] = [];
    // Slowly enough that all are awake and waiting for it: each wakes every worker of both.
    for (let index = 0; index < 120; index += 1) {
      asked.push((await one?.store.createRuns([aRequest(aStack())]))?.[0]?.id ?? "");
      if (index % 3 === 2) await pause(15);
    }
    await until("all are done", () => order.length >= 120, 60_000);
    expect(order).toEqual(asked);
  });

  it("take over from a killed one: same run, one attempt more, the first attempt is worth nothing", async () => {
    const folder = temporaryFolder();
    const journal = aJournal(folder);
    const databaseUrl = (await postgres()).database("killed");
    const first = await startProcess("first", journal, { databaseUrl, steps: 300 });
    const db = await openDatabase({ databaseUrl, log: collectingLog() });
    const queue = createQueue({ db, log: collectingLog() });
    await queue.open();
    const store = createStore(db, systemClock, queue);
    const stack = aStack();
    const run = await createRun(store, aRequest(stack));
    const next = await createRun(store, aRequest(stack));
    await until("the first one writes", () => journal.of(`write ${run.id}`).length >= 3);
    const second = await startProcess("second", journal, { databaseUrl, stepMs: 20 });
    first.kill("SIGKILL");
    expect(await ended(store, run.id, 40_000)).toMatchObject({ state: "succeeded", attempts: 2 });
    expect(journal.lines()).toContain(`begin ${run.id} attempt 2 by second resuming`);
    expect(await store.endRun(run.id, 1, { state: "failed" })).toBe(false);
    expect(await ended(store, next.id)).toMatchObject({ state: "succeeded", attempts: 1 });
    await until("both are told", () => journal.of("report").length === 2);
    expect(journal.of("report")).toEqual([
      `report ${run.id} succeeded by second`,
      `report ${next.id} succeeded by second`,
    ]);
    // In order: nothing of the second run before the first has ended.
    const begun = journal.lines().findIndex((line) => line.startsWith(`begin ${next.id}`));
    const last = journal.lines().findLastIndex((line) => line.startsWith(`write ${run.id}`));
    expect(begun).toBeGreaterThan(last);
    second.kill("SIGTERM");
    expect(await second.exited()).toBe(0);
    await queue.stop();
    await db.close();
  });

  it("hand over when one is told to end: the step finishes, the rest goes on in the other", {
    timeout: 240_000,
  }, async () => {
    const folder = temporaryFolder();
    const journal = aJournal(folder);
    const databaseUrl = (await postgres()).database("drained");
    // Handed over, not waited for: to notice by silence would take longer than this test waits.
    const silence = { heartbeatSeconds: 3600 };
    const first = await startProcess("first", journal, {
      databaseUrl,
      steps: 300,
      stepMs: 300,
      ...silence,
    });
    const db = await openDatabase({ databaseUrl, log: collectingLog() });
    const queue = createQueue({ db, log: collectingLog() });
    await queue.open();
    const store = createStore(db, systemClock, queue);
    const run = await createRun(store, aRequest(aStack()));
    await until("the first one writes", () => journal.of(`write ${run.id}`).length >= 2);
    await startProcess("second", journal, { databaseUrl, stepMs: 20, ...silence });
    first.kill("SIGTERM");
    expect(await first.exited()).toBe(0);
    expect(await ended(store, run.id, 120_000)).toMatchObject({ state: "succeeded", attempts: 2 });
    const events = await store.eventsOf(run.id);
    const count = (kind: string): number => events.filter(({ event }) => event.kind === kind).length;
    expect(count("step-finished")).toBe(count("step-started"));
    await queue.stop();
    await db.close();
  });

  it("fence: whoever was taken over while it was alive cannot write any more", async () => {
    const db = await freshDatabase("postgres");
    let old: RunHooks | undefined;
    const wrote: string[] = [];
    const stuck = Promise.withResolvers<void>();
    const one = await startBot({
      db,
      runs: 1,
      carryOut: async (run, hooks) => {
        expect(run.attempts).toBe(1);
        old = hooks;
        await hooks.beforeWrite("x");
        wrote.push("attempt 1");
        await stuck.promise;
        await hooks.beforeWrite("y");
        wrote.push("attempt 1 again");
        return { result: anApplyResult() };
      },
    });
    const run = await createRun(one.store, aRequest(aStack()));
    await until("it is stuck", () => old !== undefined && wrote.length === 1);
    const other = await startBot({
      db,
      runs: 1,
      carryOut: async (_run, hooks) => {
        await hooks.beforeWrite("x");
        wrote.push("attempt 2");
        return { result: anApplyResult() };
      },
    });
    // As if the first process had been silent for too long: its heartbeat is long ago.
    await db.query(
      "update gatewright_queue.job set heartbeat_on = now() - interval '1 hour' where state = 'active'",
    );
    expect(await ended(other.store, run.id)).toMatchObject({ state: "succeeded", attempts: 2 });
    await expect(old?.beforeWrite("y")).rejects.toMatchObject({
      code: expect.stringMatching(/LOCK_LOST|RUN_TAKEN_OVER/),
    });
    await until("it hears of it", () => old?.signal.aborted === true);
    stuck.resolve();
    await pause(300);
    expect(wrote).toEqual(["attempt 1", "attempt 2"]);
    expect(await other.store.getRun(run.id)).toMatchObject({ state: "succeeded", attempts: 2 });
  });
});

describe("a run that two jobs are about", () => {
  it("goes on with whoever took it last: the other one's job is done, and does not take it back", async () => {
    // A replica of a version that does not know the queue of previews queues their runs once more.
    const store = createStore(await freshDatabase("embedded"), systemClock);
    const run = await createRun(store, aRequest(aStack({ stage: "pr-7" })));
    const [began, stopped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const worker = (carryOut: CarryOut) =>
      createRunWorker({ store, carryOut, clock: systemClock, log: collectingLog(), watchMs: 20 });
    const one = worker(async (_run, { signal }) => {
      began.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      throw signal.reason;
    });
    const other = worker(async () => {
      await stopped.promise;
      return { result: anApplyResult() };
    });
    const first = one.handle(run.id, new AbortController().signal);
    await began.promise;
    const second = other.handle(run.id, new AbortController().signal);
    await expect(first).resolves.toBeUndefined();
    stopped.resolve();
    await second;
    expect(await store.getRun(run.id)).toMatchObject({ state: "succeeded", attempts: 2 });
  });
});

describe("a server that restarts under load", () => {
  let server: FakePostgres;
  let db: Database;
  let store: RunStore;
  beforeAll(async () => {
    server = await startPostgres();
    return () => server.stop();
  });

  it.each(["fast", "immediate"] as const)(
    "(%s) loses nothing and does nothing twice",
    async (how) => {
      const log = collectingLog();
      db = await openDatabase({ databaseUrl: server.database(`restarted_${how}`), log });
      const writes = new Map<string, number>();
      const handled = new Map<string, number>();
      const bot = await startBot({
        db,
        carryOut: async (run, hooks) => {
          await pause(5);
          await hooks.beforeWrite("x");
          writes.set(run.id, (writes.get(run.id) ?? 0) + 1);
          return { result: anApplyResult() };
        },
        delivery: async (id) => {
          handled.set(id, (handled.get(id) ?? 0) + 1);
        },
      });
      store = bot.store;
      const accepted: string[] = [];
      const refused: unknown[] = [];
      const runs: string[] = [];
      let over = false;
      const load = async (index: number): Promise<void> => {
        while (!over) {
          const id = crypto.randomUUID();
          try {
            await store.acceptDelivery({ id, event: "push", payload: "{}", receivedAt: new Date() });
            accepted.push(id);
            runs.push((await createRun(store, aRequest(aStack({ repositoryId: index })))).id);
          } catch (error) {
            refused.push(error);
          }
          await pause(20);
        }
      };
      const loads = [1, 2, 3, 4].map(load);
      await pause(500);
      server.halt(how);
      await pause(1000);
      server.resume();
      await pause(1500);
      await until("there are runs from before and after", () => runs.length > 40, 60_000);
      over = true;
      await Promise.all(loads);
      // Below its patience nobody notices.
      expect(refused).toEqual([]);
      for (const id of runs) expect(await ended(store, id, 60_000)).toMatchObject({ state: "succeeded" });
      await until("all deliveries are handled", () => accepted.every((id) => handled.has(id)), 60_000);
      await until(
        "all results are told",
        () => new Set(bot.reportedParts(...runs)).size === runs.length,
        60_000,
      );
      for (const [id, times] of writes) {
        // A run that was under way may have had to begin again.
        const run = await store.getRun(id);
        expect(times).toBeLessThanOrEqual(run?.attempts ?? 0);
      }
      await bot.stop();
      await db.close();
    },
    180_000,
  );

  it("that stays away: a delivery is not acknowledged, and accepted when it is back", async () => {
    const log = collectingLog();
    const url = server.database("away");
    const opened = await openDatabase({ databaseUrl: url, log });
    const queue = createQueue({ db: opened, log });
    await queue.open();
    const away = createStore(opened, systemClock, queue);
    server.halt();
    const delivery = { id: "late", event: "push", payload: "{}", receivedAt: new Date() };
    await expect(away.acceptDelivery(delivery)).rejects.toThrow();
    // GitHub waits for so long.
    expect(PATIENCE_MS).toBeLessThan(10_000);
    server.resume();
    expect(await away.acceptDelivery(delivery)).toBe(true);
    await queue.stop();
    await opened.close();
  });
});
