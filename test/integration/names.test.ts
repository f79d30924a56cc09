/** Stages side by side in one account: the spec's names stay, AWS gets the stage's. */
import { SSM } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../src/resources/registry.ts";
import { changesOf, engineOnFake, failuresOf } from "./harness.ts";
import { tenResources } from "./ten-resources.ts";

const NAMES = "{name}-{stage}";
const stage = (name: string, names: string | undefined = NAMES) => ({ stage: name, names });

/** Everything that has a name of its own, and what is called after it. */
const MORE = `
exports.createResources = () => [
  { type: "Role", group: "IAM", properties: () => ({
      RoleName: "worker-role",
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole",
        Principal: { Service: ["lambda.amazonaws.com", "states.amazonaws.com", "events.amazonaws.com", "apigateway.amazonaws.com"] } }] },
  }) },
  { type: "Table", group: "DynamoDB", properties: () => ({
      TableName: "orders", BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }], KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  }) },
  { type: "Queue", group: "SQS", properties: () => ({ QueueName: "orders.fifo", Attributes: { FifoQueue: true } }) },
  { type: "Queue", group: "SQS", properties: () => ({ QueueName: "jobs", Attributes: { VisibilityTimeout: 60 } }) },
  { type: "LogGroup", group: "CloudWatchLogs", properties: () => ({ logGroupName: "/aws/lambda/worker", retentionInDays: 7 }) },
  { type: "Function", group: "Lambda",
    properties: ({ getId }) => ({
      FunctionName: "worker", Handler: "worker.handler", Runtime: "nodejs22.x", Timeout: 3,
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/worker" },
      Environment: { Variables: { QUEUE: getId({ type: "Queue", group: "SQS", name: "jobs", path: "live.QueueUrl" }) } },
    }),
    dependencies: () => ({ role: "worker-role", logGroups: ["/aws/lambda/worker"] }) },
  { type: "EventSourceMapping", group: "Lambda", properties: () => ({ BatchSize: 5 }),
    dependencies: () => ({ lambdaFunction: "worker", sqsQueue: "jobs" }) },
  { type: "EventBus", group: "CloudWatchEvents", properties: () => ({ Name: "shop" }) },
  { type: "Rule", group: "CloudWatchEvents", properties: () => ({ Name: "placed", EventPattern: { source: ["shop"] } }),
    dependencies: () => ({ eventBus: "shop" }) },
  { type: "Target", group: "CloudWatchEvents", properties: () => ({ Id: "worker" }),
    dependencies: () => ({ rule: "placed", lambdaFunction: "worker" }) },
  { type: "Permission", group: "Lambda",
    properties: ({ getId }) => ({ Permissions: [{ StatementId: "events", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com",
      SourceArn: getId({ type: "Rule", group: "CloudWatchEvents", name: "placed", path: "live.Arn" }) }] }),
    dependencies: () => ({ lambdaFunction: "worker" }) },
  { type: "StateMachine", group: "StepFunctions",
    properties: () => ({ name: "fulfil", definition: { StartAt: "Done", States: { Done: { Type: "Succeed" } } } }),
    dependencies: () => ({ role: "worker-role" }) },
  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "shop-api", ProtocolType: "HTTP" }) },
  { type: "Integration", group: "ApiGatewayV2",
    properties: () => ({ IntegrationType: "AWS_PROXY", IntegrationSubtype: "SQS-SendMessage", PayloadFormatVersion: "1.0",
      RequestParameters: { MessageBody: "$request.body.message" } }),
    dependencies: () => ({ api: "shop-api", sqsQueue: "jobs", role: "worker-role" }) },
  { type: "Route", group: "ApiGatewayV2", properties: () => ({ RouteKey: "POST /jobs" }),
    dependencies: () => ({ api: "shop-api", integration: "integration::shop-api::jobs" }) },
];
`;
const more = { "resources.js": MORE, "worker/worker.js": "exports.handler = async () => {};\n" };

