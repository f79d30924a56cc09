/**
 * Runs as they go on. Whichever replica carries a run out, the store knows: it is asked twice a second for new events,
 * once for all who look at the same run.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Lock, Run, RunEvent } from "../../../src/model/run.ts";
import { isEnded } from "../../../src/model/run-states.ts";
import type { Store } from "../../services/store.ts";

export interface Seen {
  readonly run: Run;
  readonly events: readonly RunEvent[];
  readonly lock?: Lock | undefined;
}

export interface Watcher {
  /**
   * Tells how a run stands, now and whenever that changed, until it has ended, `signal` is aborted, or it is gone.
   * Rejects when the store does.
   */
  watch(runId: string, signal: AbortSignal, tell: (seen: Seen) => Promise<void>): Promise<void>;
}

export interface WatcherOptions {
  readonly store: Pick<Store, "getRun" | "eventsOf" | "getLock">;
  readonly everyMs?: number;
}

/** What all who look at one run share. */
interface Shared {
  watchers: number;
  seen: Seen | undefined;
  /** When the store was asked last; askers that come soon after take that answer. */
  asked: Promise<Seen | undefined> | undefined;
  askedAt: number;
  readAt: number;
}

/** The run itself holds its whole plan: it is read again when something happened, or after this. */
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
    // The last events of a run that ended in between come with its end.
    const last = isEnded(run.state)
      ? await store.eventsOf(runId, newer.at(-1)?.sequence ?? lastOf(seen))
      : [];
    shared.seen = { run, lock, events: [...(seen?.events ?? []), ...newer, ...last] };
    return shared.seen;
  }

  function ask(runId: string, shared: Shared): Promise<Seen | undefined> {
    if (shared.asked !== undefined && performance.now() - shared.askedAt < everyMs * 0.9) return shared.asked;
    shared.askedAt = performance.now();
    // One after the other: two readers at once would keep events twice.
    const before = shared.asked?.catch(() => undefined) ?? Promise.resolve();
    shared.asked = before.then(() => read(runId, shared));
    return shared.asked;
  }

  return {
    async watch(runId, signal, tell) {
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
        let told: Seen | undefined;
        while (!signal.aborted) {
          const seen = await ask(runId, shared);
          if (seen === undefined) return;
          if (seen !== told) await tell(seen);
          told = seen;
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

function lastOf(seen: Seen | undefined): number {
  return seen?.events.at(-1)?.sequence ?? 0;
}
