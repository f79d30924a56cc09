/**
 * Edits of API Gateway stacks that other tools get wrong. Each is applied to an existing stack, must leave nothing to do, and
 * must be reversible. On the strict fake, with the whole engine.
 */
import { describe, expect, it } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { changesOf, engineOn, failuresOf } from "./harness.ts";
import { type RandomEntry, specText } from "./random-stack.ts";

const G = "ApiGatewayV2";
type Properties = RandomEntry["properties"];
type Dependencies = Record<string, string>;

const api = (more: Properties = {}, Name = "shop"): RandomEntry => ({
  group: G,
  type: "Api",
  properties: { Name, ProtocolType: "HTTP", ...more },
});
const chat = (more: Properties = {}): RandomEntry =>
  api({ ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action", ...more });
const child = (
  type: string,
  properties: Properties,
  dependencies: Dependencies = {},
  name?: string,
): RandomEntry => ({
  group: G,
  type,
  properties,
  dependencies: { api: "shop", ...dependencies },
  ...(name === undefined ? {} : { name }),
});
const to = (IntegrationUri: string, more: Properties = {}, name?: string): RandomEntry =>
  child("Integration", { IntegrationType: "HTTP_PROXY", IntegrationUri, ...more }, {}, name);
const route = (
  RouteKey: string,
  integration: string,
  more: Properties = {},
  also: Dependencies = {},
): RandomEntry => child("Route", { RouteKey, ...more }, { integration, ...also });
const stage = (more: Properties = {}, StageName = "live"): RandomEntry =>
  child("Stage", { StageName, ...more });

const A = "https://a.example/";
const atA = `integration::shop::${A}`;
const LISTENER =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/0123456789abcdef/0123456789abcdef";
const privately: Properties = {
  IntegrationMethod: "GET",
  ConnectionType: "VPC_LINK",
  ConnectionId: "abcdef",
};
const TlsConfig = { ServerNameToVerify: "a.example" };
const base = [api(), to(A), route("GET /", atA)];

const role: RandomEntry = {
  group: "IAM",
  type: "Role",
  properties: {
    RoleName: "caller",
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: ["apigateway.amazonaws.com", "lambda.amazonaws.com"] },
          Action: "sts:AssumeRole",
        },
      ],
    },
  },
};
const fn: RandomEntry = {
  group: "Lambda",
  type: "Function",
  properties: { Configuration: { FunctionName: "fn", Handler: "fn.handler", Runtime: "nodejs22.x" } },
  dependencies: { role: "caller" },
};
const durable: RandomEntry = {
  ...fn,
  properties: {
    Configuration: {
      FunctionName: "fn",
      Handler: "fn.handler",
      Runtime: "nodejs22.x",
      DurableConfig: { ExecutionTimeout: 60 },
    },
  },
};
const queue = (parameters: Properties): RandomEntry =>
  child(
    "Integration",
    {
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "SQS-SendMessage",
      RequestParameters: {
        QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/orders",
        MessageBody: "$request.body",
        ...parameters,
      },
    },
    { role: "caller" },
  );
const gate = (more: Properties, also: Dependencies = {}): RandomEntry =>
  child("Authorizer", { Name: "gate", ...more }, also);
const jwt = gate({
  AuthorizerType: "JWT",
  IdentitySource: ["$request.header.Authorization"],
  JwtConfiguration: { Audience: ["web"], Issuer: "https://issuer.example" },
});
const asks = gate({ AuthorizerType: "REQUEST" }, { lambdaFunction: "fn" });
const guarded = [...base.slice(0, 2), role, fn, route("GET /", atA, {}, { authorizer: "gate" }), stage()];
const socket = (more: readonly RandomEntry[]): RandomEntry[] => [chat(), role, fn, ...more];
const toFn = (more: Properties = {}): RandomEntry =>
  child("Integration", { IntegrationType: "AWS_PROXY", ...more }, { lambdaFunction: "fn" });

interface Edit {
  readonly from: readonly RandomEntry[];
  readonly to: readonly RandomEntry[];
  /** The expected actions, by the resource's key. */
  readonly does?: Readonly<Record<string, string>>;
}

