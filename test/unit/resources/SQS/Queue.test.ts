/** Queues through the engine: a deleted queue's name is taken for a minute. */
import { expect, it } from "vitest";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry } from "../../../type-examples/beside.ts";

const files = {
  "resources.js": specText({ entries: [entry("SQS", "Queue", { QueueName: "jobs" })], files: {} }),
};

it("a queue that was deleted a moment ago is made again as soon as AWS gives its name free", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(files);
  expect(failuresOf(await engine.destroy(files, { allowDeletion: ["jobs"] }))).toEqual([]);
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  const asked = callsOf("CreateQueue").slice(1);
  expect(new Set(asked.slice(0, -1).map(({ error }) => error))).toEqual(new Set(["QueueDeletedRecently"]));
  expect(asked.at(-1)?.error).toBeUndefined();
  expect(changesOf(await engine.plan(files))).toEqual([]);
});

it("high throughput needs duplicates to be told within a group: the plan refuses the rest", async () => {
  const { engine } = engineOnFake();
  const of = (Attributes: Record<string, string>) => ({
    "resources.js": specText({
      entries: [entry("SQS", "Queue", { QueueName: "jobs.fifo", Attributes })],
      files: {},
    }),
  });
  const FifoThroughputLimit = "perMessageGroupId";
  await expect(engine.plan(of({ FifoThroughputLimit }))).rejects.toThrow(
    "Attributes.FifoThroughputLimit is perMessageGroupId, which AWS takes only with DeduplicationScope messageGroup",
  );
  const { problems } = await engine.plan(of({ FifoThroughputLimit, DeduplicationScope: "messageGroup" }));
  expect(problems).toEqual([]);
});
