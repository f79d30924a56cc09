/** Mappings through the engine: named by what they connect, found again without a list of the account. */
import { expect, it } from "vitest";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";
import { entry, fn, fnFiles, role } from "../../../type-examples/beside.ts";

const spec = (...entries: RandomEntry[]) => ({
  ...fnFiles,
  "resources.js": specText({ entries: [role, fn, ...entries], files: {} }),
});
const queue = entry("SQS", "Queue", { QueueName: "jobs" });
// As generated specs write it: no properties at all.
const mapping = entry("Lambda", "EventSourceMapping", {}, { lambdaFunction: "fn", sqsQueue: "jobs" });

it("a mapping of two dependencies and nothing else is made once, awaited, and read with the stack", async () => {
  const { engine, callsOf } = engineOnFake();
  expect(failuresOf(await engine.apply(spec(queue, mapping)))).toEqual([]);
  expect(callsOf("CreateEventSourceMapping").map(({ input }) => input)).toMatchObject([
    { FunctionName: "fn", EventSourceArn: "arn:aws:sqs:us-east-1:123456789012:jobs", BatchSize: 10 },
  ]);
  const plan = await engine.plan(spec(queue, mapping));
  expect(changesOf(plan)).toEqual([]);
  expect(plan.changes.map(({ name }) => name)).toContain("mapping::fn::jobs");
});

it("one that left the spec is found by its tags and deleted before its function", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec(queue, mapping));
  expect(failuresOf(await engine.apply(spec(queue)))).toEqual([]);
  expect(callsOf("DeleteEventSourceMapping").length).toBe(1);
});

it("warns of a queue that shows a message again while the function may still work on it", async () => {
  const { engine } = engineOnFake();
  const slow = entry(
    "Lambda",
    "Function",
    { FunctionName: "fn", Handler: "fn.handler", Runtime: "nodejs22.x", Timeout: 60 },
    { role: "caller" },
  );
  const files = {
    ...fnFiles,
    "resources.js": specText({ entries: [role, slow, queue, mapping], files: {} }),
  };
  const { problems } = await engine.plan(files);
  expect(problems.map(({ code }) => code)).toContain("VISIBILITY_TIMEOUT_SHORT");
});