const edits: Readonly<Record<string, Edit>> = {
  "a service integration loses a parameter": {
    from: [api(), role, queue({ DelaySeconds: "1" }), route("POST /", "integration::shop::orders"), stage()],
    to: [api(), role, queue({}), route("POST /", "integration::shop::orders"), stage()],
    does: {
      "ApiGatewayV2::Integration::integration::shop::orders": "replace",
      "ApiGatewayV2::Route::route::shop::POST /": "update",
      "ApiGatewayV2::Deployment::deployment::shop": "update",
    },
  },
  "an authorizer changes its type": {
    from: [...guarded, jwt],
    to: [...guarded, asks],
    does: {
      "ApiGatewayV2::Authorizer::shop::gate": "replace",
      "ApiGatewayV2::Route::route::shop::GET /": "update",
      "ApiGatewayV2::Deployment::deployment::shop": "update",
    },
  },
  "an authorizer is removed while its function is replaced and its route moves to that": {
    from: [...guarded, asks],
    to: [api(), role, durable, toFn(), route("GET /", "integration::shop::fn"), stage()],
    does: { "Lambda::Function::fn": "replace" },
  },
  "an authorizer is removed": { from: [...guarded, jwt], to: [...base, role, fn, stage()] },
  "the protocol changes": {
    from: [...base, stage()],
    to: socket([toFn(), route("$default", "integration::shop::fn"), stage({}, "live")]),
    does: { "ApiGatewayV2::Api::shop": "replace" },
  },
  "quick create is added": {
    from: [api(), stage({ AutoDeploy: true })],
    to: [api({ Target: A }), stage({ AutoDeploy: true })],
    does: { "ApiGatewayV2::Api::shop": "replace" },
  },
  "the target of quick create changes": {
    from: [api({ Target: A })],
    to: [api({ Target: "https://b.example/" })],
    does: { "ApiGatewayV2::Api::shop": "update" },
  },
  "AutoDeploy is turned on": { from: [...base, stage()], to: [...base, stage({ AutoDeploy: true })] },
  "AutoDeploy is turned on, and the route changes": {
    from: [...base, stage()],
    to: [...base.slice(0, 2), route("GET /", atA, { OperationName: "o" }), stage({ AutoDeploy: true })],
  },
  "a throttling limit is removed": {
    from: [...base, stage({ DefaultRouteSettings: { ThrottlingRateLimit: 5 } })],
    to: [...base, stage()],
    does: {
      "ApiGatewayV2::Stage::shop::live": "replace",
      "ApiGatewayV2::Deployment::deployment::shop": "replace",
    },
  },
  "a path variable is renamed": {
    from: [api(), to(A), route("GET /{id}", atA), stage()],
    to: [api(), to(A), route("GET /{name}", atA), stage()],
    does: {
      "ApiGatewayV2::Route::route::shop::GET /{name}": "update",
      "ApiGatewayV2::Deployment::deployment::shop": "update",
    },
  },
  "a route with settings is added": {
    from: [...base, stage({ RouteSettings: { "GET /": { ThrottlingRateLimit: 1 } } })],
    to: [
      ...base,
      route("GET /b", atA),
      stage({
        RouteSettings: { "GET /": { DetailedMetricsEnabled: true }, "GET /b": { ThrottlingBurstLimit: 1 } },
      }),
    ],
  },
  "a second stage is added": {
    from: [...base, stage()],
    to: [...base, stage(), stage({}, "beta")],
  },
  "the only stage is removed": { from: [...base, stage()], to: base },
  "an integration moves to another host": {
    from: [...base, stage()],
    to: [api(), to("https://b.example/"), route("GET /", "integration::shop::https://b.example/"), stage()],
    does: {
      "ApiGatewayV2::Integration::integration::shop::https://b.example/": "update",
      "ApiGatewayV2::Deployment::deployment::shop": "update",
    },
  },
  "an integration changes from a VPC link to the internet": {
    from: [api(), to(LISTENER, { ...privately, TlsConfig }, "way"), route("GET /", "way"), stage()],
    to: [api(), to(A, {}, "way"), route("GET /", "way"), stage()],
    does: { "ApiGatewayV2::Deployment::deployment::shop": "update" },
  },
  "an integration changes its type": {
    from: [...base, role, fn, stage()],
    to: [api(), role, fn, toFn(), route("GET /", "integration::shop::fn"), stage()],
  },
  "two integrations with one target, distinguished by name": {
    from: [
      api(),
      to(A, { TimeoutInMillis: 100 }, "fast"),
      to(A, {}, "slow"),
      route("GET /", "fast"),
      route("GET /b", "slow"),
      stage(),
    ],
    to: [
      api(),
      to(A, { TimeoutInMillis: 200 }, "fast"),
      to(A, {}, "slow"),
      route("GET /", "slow"),
      route("GET /b", "fast"),
      stage(),
    ],
  },
  "one of two integrations with one target is removed": {
    from: [
      api(),
      to(A, { TimeoutInMillis: 100 }, "fast"),
      to(A, {}, "slow"),
      route("GET /", "fast"),
      stage(),
    ],
    to: [api(), to(A, {}, "slow"), route("GET /", "slow"), stage()],
    does: {
      "ApiGatewayV2::Integration::fast": "",
      "ApiGatewayV2::Route::route::shop::GET /": "update",
      "ApiGatewayV2::Deployment::deployment::shop": "update",
    },
  },
  "WEBSOCKET: from all properties to few": {
    from: socket([
      toFn({ PassthroughBehavior: "NEVER", TimeoutInMillis: 500 }),
      child("Integration", { IntegrationType: "MOCK", RequestTemplates: { "200": "{}" } }),
      gate(
        { AuthorizerType: "REQUEST", IdentitySource: ["route.request.header.Auth"] },
        { lambdaFunction: "fn" },
      ),
      route(
        "$connect",
        "integration::shop::fn",
        { RequestParameters: { "route.request.querystring.t": { Required: true } } },
        { authorizer: "gate" },
      ),
      route("send", "integration::shop::NO-INTEGRATION", {
        RouteResponseSelectionExpression: "$default",
        RequestModels: { a: "b" },
      }),
      stage({ DefaultRouteSettings: { DataTraceEnabled: true }, StageVariables: { a: "b" } }),
    ]),
    to: socket([toFn(), route("$connect", "integration::shop::fn"), stage({})]),
  },
};

