import { expect, it } from "vitest";
import { queueByKey } from "../../../src/github/keyed-queue.ts";

it("lets one at a time work under a name, in the order they came, also after one that failed", async () => {
  const bot = {};
  const said: string[] = [];
  const gate = Promise.withResolvers<void>();
  const one = queueByKey(bot, "a", async () => {
    said.push("one begins");
    await gate.promise;
    said.push("one ends");
    throw new Error("one");
  });
  const two = queueByKey(bot, "a", async () => said.push("two"));
  await queueByKey(bot, "b", async () => said.push("another name"));
  await queueByKey({}, "a", async () => said.push("another bot"));
  gate.resolve();
  await expect(one).rejects.toThrow("one");
  await two;
  expect(said).toEqual(["one begins", "another name", "another bot", "one ends", "two"]);
  expect(await queueByKey(bot, "a", async () => "again")).toBe("again");
});
