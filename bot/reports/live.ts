/** Live progress: the group's comment follows its runs, with at most one edit in three seconds. */
import { announceGroup } from "./report.ts";
import type { Services } from "../services/services.ts";

interface LiveReports {
  /** Something happened in a run of the group. */
  touch(group: string): void;
  /** Cancels the pending edit: the final report has everything. */
  stop(group: string): Promise<void>;
}

const PAUSE_MS = 3_000;

export function createLiveReports(services: Services): LiveReports {
  const groups = new Map<string, { dirty: boolean; over: AbortController; loop: Promise<void> }>();

  const follow = async (group: string, over: AbortSignal): Promise<void> => {
    for (;;) {
      await services.clock.sleep(PAUSE_MS, over);
      const entry = groups.get(group);
      if (over.aborted || entry === undefined || !entry.dirty) break;
      entry.dirty = false;
      await announceGroup(services, group);
    }
    groups.delete(group);
  };

  return {
    touch: (group) => {
      const entry = groups.get(group);
      if (entry !== undefined) {
        entry.dirty = true;
        return;
      }
      const over = new AbortController();
      const made = { dirty: true, over, loop: Promise.resolve() };
      groups.set(group, made);
      made.loop = follow(group, over.signal);
    },
    stop: async (group) => {
      const entry = groups.get(group);
      entry?.over.abort();
      await entry?.loop;
    },
  };
}