describe.each([
  ["the benchmarks' stack", tenResources],
  ["a stack of every type with a name", more],
])("%s", (_what, files) => {
  it("lives twice in one account, in two stages", async () => {
    const { engine, fake } = engineOnFake();
    const empty = fake.keys().length;
    for (const name of ["dev", "prod"]) {
      const applied = await engine.apply(files, {}, stage(name));
      expect(failuresOf(applied)).toEqual([]);
    }
    const both = fake.keys().length;
    for (const name of ["dev", "prod"]) {
      const again = await engine.plan(files, stage(name));
      expect(changesOf(again)).toEqual([]);
      expect(again.problems.filter(({ severity }) => severity === "error")).toEqual([]);
      // The spec's names in the plan, however AWS calls them.
      expect(again.changes.filter(({ key }) => /-(dev|prod)\b/.test(key))).toEqual([]);
    }
    const gone = await engine.destroy(files, {
      ...stage("dev"),
      allowDeletion: ["orders", "jobs", "orders.fifo"],
    });
    expect(failuresOf(gone)).toEqual([]);
    expect(changesOf(await engine.plan(files, stage("prod")))).toEqual([]);
    expect(fake.keys().length).toBe((both + empty) / 2);
  });

  it("is removed resource by resource by its own names, and nothing of the other stage goes", async () => {
    const { engine, fake } = engineOnFake();
    const empty = fake.keys().length;
    for (const name of ["dev", "prod"]) await engine.apply(files, {}, stage(name));
    const before = fake.keys().length;
    const allowed = { ...stage("dev"), allowDeletion: ["orders", "jobs", "orders.fifo"] };
    const nothing = { ...files, "resources.js": "exports.createResources = () => [];" };
    const plan = await engine.plan(nothing, allowed);
    expect(plan.changes.filter(({ key }) => /\(in AWS\)|-(dev|prod)\b/.test(key))).toEqual([]);
    expect(failuresOf(await engine.apply(nothing, {}, allowed))).toEqual([]);
    expect(changesOf(await engine.plan(files, stage("prod")))).toEqual([]);
    expect(fake.keys().length).toBe((before + empty) / 2);
  });
});

describe("names in AWS", () => {
  it("follow the pattern, a function's log group the function, a FIFO queue its ending", async () => {
    const { engine, fake } = engineOnFake();
    await engine.apply(more, {}, stage("dev"));
    const keys = [...fake.keys()].join("\n");
    for (const name of [
      "orders-dev",
      "orders-dev.fifo",
      "jobs-dev",
      "worker-role-dev",
      "/aws/lambda/worker-dev",
    ])
      expect(keys).toContain(name);
    expect([...fake.state.functions.keys()]).toEqual(["worker-dev"]);
  });

  it.each([
    ["{stage}-{name}", "/aws/lambda/dev-worker", "dev-worker"],
    ["acme_{stage}_{name}_x", "/aws/lambda/acme_dev_worker_x", "acme_dev_worker_x"],
  ])("may stand in front: %s", async (names, group, fn) => {
    const { engine, fake } = engineOnFake();
    expect(failuresOf(await engine.apply(more, {}, stage("dev", names)))).toEqual([]);
    expect([...fake.state.functions.keys()]).toEqual([fn]);
    expect([...fake.keys()].join("\n")).toContain(group);
    expect(changesOf(await engine.plan(more, stage("dev", names)))).toEqual([]);
  });

  it("are the spec's for what is only read: the stages share it", async () => {
    const { engine, fake } = engineOnFake();
    const shared = {
      "resources.js": `exports.createResources = () => [{ type: "EventBus", group: "CloudWatchEvents", properties: () => ({ Name: "shared" }) }];`,
    };
    await engine.apply(shared, {}, { stage: "platform" });
    const files = {
      "resources.js": `exports.createResources = () => [
        { type: "EventBus", group: "CloudWatchEvents", name: "shared", readOnly: true },
        { type: "Rule", group: "CloudWatchEvents", properties: () => ({ Name: "placed", EventPattern: { source: ["shop"] } }), dependencies: () => ({ eventBus: "shared" }) },
      ];`,
    };
    for (const name of ["dev", "prod"])
      expect(failuresOf(await engine.apply(files, {}, stage(name)))).toEqual([]);
    expect([...fake.keys()].filter((key) => key.includes("placed"))).toHaveLength(2);
    expect(changesOf(await engine.plan(files, stage("dev")))).toEqual([]);
  });

  it("that change make everything anew, and the old ones go", async () => {
    const { engine, fake } = engineOnFake();
    await engine.apply(tenResources, {}, { stage: "dev" });
    const before = fake.keys().length;
    expect(failuresOf(await engine.apply(tenResources, {}, stage("dev")))).toEqual([]);
    expect([...fake.state.functions.keys()]).toEqual(["my-function-dev"]);
    expect(fake.keys().length).toBe(before);
    expect(changesOf(await engine.plan(tenResources, stage("dev")))).toEqual([]);
  });

  it("are shown in the plan, which is another plan", async () => {
    const { engine } = engineOnFake();
    const plain = await engine.plan(tenResources, { stage: "dev" });
    const named = await engine.plan(tenResources, stage("dev"));
    expect([plain.stack.names, named.stack.names]).toEqual([undefined, "{name}-dev"]);
    expect(named.id).not.toBe(plain.id);
    expect(named.changes.map(({ key }) => key)).toEqual(plain.changes.map(({ key }) => key));
  });
});

