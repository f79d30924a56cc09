/** Mappings through the engine: named by what they connect, found again without a list of the account. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
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

const table = (more: JsonObject) =>
  entry("DynamoDB", "Table", {
    TableName: "orders",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    ...more,
  });
const reading = entry(
  "Lambda",
  "EventSourceMapping",
  { StartingPosition: "LATEST" },
  { lambdaFunction: "fn", dynamoDbTable: "orders" },
);

it("a table whose stream gets another view has another stream, and its mapping follows in the same apply", async () => {
  const { engine } = engineOnFake();
  const viewing = (StreamViewType: string) =>
    spec(table({ StreamSpecification: { StreamViewType } }), reading);
  expect(failuresOf(await engine.apply(viewing("NEW_IMAGE")))).toEqual([]);
  const next = viewing("NEW_AND_OLD_IMAGES");
  expect(
    (await engine.plan(next)).changes
      .filter(({ action }) => action !== "no-op")
      .map(({ action, key }) => `${action} ${key}`),
  ).toEqual(["update DynamoDB::Table::orders", "replace Lambda::EventSourceMapping::mapping::fn::orders"]);
  expect(failuresOf(await engine.apply(next))).toEqual([]);
  expect(changesOf(await engine.plan(next))).toEqual([]);
});

it("a mapping of a table without a stream is refused by the plan", async () => {
  const { engine } = engineOnFake();
  for (const more of [{}, { StreamSpecification: { StreamEnabled: false } }])
    await expect(engine.plan(spec(table(more), reading))).rejects.toThrow(
      "DynamoDB::Table::orders has no stream that the mapping could read",
    );
});
