import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { IAM } from "@aws-sdk/client-iam";
import { Lambda } from "@aws-sdk/client-lambda";
import { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import { afterEach, describe, expect, it } from "vitest";
import { listen } from "../aws/core/http-server.ts";
import { createFakeAws, type FakeAwsOptions } from "../aws/fake-aws.ts";
import { httpApi, lambdaRole, refusal } from "../aws/testing.ts";
import { type AwsProxyOptions, createAwsProxy } from "./proxy.ts";

const API = { Name: "a", ProtocolType: "HTTP" } as const;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  while (open.length > 0) await open.pop()?.close();
});

/** The strict fake behind a proxy, and SDK clients in front of both. */
async function setUp(options: Partial<AwsProxyOptions> = {}, fakeOptions: FakeAwsOptions = {}) {
  const fake = createFakeAws(fakeOptions);
  const server = await fake.listen();
  const proxy = createAwsProxy({ upstream: server.url, ...options });
  const front = await proxy.listen();
  open.push(server, front);
  const { region, credentials } = fake.clientConfig();
  const config = { region, credentials, endpoint: front.url, maxAttempts: 1 };
  return {
    fake,
    proxy,
    url: front.url,
    api: new ApiGatewayV2(config),
    iam: new IAM(config),
    lambda: new Lambda(config),
    logs: new CloudWatchLogs(config),
    tagging: new ResourceGroupsTaggingAPI(config),
  };
}