describe("a name that another has", () => {
  it.each([
    ["another stage of the project", { stage: "dev" }, "names: ", "/adopt"],
    [
      "another project",
      { stage: "prod", projectName: "other" },
      "remove it from the stack that has it",
      "/adopt",
    ],
  ])("of %s is not offered for adoption", async (_who, other, says, saysNot) => {
    const { engine } = engineOnFake();
    await engine.apply(tenResources, {}, other);
    const { problems } = await engine.plan(tenResources, { stage: "prod" });
    const foreign = problems.filter(({ code }) => code === "FOREIGN_RESOURCE");
    expect(foreign.length).toBeGreaterThan(3);
    for (const { message, hint } of foreign) {
      expect(message).toContain(`stage "${other.stage}"`);
      expect(hint).toContain(says);
      expect(hint).not.toContain(saysNot);
    }
  });

  it("of nobody is", async () => {
    const { engine, fake } = engineOnFake();
    await engine.apply(tenResources, {}, { stage: "dev" });
    for (const { tags } of fake.state.functions.values()) tags.clear();
    const { problems } = await engine.plan(tenResources, { stage: "dev" });
    expect(problems.find(({ code }) => code === "FOREIGN_RESOURCE")?.hint).toContain("/adopt my-function");
  });
});

describe("an ARN as text", () => {
  const withArn = (arn: string) => ({
    "resources.js": `exports.createResources = () => [
      { type: "Queue", group: "SQS", properties: () => ({ QueueName: "jobs" }) },
      { type: "Policy", group: "IAM", properties: () => ({
          PolicyName: "sender",
          PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "${arn}" }] },
      }) },
    ];`,
  });

  it("with a name of the spec in it is warned of, at its line", async () => {
    const { engine } = engineOnFake();
    const { problems } = await engine.plan(withArn("arn:aws:sqs:us-east-1:123456789012:jobs"), stage("dev"));
    expect(problems).toMatchObject([
      {
        severity: "warning",
        code: "NAME_LITERAL",
        key: "IAM::Policy::sender",
        at: { file: "resources.js", line: 5 },
      },
    ]);
  });

  it("is found also where a part of it comes from Parameter Store", async () => {
    const { engine, fake } = engineOnFake();
    await new SSM(fake.clientConfig()).putParameter({
      Name: "/account",
      Type: "String",
      Value: "123456789012",
    });
    const arn = 'arn:aws:sqs:us-east-1:" + config.parameter("/account") + ":jobs';
    const text = withArn(arn)["resources.js"].replace("= () =>", "= ({ config }) =>");
    const { problems } = await engine.plan({ "resources.js": text }, stage("dev"));
    expect(problems.map(({ code }) => code)).toEqual(["NAME_LITERAL"]);
  });

  it.each([
    ["the stage's own name", "arn:aws:sqs:us-east-1:123456789012:jobs-dev"],
    ["a longer name", "arn:aws:sqs:us-east-1:123456789012:jobs_old"],
    ["another service", "arn:aws:sns:us-east-1:123456789012:jobs"],
  ])("with %s is not", async (_what, arn) => {
    const { engine } = engineOnFake();
    expect((await engine.plan(withArn(arn), stage("dev"))).problems).toEqual([]);
  });

  it("is nothing to warn of where names are the spec's", async () => {
    const { engine } = engineOnFake();
    expect((await engine.plan(withArn("arn:aws:sqs:us-east-1:123456789012:jobs"))).problems).toEqual([]);
  });
});

it("every type that is called by its own name in AWS takes the stage's names", () => {
  // The others are called after what they belong to or connect.
  const without = [...resourceTypes.values()]
    .filter(({ physicalName }) => physicalName === undefined)
    .map(({ type }) => type);
  expect(without).toEqual(
    [...resourceTypes.values()]
      .filter(
        ({ type, dependencies, nameProperty }) =>
          nameProperty === undefined ||
          nameProperty === "UUID" ||
          // An issuer's URL is nobody's to choose.
          nameProperty === "Url" ||
          // AWS chooses it.
          nameProperty === "Id" ||
          // Nor is a domain name.
          nameProperty === "DomainName" ||
          type === "Route53::HostedZone" ||
          Object.values(dependencies).some(({ parent }) => parent),
      )
      .map(({ type }) => type),
  );
});
