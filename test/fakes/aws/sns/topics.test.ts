import { SNS } from "@aws-sdk/client-sns";
import { expect, it } from "vitest";
import { account, refusal } from "../testing.ts";

const client = () => new SNS({ ...account().fake.clientConfig(), maxAttempts: 1 });
const TopicArn = "arn:aws:sns:us-east-1:123456789012:news";

it("U-01 the same name and attributes give the topic that is there; others are refused", async () => {
  const sns = client();
  const Attributes = { DisplayName: "News" };
  expect(await sns.createTopic({ Name: "news", Attributes })).toMatchObject({ TopicArn });
  expect(await sns.createTopic({ Name: "news", Attributes })).toMatchObject({ TopicArn });
  expect(await sns.createTopic({ Name: "news" })).toMatchObject({ TopicArn });
  const others = sns.createTopic({ Name: "news", Attributes: { DisplayName: "Old news" } });
  expect(await refusal(others)).toMatch(/^InvalidParameter.*already exists with different attributes/);
  const tagged = sns.createTopic({ Name: "news", Tags: [{ Key: "team", Value: "a" }] });
  expect(await refusal(tagged)).toMatch(/^InvalidParameter.*already exists with different tags/);
});

it("U-02 a name that ends in .fifo and FifoTopic go together, and only FIFO topics have what is theirs", async () => {
  const sns = client();
  const fifo = { FifoTopic: "true" };
  expect(await refusal(sns.createTopic({ Name: "news", Attributes: fifo }))).toMatch(/^InvalidParameter/);
  expect(await refusal(sns.createTopic({ Name: "news.fifo" }))).toMatch(/^InvalidParameter/);
  await sns.createTopic({ Name: "news.fifo", Attributes: fifo });
  await sns.createTopic({ Name: "news" });
  const set = { AttributeName: "ContentBasedDeduplication", AttributeValue: "true" };
  await sns.setTopicAttributes({ TopicArn: `${TopicArn}.fifo`, ...set });
  expect(await refusal(sns.setTopicAttributes({ TopicArn, ...set }))).toMatch(/^InvalidParameter/);
});

it("U-03 attributes are set one by one; an empty one is taken away, but a policy cannot be", async () => {
  const sns = client();
  await sns.createTopic({ Name: "news" });
  const set = (AttributeName: string, AttributeValue: string) =>
    sns.setTopicAttributes({ TopicArn, AttributeName, AttributeValue });
  const now = async () => (await sns.getTopicAttributes({ TopicArn })).Attributes;
  expect(JSON.parse((await now())?.Policy ?? "")).toMatchObject({ Id: "__default_policy_ID" });
  await set("KmsMasterKeyId", "alias/k");
  expect(await now()).toMatchObject({ KmsMasterKeyId: "alias/k" });
  await set("KmsMasterKeyId", "");
  expect(await now()).not.toHaveProperty("KmsMasterKeyId");
  for (const [name, value] of [
    ["Policy", ""],
    ["Policy", "{"],
    ["Colour", "red"],
  ] as const)
    expect(await refusal(set(name, value))).toMatch(/^InvalidParameter/);
});

it("U-04 deleting a topic that is not there is no error, every other call is", async () => {
  const sns = client();
  await sns.deleteTopic({ TopicArn });
  expect(await refusal(sns.getTopicAttributes({ TopicArn }))).toMatch(/^NotFound/);
  expect(await refusal(sns.listTagsForResource({ ResourceArn: TopicArn }))).toMatch(/^ResourceNotFound/);
});
