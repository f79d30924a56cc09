/** Every error recorded from AWS is of the class that the record gives it. */
import { describe, expect, it } from "vitest";
import { cloudWatch } from "../../src/resources/CloudWatch/service.ts";
import { dynamoDb } from "../../src/resources/DynamoDB/service.ts";
import { kms } from "../../src/resources/KMS/service.ts";
import { sns } from "../../src/resources/SNS/service.ts";
import { classify, ruleOf, type ErrorRule } from "../../src/aws/classify.ts";
import { sts } from "../../src/aws/services.ts";
import { apiGateway } from "../../src/resources/ApiGatewayV2/service.ts";
import { logs } from "../../src/resources/CloudWatchLogs/service.ts";
import { iam } from "../../src/resources/IAM/service.ts";
import { lambda } from "../../src/resources/Lambda/service.ts";
import { type RecordedError, recordedErrors } from "./recorded.ts";

/** Services without a table of their own are read by what all services say alike. */
const TABLES: Partial<Record<RecordedError["service"], readonly ErrorRule[] | undefined>> = {
  ApiGatewayV2: apiGateway.errors,
  // The same control plane, with the same words.
  ApiGateway: apiGateway.errors,
  CloudWatch: cloudWatch.errors,
  CloudWatchLogs: logs.errors,
  DynamoDB: dynamoDb.errors,
  IAM: iam.errors,
  KMS: kms.errors,
  Lambda: lambda.errors,
  SNS: sns.errors,
  STS: sts.errors,
};

const rows = recordedErrors();

describe("an error recorded from AWS", () => {
  it.each(rows)("$id: $operation $code is $class", ({ service, class: expected, sdkCode, ...failure }) => {
    const own = TABLES[service];
    expect(classify(failure, own)).toBe(expected);
    // Over the wire it has the service's code, from the SDK the model's name.
    expect(classify({ ...failure, code: sdkCode ?? failure.code }, own)).toBe(expected);
  });

  it.each(rows.filter((row) => row.class === "quota"))("$id names its quota and how to raise it", (row) => {
    const own = TABLES[row.service];
    if (own === undefined) return;
    const quota = ruleOf(row, own)?.quota;
    expect(quota?.name).toMatch(/^\w[\w ,'()-]+$/);
    expect(quota?.raise).toMatch(/\w\.$/);
  });

  it.each(rows.filter((row) => ["wait", "busy"].includes(row.class)))("$id says what is awaited", (row) => {
    const own = TABLES[row.service];
    if (own === undefined) return;
    expect(ruleOf(row, own)?.awaiting).toMatch(/ to /);
  });
});
