/** The properties of a table, and AWS's description of one in their shape. */
import * as z from "zod";
import { isEmpty, type JsonObject, type JsonValue } from "../../model/values.ts";
import { type DefaultOf, optional, required } from "../facts.ts";
import { listOf, objectOf, textOf } from "../live-values.ts";
import {
  enumText,
  flag,
  limitedText,
  patternText,
  properties,
  tags,
  text,
  textList,
  wholeNumber,
} from "../schema.ts";

const attributeName = () => patternText(/^[\s\S]{1,255}$/, "an attribute's name of 1 to 255 characters");
const keySchema = z
  .array(
    properties({
      AttributeName: required(attributeName(), "Name of the attribute."),
      KeyType: required(enumText("HASH", "RANGE"), "Partition key or sort key."),
    }),
  )
  .min(1)
  .max(2);
const projection = properties({
  ProjectionType: optional(enumText("ALL", "KEYS_ONLY", "INCLUDE"), "Which attributes are copied."),
  NonKeyAttributes: optional(textList(limitedText(255, 1), 20), "With INCLUDE: which."),
});
const throughput = properties({
  ReadCapacityUnits: required(wholeNumber(1), "Reads a second."),
  WriteCapacityUnits: required(wholeNumber(1), "Writes a second."),
});
const onDemand = properties({
  MaxReadRequestUnits: optional(wholeNumber(-1), "Most reads a second; -1 for no limit.", { default: -1 }),
  MaxWriteRequestUnits: optional(wholeNumber(-1), "Most writes a second; -1 for no limit.", { default: -1 }),
});
const indexName = () => patternText(/^[\w.-]{3,255}$/, "3 to 255 letters, digits and . - _");

const isProvisioned = ({ BillingMode }: JsonObject): boolean => BillingMode !== "PAY_PER_REQUEST";
const inOrder: (list: JsonValue) => JsonValue = (list) =>
  listOf(list).toSorted((one, other) =>
    textOf(objectOf(one).IndexName) < textOf(objectOf(other).IndexName) ? -1 : 1,
  );
const streamOff: DefaultOf = () => ({ StreamEnabled: false });

