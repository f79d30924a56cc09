/** Targets of rules through the engine: EventBridge says in its answer which it refused. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry, trust } from "../../../type-examples/beside.ts";

const BUS = "arn:aws:events:us-east-1:123456789012:event-bus/another";
const spec = (target: JsonObject) => ({
  "resources.js": specText({
    entries: [
      entry("CloudWatchEvents", "Rule", { Name: "paid", EventPattern: { source: ["shop"] } }),
      entry("CloudWatchEvents", "Target", { Id: "bus", ...target }, { rule: "paid", role: "sends" }),
      entry("IAM", "Role", {
        RoleName: "sends",
        AssumeRolePolicyDocument: trust("events.amazonaws.com"),
      }),
    ],
    files: {},
  }),
});

it("a target whose role was made a moment ago waits until EventBridge can assume it", async () => {
  const { engine, callsOf } = engineOnFake({ consistency: { roleAssumable: 2 } });
  expect(failuresOf(await engine.apply(spec({ Arn: BUS })))).toEqual([]);
  expect(callsOf("PutTargets")).toHaveLength(3);
  expect(changesOf(await engine.plan(spec({ Arn: BUS })))).toEqual([]);
});

it("what EventBridge refuses for good fails at once, in its words", async () => {
  const { engine, callsOf } = engineOnFake();
  const fifo = spec({ Arn: "arn:aws:sqs:us-east-1:123456789012:jobs.fifo" });
  expect(failuresOf(await engine.apply(fifo))).toEqual([
    expect.stringContaining(
      "ValidationException EventBridge PutTargets: ValidationException: Parameter(s) SqsParameters",
    ),
  ]);
  expect(callsOf("PutTargets")).toHaveLength(1);
});
