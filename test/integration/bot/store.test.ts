/** What every store promises, held against each: in memory, embedded and on a server. */
import { beforeAll, describe, expect, it } from "vitest";
import { createStore } from "../../../bot/db/store.ts";
import type { Delivery, Store } from "../../../bot/services/store.ts";
import type { Run, RunEvent, StackRef } from "../../../src/model/run.ts";
import { aStack, createMemoryStore, createRun } from "../../fakes/store.ts";
import { blocked, everyday } from "../../fixtures/plans.ts";
import { systemClock } from "../../../src/index.ts";
import { aRequest, freshDatabase } from "./stores.ts";

const STORES: readonly [string, () => Promise<Store>][] = [
  ["in memory", async () => createMemoryStore()],
  ["embedded", async () => createStore(await freshDatabase("embedded"), systemClock)],
  ["on Postgres", async () => createStore(await freshDatabase("postgres"), systemClock)],
];

let stacks = 100;
function freshStack(): StackRef {
  stacks += 1;
  return aStack({ repositoryId: stacks });
}

function aDelivery(id: string = crypto.randomUUID(), payload = "{}"): Delivery {
  return { id, event: "issue_comment", payload, receivedAt: new Date() };
}

describe.each(STORES)("a store %s", (_name, make) => {
  let store: Store;
  beforeAll(async () => {
    store = await make();
  });

  it("takes a delivery once, also when it comes twice at the same time", async () => {
    const delivery = aDelivery();
    const answers = await Promise.all([
      store.acceptDelivery(delivery),
      store.acceptDelivery(delivery),
      store.acceptDelivery(aDelivery()),
    ]);
    expect(answers.filter(Boolean)).toHaveLength(2);
    expect(await store.acceptDelivery(delivery)).toBe(false);
    expect(await store.knownDeliveries([delivery.id, "unknown"])).toEqual(new Set([delivery.id]));
    expect(await store.knownDeliveries([])).toEqual(new Set());
  });

  it("takes many deliveries at once, each with its own answer", async () => {
    const ids = Array.from({ length: 500 }, () => crypto.randomUUID());
    const answers = await Promise.all([...ids, ...ids].map((id) => store.acceptDelivery(aDelivery(id))));
    expect(answers.filter(Boolean)).toHaveLength(500);
    expect((await store.knownDeliveries(ids)).size).toBe(500);
  });

  it("lets whoever comes first have a claim, and the same one again with what it came to", async () => {
    expect(await store.claim("command/1/2", "first")).toEqual({});
    expect(await store.claim("command/1/2", "second")).toBeUndefined();
    await store.settle("command/1/2", "done");
    expect(await store.claim("command/1/2", "first")).toMatchObject({ outcome: "done" });
    expect(await store.claim("command/1/2")).toBeUndefined();
    expect(await store.claim("command/1/3")).toEqual({});
    expect(await store.claim("command/1/3")).toBeUndefined();
    expect(await store.claim("command/2/2", "first")).toEqual({});
  });

  it("keeps a run as it was asked for", async () => {
    const request = aRequest(freshStack(), {
      planId: "0123456789ab",
      adopt: ["my-api"],
      text: "/apply 0123456789ab",
    });
    const run = await createRun(store, request);
    expect(run).toMatchObject({ ...request, state: "queued", attempts: 0, cancelRequested: false });
    expect(run.createdAt).toBeInstanceOf(Date);
    expect(await store.getRun(run.id)).toEqual(run);
    expect(await store.getRun(crypto.randomUUID())).toBeUndefined();
    expect(await store.getRun("no-id")).toBeUndefined();
  });

  it("makes one run of one command, also for two deliveries at once", async () => {
    const request = aRequest(freshStack());
    const [one, other] = await Promise.all([
      createRun(store, request),
      createRun(store, { ...request, group: crypto.randomUUID() }),
    ]);
    expect(one.id).toBe(other.id);
    expect(one.group).toBe(other.group);
    expect(await store.listRuns({ stack: request.stack })).toHaveLength(1);
    const plan = await createRun(store, { ...request, kind: "plan" });
    expect(plan.id).not.toBe(one.id);
    const scheduled = { ...request, cause: { by: "schedule" } as const };
    expect((await createRun(store, scheduled)).id).not.toBe((await createRun(store, scheduled)).id);
    const slotted = { ...request, cause: { by: "schedule", slot: "daily 20000" } as const };
    expect((await createRun(store, slotted)).id).toBe((await createRun(store, slotted)).id);
  });

  it("lists runs, newest first, by what is asked", async () => {
    const stack = freshStack();
    const first = await createRun(store, aRequest(stack));
    const second = await createRun(store, aRequest(stack, { group: first.group }));
    const other = await createRun(store, aRequest(freshStack()));
    await store.beginRun(first.id);
    const ids = async (filter: Parameters<Store["listRuns"]>[0]): Promise<readonly string[]> =>
      (await store.listRuns(filter)).map(({ id }) => id);
    expect(await ids({ stack })).toEqual([second.id, first.id]);
    expect(await ids({ stack, states: ["running"] })).toEqual([first.id]);
    expect(await ids({ group: first.group })).toEqual([second.id, first.id]);
    expect(await ids({ repositoryIds: [stack.repository.id, other.stack.repository.id] })).toEqual([
      other.id,
      second.id,
      first.id,
    ]);
    expect(await ids({ repositoryIds: [] })).toEqual([]);
    expect(await ids({ stack, limit: 1 })).toEqual([second.id]);
  });

  it("keeps what becomes of a run, whatever characters are in it", async () => {
    const run = await createRun(store, aRequest(freshStack()));
    expect(await store.beginRun(run.id)).toMatchObject({ kind: "begun", run: { id: run.id, attempts: 1 } });
    const error = { code: "X", message: "nul \0, quote ', backslash \\, 🚀, \ud800" };
    expect(await store.endRun(run.id, 1, { state: "failed", error })).toBe(true);
    const ended = await store.getRun(run.id);
    expect(ended).toMatchObject({ state: "failed", attempts: 1, cancelRequested: false, error });
    expect(ended?.startedAt).toBeInstanceOf(Date);
    expect(ended?.endedAt).toBeInstanceOf(Date);
    expect(await store.beginRun(run.id)).toEqual({ kind: "over" });
    expect(await store.requestCancel(run.id)).toBe(false);
  });

  it("records what was told of a group, part by part", async () => {
    expect(await store.reportedParts("a")).toEqual(new Map());
    await store.recordReported("a", "answer", 1);
    await store.recordReported("a", "check/1", 1);
    await store.recordReported("a", "answer", 2);
    await store.recordReported("b", "answer", 7);
    expect(await store.reportedParts("a")).toEqual(
      new Map([
        ["answer", 2],
        ["check/1", 1],
      ]),
    );
  });

  it("makes the runs of a group together, or none of them", async () => {
    const stack = freshStack();
    const request = aRequest(stack);
    const more = { ...request, stack: { ...stack, directory: "a" } };
    const runs = await store.createRuns([request, more]);
    expect(runs.map(({ group }) => group)).toEqual([request.group, request.group]);
    expect(await store.createRuns([more, request])).toEqual([runs[1], runs[0]]);
    expect((await store.runsOf(request.group)).map(({ id }) => id)).toEqual(runs.map(({ id }) => id));
    expect(await store.createRuns([])).toEqual([]);
    expect(await store.runsOf("nobody's")).toEqual([]);
  });

  it("lists runs without their plans and results, with their counts", async () => {
    const stack = freshStack();
    const { id, group } = await createRun(store, aRequest(stack));
    const none = { create: 0, update: 0, replace: 0, redeploy: 0, delete: 0, "no-op": 0 };
    const counts = { ...none, create: 1, update: 2 };
    const changes = [{ action: "create" }, { action: "update" }, { action: "update" }];
    const plan = { id: "x", changes, problems: [], text: "\0" } as unknown as NonNullable<Run["plan"]>;
    await store.beginRun(id);
    expect((await store.listRuns({ stack }))[0]).not.toHaveProperty("counts");
    await store.recordPlan(id, 1, plan);
    const [summary] = await store.listRuns({ stack });
    expect(summary).toMatchObject({ id, state: "running", counts });
    expect(summary).not.toHaveProperty("plan");
    const applied = { ...plan, changes: plan.changes.slice(1) };
    const result = { plan: applied, results: [] } as unknown as NonNullable<Run["result"]>;
    await store.endRun(id, 1, { state: "succeeded", result });
    const [ended] = await store.listRuns({ group });
    expect(ended).toMatchObject({ state: "succeeded", counts: { ...none, update: 2 } });
    expect(ended).not.toHaveProperty("result");
    expect(await store.runsOf(group)).toMatchObject([{ plan, result, counts: { ...none, update: 2 } }]);
  });

  it("lists runs by what they do, and page by page from any of them", async () => {
    const stack = freshStack();
    const plan = await createRun(store, aRequest(stack, { kind: "plan" }));
    const apply = await createRun(store, aRequest(stack, { kind: "apply" }));
    const destroy = await createRun(store, aRequest(stack, { kind: "destroy" }));
    const ids = async (filter: Parameters<Store["listRuns"]>[0]): Promise<readonly string[]> =>
      (await store.listRuns({ stack, ...filter })).map(({ id }) => id);
    expect(await ids({ kinds: ["apply", "destroy"] })).toEqual([destroy.id, apply.id]);
    expect(await ids({ before: destroy.id })).toEqual([apply.id, plan.id]);
    expect(await ids({ before: destroy.id, kinds: ["plan"], limit: 1 })).toEqual([plan.id]);
    expect(await ids({ before: plan.id })).toEqual([]);
    expect(await ids({ before: crypto.randomUUID() })).toEqual([]);
    expect(await ids({ before: "no id" })).toEqual([]);
  });

  it("says of a run whether its plan is blocked, also when a later one is not", async () => {
    const stack = freshStack();
    const { id } = await createRun(store, aRequest(stack));
    const [problem] = blocked().problems;
    expect(problem?.severity).toBe("error");
    await store.beginRun(id);
    await store.recordPlan(id, 1, blocked());
    expect((await store.listRuns({ stack }))[0]).toMatchObject({ blocked: true });
    const found = async (isBlocked: boolean) =>
      (await store.listRuns({ stack, blocked: isBlocked })).map((run) => run.id);
    expect([await found(true), await found(false)]).toEqual([[id], []]);
    await store.endRun(id, 1, { state: "succeeded", plan: everyday() });
    expect((await store.listRuns({ stack }))[0]?.blocked).toBeUndefined();
  });

  it("keeps the step record in order", async () => {
    const run = await createRun(store, aRequest(freshStack()));
    const log = (text: string): RunEvent["event"] => ({ kind: "log", text });
    const at = new Date("2026-01-02T03:04:05.678Z");
    for (const text of ["one", "two", "three \0"]) await store.appendEvent(run.id, log(text), at);
    const events = await store.eventsOf(run.id);
    expect(events).toEqual([
      { runId: run.id, sequence: 1, at, event: log("one") },
      { runId: run.id, sequence: 2, at, event: log("two") },
      { runId: run.id, sequence: 3, at, event: log("three \0") },
    ]);
    expect(await store.eventsOf(run.id, 2)).toEqual(events.slice(2));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.appendEvent(run.id, log(`${index}`), at)),
    );
    expect((await store.eventsOf(run.id)).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 23 }, (_, index) => index + 1),
    );
  });

  it("gives a stack to one, and tells who", async () => {
    const stack = freshStack();
    const answers = await Promise.all(
      ["ann", "ben", "cat"].map((owner) => store.acquireLock(stack, owner, "release", { pull: 7 })),
    );
    const [lock, ...more] = answers.filter((answer) => answer !== undefined);
    expect(more).toEqual([]);
    expect(lock).toMatchObject({ reason: "release", pull: 7, stack });
    expect(await store.getLock(stack)).toEqual(lock);
    expect(await store.getLock(freshStack())).toBeUndefined();
    expect(await store.listLocks([stack.repository.id])).toEqual([lock]);
    expect(await store.listLocks()).toContainEqual(lock);
    expect(await store.listLocks([1])).toEqual([]);
  });

  it("gives a stack to one run at a time, and to the same run again", async () => {
    const stack = freshStack();
    const claim = { owner: "ann", reason: "/apply", pull: 7 };
    const run = await createRun(store, aRequest(stack));
    const next = await createRun(store, aRequest(stack));
    expect(await store.beginRun(run.id, claim)).toMatchObject({ kind: "begun", run: { attempts: 1 } });
    const lock = await store.getLock(stack);
    expect(lock).toMatchObject({ ...claim, runId: run.id });
    expect(await store.beginRun(run.id, claim)).toMatchObject({ kind: "begun", run: { attempts: 2 } });
    expect(await store.getLock(stack)).toEqual(lock);
    expect(await store.beginRun(next.id, claim)).toEqual({ kind: "locked", by: lock });
    expect(await store.getRun(next.id)).toMatchObject({ state: "queued", attempts: 0 });
    expect(await store.acquireLock(stack, "ann", "freeze", {})).toBeUndefined();
    if (lock !== undefined) await store.releaseLock(lock);
    expect(await store.getLock(stack)).toEqual(lock);
    expect(await store.endRun(run.id, 1, { state: "failed" })).toBe(false);
    expect(await store.getLock(stack)).toEqual(lock);
    expect(await store.endRun(run.id, 2, { state: "failed" })).toBe(true);
    expect(await store.getLock(stack)).toBeUndefined();
    expect(await store.beginRun(next.id, claim)).toMatchObject({ kind: "begun" });
  });

  it("releases a person's lock only while it is still that one", async () => {
    const stack = freshStack();
    const old = await store.acquireLock(stack, "ann", "release", {});
    if (old === undefined) throw new Error("not taken");
    await store.releaseLock(old);
    const lock = await store.acquireLock(stack, "ben", "release", {});
    await store.releaseLock(old);
    expect(await store.getLock(stack)).toEqual(lock);
  });

  it("remembers what was posted, each kind and repository for itself", async () => {
    const comment = { repositoryId: 1, kind: "group-comment", key: "a" } as const;
    expect(await store.getPosted(comment)).toBeUndefined();
    await store.setPosted(comment, 5_000_000_000);
    await store.setPosted({ ...comment, kind: "check" }, 2);
    await store.setPosted({ ...comment, repositoryId: 2 }, 3);
    await store.setPosted(comment, 5_000_000_001);
    expect(await store.getPosted(comment)).toBe(5_000_000_001);
    await store.forgetPosted(comment);
    await store.forgetPosted(comment);
    expect(await store.getPosted(comment)).toBeUndefined();
    expect(await store.getPosted({ ...comment, kind: "check" })).toBe(2);
  });

  it("remembers the reviewed plan and the adopted names of a stack on a pull request", async () => {
    const stack = freshStack();
    expect(await store.reviewedPlan(stack, 7)).toBeUndefined();
    expect(await store.adoptedNames(stack, 7)).toEqual([]);
    await store.setAdoptedNames(stack, 7, ["my-api", "a\nb"]);
    expect(await store.reviewedPlan(stack, 7)).toBeUndefined();
    await store.setReviewedPlan(stack, 7, { digest: "0123456789ab", sha: "1a2b" });
    await store.setReviewedPlan(stack, 7, { digest: "ba9876543210", sha: "3c4d" });
    expect(await store.reviewedPlan(stack, 7)).toEqual({ digest: "ba9876543210", sha: "3c4d" });
    expect(await store.adoptedNames(stack, 7)).toEqual(["my-api", "a\nb"]);
    await store.setAdoptedNames(stack, 7, []);
    expect(await store.adoptedNames(stack, 7)).toEqual([]);
    expect(await store.reviewedPlan(stack, 8)).toBeUndefined();
    expect(await store.reviewedPlan({ ...stack, directory: "a/b" }, 7)).toBeUndefined();
  });

  it("keeps a repository's last settings as they were", async () => {
    expect(await store.lastSettings(9)).toBeUndefined();
    await store.setLastSettings(9, { b: 1, a: ["\0"] });
    expect(JSON.stringify(await store.lastSettings(9))).toBe('{"b":1,"a":["\\u0000"]}');
    await store.setLastSettings(9, undefined);
    expect(await store.lastSettings(9)).toBeUndefined();
  });

  it("gives a project's name to one directory, and to another when the first is gone", async () => {
    const project = { repositoryId: 9, stage: "dev", name: "shop" };
    const owners = await Promise.all(
      ["a", "b", "c"].map((directory) => store.claimProject({ ...project, directory })),
    );
    const [owner = ""] = owners;
    expect(new Set(owners)).toEqual(new Set([owner]));
    expect(await store.claimProject({ ...project, directory: "d", from: "elsewhere" })).toBe(owner);
    const heirs = await Promise.all(
      ["d", "e"].map((directory) => store.claimProject({ ...project, directory, from: owner })),
    );
    expect(new Set(heirs).size).toBe(1);
    expect(await store.claimProject({ ...project, stage: "prod", directory: "e" })).toBe("e");
  });

  it("knows until when deliveries were looked for", async () => {
    expect(await store.redeliveredUntil()).toBeUndefined();
    const until = new Date("2026-01-02T03:04:05.678Z");
    await store.setRedeliveredUntil(new Date(0));
    await store.setRedeliveredUntil(until);
    expect(await store.redeliveredUntil()).toEqual(until);
  });
});
