import { describe, expect, it } from "vitest";
import { integration } from "../../../../src/resources/ApiGatewayV2/integration/integration.ts";
import type { ResolvedDependency } from "../../../../src/resources/type.ts";
import type { Entry } from "../../../../src/spec/type-rules.ts";
import { encodeReference } from "../../../../src/spec/sandbox/markers.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { apply, dependency, desiredOf, planOf, readOne, remove } from "../harness.ts";
import {
  aFunction,
  aRole,
  aRoute,
  belowApi,
  FUNCTION_ARN,
  make,
  on,
  ROLE_ARN,
  WEBSOCKET,
} from "./support.ts";

const CONSOLE_URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION_ARN}/invocations`;
const QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/123456789012/orders";

const entry = (properties: JsonObject, dependencies: Record<string, string> = {}, name?: string): Entry => ({
  name,
  properties,
  dependencies: Object.fromEntries(
    Object.entries({ api: "my-api", ...dependencies }).map(([key, one]) => [key, [one]]),
  ),
});

describe("Integration, names and checks", () => {
  const reference = encodeReference({
    type: "ApiGatewayV2::Api",
    name: "other",
    path: "live.ApiEndpoint",
    suffix: "",
  });

  it.each<[string, Entry]>([
    ["my-function", entry({ IntegrationType: "AWS_PROXY" }, { lambdaFunction: "my-function" })],
    ["orders", entry({ IntegrationSubtype: "SQS-SendMessage" }, { sqsQueue: "orders", role: "r" })],
    ["my-bus", entry({ IntegrationSubtype: "EventBridge-PutEvents" }, { eventBus: "my-bus" })],
    ["eventBusDefault", entry({ IntegrationSubtype: "EventBridge-PutEvents" })],
    [
      "machine",
      entry(
        { IntegrationSubtype: "StepFunctions-StartSyncExecution" },
        { stepFunctionsStateMachine: "machine" },
      ),
    ],
    ["listener::x", entry({ IntegrationType: "HTTP_PROXY" }, { listener: "listener::x", vpcLink: "v" })],
    [
      "https://example.com/a",
      entry({ IntegrationType: "HTTP_PROXY", IntegrationUri: "https://example.com/a" }),
    ],
    ["f", entry({ IntegrationType: "AWS_PROXY", IntegrationUri: "arn:aws:lambda:r:1:function:f" })],
    [
      "arn:aws:apigateway:r:s3:path/b",
      entry({ IntegrationType: "AWS", IntegrationUri: "arn:aws:apigateway:r:s3:path/b" }),
    ],
    ["NO-INTEGRATION", entry({ IntegrationType: "MOCK" })],
    ["{other}/x", entry({ IntegrationType: "HTTP_PROXY", IntegrationUri: `${reference}/x` })],
  ])("%s", (target, given) => {
    expect(integration.name(integration.canonical(given))).toBe(`integration::my-api::${target}`);
  });

  it("keeps a name of its own, and answers to the usual one", () => {
    const given = entry({ IntegrationType: "AWS_PROXY" }, { lambdaFunction: "f" }, "fast");
    expect([integration.name(given), integration.aliases?.(given)]).toEqual([
      "fast",
      ["integration::my-api::f"],
    ]);
  });

  it.each<[JsonObject, Record<string, string>, string[]]>([
    [{ IntegrationType: "AWS_PROXY" }, {}, ["IntegrationUri"]],
    [{ IntegrationType: "AWS_PROXY" }, { lambdaFunction: "f" }, []],
    [{ IntegrationType: "AWS_PROXY", IntegrationSubtype: "SQS-SendMessage" }, {}, ["CredentialsArn"]],
    [
      { IntegrationType: "HTTP_PROXY", IntegrationSubtype: "SQS-SendMessage", IntegrationUri: "x" },
      { role: "r" },
      ["IntegrationSubtype", "IntegrationUri"],
    ],
    [{ IntegrationType: "HTTP", IntegrationUri: "https://x" }, {}, ["IntegrationMethod"]],
    [
      { IntegrationType: "HTTP_PROXY", IntegrationUri: "x", ConnectionType: "VPC_LINK" },
      {},
      ["ConnectionId"],
    ],
    [{ IntegrationType: "MOCK" }, {}, []],
    [{ IntegrationType: "MOCK" }, { role: "r" }, []],
    [{ IntegrationType: "MOCK", IntegrationUri: "https://x" }, {}, ["IntegrationUri"]],
    [{ IntegrationType: "MOCK" }, { lambdaFunction: "f" }, ["dependencies.lambdaFunction"]],
    [{ IntegrationType: "MOCK" }, { listener: "l" }, ["dependencies.listener"]],
    [{ IntegrationType: "MOCK" }, { sqsQueue: "q" }, ["dependencies.sqsQueue"]],
    [{ IntegrationType: "MOCK" }, { vpcLink: "v" }, ["dependencies.vpcLink"]],
  ])("the check of %j", (properties, dependencies, paths) => {
    expect(integration.check?.(entry(properties, dependencies)).map(({ path }) => path)).toEqual(paths);
  });

  it("the schema names the subtypes", () => {
    const wrong = integration.schema.safeParse({
      IntegrationType: "AWS_PROXY",
      IntegrationSubtype: "SQS-Send",
    });
    expect(wrong.error?.issues[0]?.message).toContain('"SQS-SendMessage"');
  });

  it("accepts what AWS only answers, and does not send it", async () => {
    const { world, wanted } = await belowApi();
    const given = wanted({
      IntegrationType: "HTTP_PROXY",
      IntegrationUri: "https://example.com",
      IntegrationResponseSelectionExpression: "x",
    });
    expect(integration.desiredState(desiredOf(integration, given, world.stack))).not.toHaveProperty(
      "IntegrationResponseSelectionExpression",
    );
  });
});

describe("Integration, life", () => {
  const lambda: [JsonObject, Record<string, ResolvedDependency>] = [
    { IntegrationType: "AWS_PROXY" },
    { lambdaFunction: aFunction },
  ];
  const URI = { IntegrationType: "HTTP_PROXY", IntegrationUri: "https://example.com/" };

  it("a Lambda function: made of the seed's few words, told as the seed tells it", async () => {
    const { world, parent, wanted } = await belowApi();
    const given = wanted(
      {
        ConnectionType: "INTERNET",
        IntegrationMethod: "POST",
        IntegrationType: "AWS_PROXY",
        PayloadFormatVersion: "2.0",
      },
      { lambdaFunction: aFunction },
    );
    const { live } = await apply(world, integration, given);
    expect(live.name).toBe("integration::my-api::my-function");
    expect(live.attributes).toEqual({
      ConnectionType: "INTERNET",
      IntegrationId: live.id,
      IntegrationMethod: "POST",
      IntegrationType: "AWS_PROXY",
      IntegrationUri: FUNCTION_ARN,
      PayloadFormatVersion: "2.0",
      TimeoutInMillis: 30000,
      ApiId: parent.id,
      ApiName: "my-api",
      ProtocolType: "HTTP",
    });
    expect(await remove(world, integration, live)).toEqual(["DeleteIntegration"]);
    expect(await readOne(world, integration, given)).toBeUndefined();
    expect(await remove(world, integration, live)).toEqual(["DeleteIntegration"]);
  });

  it("an integration of the console's spelling equals a plain one", async () => {
    const { world, wanted } = await belowApi();
    await apply(
      world,
      integration,
      wanted({ IntegrationType: "AWS_PROXY", IntegrationUri: CONSOLE_URI, PayloadFormatVersion: "2.0" }),
    );
    expect(await planOf(world, integration, wanted(...lambda))).toEqual([]);
  });

  const full: JsonObject = {
    ...URI,
    IntegrationMethod: "GET",
    TimeoutInMillis: 1000,
    Description: "d",
    CredentialsArn: ROLE_ARN,
    RequestParameters: { "append:header.a": "$request.header.b", "remove:header.c": "''" },
    ResponseParameters: { "200": { "append:header.x": "y" }, "500": { "overwrite:statuscode": "404" } },
  };

  it("a private endpoint, with TLS and without", async () => {
    const { world, wanted } = await belowApi();
    const arn =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/lb/50dc6c495c0c9188/f2f7dc8efc522ab2";
    const dependencies = {
      listener: dependency("ElasticLoadBalancingV2::Listener", "lb", { Arn: arn }),
      vpcLink: dependency("ApiGatewayV2::VpcLink", "link", { id: "vl1234" }),
    };
    const given = wanted(
      { IntegrationType: "HTTP_PROXY", TlsConfig: { ServerNameToVerify: "a.b" } },
      dependencies,
    );
    const { live } = await apply(world, integration, given);
    expect(live.state).toMatchObject({
      ConnectionType: "VPC_LINK",
      ConnectionId: "vl1234",
      IntegrationUri: arn,
    });
    await apply(world, integration, wanted({ IntegrationType: "HTTP_PROXY" }, dependencies));
  });

  it("TLS without a VPC link, which AWS forgets, is no difference", async () => {
    const { world, wanted } = await belowApi();
    const tls = { TlsConfig: { ServerNameToVerify: "a.b" } };
    const { live } = await apply(world, integration, wanted({ ...full, ...tls }));
    expect(live.state).not.toHaveProperty("TlsConfig");
    expect(
      (await apply(world, integration, wanted({ ...full, ...tls, Description: "another" }))).calls,
    ).toEqual(["UpdateIntegration"]);
  });

  it("waits for a function that is to be made", async () => {
    const { world, wanted } = await belowApi();
    const unknown = dependency("Lambda::Function", "my-function", {});
    const given = wanted({ IntegrationType: "AWS_PROXY" }, { lambdaFunction: unknown });
    const state = integration.desiredState(desiredOf(integration, given, world.stack));
    expect(state.IntegrationUri).toEqual({ $unknown: "Lambda::Function::my-function FunctionArn" });
  });

  it("one that a route leads to is not deleted", async () => {
    const below = await belowApi();
    await aRoute(below);
    const live = await readOne(below.world, integration, below.wanted(URI));
    if (live === undefined) throw new Error("no integration");
    await expect(remove(below.world, integration, live)).rejects.toThrow(/referenced/);
  });
});

describe("Integration, services", () => {
  const queue = dependency("SQS::Queue", "orders", { QueueUrl: QUEUE_URL });
  const dependencies = { sqsQueue: queue, role: aRole };
  const send = (parameters: JsonObject, more: JsonObject = {}): JsonObject => ({
    IntegrationType: "AWS_PROXY",
    IntegrationSubtype: "SQS-SendMessage",
    RequestParameters: { MessageBody: "$request.body", ...parameters },
    ...more,
  });

  it("takes the queue from the dependency, and sends all parameters in every update", async () => {
    const { world, wanted } = await belowApi();
    const { live } = await apply(world, integration, wanted(send({}), dependencies));
    expect(live.name).toBe("integration::my-api::orders");
    expect(live.state.RequestParameters).toEqual({ MessageBody: "$request.body", QueueUrl: QUEUE_URL });
    await apply(world, integration, wanted(send({}, { TimeoutInMillis: 500 }), dependencies));
    await apply(world, integration, wanted(send({ DelaySeconds: "$request.body.d" }), dependencies));
  });

  it("a parameter that goes replaces it", async () => {
    const { world, wanted } = await belowApi();
    await apply(world, integration, wanted(send({ DelaySeconds: "$request.body.d" }), dependencies));
    const changes = await planOf(world, integration, wanted(send({}), dependencies));
    expect(changes.map(({ path, replaces }) => [path, replaces])).toEqual([
      ["RequestParameters.DelaySeconds", true],
    ]);
  });

  it.each<[string, JsonObject, Record<string, ResolvedDependency>, string]>([
    [
      "EventBridge-PutEvents",
      { Detail: "$request.body", DetailType: "t", Source: "s" },
      {
        eventBus: dependency("CloudWatchEvents::EventBus", "bus", {
          Arn: "arn:aws:events:us-east-1:123456789012:event-bus/bus",
        }),
      },
      "bus",
    ],
    [
      "EventBridge-PutEvents",
      { Detail: "$request.body", DetailType: "t", Source: "s" },
      {},
      "eventBusDefault",
    ],
    [
      "StepFunctions-StartSyncExecution",
      {},
      {
        stepFunctionsStateMachine: dependency("StepFunctions::StateMachine", "m", {
          stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:m",
        }),
      },
      "m",
    ],
    ["Kinesis-PutRecord", { StreamName: "st", Data: "$request.body", PartitionKey: "p" }, {}, "st"],
  ])("%s", async (IntegrationSubtype, RequestParameters, more, target) => {
    const { world, wanted } = await belowApi();
    const given = wanted(
      { IntegrationType: "AWS_PROXY", IntegrationSubtype, RequestParameters },
      { role: aRole, ...more },
    );
    expect((await apply(world, integration, given)).live.name).toBe(`integration::my-api::${target}`);
  });
});

describe("Integration, WEBSOCKET", () => {
  it("a function is sent in API Gateway's form and compared plainly", async () => {
    const { world, wanted } = await belowApi(WEBSOCKET);
    const { live } = await apply(
      world,
      integration,
      wanted({ IntegrationType: "AWS_PROXY" }, { lambdaFunction: aFunction }),
    );
    expect(live.attributes.IntegrationUri).toBe(CONSOLE_URI);
    expect(live.state).toMatchObject({
      IntegrationUri: FUNCTION_ARN,
      TimeoutInMillis: 29_000,
      PassthroughBehavior: "WHEN_NO_MATCH",
    });
  });
});

describe("Integration, reading", () => {
  it("reads all pages of all parents", async () => {
    const below = await belowApi();
    for (let index = 0; index < 30; index += 1)
      await make(
        below.world,
        integration,
        below.wanted({ IntegrationType: "HTTP_PROXY", IntegrationUri: `https://e.com/${index}` }),
      );
    below.world.fake.resetCalls();
    const { aws, stack } = below.world;
    const gone = { ...below.parent, id: "gone123456" };
    const found = await integration.read({
      aws,
      stack,
      lookups: [],
      parents: [below.parent, gone],
      once: (_key, makeIt) => makeIt(),
    });
    expect(found).toHaveLength(30);
    expect(below.world.fake.calls).toHaveLength(2);
    expect(on(below.parent).id).toBe(below.parent.id);
  });
});
