import { expect, test } from "vitest";
import { acceptFirst } from "../../../../../bot/runs/queue/accept-first.ts";

/** A clock whose pauses end when the test says so. */
function pauses() {
  const ends: (() => void)[] = [];
  return {
    sleep: (): Promise<void> => new Promise((resolve) => void ends.push(resolve)),
    end: () => {
      for (const end of ends.splice(0)) end();
    },
    count: () => ends.length,
  };
}

test("what was accepted is handled at once while no webhook arrives", async () => {
  const clock = pauses();
  const first = acceptFirst(clock);
  await first.accepting(Promise.resolve());
  await first.turn();
  expect(clock.count()).toBe(0);
});

test("a handler waits until every webhook that is arriving is stored, also when storing one fails", async () => {
  const first = acceptFirst(pauses());
  const one = Promise.withResolvers<boolean>();
  const other = Promise.withResolvers<boolean>();
  let handled = false;
  const accepted = first.accepting(one.promise);
  const refused = first.accepting(other.promise).catch(() => {});
  const handling = first.turn().then(() => {
    handled = true;
  });
  one.resolve(true);
  await accepted;
  expect(handled).toBe(false);
  other.reject(new Error("the disk is full"));
  await Promise.all([refused, handling]);
});

test("a burst that does not end holds nothing up for longer than the pause", async () => {
  const clock = pauses();
  const first = acceptFirst(clock);
  void first.accepting(new Promise(() => {}));
  const handled = first.turn();
  clock.end();
  await handled;
});
