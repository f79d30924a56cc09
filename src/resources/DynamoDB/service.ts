/** The service of this folder's types. */
import type { DynamoDB } from "@aws-sdk/client-dynamodb";
import { actionsWith, type Service } from "../../aws/service.ts";

export const dynamoDb: Service<DynamoDB> = {
  name: "DynamoDB",
  region: "regional",
  iamAction: actionsWith("dynamodb"),
  lookBeforeRepeating: ["CreateTable"],
  errors: [
    { code: /^ResourceInUse/, message: /already exists/i, class: "exists" },
    // One change of a table at a time: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
    {
      code: /^ResourceInUse/,
      class: "busy",
      awaiting: "the table's current change to finish",
      deadlineMs: 1_800_000,
    },
    {
      code: /^LimitExceeded/,
      message: /simultaneously|concurrently|Only 1 online index/i,
      class: "busy",
      awaiting: "other changes of tables and indexes to finish",
      deadlineMs: 1_800_000,
    },
    // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html
    {
      operation: /^UpdateTimeToLive$/,
      message: /multiple times within a fixed interval/i,
      class: "wait",
      awaiting: "an hour to pass since the last change of the table's expiry, as AWS asks",
      deadlineMs: 3_900_000,
    },
    {
      code: /^ContinuousBackupsUnavailable/,
      class: "wait",
      awaiting: "the table's backups to be available",
      deadlineMs: 600_000,
    },
  ],
  load: async (config) => new (await import("@aws-sdk/client-dynamodb")).DynamoDB(config),
};
