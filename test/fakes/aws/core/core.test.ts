import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { ApiGatewayV2 } from "@aws-sdk/client-apigatewayv2";
import { IAM } from "@aws-sdk/client-iam";
import { describe, expect, it } from "vitest";
import { createFakeAws } from "../fake-aws.ts";
import { account, clientsOf, httpApi, refusal } from "../testing.ts";

const API = { Name: "a", ProtocolType: "HTTP" } as const;

describe("the wire", () => {
  it("F-01 every call is recorded with service, operation, region, input and the error it was answered with", async () => {
    const { api, fake } = account();
    await api.createApi(API);
    await refusal(api.getApi({ ApiId: "x" }));
    expect(fake.calls.map(({ at: _at, ...call }) => call)).toEqual([
      { service: "apigatewayv2", operation: "CreateApi", region: "us-east-1", write: true, input: API },
      {
        service: "apigatewayv2",
        operation: "GetApi",
        region: "us-east-1",
        write: false,
        input: { ApiId: "x" },
        error: "NotFoundException",
      },
    ]);
    fake.resetCalls();
    expect(fake.calls).toEqual([]);
  });

  it("F-02 the same options and calls give the same ids, times and answers", async () => {
    const run = async (seed: number) => {
      const { api } = account({ seed });
      const { ApiId } = await httpApi(api);
      return JSON.stringify([await api.getApi({ ApiId }), await api.getRoutes({ ApiId })]);
    };
    expect(await run(7)).toBe(await run(7));
    expect(await run(7)).not.toBe(await run(8));
  });

  it("F-03 a value of the wrong type is a SerializationException", async () => {
    const { api } = account();
    const call = api.createApi({ ...API, DisableExecuteApiEndpoint: "yes" } as never);
    expect(await refusal(call)).toMatch(/^SerializationException/);
  });

  it("F-04 regions are apart, IAM is one", async () => {
    const { fake, iam } = account();
    await clientsOf(fake, "eu-west-1").api.createApi(API);
    expect(fake.state.apis.size).toBe(0);
    expect([...fake.region("eu-west-1").apis.values()][0]?.api.ApiEndpoint).toMatch(/eu-west-1/);
    await iam.createRole({ RoleName: "r", AssumeRolePolicyDocument: trustOf("lambda") });
    expect((await clientsOf(fake, "eu-west-1").iam.getRole({ RoleName: "r" })).Role?.RoleName).toBe("r");
  });

  it("F-05 other partitions have other ARNs and host names", async () => {
    const { api, fake } = account({ region: "cn-north-1" });
    const { ApiId, ApiEndpoint } = await api.createApi(API);
    expect(ApiEndpoint).toMatch(/\.amazonaws\.com\.cn$/);
    await api.tagResource({
      ResourceArn: `arn:aws-cn:apigateway:cn-north-1::/apis/${ApiId}`,
      Tags: { a: "1" },
    });
    expect(fake.state.apis.get(ApiId ?? "")?.api.Tags).toEqual({ a: "1" });
  });

  it("F-06 what the fake lacks is 501 by name; a request without a signature is refused", async () => {
    const { api, fake } = account();
    const call = api.createPortal({
      Authorization: { None: {} },
      EndpointConfiguration: { None: {} },
      PortalContent: undefined,
    });
    expect(await refusal(call)).toMatch(/The fake has no apigatewayv2 CreatePortal/);
    const { response } = await fake.requestHandler().handle({ method: "GET", path: "/v2/apis", headers: {} });
    expect(response.statusCode).toBe(403);
  });

  it("F-07 route keys and ARNs survive the path", async () => {
    const { api, fake } = account();
    const { ApiId } = await httpApi(api);
    const key = "GET /x";
    await api.createStage({
      ApiId,
      StageName: "$default",
      RouteSettings: { [key]: { ThrottlingBurstLimit: 1 } },
    });
    await api.deleteRouteSettings({ ApiId, StageName: "$default", RouteKey: key });
    expect(fake.calls.at(-1)?.input).toMatchObject({ StageName: "$default", RouteKey: key });
  });
});

