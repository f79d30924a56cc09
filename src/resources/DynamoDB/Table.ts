/** Tables. Facts: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
import { sdkInput } from "../../aws/sdk-input.ts";
import { canonicalJson, type JsonObject } from "../../model/values.ts";
import type { Entry, EntryIssue } from "../../spec/type-rules.ts";
import { defineType } from "../define.ts";
import type { Asked } from "../definition.ts";
import { describedKey } from "../KMS/described-key.ts";
import { tagsByArn } from "../tags.ts";
import { jsonOf, listOf, objectOf, tagList, tagsOf, textOf } from "../live-values.ts";
import type { Live, Readiness } from "../type.ts";
import { dynamoDb } from "./service.ts";
import { describedTable, tableProperties } from "./table-properties.ts";
import { inMoreCalls, keyTypes, putRecovery, putTimeToLive } from "./table-changes.ts";
import { own } from "../../model/own.ts";

const READINESS: Record<string, Readiness> = {
  CREATING: "pending",
  UPDATING: "pending",
  DELETING: "deleting",
};

/** A table is ready when its indexes are. */
function readiness({ attributes }: Live): Readiness {
  const table = READINESS[textOf(attributes.TableStatus)];
  if (table !== undefined) return table;
  const building = listOf(attributes.Indexes).some((status) => status !== "ACTIVE");
  return building ? "pending" : "ready";
}

function keyNames(schema: unknown): string[] {
  return Array.isArray(schema) ? schema.map((key) => textOf(objectOf(key).AttributeName)) : [];
}

/** AWS wants the types of exactly the attributes that keys use. */
function checks({ properties: given }: Entry): readonly EntryIssue[] {
  const indexes = [...listOf(given.GlobalSecondaryIndexes), ...listOf(given.LocalSecondaryIndexes)].map(
    objectOf,
  );
  const used = new Set([
    ...keyNames(given.KeySchema),
    ...indexes.flatMap(({ KeySchema }) => keyNames(KeySchema)),
  ]);
  const defined = keyNames(given.AttributeDefinitions);
  const names = indexes.map(({ IndexName }) => textOf(IndexName));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return [
    ...[...used]
      .filter((name) => !defined.includes(name))
      .map((name) => ({ path: "AttributeDefinitions", message: `has no type of "${name}", which is a key` })),
    ...defined
      .filter((name) => !used.has(name))
      .map((name) => ({
        path: "AttributeDefinitions",
        message: `has "${name}", which no key uses: AWS refuses it`,
        hint: "Define only the attributes of keys; others need no definition.",
      })),
    ...(twice === undefined
      ? []
      : [{ path: "GlobalSecondaryIndexes", message: `two indexes are called "${twice}"` }]),
    ...(given.BillingMode !== "PAY_PER_REQUEST" && given.ProvisionedThroughput === undefined
      ? [
          {
            path: "ProvisionedThroughput",
            message: "is required for PROVISIONED tables",
            hint: "Or set BillingMode to PAY_PER_REQUEST.",
          },
        ]
      : []),
  ];
}

async function unlessThere(indexed: Promise<unknown>): Promise<void> {
  await indexed.catch((error: unknown) => {
    if (!/index which already exists/.test(error instanceof Error ? error.message : "")) throw error;
  });
}

/**
 * The key as the spec writes it. AWS tells every key by its ARN, also its own, which nobody names:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSESpecification.html
 */
async function withKey(table: JsonObject, { aws, wanted = {} }: Asked): Promise<JsonObject> {
  const { KMSMasterKeyId: arn, ...rest } = objectOf(table.SSESpecification);
  const written = textOf(objectOf(wanted.SSESpecification).KMSMasterKeyId);
  if (typeof arn !== "string" || written === arn) return table;
  const found = await describedKey(aws, written === "" ? arn : written);
  if (written !== "" && found?.Arn === arn)
    return { ...table, SSESpecification: { ...rest, KMSMasterKeyId: written } };
  return written === "" && found?.KeyManager === "AWS" ? { ...table, SSESpecification: rest } : table;
}

