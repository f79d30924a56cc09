/** What the databases promise beyond the contract: moves of runs, retention, migrations. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../bot/db/sql/database.ts";
import { migrate } from "../../../bot/db/schema/migrate.ts";
import { MIGRATIONS } from "../../../bot/db/schema/migrations.ts";
import { createStore, type Enqueue, type RunStore } from "../../../bot/db/store.ts";
import { advance, isEnded, NEW_RUN } from "../../../src/model/run-states.ts";
import type { Run, StackRef } from "../../../src/model/run.ts";
import { systemClock } from "../../../src/index.ts";
import { aStack, createRun } from "../../fakes/store.ts";
import { aPreview } from "../../unit/bot/commands/previews/preview.ts";
import { happening } from "../../unit/bot/runs/happenings.ts";
import { aRequest, freshDatabase } from "./stores.ts";

const DAY = 86_400_000;
const apply = { owner: "ann", reason: "/apply" };

describe.each(["embedded", "postgres"] as const)("on %s", (kind) => {
  let db: Database;
  let store: RunStore;
  let reports: string[] = [];
  let now = Date.UTC(2026, 0, 1);
  beforeAll(async () => {
    db = await freshDatabase(kind);
    const enqueue: Enqueue = {
      deliveries: async () => {},
      run: async () => {},
      report: async (_sql, { runId }) => void reports.push(runId),
    };
    store = createStore(db, { ...systemClock, now: () => now }, enqueue);
  });

  it("keeps where a preview's stack is, with the commit before its last, until it is deleted there", async () => {
    const stack = { ...aStack({ repositoryId: 903 }), stage: "pr-7" };
    const one = { stack, account: "1", region: "eu-west-2", name: "shop", sha: "a", settings: { role: "r" } };
    const renamed = { ...one, name: "other", sha: "c" };
    await store.keepPreviewStack(one);
    await store.keepPreviewStack({ ...one, stack: { ...stack, directory: "apis/b" } });
    await store.keepPreviewStack({ ...one, stack: { ...stack, stage: "pr-8" } });
    expect(await store.previewStacks(stack)).toEqual([one]);
    await store.keepPreviewStack({ ...one, sha: "b", settings: {} });
    await store.keepPreviewStack({ ...one, sha: "b", settings: {} });
    await store.keepPreviewStack(renamed);
    const known = await store.previewStacks(stack);
    expect(new Set(known)).toEqual(new Set([{ ...one, sha: "b", baseSha: "a", settings: {} }, renamed]));
    await store.forgetPreviewStack(one);
    expect(await store.previewStacks(stack)).toEqual([renamed]);
  });

  it("keeps one version of a preview after the other, and the newest only", async () => {
    const { repository } = aStack({ repositoryId: 901 });
    const preview = aPreview({ repository, changedAt: new Date(now), expiresAt: new Date(now + DAY) });
    expect(await store.previewOf(901, 7)).toBeUndefined();
    expect([await store.setPreview(preview), await store.setPreview(preview)]).toEqual([true, false]);
    const off: typeof preview = { ...preview, version: 2, wanted: false, why: "off", asked: "9" };
    expect([await store.setPreview({ ...off, version: 3 }), await store.setPreview(off)]).toEqual([
      false,
      true,
    ]);
    expect(await store.previewOf(901, 7)).toEqual(off);
    const standing = async () => (await store.listPreviews()).filter((one) => one.repository.id === 901);
    await store.endPreview(preview);
    expect(await standing()).toEqual([off]);
    await store.endPreview(off);
    expect([await standing(), (await store.previewOf(901, 7))?.goneAt]).toEqual([[], new Date(now)]);
    expect(await store.setPreview({ ...preview, version: 3 })).toBe(true);
    expect(await standing()).toEqual([{ ...preview, version: 3 }]);
    await store.endPreview({ ...preview, version: 3 });
    expect(await standing()).toHaveLength(1);
  });

  it("a run does what the state machine says, whatever happens to it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 8 }), async (happenings) => {
        reports = [];
        const { id, stack } = await createRun(store, aRequest(aStack({ repositoryId: 500 })));
        let expected = NEW_RUN;
        for (const what of happenings) {
          const next = advance(expected, what);
          const happened =
            what.kind === "begin"
              ? (await store.beginRun(id, apply)).kind === "begun"
              : what.kind === "end"
                ? await store.endRun(id, what.attempt, { state: what.state })
                : what.kind === "hand-back"
                  ? await store.handBack(id, what.attempt)
                  : await store.requestCancel(id);
          expect(happened).toBe(next !== undefined);
          expected = next ?? expected;
          const { state, attempts, cancelRequested, endedAt } = (await store.getRun(id)) ?? expect.fail();
          expect({ state, attempts, cancelRequested }).toEqual(expected);
          expect(endedAt === undefined).toBe(!isEnded(expected.state));
          // An attempt takes the stack; an end gives it free and tells it, once.
          const holds = expected.attempts > 0 && !isEnded(expected.state);
          expect((await store.getLock(stack))?.runId).toBe(holds ? id : undefined);
          expect(await store.watchRun(id)).toEqual({ state, attempts, cancelRequested, holdsLock: holds });
          expect(reports).toEqual(isEnded(expected.state) ? [id] : []);
        }
        if (!isEnded(expected.state)) await store.endRun(id, expected.attempts, { state: "failed" });
      }),
      { numRuns: 60 },
    );
  });

  it("the plan of an attempt that was taken over is not kept", async () => {
    const plan = (id: string) =>
      ({ id, changes: [] as readonly unknown[], problems: [] as readonly unknown[] }) as NonNullable<
        Run["plan"]
      >;
    const { id } = await createRun(store, aRequest(aStack({ repositoryId: 501 })));
    await store.beginRun(id);
    await store.recordPlan(id, 1, plan("first"));
    await store.beginRun(id);
    await store.recordPlan(id, 1, plan("late"));
    expect(await store.getRun(id)).toMatchObject({ attempts: 2, plan: { id: "first" } });
    expect(await store.endRun(id, 1, { state: "failed" })).toBe(false);
    expect(await store.handBack(id, 1)).toBe(false);
    expect(await store.endRun(id, 2, { state: "failed" })).toBe(true);
    expect(await store.requestCancel(crypto.randomUUID())).toBe(false);
  });

  it("the lock of a run that ended without releasing it is free", async () => {
    const stack = aStack({ repositoryId: 502 });
    const run = await createRun(store, aRequest(stack));
    await store.beginRun(run.id, apply);
    await db.query("update gatewright.run set state = 'failed' where id = $1", [run.id]);
    expect(await store.acquireLock(stack, "ben", "release", {})).toMatchObject({ owner: "ben" });
    // Of a run nobody knows it stays: what is uncertain is locked.
    const other = aStack({ repositoryId: 503 });
    await store.beginRun((await createRun(store, aRequest(other))).id, apply);
    await db.query("update gatewright.stack_lock set run_id = gen_random_uuid() where repository_id = 503");
    expect(await store.acquireLock(other, "ben", "release", {})).toBeUndefined();
  });

  it("open runs are counted", async () => {
    const before = await store.openRuns();
    const { id } = await createRun(store, aRequest(aStack({ repositoryId: 504 })));
    expect(await store.openRuns()).toEqual({ ...before, queued: before.queued + 1 });
    await store.beginRun(id);
    expect(await store.openRuns()).toEqual({ ...before, running: before.running + 1 });
    await store.endRun(id, 1, { state: "succeeded" });
    expect(await store.openRuns()).toEqual(before);
  });

  it("what is old goes, what is open stays", async () => {
    reports = [];
    const old = await createRun(store, aRequest(aStack({ repositoryId: 505 })));
    const open = await createRun(store, aRequest(aStack({ repositoryId: 505 })));
    for (const run of [old, open]) {
      await store.beginRun(run.id);
      await store.appendEvent(run.id, { kind: "log", text: "x" }, new Date(now));
    }
    await store.endRun(old.id, 1, { state: "succeeded" });
    await store.acceptDelivery({ id: "old", event: "push", payload: "{}", receivedAt: new Date(now) });
    await store.claim("command/505/1", "old");
    await store.setPosted({ repositoryId: 505, kind: "reply", key: "1" }, 77);
    await store.setReviewedPlan(old.stack, 7, { digest: "0123456789ab", sha: "1a2b" });
    await store.claimProject({ repositoryId: 505, stage: "dev", name: "shop", directory: "." });
    expect(await store.prune()).toMatchObject({ deliveries: 0, events: 0, runs: 0 });
    now += 100 * DAY;
    await store.acceptDelivery({ id: "new", event: "push", payload: "{}", receivedAt: new Date(now) });
    expect(await store.prune()).toMatchObject({ deliveries: 1, claims: 0, runs: 0, posted: 0 });
    expect(await store.knownDeliveries(["old", "new"])).toEqual(new Set(["new"]));
    expect(await store.eventsOf(old.id)).toEqual([]);
    expect(await store.eventsOf(open.id)).toHaveLength(1);
    now += 300 * DAY;
    expect(await store.prune()).toMatchObject({ claims: 1, posted: 1, pullStacks: 1, projects: 1 });
    expect(await store.getRun(old.id)).toBeUndefined();
    expect(await store.getRun(open.id)).toBeDefined();
    expect(await store.claim("command/505/1", "other")).toEqual({});
  });

  it("whose a stack is goes when the stack does, however long nothing was written", async () => {
    const owned = {
      repositoryId: 506,
      account: "123456789012",
      region: "eu-west-2",
      stage: "dev",
      name: "till",
    };
    const claim = { repositoryId: 506, stage: "dev", name: "till" };
    await store.claimProject({ ...claim, directory: "apis/till" });
    expect(await store.takeStack(owned, false)).toBe(506);
    now += 800 * DAY;
    expect(await store.prune()).toMatchObject({ projects: 0 });
    const other = { ...owned, repositoryId: 507 };
    expect(await store.ownerOfStack(other)).toBe(506);
    expect(await store.takeStack(other, false)).toBe(506);
    expect(await store.claimProject({ ...claim, directory: "apis/other" })).toBe("apis/till");
    await store.releaseStack(owned);
    now += 800 * DAY;
    expect(await store.prune()).toMatchObject({ projects: 1 });
    expect(await store.takeStack(other, false)).toBe(507);
  });

  describe("a hold", () => {
    const take = (stack: StackRef, pull: number) =>
      store.takeHold({ stack, pull, login: "ann", sha: "1a2b" });
    const merge = (stack: StackRef, pull: number) =>
      createRun(
        store,
        aRequest(stack, { cause: { by: "merge", login: "bob", pull, commit: `merge of ${pull}` } }),
      );

    it("is one pull request's, until it ends; taken again it is as old as it was", async () => {
      const stack = aStack({ repositoryId: 601 });
      expect(await take(stack, 12)).toBe(true);
      const since = (await store.holdOf(stack))?.since;
      now += 1000;
      expect(await take(stack, 13)).toBe(false);
      expect(await take(stack, 12)).toBe(true);
      expect(await store.holdOf(stack)).toMatchObject({ pull: 12, sha: "1a2b", since });
      expect(await store.listHolds([601])).toHaveLength(1);
      await store.endHold({ stack, pull: 13 }, "over");
      expect(await store.holdOf(stack)).toMatchObject({ pull: 12 });
      await store.endHold({ stack, pull: 12 }, "over");
      expect(await store.holdOf(stack)).toBeUndefined();
    });

    it("of a rollback is taken by further rollbacks alone, and forgotten when it is released", async () => {
      const stack = aStack({ repositoryId: 605 });
      expect(await take(stack, 12)).toBe(true);
      const back = { stack, login: "ben", sha: "0000", rollback: true } as const;
      expect(await store.takeHold({ ...back, pull: 7 })).toBe(false);
      expect(await store.takeHold({ ...back, pull: 12 })).toBe(true);
      expect(await store.takeHold({ stack, pull: 12, login: "ana", sha: "1a2c" })).toBe(false);
      expect(await store.takeHold({ ...back, pull: 7, sha: "0001" })).toBe(true);
      expect(await store.holdOf(stack)).toMatchObject({ pull: 7, sha: "0001", rollback: true });
      await store.endHold({ stack, pull: 7 }, "over");
      expect(await store.takeHold({ stack, pull: 12, login: "ana", sha: "1a2c" })).toBe(true);
      expect(await store.holdOf(stack)).not.toHaveProperty("rollback");
    });

    it("of a closed pull request holds nothing, is known, and is taken by the next", async () => {
      const stack = aStack({ repositoryId: 602 });
      await take(stack, 12);
      await store.endHold({ stack, pull: 12 }, "closed");
      expect(await store.holdOf(stack)).toMatchObject({ pull: 12, closedAt: new Date(now) });
      expect(await take(stack, 13)).toBe(true);
      expect(await store.holdOf(stack)).toEqual(expect.not.objectContaining({ closedAt: expect.anything() }));
    });

    it("lets a merge wait without its job, and queues it again when it ends", async () => {
      const stack = aStack({ repositoryId: 603 });
      await take(stack, 12);
      const [other, own] = [await merge(stack, 13), await merge(stack, 12)];
      expect(await store.beginRun(other.id, apply)).toMatchObject({ kind: "held", by: { pull: 12 } });
      expect(await store.getRun(other.id)).toMatchObject({ state: "waiting", attempts: 0 });
      expect(reports).toContain(other.id);
      // Its job may come twice.
      expect(await store.beginRun(other.id, apply)).toEqual({ kind: "over" });
      expect(await store.beginRun(own.id, apply)).toMatchObject({ kind: "begun" });
      await store.endRun(own.id, 1, { state: "succeeded" });
      expect(await store.endHold({ stack, pull: 12 }, "closed")).toBe(1);
      expect(await store.beginRun(other.id, apply)).toMatchObject({ kind: "begun" });
    });

    it("refuses a command, which does not wait; what waits can be cancelled", async () => {
      const stack = aStack({ repositoryId: 604 });
      await take(stack, 12);
      const command = await createRun(
        store,
        aRequest(stack, { cause: { by: "command", login: "bob", pull: 13, commentId: 5 } }),
      );
      expect(await store.beginRun(command.id, apply)).toMatchObject({ kind: "held" });
      expect(await store.getRun(command.id)).toMatchObject({ state: "queued" });
      const waiting = await merge(stack, 14);
      await store.beginRun(waiting.id, apply);
      expect(await store.requestCancel(waiting.id)).toBe(true);
      expect(await store.getRun(waiting.id)).toMatchObject({ state: "cancelled" });
      expect(await store.endHold({ stack, pull: 12 }, "over")).toBe(0);
    });
  });

  it("migrations are done once, in order, or not at all", async () => {
    await Promise.all([migrate(db), migrate(db)]);
    const next = {
      version: MIGRATIONS.length + 1,
      sql: "create table gatewright.extra (a int); insert into gatewright.extra values (1);",
    };
    await expect(
      migrate(db, [...MIGRATIONS, { ...next, sql: `${next.sql} select broken;` }]),
    ).rejects.toThrow("broken");
    await Promise.all([migrate(db, [...MIGRATIONS, next]), migrate(db, [...MIGRATIONS, next])]);
    expect(await db.query("select a from gatewright.extra")).toEqual([{ a: 1 }]);
    await expect(migrate(db)).rejects.toMatchObject({ code: "DATABASE_NEWER" });
  });
});