describe("faults", () => {
  it("F-08 throttle, error, busy and denied strike before the write, as often as said", async () => {
    const { api, fake } = account();
    const errors = {
      throttle: "TooManyRequestsException",
      error: "InternalFailure",
      busy: "ConflictException",
      denied: "AccessDeniedException",
    } as const;
    for (const kind of ["throttle", "error", "busy", "denied"] as const) {
      const fault = fake.faults.inject({ kind, operation: "CreateApi", times: 2 });
      expect(await refusal(api.createApi(API))).toMatch(errors[kind]);
      expect(await refusal(api.createApi(API))).toMatch(errors[kind]);
      expect(fault.hits).toBe(2);
    }
    expect(fake.state.apis.size).toBe(0);
    expect(await refusal(api.createApi(API))).toBe("not refused");
  });

  it("F-09 a cut before the write loses the call, a cut or a 500 after it loses only the answer", async () => {
    const { api, fake } = account();
    fake.faults.inject({ kind: "cut", operation: "CreateApi" });
    expect(await refusal(api.createApi(API))).toMatch(/socket hang up/);
    expect(fake.state.apis.size).toBe(0);
    fake.faults.inject({ kind: "cut-after", operation: "CreateApi" });
    expect(await refusal(api.createApi(API))).toMatch(/socket hang up/);
    expect(fake.state.apis.size).toBe(1);
    fake.faults.inject({ kind: "error-after", operation: "CreateApi" });
    expect(await refusal(api.createApi(API))).toMatch(/^InternalFailure/);
    expect(fake.state.apis.size).toBe(2);
  });

  it("F-10 the k-th write, a service, an input; clear disarms", async () => {
    const { api, fake } = account();
    fake.faults.inject({ kind: "cut-after", writesOnly: true, skip: 2 });
    await httpApi(api).catch(() => undefined);
    expect(fake.calls.filter((call) => call.write).length).toBe(3);
    fake.faults.inject({ kind: "error", service: "apigatewayv2", when: (input) => input.Name === "bad" });
    expect(await refusal(api.createApi(API))).toBe("not refused");
    expect(await refusal(api.createApi({ ...API, Name: "bad" }))).toMatch(/^InternalFailure/);
    fake.faults.inject({ kind: "error", times: 9 });
    fake.faults.clear();
    expect(await refusal(api.createApi(API))).toBe("not refused");
  });

  it("F-11 the SDK's own retry heals a cut, and a cut after a create duplicates it", async () => {
    const fake = createFakeAws();
    const api = new ApiGatewayV2(fake.clientConfig());
    fake.faults.inject({ kind: "cut-after", operation: "CreateApi" });
    await api.createApi(API);
    expect(fake.state.apis.size).toBe(2);
  });

  it("F-19 an aborted request is not sent; one aborted while it waits loses its answer", async () => {
    const { api, fake } = account();
    const early = new AbortController();
    early.abort();
    const first = api.createApi(API, { abortSignal: early.signal });
    expect(await refusal(first)).toMatch(/^AbortError/);
    expect(fake.state.apis.size).toBe(0);
    fake.faults.inject({ kind: "delay", delayMs: 30 });
    const late = new AbortController();
    const second = refusal(api.createApi(API, { abortSignal: late.signal }));
    setTimeout(() => late.abort(), 5);
    expect(await second).toMatch(/^AbortError/);
    expect(fake.state.apis.size).toBe(1);
  });

  it("F-12 denials are in each service's words", async () => {
    const { iam, logs, fake } = account();
    fake.faults.inject({ kind: "denied", times: 2 });
    expect(await refusal(iam.listRoles({}))).toMatch(
      /^AccessDenied: .*not authorized to perform: iam:ListRoles/,
    );
    expect(await refusal(logs.describeLogGroups({}))).toMatch(
      /^AccessDeniedException: .*logs:DescribeLogGroups/,
    );
  });
});

