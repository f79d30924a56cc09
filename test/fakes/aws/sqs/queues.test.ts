import { SQS } from "@aws-sdk/client-sqs";
import { expect, it } from "vitest";
import { account, refusal } from "../testing.ts";

function queues(clock?: () => number) {
  const { fake } = account(clock === undefined ? {} : { clock });
  return new SQS({ ...fake.clientConfig(), maxAttempts: 1 });
}

it("QU-01 the same attributes give the queue that is there, others are refused", async () => {
  const sqs = queues();
  const Attributes = { VisibilityTimeout: "60" };
  const { QueueUrl } = await sqs.createQueue({ QueueName: "jobs", Attributes });
  expect((await sqs.createQueue({ QueueName: "jobs", Attributes })).QueueUrl).toBe(QueueUrl);
  expect(
    await refusal(sqs.createQueue({ QueueName: "jobs", Attributes: { VisibilityTimeout: "90" } })),
  ).toMatch(/^QueueNameExists/);
});

it("QU-02 a deleted queue's name is free after 60 seconds", async () => {
  let now = 0;
  const sqs = queues(() => now);
  const { QueueUrl } = await sqs.createQueue({ QueueName: "jobs" });
  await sqs.deleteQueue({ QueueUrl });
  expect(await refusal(sqs.getQueueUrl({ QueueName: "jobs" }))).toMatch(/^QueueDoesNotExist/);
  now = 59_000;
  expect(await refusal(sqs.createQueue({ QueueName: "jobs" }))).toMatch(/^QueueDeletedRecently/);
  now = 60_000;
  expect((await sqs.createQueue({ QueueName: "jobs" })).QueueUrl).toBe(QueueUrl);
});

it("QU-03 a FIFO queue is one from the start, and its name ends in .fifo", async () => {
  const sqs = queues();
  const FifoQueue = "true";
  expect(await refusal(sqs.createQueue({ QueueName: "jobs", Attributes: { FifoQueue } }))).toMatch(
    /^InvalidParameterValue.*must end with .fifo suffix/,
  );
  const { QueueUrl } = await sqs.createQueue({ QueueName: "jobs" });
  expect(await refusal(sqs.setQueueAttributes({ QueueUrl, Attributes: { FifoQueue } }))).toMatch(
    /^InvalidAttributeName/,
  );
});
