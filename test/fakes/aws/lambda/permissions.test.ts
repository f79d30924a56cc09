import type { AddPermissionRequest } from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { account, activeFunction, FUNCTION_ARN, refusal } from "../testing.ts";

const GATEWAY = {
  FunctionName: "f",
  StatementId: "s",
  Action: "lambda:InvokeFunction",
  Principal: "apigateway.amazonaws.com",
  SourceArn: "arn:aws:execute-api:us-east-1:123456789012:abc/*",
} satisfies AddPermissionRequest;

async function setUp(options: Parameters<typeof account>[0] = {}) {
  const clients = account(options);
  await activeFunction(clients);
  const { lambda } = clients;
  const add = async (input: Partial<AddPermissionRequest>): Promise<unknown> =>
    JSON.parse((await lambda.addPermission({ ...GATEWAY, SourceArn: undefined, ...input })).Statement ?? "");
  return { lambda, add };
}

describe("permissions", () => {
  it("P-01 a service with a source ARN, in AWS's exact JSON", async () => {
    const { lambda } = await setUp();
    const { Statement } = await lambda.addPermission(GATEWAY);
    expect(Statement).toBe(
      `{"Sid":"s","Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"${FUNCTION_ARN}","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:us-east-1:123456789012:abc/*"}}}`,
    );
    const { Policy } = await lambda.getPolicy({ FunctionName: "f" });
    expect(Policy).toBe(`{"Version":"2012-10-17","Id":"default","Statement":[${Statement}]}`);
  });

  it("P-02 accounts become root ARNs, ARNs stay, * stays", async () => {
    const { add } = await setUp();
    expect(await add({ Principal: "210987654321" })).toMatchObject({
      Principal: { AWS: "arn:aws:iam::210987654321:root" },
    });
    const role = "arn:aws:iam::210987654321:role/x";
    expect(await add({ StatementId: "t", Principal: role })).toMatchObject({ Principal: { AWS: role } });
    const url = {
      StatementId: "u",
      Principal: "*",
      Action: "lambda:InvokeFunctionUrl",
      FunctionUrlAuthType: "NONE",
    } as const;
    expect(await add(url)).toMatchObject({
      Principal: "*",
      Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } },
    });
  });

  it("P-03 the other conditions", async () => {
    const { add } = await setUp();
    expect(
      await add({ SourceAccount: "123456789012", EventSourceToken: "t", SourceArn: "arn:aws:s3:::b" }),
    ).toMatchObject({
      Condition: {
        StringEquals: { "AWS:SourceAccount": "123456789012", "lambda:EventSourceToken": "t" },
        ArnLike: { "AWS:SourceArn": "arn:aws:s3:::b" },
      },
    });
    expect(await add({ StatementId: "o", Principal: "*", PrincipalOrgID: "o-1234567890" })).toMatchObject({
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
    });
  });

  it("P-04 there is no update: the same id is a conflict, also with the same content", async () => {
    const { lambda } = await setUp();
    await lambda.addPermission(GATEWAY);
    expect(await refusal(lambda.addPermission(GATEWAY))).toBe(
      "ResourceConflictException: The statement id (s) provided already exists. Please provide a new statement id, or remove the existing statement.",
    );
  });

  it("P-05 no statement, no policy: 404, also after the last is removed", async () => {
    const { lambda } = await setUp();
    const get = () => refusal(lambda.getPolicy({ FunctionName: "f" }));
    expect(await get()).toBe("ResourceNotFoundException: The resource you requested does not exist.");
    await lambda.addPermission(GATEWAY);
    await lambda.removePermission({ FunctionName: "f", StatementId: "s" });
    expect(await get()).toMatch(/^ResourceNotFoundException/);
    const again = lambda.removePermission({ FunctionName: "f", StatementId: "s" });
    expect(await refusal(again)).toBe(
      "ResourceNotFoundException: Statement s is not found in resource policy.",
    );
  });

  it("P-06 principal, action, ids and ARNs are checked", async () => {
    const { add } = await setUp();
    expect(await refusal(add({ Principal: "somebody" }))).toMatch(/provided principal was invalid/);
    expect(await refusal(add({ Action: "s3:GetObject" }))).toMatch(/^ValidationException/);
    expect(await refusal(add({ StatementId: "a b" }))).toMatch(/^ValidationException/);
    expect(await refusal(add({ SourceArn: "abc" }))).toMatch(/^ValidationException/);
    expect(await refusal(add({ FunctionUrlAuthType: "NONE" }))).toMatch(
      /FunctionUrlAuthType is only supported/,
    );
  });

  it("P-07 the policy may have 20 KB", async () => {
    const { lambda } = await setUp({ quotas: { functionPolicySize: 400 } });
    await lambda.addPermission(GATEWAY);
    const call = lambda.addPermission({ ...GATEWAY, StatementId: "t" });
    expect(await refusal(call)).toMatch(/^PolicyLengthExceededException/);
  });

  it("P-08 RevisionId guards the policy", async () => {
    const { lambda } = await setUp();
    await lambda.addPermission(GATEWAY);
    const { RevisionId } = await lambda.getPolicy({ FunctionName: "f" });
    await lambda.addPermission({ ...GATEWAY, StatementId: "t", RevisionId });
    const stale = lambda.removePermission({ FunctionName: "f", StatementId: "t", RevisionId });
    expect(await refusal(stale)).toMatch(/^PreconditionFailedException/);
  });
});
