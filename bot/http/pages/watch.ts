/**
 * Watches active runs. Any replica may be carrying a run out, so the store is polled twice a second for new events,
 * once for all readers of the same run.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Hold, Lock, Run, RunEvent } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import type { Store } from "../../services/store.ts";

export interface Seen {
  readonly run: Run;
  readonly events: readonly RunEvent[];
  readonly lock?: Lock | undefined;
  readonly hold?: Hold | undefined;
}

export interface Watcher {
  /**
   * Reports a run's state now and on every change, until it has ended, `signal` is aborted, or it no longer exists.
   * Rejects if the store does.
   */
  watch(runId: string, signal: AbortSignal, onChange: (seen: Seen) => Promise<void>): Promise<void>;
}

interface WatcherOptions {
  readonly store: Pick<Store, "getRun" | "eventsOf" | "getLock" | "holdOf">;
  readonly everyMs?: number;
}

/** What all readers of one run share. */
interface Shared {
  watchers: number;
  seen: Seen | undefined;
  /** The last request to the store; callers soon after share it. */
  asked: Promise<Seen | undefined> | undefined;
  askedAt: number;
  readAt: number;
}

/** The run contains its plan and is large: it is read again only after an event, or after this many polls. */
const RUN_EVERY = 4;

export function createWatcher({ store, everyMs = 500 }: WatcherOptions): Watcher {
  const all = new Map<string, Shared>();

  async function read(runId: string, shared: Shared): Promise<Seen | undefined> {
    const { seen } = shared;
    const newer = await store.eventsOf(runId, seen?.events.at(-1)?.sequence ?? 0);
    const stale = performance.now() - shared.readAt > RUN_EVERY * everyMs;
    if (seen !== undefined && newer.length === 0 && !stale) return seen;
    shared.readAt = performance.now();
    const run = await store.getRun(runId);
    if (run === undefined) return undefined;
    const lock = run.state === "queued" ? await store.getLock(run.stack) : undefined;
    const hold = await holdShown(store, run);
    // The run may have ended since the events were read: fetch its last events.
    const last = isEnded(run.state)
      ? await store.eventsOf(runId, newer.at(-1)?.sequence ?? lastOf(seen))
      : [];
    shared.seen = { run, lock, hold, events: [...(seen?.events ?? []), ...newer, ...last] };
    return shared.seen;
  }

  function ask(runId: string, shared: Shared): Promise<Seen | undefined> {
    if (shared.asked !== undefined && performance.now() - shared.askedAt < everyMs * 0.9) return shared.asked;
    shared.askedAt = performance.now();
    // Reads run in sequence: two at once would append the same events twice.
    const before = shared.asked?.catch(() => undefined) ?? Promise.resolve();
    shared.asked = before.then(() => read(runId, shared));
    return shared.asked;
  }

  return {
    async watch(runId, signal, onChange) {
      const shared = all.get(runId) ?? {
        watchers: 0,
        seen: undefined,
        asked: undefined,
        askedAt: 0,
        readAt: 0,
      };
      all.set(runId, shared);
      shared.watchers += 1;
      try {
        let reported: Seen | undefined;
        while (!signal.aborted) {
          const seen = await ask(runId, shared);
          if (seen === undefined) return;
          if (seen !== reported) await onChange(seen);
          reported = seen;
          if (isEnded(seen.run.state)) return;
          await sleep(everyMs, undefined, { signal }).catch(() => undefined);
        }
      } finally {
        shared.watchers -= 1;
        if (shared.watchers === 0) all.delete(runId);
      }
    },
  };
}

/** The hold that a run waits for, or has made. */
export async function holdShown(store: Pick<Store, "holdOf">, run: Run): Promise<Hold | undefined> {
  if (run.state === "waiting") return store.holdOf(run.stack);
  if (!isEnded(run.state) || run.result === undefined || run.cause.by !== "command") return undefined;
  const hold = await store.holdOf(run.stack);
  return hold?.pull === run.cause.pull ? hold : undefined;
}

function lastOf(seen: Seen | undefined): number {
  return seen?.events.at(-1)?.sequence ?? 0;
}
