/** Queue and worker together, on each database: order, one at a time, cancelling, draining, locks. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../bot/db/sql/database.ts";
import { createStore } from "../../../bot/db/store.ts";
import type { RunHooks } from "../../../bot/runs/attempt.ts";
import type { Run, StackRef } from "../../../src/model/run.ts";
import { fail, GatewrightError, systemClock } from "../../../src/index.ts";
import { aStack, createRun } from "../../fakes/store.ts";
import { ended, startBot, until } from "./bots.ts";
import { anApplyResult, writeSteps } from "./steps.ts";
import { aRequest, freshDatabase } from "./stores.ts";

let stacks = 1000;
function freshStack(): StackRef {
  stacks += 1;
  return aStack({ repositoryId: stacks });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(["embedded", "postgres"] as const)("runs on %s", (kind) => {
  let db: Database;
  beforeAll(async () => {
    db = await freshDatabase(kind);
  });

  it("go one at a time per stack, in order, different stacks side by side", async () => {
    const active = new Map<number, string>();
    const order = new Map<number, string[]>();
    let met = (): void => {};
    const sideBySide = new Promise<void>((resolve) => {
      met = resolve;
    });
    const bot = await startBot({
      db,
      carryOut: async (run) => {
        const key = run.stack.repository.id;
        expect(active.get(key)).toBeUndefined();
        active.set(key, run.id);
        order.set(key, [...(order.get(key) ?? []), run.id]);
        if (active.size === 2) met();
        await sideBySide;
        await pause(20);
        active.delete(key);
        return { result: anApplyResult() };
      },
    });
    const [one, other] = [freshStack(), freshStack()];
    const asked: Run[] = [];
    for (let index = 0; index < 16; index += 1)
      asked.push(await createRun(bot.store, aRequest(index % 2 === 0 ? one : other)));
    for (const { id } of asked)
      expect(await ended(bot.store, id)).toMatchObject({ state: "succeeded", attempts: 1 });
    const idsOf = (stack: StackRef): readonly string[] =>
      asked.filter((run) => run.stack.repository.id === stack.repository.id).map(({ id }) => id);
    expect(order.get(one.repository.id)).toEqual(idsOf(one));
    expect(order.get(other.repository.id)).toEqual(idsOf(other));
    const ids = asked.map(({ id }) => id);
    await until("every result is told", () => bot.reportedParts(...ids).length >= 16);
    expect(new Set(bot.reportedParts(...ids)).size).toBe(16);
    expect(await bot.store.listLocks()).toEqual([]);
  });

  it("of one repository leave places for those of others, however many they are", async () => {
    const [crowd, other] = [freshStack(), freshStack()];
    const atOnce: string[] = [];
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bot = await startBot({
      db,
      carryOut: async (run) => {
        if (run.stack.repository.id === other.repository.id) return {};
        atOnce.push(run.id);
        await released;
        return {};
      },
    });
    const looping = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        createRun(bot.store, aRequest({ ...crowd, directory: `apis/${index}` }, { kind: "plan" })),
      ),
    );
    await until("the repository has its places", () => atOnce.length === 3);
    const asked = await createRun(bot.store, aRequest(other, { kind: "plan" }));
    expect(await ended(bot.store, asked.id)).toMatchObject({ state: "succeeded" });
    expect(atOnce).toHaveLength(3);
    release();
    for (const { id } of looping) expect(await ended(bot.store, id)).toMatchObject({ state: "succeeded" });
  });

  it("of stages do not wait for previews, however many pull requests are pushed to", async () => {
    const stage = freshStack();
    const previewed: string[] = [];
    const released = Promise.withResolvers<void>();
    const bot = await startBot({
      db,
      runs: 2,
      carryOut: async (run) => {
        if (run.stack.stage === "dev") return { result: anApplyResult() };
        previewed.push(run.id);
        await released.promise;
        return { result: anApplyResult() };
      },
    });
    const burst = await Promise.all(
      Array.from({ length: 24 }, (_, index) => {
        const pull = index + 1;
        const cause = { by: "preview", login: "ann", pull, version: 1, why: "push" } as const;
        return createRun(bot.store, aRequest({ ...stage, stage: `pr-${pull}` }, { cause }));
      }),
    );
    await until("previews have their place", () => previewed.length === 1);
    for (const one of [stage, freshStack()]) {
      const asked = await createRun(bot.store, aRequest(one));
      expect(await ended(bot.store, asked.id)).toMatchObject({ state: "succeeded" });
    }
    expect(previewed).toHaveLength(1);
    released.resolve();
    for (const { id } of burst) expect(await ended(bot.store, id)).toMatchObject({ state: "succeeded" });
  });

  it("end with a code when three processes died under them before their first step", async () => {
    let carried = 0;
    const carryOut = async (run: Run, hooks: RunHooks) => {
      carried += 1;
      return writeSteps(run, hooks, { steps: 1, stepMs: 1, write: () => {} });
    };
    const bot = await startBot({ db, carryOut, runs: 1 });
    await bot.stop();
    const store = createStore(db, systemClock);
    const [fatal, begun, drained] = await Promise.all(
      [1, 2, 3].map(() => createRun(bot.store, aRequest(freshStack()))),
    );
    for (const run of [fatal, begun, drained])
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const claim = { owner: "ann", reason: "/apply" };
        expect(await store.beginRun(run?.id ?? "", claim)).toMatchObject({
          kind: "begun",
          run: { attempts: attempt },
        });
        if (run === drained) expect(await store.handBack(drained?.id ?? "", attempt)).toBe(true);
      }
    const step = { kind: "step-started", key: "x", action: "create", at: 1 } as never;
    await store.appendEvent(begun?.id ?? "", step, new Date());
    const next = await startBot({ db, carryOut, runs: 1 });
    expect(await ended(next.store, fatal?.id ?? "")).toMatchObject({
      state: "failed",
      attempts: 4,
      error: { code: "RUN_KILLED" },
    });
    expect(await next.store.getLock(fatal?.stack ?? freshStack())).toBeUndefined();
    // One that has changed something is resumed, and a process that handed its runs back has not died.
    for (const run of [begun, drained])
      expect(await ended(next.store, run?.id ?? "")).toMatchObject({ state: "succeeded", attempts: 4 });
    expect(carried).toBe(2);
  });

  it("do not wait between one and the next", { timeout: 240_000 }, async () => {
    // With such a pause between each, it would be ten minutes.
    const bot = await startBot({
      db,
      carryOut: async () => ({ result: anApplyResult() }),
      runs: 1,
      lookMs: 10_000,
    });
    const stack = freshStack();
    const asked = await Promise.all(Array.from({ length: 60 }, () => createRun(bot.store, aRequest(stack))));
    for (const { id } of asked)
      expect(await ended(bot.store, id, 120_000)).toMatchObject({ state: "succeeded" });
  });

  it("keep what happens: events in order, the plan, the result, the time", async () => {
    const plan = { id: "0123456789ab", changes: [], problems: [] } as never;
    const bot = await startBot({
      db,
      carryOut: async (run, hooks) => {
        hooks.onPlan(plan);
        return writeSteps(run, hooks, { steps: 2, stepMs: 1, write: () => {} });
      },
    });
    const { id } = await createRun(bot.store, aRequest(freshStack()));
    const run = await ended(bot.store, id);
    expect(run).toMatchObject({ state: "succeeded", attempts: 1, plan, result: { succeeded: true } });
    expect(run.startedAt).toBeInstanceOf(Date);
    expect(run.endedAt?.getTime()).toBeGreaterThanOrEqual(run.startedAt?.getTime() ?? Number.NaN);
    expect((await bot.store.eventsOf(id)).map(({ event }) => event.kind)).toEqual([
      "plan",
      "step-started",
      "step-finished",
      "step-started",
      "step-finished",
    ]);
  });

  it("fail with the error's code, and the queue goes on", async () => {
    const bot = await startBot({
      db,
      carryOut: async (run) => {
        if (run.sha === "bug") throw new TypeError("x is undefined");
        throw new GatewrightError("PLAN_STALE", "plan a is b now", { hint: "Plan again." });
      },
    });
    const stack = freshStack();
    const stale = await createRun(bot.store, aRequest(stack));
    const bug = await createRun(bot.store, aRequest(stack, { sha: "bug" }));
    expect(await ended(bot.store, stale.id)).toMatchObject({
      state: "failed",
      error: { code: "PLAN_STALE", message: "plan a is b now", hint: "Plan again." },
    });
    expect(await ended(bot.store, bug.id)).toMatchObject({
      state: "failed",
      error: { code: "INTERNAL", message: "TypeError: x is undefined" },
    });
    expect(await bot.store.getLock(stack)).toBeUndefined();
  });

  it("stop between two steps when cancelled; one that waits ends at once", async () => {
    let written = 0;
    const bot = await startBot({
      db,
      carryOut: (run, hooks) =>
        writeSteps(run, hooks, {
          steps: 1000,
          stepMs: 20,
          write: () => {
            written += 1;
          },
        }),
    });
    const stack = freshStack();
    const running = await createRun(bot.store, aRequest(stack));
    const waiting = await createRun(bot.store, aRequest(stack));
    await until("it writes", () => written > 2);
    expect(await bot.store.requestCancel(waiting.id)).toBe(true);
    expect(await bot.store.getRun(waiting.id)).toMatchObject({ state: "cancelled", attempts: 0 });
    expect(await bot.store.requestCancel(running.id)).toBe(true);
    const run = await ended(bot.store, running.id);
    expect(run).toMatchObject({ state: "cancelled", result: { cancelled: true } });
    expect(written).toBeLessThan(500);
    await until("both are told", () => bot.reportedParts(running.id, waiting.id).length === 2);
    // A cancel that comes too late changes nothing.
    expect(await bot.store.requestCancel(running.id)).toBe(false);
    expect(await bot.store.getRun(running.id)).toEqual(run);
  });

  it("never write without the lock: plans not at all, applies only while they hold it", async () => {
    const seen: unknown[] = [];
    let hooks: RunHooks | undefined;
    let go: () => void = () => {};
    const bot = await startBot({
      db,
      carryOut: async (run, given) => {
        if (run.kind === "plan") {
          await given.beforeWrite("x").catch((error: unknown) => seen.push(error));
          return {};
        }
        hooks = given;
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        return writeSteps(run, given, { steps: 3, stepMs: 1, write: (step) => seen.push(step) });
      },
    });
    const stack = freshStack();
    const planned = await createRun(bot.store, aRequest(stack, { kind: "plan" }));
    expect(await ended(bot.store, planned.id)).toMatchObject({ state: "succeeded" });
    expect(seen).toMatchObject([{ code: "RUN_READ_ONLY" }]);
    seen.length = 0;

    const applied = await createRun(bot.store, aRequest(stack));
    await until("it is at it", () => hooks !== undefined);
    const lock = await bot.store.getLock(stack);
    expect(lock).toMatchObject({ owner: "ann", runId: applied.id, pull: 7, reason: "/apply" });
    await hooks?.beforeWrite("y");
    // A run's lock is nobody's to release: as if an operator had removed the row.
    if (lock !== undefined) await bot.store.releaseLock(lock);
    await hooks?.beforeWrite("y");
    await db.query("delete from gatewright.stack_lock where run_id = $1", [applied.id]);
    go();
    expect(await ended(bot.store, applied.id)).toMatchObject({
      state: "failed",
      error: { code: "LOCK_LOST" },
    });
    expect(seen).toEqual([]);
  });

  it("are refused by a person's lock; the person's own pull request passes and the lock comes back", async () => {
    const bot = await startBot({ db, carryOut: async () => ({ result: anApplyResult() }) });
    const stack = freshStack();
    const lock = await bot.store.acquireLock(stack, "Ann", "release", { pull: 7 });
    const ben = await createRun(
      bot.store,
      aRequest(stack, { cause: { by: "command", login: "ben", pull: 7, commentId: 1 } }),
    );
    expect(await ended(bot.store, ben.id)).toMatchObject({
      state: "failed",
      error: { code: "LOCKED", message: "the stack is locked by Ann: release" },
    });
    const elsewhere = await createRun(
      bot.store,
      aRequest(stack, { cause: { by: "command", login: "ann", pull: 8, commentId: 2 } }),
    );
    expect(await ended(bot.store, elsewhere.id)).toMatchObject({
      state: "failed",
      error: { code: "LOCKED" },
    });
    const planned = await createRun(bot.store, aRequest(stack, { kind: "plan" }));
    expect(await ended(bot.store, planned.id)).toMatchObject({ state: "succeeded" });
    const ann = await createRun(bot.store, aRequest(stack));
    expect(await ended(bot.store, ann.id)).toMatchObject({ state: "succeeded" });
    const back = await bot.store.getLock(stack);
    expect(back).toMatchObject({ owner: "Ann", reason: "release", pull: 7, since: lock?.since });
    expect(back?.runId).toBeUndefined();
  });

  it("are handed back when the process drains, and go on in the next one as a new attempt", async () => {
    const written: number[] = [];
    const attempts: number[] = [];
    const carryOut = async (run: Run, hooks: RunHooks) => {
      attempts.push(run.attempts);
      expect(await bot.store.getLock(run.stack)).toMatchObject({ runId: run.id });
      expect(hooks.resuming).toBe(run.attempts > 1);
      return writeSteps(run, hooks, {
        from: written.length,
        steps: 12,
        stepMs: 30,
        write: (step) => written.push(step),
      });
    };
    const bot = await startBot({ db, carryOut });
    const stack = freshStack();
    const first = await createRun(bot.store, aRequest(stack));
    const second = await createRun(bot.store, aRequest(stack));
    await until("it writes", () => written.length > 2);
    await Promise.all([bot.stop(), bot.stop()]);
    expect(await bot.store.getRun(first.id)).toMatchObject({ state: "queued", attempts: 1 });
    expect(await bot.store.getRun(second.id)).toMatchObject({ state: "queued", attempts: 0 });
    const handedBack = written.length;
    expect(handedBack).toBeLessThan(12);
    // Meanwhile the stack is still that run's.
    expect(await bot.store.getLock(stack)).toMatchObject({ runId: first.id });

    const next = await startBot({ db, carryOut });
    expect(await ended(next.store, first.id)).toMatchObject({ state: "succeeded", attempts: 2 });
    expect(written.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await ended(next.store, second.id);
    expect(attempts).toEqual([1, 2, 1]);
    await until("both are told", () => next.reportedParts(first.id, second.id).length === 2);
    expect(bot.reportedParts(first.id, second.id)).toEqual([]);
  });

  it("are told again until it works, once", async () => {
    const tries: number[] = [];
    const bot = await startBot({
      db,
      carryOut: async () => ({}),
      report: async (run, attempt) => {
        if (run.sha !== "ill") return;
        tries.push(attempt);
        if (attempt < 2) fail("GITHUB_ERROR", "GitHub answered 502");
      },
    });
    const { id } = await createRun(bot.store, aRequest(freshStack(), { kind: "plan", sha: "ill" }));
    await until("it is told", () => bot.reportedParts(id).length === 1);
    expect(tries).toEqual([1, 2]);
    const log = bot.log.lines.join("\n");
    expect(log).toContain("GITHUB_ERROR: GitHub answered 502");
    expect(log).not.toContain("queue.test.ts");
  });

  it("are found again when their job is gone", async () => {
    const bot = await startBot({ db, carryOut: async () => ({}), runs: 1 });
    await bot.stop();
    const lost = await createRun(bot.store, aRequest(freshStack(), { kind: "plan" })).catch(() => undefined);
    expect(lost).toBeDefined();
    await db.query("delete from gatewright_queue.job where data ->> 'runId' = $1", [lost?.id]);
    const next = await startBot({ db, carryOut: async () => ({}), runs: 1 });
    expect(await ended(next.store, lost?.id ?? "")).toMatchObject({ state: "succeeded" });
  });
});

describe.each(["embedded", "postgres"] as const)("deliveries on %s", (kind) => {
  it("are handled once each, and again when that fails", async () => {
    const db = await freshDatabase(kind);
    const handled: string[] = [];
    const bot = await startBot({
      db,
      carryOut: async () => ({}),
      delivery: async (id, attempt) => {
        handled.push(`${id} ${attempt}`);
        if (id === "ill" && attempt === 1) throw new Error("not now");
      },
    });
    const deliver = (id: string): Promise<boolean> =>
      bot.store.acceptDelivery({ id, event: "push", payload: "{}", receivedAt: new Date() });
    const accepted = await Promise.all([..."abcabc"].map(deliver));
    await deliver("ill");
    expect(accepted).toEqual([true, true, true, false, false, false]);
    await until("all are handled", () => handled.length >= 5);
    expect([...handled].sort()).toEqual(["a 1", "b 1", "c 1", "ill 1", "ill 2"]);
    expect(await bot.store.getDelivery("a")).toMatchObject({ id: "a", event: "push", payload: "{}" });
    expect(await bot.store.getDelivery("z")).toBeUndefined();
  });

  it("of one repository leave room for those of others, however long they take", async () => {
    const db = await freshDatabase(kind);
    const handled: string[] = [];
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const bot = await startBot({
      db,
      carryOut: async () => ({}),
      delivery: async (id) => {
        handled.push(id);
        if (id.startsWith("crowd")) await released;
      },
    });
    const deliver = (id: string, repository: number): Promise<boolean> =>
      bot.store.acceptDelivery({
        id,
        event: "push",
        payload: JSON.stringify({ repository: { id: repository } }),
        receivedAt: new Date(),
      });
    await Promise.all(Array.from({ length: 10 }, (_, index) => deliver(`crowd ${index}`, 1)));
    await until("the crowd has its place", () => handled.length === 1);
    await deliver("other", 2);
    await until("the other one is handled", () => handled.includes("other"));
    expect(handled).toHaveLength(2);
    release();
    await until("all are handled", () => handled.length === 11);
  });

  it("are only remembered without a payload", async () => {
    const handled: string[] = [];
    const db = await freshDatabase(kind);
    const delivery = async (id: string): Promise<void> => void handled.push(id);
    const bot = await startBot({ db, carryOut: async () => ({}), delivery });
    const deliver = (id: string, payload: string): Promise<boolean> =>
      bot.store.acceptDelivery({ id, event: "push", payload, receivedAt: new Date() });
    expect(await deliver("of no concern", "")).toBe(true);
    expect(await deliver("of no concern", "")).toBe(false);
    // Deliveries are handled in the order of their arrival.
    await deliver("a push", "{}");
    await until("the push is handled", () => handled.includes("a push"));
    expect(handled).toEqual(["a push"]);
    expect(await bot.store.knownDeliveries(["of no concern"])).toEqual(new Set(["of no concern"]));
  });
});
