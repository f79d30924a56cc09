/** A table's change as AWS takes it: one call for each kind of change, indexes one by one. Pure, but for the last two. */
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import { canonicalJson, isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";

const same = (one: unknown, other: unknown): boolean =>
  canonicalJson(JSON.parse(JSON.stringify(one ?? null))) ===
  canonicalJson(JSON.parse(JSON.stringify(other ?? null)));

function indexesOf({ GlobalSecondaryIndexes }: JsonObject): ReadonlyMap<string, JsonObject> {
  return new Map(
    listOf(GlobalSecondaryIndexes).map((one) => [textOf(objectOf(one).IndexName), objectOf(one)]),
  );
}

/** What of an index can change while it stays. */
const OF_INDEX = ["ProvisionedThroughput", "OnDemandThroughput"];

/** The types of a key's attributes: an index whose key gets another type is another index. */
export function keyTypes(state: JsonObject, KeySchema: JsonValue | undefined): readonly string[] {
  const types = new Map(
    listOf(state.AttributeDefinitions)
      .map(objectOf)
      .map(({ AttributeName, AttributeType }) => [textOf(AttributeName), textOf(AttributeType)]),
  );
  return listOf(KeySchema).map((key) => types.get(textOf(objectOf(key).AttributeName)) ?? "");
}

function whatStays(state: JsonObject, index: JsonObject): JsonObject {
  const rest = Object.entries(index).filter(([key]) => !OF_INDEX.includes(key));
  return { ...Object.fromEntries(rest), types: [...keyTypes(state, index.KeySchema)] };
}

/**
 * The inputs of UpdateTable that lead from one state to the other, in order: indexes that go, the table itself, its
 * other settings one by one, indexes that come. AWS makes one kind of change at a time:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 */
export function inMoreCalls(before: JsonObject, after: JsonObject): readonly JsonObject[] {
  const [old, wanted] = [indexesOf(before), indexesOf(after)];
  const calls: JsonObject[] = [];
  const leaving = [...old].filter(
    ([name, index]) => !same(whatStays(before, index), whatStays(after, wanted.get(name) ?? {})),
  );
  for (const [IndexName] of leaving) calls.push({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });

  const staying = [...wanted].filter(([name]) => !leaving.some(([gone]) => gone === name) && old.has(name));
  const resized = staying
    .filter(([name, index]) => !same(index, old.get(name)))
    .map(([IndexName, { ProvisionedThroughput, OnDemandThroughput }]) => ({
      Update: {
        IndexName,
        ...(ProvisionedThroughput === undefined ? {} : { ProvisionedThroughput }),
        ...(OnDemandThroughput === undefined ? {} : { OnDemandThroughput }),
      },
    }));
  const capacity = ["BillingMode", "ProvisionedThroughput", "OnDemandThroughput"].filter(
    (key) => !same(before[key], after[key]) && !isEmpty(after[key]),
  );
  if (capacity.length > 0 || resized.length > 0)
    calls.push({
      ...Object.fromEntries(capacity.map((key) => [key, after[key] ?? null])),
      ...(resized.length === 0 ? {} : { GlobalSecondaryIndexUpdates: resized }),
    });

  if (!same(before.StreamSpecification, after.StreamSpecification)) {
    const [was, is] = [objectOf(before.StreamSpecification), objectOf(after.StreamSpecification)];
    // A stream's view cannot change while it is on.
    if (was.StreamEnabled === true) calls.push({ StreamSpecification: { StreamEnabled: false } });
    if (is.StreamEnabled === true) calls.push({ StreamSpecification: is });
  }
  for (const key of ["TableClass", "DeletionProtectionEnabled"])
    if (!same(before[key], after[key])) calls.push({ [key]: after[key] ?? null });
  if (!same(before.SSESpecification, after.SSESpecification))
    calls.push({
      SSESpecification: isEmpty(after.SSESpecification)
        ? { Enabled: false }
        : (after.SSESpecification ?? null),
    });

  const present = new Set(staying.map(([name]) => name));
  for (const [name, index] of wanted) {
    if (present.has(name)) continue;
    present.add(name);
    // AWS wants the types of exactly the attributes that are keys once this index is there.
    const there = [...wanted].filter(([other]) => present.has(other)).map(([, one]) => one);
    const used = new Set(
      [after, ...there, ...listOf(after.LocalSecondaryIndexes).map(objectOf)].flatMap(({ KeySchema }) =>
        listOf(KeySchema).map((key) => textOf(objectOf(key).AttributeName)),
      ),
    );
    const AttributeDefinitions = listOf(after.AttributeDefinitions).filter((one) =>
      used.has(textOf(objectOf(one).AttributeName)),
    );
    calls.push({ AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create: index }] });
  }
  return calls;
}

/** The attribute cannot change while expiry is on. */
export async function putTimeToLive(
  client: DynamoDB,
  TableName: string,
  before: JsonObject,
  after: JsonObject,
): Promise<void> {
  const [was, is] = [textOf(before.AttributeName), textOf(after.AttributeName)];
  const put = (AttributeName: string, Enabled: boolean) =>
    client.updateTimeToLive({ TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (was !== "" && was !== is) await put(was, false);
  else if (was !== "" && after.Enabled === false) await put(was, false);
  if (is !== "" && after.Enabled !== false) await put(is, true);
}

export async function putRecovery(client: DynamoDB, TableName: string, after: JsonObject): Promise<void> {
  const PointInTimeRecoverySpecification = {
    PointInTimeRecoveryEnabled: after.PointInTimeRecoveryEnabled === true,
  };
  await client.updateContinuousBackups({ TableName, PointInTimeRecoverySpecification });
}
