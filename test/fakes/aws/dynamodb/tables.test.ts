import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { account, refusal } from "../testing.ts";

const MINUTE = 60_000;
const TableName = "orders";
const KEY = { AttributeName: "id", KeyType: "HASH" } as const;
const index = (IndexName: string) => ({
  IndexName,
  KeySchema: [{ AttributeName: IndexName, KeyType: "HASH" } as const],
  Projection: { ProjectionType: "ALL" } as const,
});
const types = (...names: readonly string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const }));

/** A table that is there, and the clock of its world. */
async function withTable() {
  const time = { now: 0 };
  const { fake } = account({ clock: () => time.now });
  const dynamo = new DynamoDB({ ...fake.clientConfig(), maxAttempts: 1 });
  await dynamo.createTable({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: types("id"),
    KeySchema: [KEY],
  });
  const later = (milliseconds: number): void => {
    time.now += milliseconds;
  };
  return { dynamo, later };
}

it("TB-01 a table takes one change at a time", async () => {
  const { dynamo, later } = await withTable();
  const change = () => dynamo.updateTable({ TableName, DeletionProtectionEnabled: true });
  expect(await refusal(change())).toMatch(/^ResourceInUseException/);
  later(MINUTE);
  await change();
  expect(await refusal(dynamo.updateTable({ TableName, TableClass: "STANDARD" }))).toMatch(
    /^ResourceInUseException/,
  );
});

it("TB-02 one index is made or deleted at a time, and each name once", async () => {
  const { dynamo, later } = await withTable();
  later(MINUTE);
  const create = (...names: readonly string[]) =>
    dynamo.updateTable({
      TableName,
      AttributeDefinitions: types("id", ...names),
      GlobalSecondaryIndexUpdates: names.map((name) => ({ Create: index(name) })),
    });
  expect(await refusal(create("day", "shop"))).toMatch(
    /^LimitExceededException: Subscriber limit exceeded: Only 1 online index/,
  );
  await create("day");
  later(MINUTE);
  expect(await refusal(create("day"))).toMatch(/^ValidationException/);
});

it("TB-03 expiry changes once an hour", async () => {
  const { dynamo, later } = await withTable();
  later(MINUTE);
  const put = (AttributeName: string, Enabled: boolean) =>
    dynamo.updateTimeToLive({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
  await put("until", true);
  expect(await refusal(put("until", false))).toMatch(
    /^ValidationException: Time to live has been modified multiple times within a fixed interval/,
  );
  later(60 * MINUTE);
  expect(await refusal(put("other", true))).toMatch(/^ValidationException/);
  await put("until", false);
});

it("TB-04 a table that is protected cannot be deleted, and attributes are those of its keys", async () => {
  const { dynamo, later } = await withTable();
  later(MINUTE);
  await dynamo.updateTable({ TableName, DeletionProtectionEnabled: true });
  later(MINUTE);
  expect(await refusal(dynamo.deleteTable({ TableName }))).toMatch(/^ValidationException/);
  const more = { TableName: "more", BillingMode: "PAY_PER_REQUEST" as const, KeySchema: [KEY] };
  expect(await refusal(dynamo.createTable({ ...more, AttributeDefinitions: types("id", "day") }))).toMatch(
    /^ValidationException/,
  );
});

it("TB-05 a table that AWS's own key encrypts is told with that key's ARN", async () => {
  const { dynamo, later } = await withTable();
  later(MINUTE);
  await dynamo.updateTable({ TableName, SSESpecification: { Enabled: true } });
  expect((await dynamo.describeTable({ TableName })).Table?.SSEDescription).toMatchObject({
    Status: "ENABLED",
    SSEType: "KMS",
    KMSMasterKeyArn: expect.stringMatching(/^arn:aws:kms:us-east-1:123456789012:key\//),
  });
});
