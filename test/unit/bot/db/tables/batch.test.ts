import { describe, expect, it } from "vitest";
import { batcher } from "../../../../../bot/db/tables/batch.ts";

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("group commit", () => {
  it("takes what arrives meanwhile together, and answers each", async () => {
    const batches: number[][] = [];
    const late: Promise<number>[] = [];
    const { add } = batcher(async (items: readonly number[]) => {
      batches.push([...items]);
      if (items.includes(1)) late.push(...[5, 6].map(add));
      await tick();
      return items.map((item) => item * 10);
    }, 3);
    expect(await Promise.all([1, 2, 3, 4].map(add))).toEqual([10, 20, 30, 40]);
    expect(await Promise.all(late)).toEqual([50, 60]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(await add(7)).toBe(70);
  });

  it("takes what one turn of the event loop brings together, however fast it is done", async () => {
    const batches: number[] = [];
    const { add } = batcher(async (items: readonly number[]) => {
      batches.push(items.length);
      return items;
    });
    // As requests come in: each in a callback of its own, of one turn.
    const all = [1, 2, 3, 4, 5].map((item) => tick().then(() => add(item)));
    await Promise.all(all);
    expect(batches).toEqual([5]);
  });

  it("refuses only what cannot be done", async () => {
    const { add } = batcher(async (items: readonly string[]) => {
      await tick();
      if (items.includes("poison")) throw new Error("poison");
      return items;
    });
    const answers = await Promise.allSettled(["a", "b", "poison", "c"].map(add));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(await add("d")).toBe("d");
  });

  it("does not leave anybody without an answer", async () => {
    const { add } = batcher(async () => []);
    await expect(add(1)).rejects.toThrow("too few answers");
  });
});