describe("the AWS proxy", () => {
  it("passes everything on and counts by service and operation", async () => {
    const { api, iam, logs, fake, proxy } = await setUp();
    const { ApiId } = await httpApi(api);
    await api.createStage({
      ApiId,
      StageName: "$default",
      RouteSettings: { "GET /x": { ThrottlingBurstLimit: 1 } },
    });
    await api.deleteRouteSettings({ ApiId, StageName: "$default", RouteKey: "GET /x" });
    const ResourceArn = `arn:aws:apigateway:us-east-1::/apis/${ApiId}`;
    await api.tagResource({ ResourceArn, Tags: { "a b": "1", c: "2" } });
    await api.untagResource({ ResourceArn, TagKeys: ["a b", "c"] });
    await lambdaRole(iam);
    await logs.createLogGroup({ logGroupName: "/a" });
    expect(await refusal(api.getApi({ ApiId: "x" }))).toMatch(/^NotFoundException/);
    expect(proxy.counts()).toEqual({
      "apigatewayv2 CreateApi": 1,
      "apigatewayv2 CreateIntegration": 1,
      "apigatewayv2 CreateRoute": 1,
      "apigatewayv2 CreateStage": 1,
      "apigatewayv2 DeleteRouteSettings": 1,
      "apigatewayv2 GetApi": 1,
      "apigatewayv2 TagResource": 1,
      "apigatewayv2 UntagResource": 1,
      "iam CreateRole": 1,
      "logs CreateLogGroup": 1,
    });
    expect(fake.calls.map((call) => call.operation)).toEqual(proxy.calls.map((call) => call.operation));
    expect(fake.state.apis.get(ApiId)?.api.Tags).toEqual({});
    expect(proxy.calls.at(-1)).toMatchObject({ status: 404, write: false, forwarded: true });
    proxy.reset();
    expect(proxy.counts()).toEqual({});
  });

  it("pages every list by N, in query, form and body", async () => {
    const { api, iam, lambda, logs, tagging } = await setUp({ pageSize: 2 });
    for (const i of [1, 2, 3]) {
      await api.createApi({ ...API, Tags: { t: "1" } });
      await lambdaRole(iam, `r${i}`);
      await logs.createLogGroup({ logGroupName: `/${i}` });
    }
    const first = await api.getApis({ MaxResults: "100" });
    expect(first.Items?.length).toBe(2);
    expect((await api.getApis({ NextToken: first.NextToken })).Items?.length).toBe(1);
    expect((await api.getApis({ MaxResults: "1" })).Items?.length).toBe(1);
    expect((await iam.listRoles({})).Roles?.length).toBe(2);
    expect((await logs.describeLogGroups({})).logGroups?.length).toBe(2);
    expect((await tagging.getResources({ TagFilters: [{ Key: "t" }] })).ResourceTagMappingList?.length).toBe(
      2,
    );
    expect((await lambda.listFunctions({})).Functions).toEqual([]);
  });

  it("adds latency, also while it runs", async () => {
    const { api, proxy } = await setUp();
    proxy.options.latencyMs = 60;
    const start = performance.now();
    await api.getApis({});
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  it("enforces API Gateway's rate and nobody else's", async () => {
    let now = 0;
    const { api, iam, fake, proxy } = await setUp({ throttle: true, clock: () => now });
    const burst = async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => refusal(api.getApis({}))));
      return answers.filter((answer) => answer === "not refused").length;
    };
    expect(await burst()).toBe(40);
    expect(proxy.calls.filter((call) => call.status === 429 && !call.forwarded).length).toBe(10);
    expect(fake.calls.length).toBe(40);
    now = 2000;
    expect(await burst()).toBe(20);
    await Promise.all(Array.from({ length: 50 }, () => iam.listRoles({})));
  });

  it("throttles, fails and denies n times, in each service's protocol", async () => {
    const { api, iam, logs, proxy, fake } = await setUp();
    proxy.faults.inject({ kind: "throttle", service: "apigatewayv2", times: 2 });
    expect(await refusal(api.createApi(API))).toMatch(/^TooManyRequestsException/);
    expect(await refusal(api.createApi(API))).toMatch(/^TooManyRequestsException/);
    expect(await refusal(api.createApi(API))).toBe("not refused");
    proxy.faults.inject({ kind: "denied", operation: "ListRoles" });
    expect(await refusal(iam.listRoles({}))).toMatch(/^AccessDenied: .*iam:ListRoles/);
    proxy.faults.inject({ kind: "error", service: "logs" });
    expect(await refusal(logs.describeLogGroups({}))).toMatch(/^InternalFailure/);
    expect(fake.calls.length).toBe(1);
  });

  it("cuts the connection before or after the k-th write", async () => {
    const { api, proxy, fake } = await setUp();
    proxy.faults.inject({ kind: "cut-after", writesOnly: true, skip: 1 });
    await api.createApi(API);
    await api.getApis({});
    expect(await refusal(api.createApi(API))).toMatch(/socket hang up|ECONNRESET/);
    expect(fake.state.apis.size).toBe(2);
    proxy.faults.inject({ kind: "cut", writesOnly: true });
    expect(await refusal(api.createApi(API))).toMatch(/socket hang up|ECONNRESET/);
    expect(fake.state.apis.size).toBe(2);
    expect(proxy.calls.filter((call) => call.status === 0).length).toBe(2);
    proxy.faults.inject({ kind: "error-after", writesOnly: true });
    expect(await refusal(api.createApi(API))).toMatch(/^InternalFailure/);
    expect(fake.state.apis.size).toBe(3);
  });

  it("names calls of services nobody here speaks, and leaves their bytes alone", async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      request.on("data", (chunk: Buffer) => bodies.push(`${request.url} ${chunk.toString()}`));
      request.on("end", () => response.setHeader("set-cookie", ["a=1", "b=2"]).end("ok"));
    });
    const upstream = await listen(server);
    const proxy = createAwsProxy({ upstream: upstream.url });
    const front = await proxy.listen();
    open.push(upstream, front);
    const authorization = "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/dynamodb/aws4_request";
    const target = { "x-amz-target": "DynamoDB_20120810.PutItem", authorization };
    const answer = await fetch(front.url, { method: "POST", headers: target, body: "{ }" });
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    await fetch(`${front.url}/a%2Fb?x=1%202`, { method: "PUT", body: "é" });
    expect(proxy.counts()).toEqual({ "dynamodb PutItem": 1, "unsigned PUT /a%2Fb": 1 });
    expect(proxy.calls.map((call) => call.write)).toEqual([true, true]);
    expect(bodies).toEqual(["/ { }", "/a%2Fb?x=1%202 é"]);
  });

  it("cuts when the upstream is gone, as a dead endpoint would", async () => {
    const proxy = createAwsProxy({ upstream: "http://127.0.0.1:9" });
    const front = await proxy.listen();
    open.push(front);
    await expect(fetch(front.url)).rejects.toThrow();
  });

  it("runs as a process and is controlled over HTTP", async () => {
    const fake = createFakeAws();
    const server = await fake.listen();
    open.push(server);
    const args = ["test/fakes/proxy/main.ts", "--upstream", server.url, "--page-size", "1"];
    const child = spawn(process.execPath, args);
    try {
      const [line] = await once(createInterface({ input: child.stdout }), "line");
      const { url }: { url: string } = JSON.parse(line);
      const { region, credentials } = fake.clientConfig();
      const api = new ApiGatewayV2({ region, credentials, endpoint: url, maxAttempts: 1 });
      await fetch(`${url}/_proxy/faults`, { method: "POST", body: JSON.stringify({ kind: "throttle" }) });
      expect(await refusal(api.createApi(API))).toMatch(/^TooManyRequestsException/);
      await api.createApi(API);
      await api.createApi(API);
      expect((await api.getApis({})).Items?.length).toBe(1);
      await fetch(`${url}/_proxy/options`, { method: "PATCH", body: JSON.stringify({ pageSize: 2 }) });
      expect((await api.getApis({})).Items?.length).toBe(2);
      const counts: unknown = await (await fetch(`${url}/_proxy/counts`)).json();
      expect(counts).toEqual({ "apigatewayv2 CreateApi": 3, "apigatewayv2 GetApis": 2 });
    } finally {
      child.kill();
    }
  });
});
