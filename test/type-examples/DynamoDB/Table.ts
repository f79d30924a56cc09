/** Tables. */
import { NAME, type TypeExample } from "../example.ts";

const OWN_CALL = "set by a call of its own; not supported";
const WARM = "AWS raises it by itself as the table is used";
const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" });
const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" });
const units = (count: number) => ({ ReadCapacityUnits: count, WriteCapacityUnits: count });
const byOwner = (capacity: number) => ({
  IndexName: "by-owner",
  KeySchema: [hash("owner")],
  Projection: { ProjectionType: "ALL" },
  ProvisionedThroughput: units(capacity),
});

export const example: TypeExample = {
  type: "DynamoDB::Table",
  cloudFormation: [{ type: "AWS::DynamoDB::Table" }],
  differences: {
    "AttributeDefinitions: required here only": "AWS refuses a table without them",
    "ContributorInsightsSpecification: only there": OWN_CALL,
    "GlobalSecondaryIndexes[].ContributorInsightsSpecification: only there": OWN_CALL,
    "GlobalSecondaryIndexes[].WarmThroughput: only there": WARM,
    "ImportSourceSpecification: only there": OWN_CALL,
    "KinesisStreamSpecification: only there": OWN_CALL,
    "LocalSecondaryIndexes: replaces here only":
      "no call changes them; CloudFormation refuses the update instead",
    "PointInTimeRecoverySpecification.RecoveryPeriodInDays: only there": "35 days, AWS's default",
    "ResourcePolicy: only there": OWN_CALL,
    "SSESpecification.Enabled: only here": "SSEEnabled there",
    "SSESpecification.SSEEnabled: only there": "Enabled in the SDK",
    "StreamSpecification.ResourcePolicy: only there": OWN_CALL,
    "StreamSpecification.StreamEnabled: only here": "the SDK's; a stream that CloudFormation is given is on",
    "StreamSpecification.StreamViewType: required there only": "a stream that is off has none",
    "StreamSpecification.Tags: only there": OWN_CALL,
    "TableName: required here only": NAME,
    "TimeToLiveSpecification.AttributeName: required here only": "AWS refuses it without",
    "TimeToLiveSpecification.Enabled: required there only": "on unless it says that it is off",
    "VectorIndexes: only there": "the installed SDK does not have them",
    "WarmThroughput: only there": WARM,
  },
  notChanged: {
    AttributeDefinitions: "goes with the keys that use them: Table.test.ts",
    BillingMode: "its capacity goes with it: Table.test.ts",
    KeySchema: "its attributes go with it: Table.test.ts",
    LocalSecondaryIndexes: "their attributes go with them: Table.test.ts",
    "SSESpecification.Enabled": "off is what a table has that says nothing",
    "SSESpecification.SSEType": "KMS is the only value that AWS takes",
  },
  lives: [
    {
      as: "provisioned",
      beside: [],
      full: {
        TableName: "orders",
        AttributeDefinitions: [text("id"), text("owner"), text("day")],
        KeySchema: [hash("id"), { AttributeName: "day", KeyType: "RANGE" }],
        BillingMode: "PROVISIONED",
        ProvisionedThroughput: units(2),
        GlobalSecondaryIndexes: [byOwner(2)],
        LocalSecondaryIndexes: [
          {
            IndexName: "local",
            KeySchema: [hash("id"), { AttributeName: "owner", KeyType: "RANGE" }],
            Projection: { ProjectionType: "KEYS_ONLY" },
          },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
        SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: KEY },
        TableClass: "STANDARD_INFREQUENT_ACCESS",
        DeletionProtectionEnabled: false,
        TimeToLiveSpecification: { AttributeName: "until", Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        Tags: { team: "a" },
      },
      minimal: {
        TableName: "orders",
        AttributeDefinitions: [text("id")],
        KeySchema: [hash("id")],
        BillingMode: "PAY_PER_REQUEST",
      },
      needed: [
        "TableName",
        "AttributeDefinitions",
        "KeySchema",
        "ProvisionedThroughput",
        "ProvisionedThroughput.ReadCapacityUnits",
        "ProvisionedThroughput.WriteCapacityUnits",
        "StreamSpecification.StreamViewType",
        "SSESpecification.KMSMasterKeyId",
        "SSESpecification.SSEType",
        "SSESpecification.Enabled",
        "TimeToLiveSpecification.AttributeName",
      ],
      changed: {
        TableName: "invoices",
        "ProvisionedThroughput.ReadCapacityUnits": 3,
        "ProvisionedThroughput.WriteCapacityUnits": 3,
        GlobalSecondaryIndexes: [byOwner(3)],
        "StreamSpecification.StreamEnabled": false,
        "StreamSpecification.StreamViewType": "KEYS_ONLY",
        "SSESpecification.KMSMasterKeyId": `${KEY}2`,
        TableClass: "STANDARD",
        DeletionProtectionEnabled: true,
        "TimeToLiveSpecification.AttributeName": "gone",
        "TimeToLiveSpecification.Enabled": false,
        "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled": false,
        Tags: { team: "b" },
      },
    },
    {
      as: "on demand",
      beside: [],
      full: {
        TableName: "orders",
        AttributeDefinitions: [text("id")],
        KeySchema: [hash("id")],
        BillingMode: "PAY_PER_REQUEST",
        OnDemandThroughput: { MaxReadRequestUnits: 10, MaxWriteRequestUnits: 10 },
      },
      minimal: {
        TableName: "orders",
        AttributeDefinitions: [text("id")],
        KeySchema: [hash("id")],
        BillingMode: "PAY_PER_REQUEST",
      },
      needed: ["TableName", "AttributeDefinitions", "KeySchema", "BillingMode"],
      changed: {
        "OnDemandThroughput.MaxReadRequestUnits": 20,
        "OnDemandThroughput.MaxWriteRequestUnits": 20,
      },
    },
  ],
};
