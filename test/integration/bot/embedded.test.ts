/** The embedded database: one process per folder, killed at any moment, its disk full. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Database, Sql } from "../../../bot/db/sql/database.ts";
import { openDatabase } from "../../../bot/db/connect/open.ts";
import { createStore } from "../../../bot/db/store.ts";
import { createQueue } from "../../../bot/runs/queue/queue.ts";
import { systemClock } from "../../../src/index.ts";
import { aStack, createRun } from "../../fakes/store.ts";
import { ended, startBot, until } from "./bots.ts";
import { aJournal, startProcess, temporaryFolder } from "./processes.ts";
import { aRequest, collectingLog, freshDatabase } from "./stores.ts";

const log = collectingLog();

describe("the data folder", () => {
  it("is one process's at a time, and says whose", async () => {
    const folder = join(temporaryFolder(), "made", "on", "demand");
    const db = await openDatabase({ folder, log });
    await expect(openDatabase({ folder, log })).rejects.toMatchObject({
      code: "DATABASE_LOCKED",
      message: expect.stringContaining(`process ${process.pid}`),
      hint: expect.stringContaining("DATABASE_URL"),
    });
    await Promise.all([db.close(), db.close()]);
    const again = await openDatabase({ folder, log });
    await again.close();
    expect(existsSync(join(folder, "gatewright.lock"))).toBe(false);
  });

  it("keeps what was stored, and does not migrate twice", async () => {
    const folder = temporaryFolder();
    const first = await openDatabase({ folder, log });
    await createStore(first, systemClock).setLastSettings(1, { a: "1" });
    await first.close();
    const second = await openDatabase({ folder, log });
    expect(await createStore(second, systemClock).lastSettings(1)).toEqual({ a: "1" });
    await second.maintain();
    expect(await createStore(second, systemClock).lastSettings(1)).toEqual({ a: "1" });
    await second.query("insert into gatewright.migration (version) values (999)");
    await second.close();
    await expect(openDatabase({ folder, log })).rejects.toMatchObject({ code: "DATABASE_NEWER" });
    expect(existsSync(join(folder, "gatewright.lock"))).toBe(false);
  });

  it("is not taken when it cannot be made", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    await expect(openDatabase({ folder: join(file, "data"), log })).rejects.toMatchObject({
      code: "DATABASE_FOLDER",
      message: expect.stringContaining(file),
    });
  });
});

describe("a busy embedded database", () => {
  it("lets requests come in between its statements", async () => {
    const db = await freshDatabase("embedded");
    let asked = 0;
    let asking = true;
    const ask = async (): Promise<void> => {
      for (; asking && asked < 3000; asked += 1) await db.query("select 1");
    };
    const askers = [ask(), ask(), ask()];
    // What the event loop brings meanwhile, as a socket does: the database never waits for anything by itself.
    await new Promise((resolve) => setTimeout(resolve, 0));
    asking = false;
    await Promise.all(askers);
    expect(asked).toBeLessThan(3000);
  });
});

describe("a process that is killed", () => {
  it("again and again: the next one goes on at once, and nothing is lost", async () => {
    const folder = temporaryFolder();
    const data = join(folder, "data");
    const journal = aJournal(folder);
    // Queue before anybody works: three stacks with two runs each.
    const db = await openDatabase({ folder: data, log });
    const queue = createQueue({ db, log });
    await queue.open();
    const store = createStore(db, systemClock, queue);
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1)
      ids.push((await createRun(store, aRequest(aStack({ repositoryId: index % 3 })))).id);
    await store.acceptDelivery({ id: "d", event: "push", payload: "{}", receivedAt: new Date() });
    await queue.stop();
    await db.close();
    for (const [round, steps] of [2, 5, 9].entries()) {
      const name = `round-${round}`;
      const bot = await startProcess(name, journal, { folder: data, steps: 12, stepMs: 60 });
      await until(
        `${name} writes`,
        () => journal.lines().filter((line) => line.endsWith(`by ${name}`)).length > steps,
      );
      bot.kill("SIGKILL");
      await bot.exited();
    }
    const last = await startProcess("last", journal, { folder: data, steps: 12, stepMs: 20 });
    await until("all results are told", () => journal.of("report").length >= 6);
    // At its start: no heartbeat had to run out.
    expect(last.errors()).toContain("took over the jobs of a dead process");
    last.kill("SIGTERM");
    expect(await last.exited()).toBe(0);
    expect(new Set(journal.of("report")).size).toBe(6);
    for (const id of ids) expect(journal.of(`report ${id}`)).toEqual([`report ${id} succeeded by last`]);
    // Once, unless a process was killed between handling it and recording that. Then another one handles it, also once.
    const handled = journal.of("delivery d");
    expect(handled.length).toBeGreaterThanOrEqual(1);
    expect(new Set(handled).size).toBe(handled.length);
    const after = await openDatabase({ folder: data, log });
    expect(await createStore(after, systemClock).listLocks()).toEqual([]);
    await after.close();
  });
});

describe("a first start that is killed", () => {
  it("at any moment: the next one makes the database and works", async () => {
    const folder = temporaryFolder();
    const module = join(import.meta.dirname, "../../../bot/db/connect/open.ts");
    const script = `
      const log = { info() {}, warn() {}, error() {} };
      const { openDatabase } = await import(${JSON.stringify(module)});
      console.log("opening");
      await openDatabase({ folder: process.argv[1], log });
      console.log("open");`;
    for (const after of [200, 700, 1300]) {
      const data = join(folder, `${after}`);
      const child = spawn(process.execPath, ["--input-type=module", "-e", script, data], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, after));
      child.kill("SIGKILL");
      await once(child, "exit");
      const db = await openDatabase({ folder: data, log });
      await createStore(db, systemClock).setLastSettings(1, {});
      await db.close();
    }
  });
});

/** A database whose statements fail when asked to. */
function ill(db: Database): Database & { failWith: (error: Error | undefined, on?: RegExp) => void } {
  let error: Error | undefined;
  let on = /./;
  const check = (text: string): void => {
    if (error !== undefined && on.test(text)) throw error;
  };
  const guarded = (sql: Sql): Sql => ({
    query: async (text, values) => {
      check(text);
      return sql.query(text, values);
    },
  });
  return {
    ...db,
    query: guarded(db).query,
    transaction: (work) => db.transaction((sql) => work(guarded(sql))),
    failWith: (given, where = /./) => {
      error = given;
      on = where;
    },
  };
}

