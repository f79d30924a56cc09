/** Adding some things and removing others where a quota counts them together. */
import { classOf } from "./errors.ts";

interface Swap<Item> {
  readonly coming: readonly Item[];
  readonly going: readonly Item[];
  add(item: Item): Promise<unknown>;
  remove(item: Item): Promise<unknown>;
}

/**
 * Adds what comes, then removes what goes, so that nothing is missed in between. Where a quota leaves no room, what goes
 * makes room first, and what comes and does not fit waits for what comes and shrinks.
 */
export async function swap<Item>({ coming, going, add, remove }: Swap<Item>): Promise<void> {
  const queue = [...coming];
  const left = [...going];
  let refused = 0;
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    try {
      await add(item);
      refused = 0;
    } catch (error) {
      if (classOf(error) !== "quota") throw error;
      const next = left.shift();
      if (next !== undefined) {
        await remove(next);
        queue.unshift(item);
      } else {
        if (refused >= queue.length) throw error;
        refused += 1;
        queue.push(item);
      }
    }
  }
  for (const item of left) await remove(item);
}
