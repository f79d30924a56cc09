import { expect, it } from "vitest";
import { keepAnswers } from "../../../../bot/stacks/kept.ts";

/** What is asked for, in order. */
function keeping(maxSize: number) {
  const asked: string[] = [];
  const keep = keepAnswers<string>(10, maxSize);
  const get = async (key: string, value: string): Promise<string> => {
    const found = await keep(key, async () => {
      asked.push(key);
      return value;
    });
    // The size is noted right after the answer.
    await Promise.resolve();
    return found;
  };
  return { asked, get };
}

it("an answer is asked for once", async () => {
  const { asked, get } = keeping(100);
  expect([await get("a", "x"), await get("a", "y")]).toEqual(["x", "x"]);
  expect(asked).toEqual(["a"]);
});

it("the oldest make room where all together are too large, and one that is too large by itself is not kept", async () => {
  const { asked, get } = keeping(20);
  for (const key of ["a", "b", "b", "a"]) await get(key, "0123456789");
  expect(asked).toEqual(["a", "b", "a"]);
  for (const key of ["c", "c"]) await get(key, "x".repeat(30));
  expect(asked).toEqual(["a", "b", "a", "c", "c"]);
});
