/** A thread that does not even start is an error of the evaluation, not the end of this process. */
import { expect, test, vi } from "vitest";
import { evaluateText, memorySource } from "../evaluating.ts";

vi.mock(import("../../../../../src/spec/sandbox/assets.ts"), async (original) => ({
  ...(await original()),
  workerUrl: () => new URL("data:text/javascript,throw new Error('nothing works')"),
}));

test("a thread that fails at once", async () => {
  const source = memorySource({ "resources.js": "exports.createResources = () => []" });
  const slow = {
    ...source,
    read: async (path: string) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return source.read(path);
    },
  };
  for (let round = 0; round < 6; round++) {
    await expect(evaluateText("", round === 0 ? { source: slow } : {})).rejects.toMatchObject({
      code: "SPEC_CRASHED",
      message: "the sandbox crashed: nothing works",
    });
  }
});