describe("a disk that is full", () => {
  const full = Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" });

  it.each(["embedded", "postgres"] as const)(
    "(%s) takes nothing half: no delivery without its job",
    async (kind) => {
      const db = ill(await freshDatabase(kind));
      const handled: string[] = [];
      const bot = await startBot({
        db,
        carryOut: async () => ({}),
        delivery: async (id) => void handled.push(id),
      });
      const deliver = (id: string): Promise<boolean> =>
        bot.store.acceptDelivery({ id, event: "push", payload: "{}", receivedAt: new Date() });
      db.failWith(full);
      await expect(deliver("a")).rejects.toThrow("No space left");
      // The delivery's row could be written, its job could not.
      db.failWith(full, /gatewright_queue/);
      await expect(Promise.all([deliver("a"), deliver("b")])).rejects.toThrow("No space left");
      expect(await bot.store.knownDeliveries(["a", "b"])).toEqual(new Set());
      await expect(createRun(bot.store, aRequest(aStack()))).rejects.toThrow("No space left");
      expect(await bot.store.listRuns({})).toEqual([]);
      expect(handled).toEqual([]);
      db.failWith(undefined);
      expect(await Promise.all([deliver("a"), deliver("b")])).toEqual([true, true]);
      await until("both are handled", () => handled.length === 2);
    },
  );

  it("does not keep a run from ending when there is space again", async () => {
    const db = ill(await freshDatabase("embedded"));
    const bot = await startBot({
      db,
      carryOut: async (run) => {
        if (run.attempts === 1) {
          db.failWith(full, /update gatewright\.run/);
          setTimeout(() => db.failWith(undefined), 1500);
        }
        return {};
      },
    });
    const run = await createRun(bot.store, aRequest(aStack(), { kind: "plan" }));
    expect(await ended(bot.store, run.id)).toMatchObject({ state: "succeeded" });
    await until("it is told", () => bot.reportedParts(run.id).length === 1);
  });

  it("really: nothing acknowledged is lost, and it goes on when there is room again", async (context) => {
    const disk = join(temporaryFolder(), "disk");
    mkdirSync(disk);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=200m", "tmpfs", disk], { stdio: "ignore" });
    } catch {
      // Only root may mount; the cases above hold the same promise with a failing statement.
      return context.skip("mounting a small disk needs root");
    }
    onTestFinished(() => void execFileSync("umount", ["-l", disk]));
    const folder = join(disk, "data");
    const db = await openDatabase({ folder, log });
    const store = createStore(db, systemClock);
    const accepted: string[] = [];
    const fill = async (round: string): Promise<unknown> => {
      for (let index = 0; index < 5000; index += 1) {
        const payload = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString("base64");
        const id = `${round} ${index}`;
        try {
          await store.acceptDelivery({ id, event: "push", payload, receivedAt: new Date() });
          accepted.push(id);
        } catch (error) {
          return error;
        }
      }
      return undefined;
    };
    // Twice: the second time it is the database's own log that would have to grow.
    for (const [round, size] of [
      ["first", "250m"],
      ["second", "300m"],
    ] as const) {
      expect(await fill(round)).toMatchObject({
        code: "DATABASE_FOLDER",
        message: expect.stringContaining("nearly full"),
      });
      await expect(db.ping()).rejects.toMatchObject({ code: "DATABASE_FOLDER" });
      // What is there can still be read: a running apply asks whether it may go on.
      expect((await store.knownDeliveries(accepted)).size).toBe(accepted.length);
      expect(await store.watchRun(crypto.randomUUID())).toBeUndefined();
      execFileSync("mount", ["-o", `remount,size=${size}`, disk]);
      await db.ping();
    }
    expect(accepted.length).toBeGreaterThan(500);
    await db.close();
    const again = await openDatabase({ folder, log });
    expect((await createStore(again, systemClock).knownDeliveries(accepted)).size).toBe(accepted.length);
    await again.close();
  });
});