export const tableProperties = properties({
  TableName: required(
    patternText(/^[\w.-]{3,255}$/, "a table's name: 3 to 255 letters, digits and . - _"),
    "Name of the table, also its name in the spec.",
    { createOnly: true },
  ),
  AttributeDefinitions: required(
    z.array(
      properties({
        AttributeName: required(attributeName(), "Name of the attribute."),
        AttributeType: required(enumText("S", "N", "B"), "Text, number or bytes."),
      }),
    ),
    "The attributes that keys use, and no others.",
    { unordered: true },
  ),
  KeySchema: required(keySchema, "Partition key and, where there is one, sort key.", { createOnly: true }),
  BillingMode: optional(enumText("PROVISIONED", "PAY_PER_REQUEST"), "How it is paid for.", {
    default: "PROVISIONED",
    tells: "text",
  }),
  ProvisionedThroughput: optional(throughput, "Capacity of a PROVISIONED table.", {
    ignored: (given) => !isProvisioned(given),
  }),
  OnDemandThroughput: optional(onDemand, "Limits of a PAY_PER_REQUEST table.", {
    ignored: isProvisioned,
    default: {},
    defaultWords: "none",
  }),
  GlobalSecondaryIndexes: optional(
    z
      .array(
        properties({
          IndexName: required(indexName(), "Name of the index."),
          KeySchema: required(keySchema, "Keys of the index."),
          Projection: required(projection, "What it copies."),
          ProvisionedThroughput: optional(throughput, "Its capacity."),
          OnDemandThroughput: optional(onDemand, "Its limits."),
        }),
      )
      .max(20),
    "Global indexes. One is made or deleted at a time.",
    { spelling: inOrder, clear: "own call" },
  ),
  LocalSecondaryIndexes: optional(
    z
      .array(
        properties({
          IndexName: required(indexName(), "Name of the index."),
          KeySchema: required(keySchema, "Keys of the index."),
          Projection: required(projection, "What it copies."),
        }),
      )
      .max(5),
    "Local indexes.",
    { createOnly: true, spelling: inOrder },
  ),
  StreamSpecification: optional(
    properties({
      StreamEnabled: optional(flag(), "Whether changes are streamed.", { default: true }),
      StreamViewType: optional(
        enumText("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"),
        "What a record holds.",
        { ignored: ({ StreamSpecification }) => objectOf(StreamSpecification).StreamEnabled === false },
      ),
    }),
    "The stream of changes.",
    { default: streamOff, defaultWords: "none" },
  ),
  SSESpecification: optional(
    properties({
      Enabled: optional(flag(), "Whether a KMS key encrypts it.", { default: true }),
      SSEType: optional(enumText("AES256", "KMS"), "Kind of encryption.", { default: "KMS" }),
      KMSMasterKeyId: optional(text(), "The key.", {
        defaultWords: "from the dependency kmsKey, else AWS's",
      }),
    }),
    "Encryption with a KMS key.",
    { defaultWords: "with DynamoDB's own key", clear: "own call" },
  ),
  TableClass: optional(enumText("STANDARD", "STANDARD_INFREQUENT_ACCESS"), "Class of storage.", {
    default: "STANDARD",
  }),
  DeletionProtectionEnabled: optional(flag(), "Refuses deletion, including by Gatewright, until it is off.", {
    default: false,
  }),
  TimeToLiveSpecification: optional(
    properties({
      AttributeName: required(attributeName(), "Attribute that holds the time at which an item goes."),
      Enabled: optional(flag(), "Whether items go.", { default: true }),
    }),
    "When items go by themselves. AWS takes one change an hour, and another attribute is two: the apply waits.",
    { clear: "own call" },
  ),
  PointInTimeRecoverySpecification: optional(
    properties({
      PointInTimeRecoveryEnabled: optional(flag(), "Whether it can be restored to any second.", {
        default: false,
      }),
    }),
    "Continuous backups.",
    { default: {}, defaultWords: "off" },
  ),
  Tags: tags(),
});

const capacity = (given: JsonValue | undefined, provisioned: boolean): JsonObject => {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = objectOf(given);
  return provisioned ? { ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits } } : {};
};

/** DescribeTable's answer as the properties that make it. What it does not say is AWS's default. */
export function describedTable(table: JsonObject): JsonObject {
  const BillingMode = textOf(objectOf(table.BillingModeSummary).BillingMode) || "PROVISIONED";
  const provisioned = BillingMode === "PROVISIONED";
  const index = (one: JsonValue): JsonObject => {
    const {
      IndexName = "",
      KeySchema = [],
      Projection = {},
      ProvisionedThroughput,
      OnDemandThroughput,
    } = objectOf(one);
    return {
      IndexName,
      KeySchema,
      Projection,
      ...capacity(ProvisionedThroughput, provisioned),
      ...(isEmpty(OnDemandThroughput) || OnDemandThroughput === undefined ? {} : { OnDemandThroughput }),
    };
  };
  const local = (one: JsonValue): JsonObject => {
    const { IndexName = "", KeySchema = [], Projection = {} } = objectOf(one);
    return { IndexName, KeySchema, Projection };
  };
  const sse = objectOf(table.SSEDescription);
  const key = sse.KMSMasterKeyArn;
  return {
    ...table,
    BillingMode,
    ...capacity(table.ProvisionedThroughput, provisioned),
    GlobalSecondaryIndexes: listOf(table.GlobalSecondaryIndexes).map(index),
    LocalSecondaryIndexes: listOf(table.LocalSecondaryIndexes).map(local),
    TableClass: textOf(objectOf(table.TableClassSummary).TableClass) || "STANDARD",
    ...(/^ENABL/.test(textOf(sse.Status))
      ? {
          SSESpecification: {
            Enabled: true,
            SSEType: sse.SSEType ?? "KMS",
            ...(key === undefined ? {} : { KMSMasterKeyId: key }),
          },
        }
      : {}),
  };
}
