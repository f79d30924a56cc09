import { describe, expect, test } from "vitest";
import { runUpdates } from "../../../../../bot/http/pages/run-stream.ts";
import { createWatcher, type Seen } from "../../../../../bot/http/pages/watch.ts";
import type { ServerSentEvent } from "../../../../../bot/http/web/events.ts";
import type { Run } from "../../../../../src/model/run.ts";
import { aStack, createMemoryStore, createRun } from "../../../../fakes/store.ts";
import { firstDeploy, succeeded } from "../../../../fixtures/plans.ts";

const plan = firstDeploy();
const result = succeeded(plan);
const [first] = result.results;
if (first === undefined) throw new Error("no result");
const started = { kind: "step-started", key: first.key, action: first.action, at: 1 } as const;
const finished = { kind: "step-finished", result: first, at: 2 } as const;

async function stored() {
  const store = createMemoryStore();
  const run = await createRun(store, {
    group: "g",
    stack: aStack(),
    kind: "apply",
    cause: { by: "schedule" },
    sha: "abc",
    adopt: [],
  });
  return { store, run };
}

const at = new Date(0);

/** Waits for what the watcher tells. */
function collector() {
  const seen: Seen[] = [];
  let wake = (): void => {};
  return {
    seen,
    update: async (one: Seen): Promise<void> => {
      seen.push(one);
      wake();
    },
    until: async (check: (last: Seen) => boolean): Promise<void> => {
      for (;;) {
        const last = seen.at(-1);
        if (last !== undefined && check(last)) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

describe("watching a run", () => {
  test("tells how it stands, each change of it, and ends with it", async () => {
    const { store, run } = await stored();
    const { seen, update, until } = collector();
    const watching = createWatcher({ store, everyMs: 2 }).watch(run.id, new AbortController().signal, update);
    await until(({ run: now }) => now.state === "queued");
    await store.beginRun(run.id);
    await store.recordPlan(run.id, 1, plan);
    await store.appendEvent(run.id, started, at);
    await until(({ events }) => events.length === 1);
    await store.appendEvent(run.id, finished, at);
    await store.endRun(run.id, 1, { state: "succeeded", result });
    await watching;
    expect(seen.at(-1)).toMatchObject({
      run: { state: "succeeded" },
      events: [{ sequence: 1 }, { sequence: 2 }],
    });
  });

  test("asks the store once for all who look at the same run", async () => {
    const { store, run } = await stored();
    let asked = 0;
    const counting = {
      ...store,
      eventsOf: (id: string, after?: number) => {
        asked += 1;
        return store.eventsOf(id, after);
      },
    };
    const watcher = createWatcher({ store: counting, everyMs: 40 });
    const over = new AbortController();
    const all = Array.from({ length: 20 }, () => {
      const { update, until } = collector();
      const watching = watcher.watch(run.id, over.signal, update);
      return { watching, arrived: until(() => true) };
    });
    await Promise.all(all.map(({ arrived }) => arrived));
    expect(asked).toBeLessThan(5);
    over.abort();
    await Promise.all(all.map(({ watching }) => watching));
  });

  test("says who holds the stack while it waits", async () => {
    const { store, run } = await stored();
    await store.acquireLock(run.stack, "ana", "release freeze", {});
    const { seen, update, until } = collector();
    const over = new AbortController();
    const watching = createWatcher({ store, everyMs: 2 }).watch(run.id, over.signal, update);
    await until(() => true);
    over.abort();
    await watching;
    expect(seen[0]?.lock).toMatchObject({ owner: "ana" });
  });

  test("fails when the store does, and can be begun again", async () => {
    const { store, run } = await stored();
    store.breakWith(new Error("away"));
    const watcher = createWatcher({ store, everyMs: 2 });
    const { update } = collector();
    await expect(watcher.watch(run.id, new AbortController().signal, update)).rejects.toThrow("away");
    store.breakWith(undefined);
    await store.requestCancel(run.id);
    await watcher.watch(run.id, new AbortController().signal, update);
  });

  test("of a run that is not there ends", async () => {
    const { store } = await stored();
    const { seen, update } = collector();
    await createWatcher({ store }).watch("nope", new AbortController().signal, update);
    expect(seen).toEqual([]);
  });
});

interface Change {
  readonly parts: Readonly<Record<string, string>>;
  readonly lines: readonly { readonly sequence: number }[];
  readonly announcement?: string;
}

/** A reader's stream and what came through it. */
function reader(after: number, planId: string) {
  const sent: ServerSentEvent[] = [];
  const send = async (event: ServerSentEvent): Promise<void> => {
    sent.push(event);
  };
  const update = runUpdates({ after, planId }, { serverUrl: "https://github.example", now: () => 0 }, send);
  return {
    sent,
    update,
    last: (): { readonly id: number | undefined; readonly change: Change } => {
      const change = sent.findLast(({ event }) => event === "change");
      // As a browser gets it.
      return { id: change?.id, change: JSON.parse(JSON.stringify(change?.data ?? {})) };
    },
  };
}

describe("the stream of a run", () => {
  const run = async (more: Partial<Run> = {}): Promise<Run> => ({
    ...(await stored()).run,
    state: "running",
    plan,
    ...more,
  });
  const events = [started, finished].map((event, index) => ({ runId: "r", sequence: index + 1, at, event }));

  test("sends the cells that changed, and lines, with the sequence as id", async () => {
    const { update, last } = reader(0, plan.id);
    await update({ run: await run(), events: events.slice(0, 1) });
    const { id, change } = last();
    expect(id).toBe(1);
    expect(Object.keys(change.parts)).not.toContain("changes");
    expect(Object.keys(change.parts).filter((part) => /^s\d/.test(part))).toEqual(["s0-state", "s0-time"]);
    expect(change.lines.map(({ sequence }) => sequence)).toEqual([1]);
  });

  test("sends only what differs from what it sent", async () => {
    const { update, last } = reader(0, plan.id);
    const now = await run();
    await update({ run: now, events: events.slice(0, 1) });
    await update({ run: now, events });
    expect(Object.keys(last().change.parts)).toEqual(["head", "s0-state", "s0-id", "s0-time"]);
    expect(last().id).toBe(2);
  });

  test("is silent when nothing differs", async () => {
    const { update, sent } = reader(0, plan.id);
    const seen = { run: await run(), events };
    await update(seen);
    await update({ ...seen });
    expect(sent).toHaveLength(1);
  });

  test("goes on after the last event that a reader had", async () => {
    const { update, last } = reader(1, plan.id);
    await update({ run: await run(), events });
    expect(last().change.lines.map(({ sequence }) => sequence)).toEqual([2]);
    expect(last().change.parts["s0-state"]).toContain("Done");
  });

  test("brings the table to a reader whose page had none, or another plan's", async () => {
    const { update, last } = reader(0, "");
    await update({ run: await run(), events: [] });
    expect(last().change.parts.changes).toContain("my-api");
  });

  test("says each new standing once, and nothing to who has just read the page", async () => {
    const { update, last, sent } = reader(2, plan.id);
    await update({ run: await run(), events });
    expect(last().change.announcement).toBeUndefined();
    await update({ run: await run({ state: "succeeded", result }), events });
    expect(last().change.announcement).toBe("Succeeded");
    expect(sent.at(-1)).toEqual({ event: "end", data: {} });
  });
});
