import { expect, test } from "vitest";
import { waker } from "../../../../../bot/runs/queue/wake.ts";

/** Three workers of one queue, the first at a job, and one of another. */
function workers() {
  const woken: string[] = [];
  const wip = [
    { id: "busy", name: "deliveries", count: 1, lastFetchedOn: 1 },
    { id: "idle-1", name: "deliveries", count: 0, lastFetchedOn: 1 },
    { id: "idle-2", name: "deliveries", count: 0, lastFetchedOn: 1 },
    { id: "other", name: "runs", count: 0, lastFetchedOn: 1 },
  ];
  const boss = { getWipData: () => wip, notifyWorker: (id: string) => void woken.push(id) };
  return { woken, wip, boss: boss as unknown as Parameters<typeof waker>[0] };
}

test("what is queued during a burst wakes idle workers once, after it, and no more of them than there are jobs", async () => {
  const { woken, boss } = workers();
  const burst = Promise.withResolvers<void>();
  const { queued } = waker(boss, () => burst.promise);
  queued("deliveries", 1);
  queued("deliveries", 1);
  queued("runs", 1);
  expect(woken).toEqual([]);
  burst.resolve();
  await burst.promise;
  await Promise.resolve();
  expect(woken).toEqual(["idle-1", "idle-2", "other"]);
});

test("what is queued while a woken worker is still looking wakes another one: each takes one job", async () => {
  const { woken, boss, wip } = workers();
  const { queued } = waker(boss, async () => {});
  const queueOne = async (): Promise<void> => {
    queued("deliveries", 1);
    await Promise.resolve();
  };
  await queueOne();
  await queueOne();
  expect(woken).toEqual(["idle-1", "idle-2"]);
  // All are on their way: asked again, the first looks again.
  await queueOne();
  for (const worker of wip) worker.lastFetchedOn = 2;
  await queueOne();
  expect(woken).toEqual(["idle-1", "idle-2", "idle-1", "idle-1"]);
});

test("a worker that has done a job fetches the next one at once", () => {
  const { woken, boss } = workers();
  waker(boss, async () => {}).goOn("deliveries");
  expect(woken).toEqual(["busy"]);
});
