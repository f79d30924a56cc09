/** Makes workers of this process look for work before their pause is over. */
import type { PgBoss } from "pg-boss";

export interface Waker {
  /** So many jobs were queued: as many idle workers look for them. */
  queued(queue: string, jobs: number): void;
  /** Left alone, a worker would pause after every single job: this one fetches again at once. */
  goOn(queue: string): void;
}

/**
 * @param turn workers are woken after it, once for all that was queued meanwhile: each look costs as much as storing a webhook, and one at
 *   a repository that has all its places finds nothing
 */
export function waker(boss: Pick<PgBoss, "getWipData" | "notifyWorker">, turn: () => Promise<void>): Waker {
  const waiting = new Map<string, number>();
  const wake = (queue: string): void => {
    const idle = boss.getWipData().filter(({ name, count }) => name === queue && count === 0);
    for (const { id } of idle.slice(0, waiting.get(queue))) boss.notifyWorker(id);
    waiting.delete(queue);
  };
  return {
    queued: (queue, jobs) => {
      const before = waiting.get(queue);
      waiting.set(queue, (before ?? 0) + jobs);
      if (before === undefined) void turn().then(() => wake(queue));
    },
    goOn: (queue) => {
      for (const { id, name, count } of boss.getWipData())
        if (name === queue && count > 0) boss.notifyWorker(id);
    },
  };
}
