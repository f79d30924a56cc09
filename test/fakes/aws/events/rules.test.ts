import { EventBridge } from "@aws-sdk/client-eventbridge";
import { expect, it } from "vitest";
import { account, refusal } from "../testing.ts";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:jobs";
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:flow";
const EventPattern = '{"source":["shop"]}';
const events = () => new EventBridge({ ...account().fake.clientConfig(), maxAttempts: 1 });

it("EV-01 a rule with targets cannot be deleted", async () => {
  const client = events();
  await client.putRule({ Name: "paid", EventPattern });
  await client.putTargets({ Rule: "paid", Targets: [{ Id: "q", Arn: QUEUE }] });
  expect(await refusal(client.deleteRule({ Name: "paid" }))).toMatch(
    /^ValidationException: Rule can't be deleted since it has targets/,
  );
  await client.removeTargets({ Rule: "paid", Ids: ["q"] });
  await client.deleteRule({ Name: "paid" });
  // One that is not there is no error.
  await client.deleteRule({ Name: "paid" });
});

it("EV-02 PutRule sets what it is not sent back to AWS's default, and leaves the tags of a rule alone", async () => {
  const client = events();
  const { RuleArn } = await client.putRule({
    Name: "paid",
    EventPattern,
    Description: "Payments",
    State: "DISABLED",
    Tags: [{ Key: "team", Value: "a" }],
  });
  await client.putRule({ Name: "paid", EventPattern, Tags: [{ Key: "team", Value: "b" }] });
  expect(await client.describeRule({ Name: "paid" })).toMatchObject({ State: "ENABLED", EventPattern });
  expect((await client.describeRule({ Name: "paid" })).Description).toBeUndefined();
  expect((await client.listTagsForResource({ ResourceARN: RuleArn })).Tags).toEqual([
    { Key: "team", Value: "a" },
  ]);
});

it("EV-03 schedules are for the default bus, and a rule has a pattern or a schedule", async () => {
  const client = events();
  await client.createEventBus({ Name: "shop" });
  const ScheduleExpression = "rate(1 hour)";
  expect(await refusal(client.putRule({ Name: "r", EventBusName: "shop", ScheduleExpression }))).toMatch(
    /^ValidationException: ScheduleExpression is supported only on the default event bus/,
  );
  expect(await refusal(client.putRule({ Name: "r" }))).toMatch(/^ValidationException/);
  await client.putRule({ Name: "r", ScheduleExpression });
});

it("EV-04 a state machine as target needs a role, and one that is refused does not stop the others", async () => {
  const client = events();
  await client.putRule({ Name: "paid", EventPattern });
  const { FailedEntryCount, FailedEntries } = await client.putTargets({
    Rule: "paid",
    Targets: [
      { Id: "flow", Arn: MACHINE },
      { Id: "q", Arn: QUEUE },
    ],
  });
  expect(FailedEntryCount).toBe(1);
  expect(FailedEntries).toMatchObject([
    { TargetId: "flow", ErrorMessage: expect.stringContaining("RoleArn is required for target") },
  ]);
  expect((await client.listTargetsByRule({ Rule: "paid" })).Targets).toMatchObject([{ Id: "q" }]);
});

it("EV-05 a bus with rules cannot be deleted", async () => {
  const client = events();
  await client.createEventBus({ Name: "shop" });
  await client.putRule({ Name: "paid", EventBusName: "shop", EventPattern });
  expect(await refusal(client.deleteEventBus({ Name: "shop" }))).toMatch(/^ValidationException/);
});
