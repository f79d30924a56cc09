/** Tables through the engine: one change at a time, and nothing that holds items goes unasked. */
import { expect, it } from "vitest";
import { inMoreCalls } from "../../../../src/resources/DynamoDB/table-changes.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry } from "../../../type-examples/beside.ts";

const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" });
const text = (...names: string[]) => names.map((AttributeName) => ({ AttributeName, AttributeType: "S" }));
const by = (name: string) => ({
  IndexName: `by-${name}`,
  KeySchema: [hash(name)],
  Projection: { ProjectionType: "ALL" },
});
const table = (more: JsonObject = {}): JsonObject => ({
  TableName: "orders",
  AttributeDefinitions: text("id"),
  KeySchema: [hash("id")],
  BillingMode: "PAY_PER_REQUEST",
  ...more,
});
const spec = (properties: JsonObject) => ({
  "resources.js": specText({ entries: [entry("DynamoDB", "Table", properties)], files: {} }),
});

it("two indexes come and one goes in one apply: AWS makes one at a time, and each is awaited", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(
    spec(table({ AttributeDefinitions: text("id", "owner"), GlobalSecondaryIndexes: [by("owner")] })),
  );
  const next = spec(
    table({
      AttributeDefinitions: text("id", "day", "shop"),
      GlobalSecondaryIndexes: [by("day"), by("shop")],
    }),
  );
  expect(failuresOf(await engine.apply(next))).toEqual([]);
  const asked = callsOf("UpdateTable").map(({ input }) => JSON.stringify(input));
  // What AWS refused while another change was under way was asked for again: each change is counted once.
  expect(new Set(asked).size).toBe(3);
  expect(changesOf(await engine.plan(next))).toEqual([]);
});

it("from provisioned to on demand, and a table's own settings go in calls of their own", () => {
  const units = { ReadCapacityUnits: 1, WriteCapacityUnits: 1 };
  const before = table({ BillingMode: "PROVISIONED", ProvisionedThroughput: units, TableClass: "STANDARD" });
  const after = table({ TableClass: "STANDARD_INFREQUENT_ACCESS" });
  expect(inMoreCalls(before, after)).toEqual([
    { BillingMode: "PAY_PER_REQUEST" },
    { TableClass: "STANDARD_INFREQUENT_ACCESS" },
  ]);
});

it("an index whose key changes is made again; one whose capacity changes stays", () => {
  const capacity = (units: number) => ({
    ...by("owner"),
    ProvisionedThroughput: { ReadCapacityUnits: units, WriteCapacityUnits: units },
  });
  const defined = text("id", "owner");
  const state = (index: JsonObject) =>
    table({ AttributeDefinitions: defined, GlobalSecondaryIndexes: [index] });
  expect(inMoreCalls(state(capacity(1)), state(capacity(2)))).toMatchObject([
    { GlobalSecondaryIndexUpdates: [{ Update: { IndexName: "by-owner" } }] },
  ]);
  const other = { ...capacity(1), Projection: { ProjectionType: "KEYS_ONLY" } };
  expect(inMoreCalls(state(capacity(1)), state(other))).toMatchObject([
    { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "by-owner" } }] },
    { GlobalSecondaryIndexUpdates: [{ Create: { IndexName: "by-owner" } }] },
  ]);
});

it("a table that left the spec, or whose key changes, is not deleted unless it is allowed by name", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec(table()));
  const rekeyed = table({ AttributeDefinitions: text("key"), KeySchema: [hash("key")] });
  for (const next of [{ "resources.js": "exports.createResources = () => [];" }, spec(rekeyed)]) {
    const { problems } = await engine.plan(next);
    expect(problems.map(({ code }) => code)).toContain("DELETION_PROTECTED");
    await expect(engine.apply(next)).rejects.toThrow();
  }
  expect(callsOf("DeleteTable")).toEqual([]);
});

it("an attribute that no key uses is refused by the plan", async () => {
  const { engine } = engineOnFake();
  await expect(engine.plan(spec(table({ AttributeDefinitions: text("id", "name") })))).rejects.toThrow(
    /no key uses/,
  );
});

it("a table that AWS's own key encrypts converges, and a key of one's own can be taken away again", async () => {
  const { engine, callsOf } = engineOnFake();
  const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
  const awsOwn = spec(table({ SSESpecification: { Enabled: true } }));
  expect(failuresOf(await engine.apply(awsOwn))).toEqual([]);
  expect(changesOf(await engine.plan(awsOwn))).toEqual([]);
  const mine = spec(table({ SSESpecification: { Enabled: true, KMSMasterKeyId: KEY } }));
  expect(changesOf(await engine.plan(mine))).toHaveLength(1);
  expect(failuresOf(await engine.apply(mine))).toEqual([]);
  expect(changesOf(await engine.plan(mine))).toEqual([]);
  expect(failuresOf(await engine.apply(awsOwn))).toEqual([]);
  expect(callsOf("UpdateTable").at(-1)?.input).toMatchObject({
    SSESpecification: { Enabled: true, SSEType: "KMS" },
  });
  expect(changesOf(await engine.plan(awsOwn))).toEqual([]);
});

it("a key that the spec calls by its alias is the one that AWS calls by its ARN", async () => {
  const { engine } = engineOnFake();
  const encrypted = table({ SSESpecification: { Enabled: true, KMSMasterKeyId: "alias/orders" } });
  const entries = [entry("KMS", "Key", {}, undefined, "orders"), entry("DynamoDB", "Table", encrypted)];
  const files = { "resources.js": specText({ entries, files: {} }) };
  await engine.apply({ "resources.js": specText({ entries: entries.slice(0, 1), files: {} }) });
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
});

it("a key that may not be looked at is an error that names the permission, not a change of every plan", async () => {
  const { engine, fake } = engineOnFake();
  const awsOwn = spec(table({ SSESpecification: { Enabled: true } }));
  expect(failuresOf(await engine.apply(awsOwn))).toEqual([]);
  fake.faults.inject({
    kind: "custom",
    operation: "DescribeKey",
    code: "AccessDeniedException",
    message: "no",
    status: 400,
  });
  await expect(engine.plan(awsOwn)).rejects.toThrow(/kms:DescribeKey/);
});

it("an index whose request was answered by nobody is made once", async () => {
  const { engine, fake } = engineOnFake();
  await engine.apply(spec(table()));
  fake.faults.inject({ kind: "cut-after", operation: "UpdateTable" });
  const next = spec(table({ AttributeDefinitions: text("id", "day"), GlobalSecondaryIndexes: [by("day")] }));
  await engine.apply(next);
  expect(failuresOf(await engine.apply(next))).toEqual([]);
  expect(changesOf(await engine.plan(next))).toEqual([]);
});