const files = (entries: readonly RandomEntry[]): Record<string, string> => ({
  "resources.js": specText({ entries, files: {} }),
  "fn/fn.js": "exports.handler = async () => 1;\n",
});

describe("edits of API Gateway stacks", () => {
  const bench = () => {
    const fake = createFakeAws();
    const config = { ...fake.clientConfig(), clock: createFakeClock(), backoffMs: 1 };
    return { fake, engine: engineOn(config), aws: connectAws(config) };
  };

  it.each(Object.entries(edits))("%s", async (_what, { from, to: next, does }) => {
    const { fake, engine } = bench();
    const first = files(from);
    const second = files(next);
    for (const [entries, stack] of [
      [from, first],
      [next, second],
      [from, first],
    ] as const) {
      const plan = await engine.plan(stack);
      if (entries === next && does !== undefined) {
        const actions = Object.fromEntries(
          plan.changes.filter(({ action }) => action !== "no-op").map(({ key, action }) => [key, action]),
        );
        for (const [key, action] of Object.entries(does))
          expect([key, actions[key] ?? ""]).toEqual([key, action]);
      }
      expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(failuresOf(await engine.apply(stack, { planId: plan.id }))).toEqual([]);
      expect(changesOf(await engine.plan(stack))).toEqual([]);
    }
    expect(fake.state.apis.size).toBe(1);
    for (const { stages, deployments } of fake.state.apis.values()) {
      const inUse = new Set([...stages.values()].map(({ DeploymentId }) => DeploymentId));
      const byHand = [...deployments.values()].filter(({ AutoDeployed }) => AutoDeployed !== true);
      expect(byHand.filter(({ DeploymentId }) => !inUse.has(DeploymentId))).toEqual([]);
    }
    expect(failuresOf(await engine.destroy(first))).toEqual([]);
    expect(fake.state.apis.size).toBe(0);
  });

  it("when the last route is removed, the stage keeps serving the previous deployment until the stage is removed, with and without AutoDeploy", async () => {
    const { fake, engine } = bench();
    const step = async (entries: readonly RandomEntry[]): Promise<readonly string[]> => {
      const stack = files(entries);
      const { problems, ...plan } = await engine.plan(stack);
      told = problems.map(({ severity, code }) => `${severity} ${code}`);
      expect(failuresOf(await engine.apply(stack))).toEqual([]);
      expect(changesOf(await engine.plan(stack))).toEqual([]);
      return changesOf({ problems, ...plan }).filter((line) => line.includes("::Deployment::"));
    };
    let told: readonly string[] = [];
    const deployments = (): number =>
      [...fake.state.apis.values()].reduce((sum, one) => sum + one.deployments.size, 0);

    await step([...base, stage()]);
    await step([api(), stage({ AutoDeploy: true })]);
    expect(await step([api(), stage()])).toEqual([]);
    expect(deployments()).toBe(1);
    expect(await step([...base, stage()])).toHaveLength(1);
    expect(told).toEqual([]);
    expect(await step([api(), stage()])).toEqual([]);
    // Callers of the removed route still get answers, which the deletion of the route does not show.
    expect(told).toEqual(
      expect.arrayContaining(["warning STAGE_KEEPS_SERVING", "warning API_WITHOUT_ROUTES"]),
    );
    expect(deployments()).toBe(1);
    await step([api(), stage({}, "other")]);
    expect(deployments()).toBe(0);
  });
});
