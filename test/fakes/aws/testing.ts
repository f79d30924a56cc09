import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { IAM } from "@aws-sdk/client-iam";
import { type CreateFunctionRequest, Lambda } from "@aws-sdk/client-lambda";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import { STS } from "@aws-sdk/client-sts";
import { zipSync } from "fflate";
import { createFakeAws, type FakeAws, type FakeAwsOptions } from "./fake-aws.ts";

export const TRUST = trust("lambda.amazonaws.com");
export const DOCUMENT = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }],
});
export const FUNCTION_ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";

/** A trust policy for one service. */
export function trust(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

export interface Clients {
  fake: FakeAws;
  api: ApiGatewayV2;
  lambda: Lambda;
  iam: IAM;
  logs: CloudWatchLogs;
  sts: STS;
  tagging: ResourceGroupsTaggingAPI;
}

/** A fresh fake and the real SDK's clients for it. No retries: a test wants to see each answer. */
export function account(options: FakeAwsOptions = {}, region?: string): Clients {
  const fake = createFakeAws(options);
  return { fake, ...clientsOf(fake, region) };
}

/** The real SDK's clients for a fake. */
export function clientsOf(fake: FakeAws, region?: string): Omit<Clients, "fake"> {
  const config = { ...fake.clientConfig(region), maxAttempts: 1 };
  return {
    api: new ApiGatewayV2(config),
    lambda: new Lambda(config),
    iam: new IAM(config),
    logs: new CloudWatchLogs(config),
    sts: new STS(config),
    tagging: new ResourceGroupsTaggingAPI(config),
  };
}

/** A deployment package whose content differs with the text. */
export const zip = (text = "exports.handler = async () => 1"): Uint8Array =>
  zipSync({ "f.js": new TextEncoder().encode(text) });

/** A role Lambda can assume. */
export async function lambdaRole(iam: IAM, name = "r"): Promise<string> {
  const { Role } = await iam.createRole({ RoleName: name, AssumeRolePolicyDocument: TRUST });
  return Role?.Arn ?? "";
}

/** An account with a role, and a function to create functions with it. */
export async function withRole(options: FakeAwsOptions = {}) {
  const clients = account(options);
  const Role = await lambdaRole(clients.iam);
  const base = {
    FunctionName: "f",
    Role,
    Runtime: "nodejs22.x",
    Handler: "f.handler",
    Code: { ZipFile: zip() },
  } as const;
  const create = (more: Partial<CreateFunctionRequest> = {}) =>
    clients.lambda.createFunction({ ...base, ...more });
  return { ...clients, Role, create };
}

/** An Active function `f`. */
export async function activeFunction({ iam, lambda }: Clients, more: object = {}): Promise<void> {
  await lambda.createFunction({
    FunctionName: "f",
    Role: await lambdaRole(iam),
    Runtime: "nodejs22.x",
    Handler: "f.handler",
    Code: { ZipFile: zip() },
    ...more,
  });
  await lambda.getFunction({ FunctionName: "f" });
}

/** An HTTP API with a Lambda integration and one route. */
export async function httpApi(
  api: ApiGatewayV2,
): Promise<{ ApiId: string; IntegrationId: string; RouteId: string; Target: string }> {
  const { ApiId } = await api.createApi({ Name: "a", ProtocolType: "HTTP" });
  const { IntegrationId } = await api.createIntegration({
    ApiId,
    IntegrationType: "AWS_PROXY",
    IntegrationUri: FUNCTION_ARN,
    PayloadFormatVersion: "2.0",
  });
  const Target = `integrations/${IntegrationId}`;
  const { RouteId } = await api.createRoute({ ApiId, RouteKey: "GET /x", Target });
  return { ApiId: ApiId ?? "", IntegrationId: IntegrationId ?? "", RouteId: RouteId ?? "", Target };
}

/** A WEBSOCKET API. */
export async function webSocketApi(api: ApiGatewayV2): Promise<string> {
  const { ApiId } = await api.createApi({
    Name: "w",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
  });
  return ApiId ?? "";
}

/** What a call is refused with: its code and its message. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
  return "not refused";
}

/** A response without the SDK's metadata. */
export function plain<T extends object>(response: T): Omit<T, "$metadata"> {
  const { $metadata: _gone, ...rest } = response as T & { $metadata?: unknown };
  return rest;
}