export const table = defineType({
  type: "DynamoDB::Table",
  summary: "A table, with its indexes, stream, backups and expiry.",
  service: dynamoDb,
  properties: tableProperties,
  dependencies: { kmsKey: { type: "KMS::Key", acceptsArn: true } },
  identity: { by: "name", property: "TableName" },
  physicalName: (name, shortened) => shortened(name, 255),
  id: "TableName",
  arn: ({ partition, region, account }, { name }) =>
    `arn:${partition}:dynamodb:${region}:${account}:table/${name}`,
  nameOfArn: (arn) => /^arn:[^:]+:dynamodb:[^:]*:\d*:table\/([^/]+)$/.exec(arn)?.[1],
  foundByTagsAs: "dynamodb:table",
  predicted: (Arn) => ({ TableArn: Arn }),
  tags: tagsByArn("ResourceArn"),
  protected: "every item in it",
  wait: {
    readiness,
    awaiting: ({ name }) => `table ${name} and its indexes to be active`,
    // As long as Terraform waits for a table; an index of a large one takes hours.
    deadlineMs: 1_800_000,
    deletion: true,
  },
  checks,
  attributes: {
    id: "The table's name.",
    "live.Arn": "The table's ARN.",
    "live.TableArn": "The table's ARN.",
    "live.TableName": "The table's name.",
  },
  outputs: { TableName: "TableName" },
  permissions: {
    read: ["DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups", "ListTagsOfResource"],
    write: [
      "CreateTable",
      "UpdateTable",
      "DeleteTable",
      "UpdateTimeToLive",
      "UpdateContinuousBackups",
      "TagResource",
      "UntagResource",
    ],
    readsBesides: { "kms:DescribeKey": "to tell AWS's own key from yours, of a table with SSESpecification" },
  },
  consequence: (live) => `Every item in table ${live.name} is deleted permanently.`,
  fromSpec(given, desired): JsonObject {
    const wanted = withoutOff(given);
    const key = desired.dependency("kmsKey")?.attribute("Arn");
    const SSE = objectOf(wanted.SSESpecification);
    if (key === undefined || SSE.KMSMasterKeyId !== undefined) return wanted;
    return { ...wanted, SSESpecification: { ...SSE, KMSMasterKeyId: key } };
  },
  calls: {
    async get(client, TableName, asked) {
      const { arn: ResourceArn } = asked;
      const { Table } = await client.describeTable({ TableName });
      if (Table === undefined) return undefined;
      const [{ Tags }, { TimeToLiveDescription }, { ContinuousBackupsDescription }] = await Promise.all([
        client.listTagsOfResource({ ResourceArn }),
        client.describeTimeToLive({ TableName }),
        client.describeContinuousBackups({ TableName }),
      ]);
      const { AttributeName, TimeToLiveStatus = "" } = TimeToLiveDescription ?? {};
      const recovery =
        ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
      return {
        ...(await withKey(describedTable(jsonOf(Table)), asked)),
        Indexes: (Table.GlobalSecondaryIndexes ?? []).map(({ IndexStatus }) => IndexStatus),
        Tags,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recovery === "ENABLED" },
        ...(/^ENABL/.test(TimeToLiveStatus)
          ? { TimeToLiveSpecification: { AttributeName, Enabled: true } }
          : {}),
      };
    },
    async create(client, input) {
      const { Tags: _own, TimeToLiveSpecification, PointInTimeRecoverySpecification, ...rest } = input;
      // No limit is what a table has that is made without one.
      if (Object.values(objectOf(rest.OnDemandThroughput)).every((units) => units === -1))
        delete rest.OnDemandThroughput;
      const Tags = tagList(tagsOf(input));
      const { TableDescription } = await client.createTable(
        sdkInput({ ...rest, ...(Tags.length === 0 ? {} : { Tags }) }),
      );
      const TableName = textOf(input.TableName);
      await putTimeToLive(client, TableName, {}, objectOf(TimeToLiveSpecification));
      const recovery = objectOf(PointInTimeRecoverySpecification);
      if (recovery.PointInTimeRecoveryEnabled === true) await putRecovery(client, TableName, recovery);
      // The answer describes a table that is being made, without what the calls behind it set.
      return { ...jsonOf(TableDescription ?? {}), ...input };
    },
    async update(client, _input, { live, state, changed }) {
      const calls = inMoreCalls(live.state, state);
      // One whose answer was lost is sent again: the index is there then.
      for (const change of calls)
        await unlessThere(client.updateTable(sdkInput({ TableName: live.id, ...change })));
      if (changed("TimeToLiveSpecification"))
        await putTimeToLive(
          client,
          live.id,
          objectOf(live.state.TimeToLiveSpecification),
          objectOf(state.TimeToLiveSpecification),
        );
      if (changed("PointInTimeRecoverySpecification"))
        await putRecovery(client, live.id, objectOf(state.PointInTimeRecoverySpecification));
      return calls.length === 0 ? {} : { TableStatus: "UPDATING" };
    },
    delete: (client, { id }) => client.deleteTable({ TableName: id }),
  },
  // A stream that is switched on again, or gets another view, is another stream.
  changesAttributes: (changes) =>
    changes.some(({ path }) => path.startsWith("StreamSpecification"))
      ? ["LatestStreamArn", "LatestStreamLabel"]
      : [],
  // A table keeps the types of its keys; those of an index's keys change with the index.
  replaces: ({ path }, before, after) =>
    path.startsWith("AttributeDefinitions") &&
    canonicalJson([...keyTypes(before, before.KeySchema)]) !==
      canonicalJson([...keyTypes(after, before.KeySchema)])
      ? true
      : undefined,
});

/** Off is what a table has that says nothing. */
function withoutOff(wanted: JsonObject): JsonObject {
  const off = ["TimeToLiveSpecification", "SSESpecification"].filter(
    (key) => objectOf(own(wanted, key)).Enabled === false,
  );
  return Object.fromEntries(Object.entries(wanted).filter(([key]) => !off.includes(key)));
}