describe("limits", () => {
  it("F-13 API Gateway answers 40 at once, then ten a second", async () => {
    let now = 0;
    const { api, fake, iam } = account({ throttle: true, clock: () => now });
    const burst = async (n: number) => {
      let ok = 0;
      for (let i = 0; i < n; i++) if ((await refusal(api.getApis({}))) === "not refused") ok++;
      return ok;
    };
    expect(await burst(60)).toBe(40);
    now = 1000;
    expect(await burst(60)).toBe(10);
    now = 1_000_000;
    expect(await burst(60)).toBe(40);
    expect(fake.calls.find((call) => call.error !== undefined)?.error).toBe("TooManyRequestsException");
    for (let i = 0; i < 60; i++) await iam.listRoles({});
  });

  it("F-14 CreateDeployment has a rate of its own: one per five seconds", async () => {
    let now = 0;
    const { api } = account({ throttle: true, clock: () => now });
    const { ApiId } = await httpApi(api);
    const deploy = () => refusal(api.createDeployment({ ApiId }));
    expect(await deploy()).toBe("not refused");
    expect(await deploy()).toMatch(/^TooManyRequestsException/);
    now = 5000;
    expect(await deploy()).toBe("not refused");
  });

  it("F-20 VPC links have rates of their own: one made per 15 seconds, one deleted per 30", async () => {
    let now = 0;
    const { api } = account({ throttle: true, clock: () => now });
    const create = () => api.createVpcLink({ Name: "l", SubnetIds: ["subnet-1"] });
    const first = await create();
    expect(await refusal(create())).toMatch(/^TooManyRequestsException/);
    now = 15_000;
    const second = await create();
    const remove = (VpcLinkId: string | undefined) => refusal(api.deleteVpcLink({ VpcLinkId }));
    expect(await remove(first.VpcLinkId)).toBe("not refused");
    now = 30_000;
    expect(await remove(second.VpcLinkId)).toMatch(/^TooManyRequestsException/);
    now = 45_000;
    expect(await remove(second.VpcLinkId)).toBe("not refused");
  });

  it("F-15 pageSize makes every list short", async () => {
    const { api, iam, fake } = account({ pageSize: 2 });
    for (let i = 0; i < 3; i++) await api.createApi(API);
    expect((await api.getApis({ MaxResults: "100" })).Items?.length).toBe(2);
    expect((await iam.listPolicies({})).Policies?.length).toBe(2);
    expect(fake.state.apis.size).toBe(3);
  });
});

describe("as a server", () => {
  it("F-16 over HTTP: errors keep their names, cuts cut, delays delay", async () => {
    const fake = createFakeAws();
    const server = await fake.listen();
    const { region, credentials } = fake.clientConfig();
    const api = new ApiGatewayV2({ region, credentials, endpoint: server.url, maxAttempts: 1 });
    const iam = new IAM({ region, credentials, endpoint: server.url, maxAttempts: 1 });
    try {
      expect(await refusal(api.getApi({ ApiId: "x" }))).toMatch(/^NotFoundException/);
      expect(await refusal(iam.getRole({ RoleName: "x" }))).toMatch(/^NoSuchEntityException/);
      fake.faults.inject({ kind: "cut-after", operation: "CreateApi" });
      expect(await refusal(api.createApi(API))).toMatch(/socket hang up|ECONNRESET/);
      expect(fake.state.apis.size).toBe(1);
      fake.faults.inject({ kind: "delay", delayMs: 60 });
      const start = performance.now();
      await api.getApis({});
      expect(performance.now() - start).toBeGreaterThan(50);
    } finally {
      await server.close();
    }
  });

  it("F-17 as a process: prints its URL, takes faults and lists calls over HTTP", async () => {
    const child = spawn(process.execPath, ["test/fakes/aws/main.ts", "--port", "0", "--region", "eu-west-1"]);
    try {
      const [line] = await once(createInterface({ input: child.stdout }), "line");
      const { url }: { url: string } = JSON.parse(line);
      const { credentials } = createFakeAws().clientConfig();
      const api = new ApiGatewayV2({ region: "eu-west-1", credentials, endpoint: url, maxAttempts: 1 });
      await fetch(`${url}/_fake/faults`, { method: "POST", body: JSON.stringify({ kind: "throttle" }) });
      expect(await refusal(api.createApi(API))).toMatch(/^TooManyRequestsException/);
      await api.createApi(API);
      const calls: { operation: string }[] = JSON.parse(await (await fetch(`${url}/_fake/calls`)).text());
      expect(calls.map((call) => call.operation)).toEqual(["CreateApi", "CreateApi"]);
    } finally {
      child.kill();
    }
  });
});

function trustOf(service: string): string {
  const Principal = { Service: `${service}.amazonaws.com` };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole" }],
  });
}
