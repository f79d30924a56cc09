import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import { STS } from "@aws-sdk/client-sts";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type ClientConfig, createFakeAws } from "./fake-aws.ts";

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }],
});

/** A whole small stack through the real SDK; the same over sockets and in process. */
type Config = Partial<ClientConfig> & Pick<ClientConfig, "region" | "credentials"> & { endpoint?: string };

async function wholeStack(config: Config) {
  const tags = { "gc-stage": "dev" };
  const sts = new STS(config);
  const iam = new IAM(config);
  const lambda = new Lambda(config);
  const logs = new CloudWatchLogs(config);
  const api = new ApiGatewayV2(config);
  const tagging = new ResourceGroupsTaggingAPI(config);
  expect((await sts.getCallerIdentity({})).Account).toBe("123456789012");
  const policy = await iam.createPolicy({ PolicyName: "p", PolicyDocument: DOCUMENT });
  const role = await iam.createRole({
    RoleName: "r",
    AssumeRolePolicyDocument: TRUST,
    Tags: [{ Key: "a", Value: "b" }],
  });
  await iam.attachRolePolicy({ RoleName: "r", PolicyArn: policy.Policy?.Arn });
  const read = await iam.getRole({ RoleName: "r" });
  expect(decodeURIComponent(read.Role?.AssumeRolePolicyDocument ?? "")).toBe(TRUST);
  expect(read.Role?.Tags).toEqual([{ Key: "a", Value: "b" }]);
  await logs.createLogGroup({ logGroupName: "/app", tags });
  expect((await logs.describeLogGroups({})).logGroups?.[0]?.logGroupName).toBe("/app");
  const fn = await lambda.createFunction({
    FunctionName: "f",
    Role: role.Role?.Arn,
    Runtime: "nodejs22.x",
    Handler: "f.handler",
    Code: { ZipFile: zipSync({ "f.js": new TextEncoder().encode("exports.handler = () => 1") }) },
    Tags: tags,
  });
  expect(fn.State).toBe("Pending");
  expect((await lambda.getFunction({ FunctionName: "f" })).Configuration?.State).toBe("Active");
  await lambda.addPermission({
    FunctionName: "f",
    StatementId: "s",
    Action: "lambda:InvokeFunction",
    Principal: "apigateway.amazonaws.com",
    SourceArn: "arn:aws:execute-api:us-east-1:123456789012:abc/*",
  });
  const { ApiId } = await api.createApi({ Name: "a", ProtocolType: "HTTP", Tags: tags });
  const { IntegrationId } = await api.createIntegration({
    ApiId,
    IntegrationType: "AWS_PROXY",
    IntegrationUri: fn.FunctionArn,
    PayloadFormatVersion: "2.0",
  });
  await api.createRoute({ ApiId, RouteKey: "GET /x", Target: `integrations/${IntegrationId}` });
  await api.createStage({ ApiId, StageName: "$default", AutoDeploy: true, Tags: tags });
  const stage = await api.getStage({ ApiId, StageName: "$default" });
  expect(stage.DeploymentId).toBeTruthy();
  expect(stage.CreatedDate).toBeInstanceOf(Date);
  const found = await tagging.getResources({ TagFilters: [{ Key: "gc-stage", Values: ["dev"] }] });
  expect(found.ResourceTagMappingList?.map((r) => r.ResourceARN)).toEqual([
    `arn:aws:apigateway:us-east-1::/apis/${ApiId}`,
    `arn:aws:apigateway:us-east-1::/apis/${ApiId}/stages/$default`,
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "arn:aws:logs:us-east-1:123456789012:log-group:/app",
  ]);
  await api.deleteApi({ ApiId });
  await expect(api.getApi({ ApiId })).rejects.toMatchObject({ name: "NotFoundException" });
  await expect(iam.deleteRole({ RoleName: "r" })).rejects.toMatchObject({ name: "DeleteConflictException" });
}

describe("the fake speaks the real SDK's protocols", () => {
  it("in process", async () => {
    const fake = createFakeAws();
    await wholeStack(fake.clientConfig());
    expect(fake.calls.filter((call) => call.write).length).toBe(12);
  });

  it("over HTTP", async () => {
    const fake = createFakeAws();
    const server = await fake.listen();
    const { region, credentials } = fake.clientConfig();
    await wholeStack({ region, credentials, endpoint: server.url });
    await server.close();
  });
});
