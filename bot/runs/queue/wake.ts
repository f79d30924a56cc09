/** Makes workers of this process look for work before their pause is over. */
import type { PgBoss, WipData } from "pg-boss";

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
  /** Worker → when it had looked last as it was woken. Until it looks again it is on its way to one job, and no second call brings two. */
  const woken = new Map<string, number | null>();
  const isOnItsWay = ({ id, lastFetchedOn }: Pick<WipData, "id" | "lastFetchedOn">): boolean =>
    woken.get(id) === lastFetchedOn;
  const wake = (queue: string): void => {
    const idle = boss
      .getWipData()
      .filter(({ name, count }) => name === queue && count === 0)
      .toSorted((one, other) => Number(isOnItsWay(one)) - Number(isOnItsWay(other)));
    for (const { id, lastFetchedOn } of idle.slice(0, waiting.get(queue))) {
      woken.set(id, lastFetchedOn);
      boss.notifyWorker(id);
    }
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
