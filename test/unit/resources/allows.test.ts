/** What is connected and not allowed: the plan warns, AWS would accept it and drop the events, or refuse it after minutes. */
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/model/values.ts";
import { mayAllow } from "../../../src/resources/policy/allows.ts";
import { engineOnFake } from "../../integration/harness.ts";
import { type RandomEntry, specText } from "../../integration/random-stack.ts";
import { entry, fn, fnFiles, httpApi, rights, role, trust } from "../../type-examples/beside.ts";

const CODES = ["TARGET_CLOSED", "SOURCE_NOT_READABLE", "NO_PERMISSION_FOR_API"];

async function warned(...entries: RandomEntry[]): Promise<string[]> {
  const { engine } = engineOnFake();
  const files = { ...fnFiles, "resources.js": specText({ entries, files: {} }) };
  const { problems } = await engine.plan(files);
  return problems.map(({ code }) => code).filter((code) => CODES.includes(code));
}

const policy = (action: string, service?: string): JsonObject => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: action, Resource: "*", ...(service && { Principal: { Service: service } }) },
  ],
});

describe("a policy document", () => {
  const EVENTS = "events.amazonaws.com";
  it.each<[JsonValue | undefined, boolean]>([
    [undefined, false],
    [policy("sqs:SendMessage", EVENTS), true],
    [JSON.stringify(policy("sqs:SendMessage", EVENTS)), true],
    [policy("SQS:Send*", EVENTS), true],
    [policy("sqs:ReceiveMessage", EVENTS), false],
    [policy("sqs:SendMessage", "sns.amazonaws.com"), false],
    [{ Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" }] }, true],
    [{ Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "sqs:*", Resource: "*" } }, true],
    [{ Statement: [{ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: "*" }] }, false],
    [{ Statement: [{ Effect: "Allow", NotPrincipal: {}, Action: "sqs:*", Resource: "*" }] }, true],
    [{ Statement: [] }, false],
    ["a text that is not known yet", true],
  ])("%j lets EventBridge send: %s", (document, allowed) => {
    expect(mayAllow(document, "sqs:SendMessage", EVENTS)).toBe(allowed);
  });
});

describe("a rule's target", () => {
  const rule = entry("CloudWatchEvents", "Rule", { Name: "nightly", ScheduleExpression: "rate(1 day)" });
  const target = (dependencies: Record<string, string>) =>
    entry("CloudWatchEvents", "Target", { Id: "one" }, { rule: "nightly", ...dependencies });
  const permission = (Principal: string) =>
    entry("Lambda", "Permission", { Action: "lambda:InvokeFunction", Principal }, { lambdaFunction: "fn" });

  it("that is a function without a permission for EventBridge is warned of", async () => {
    const call = target({ lambdaFunction: "fn" });
    expect(await warned(role, fn, rule, call)).toEqual(["TARGET_CLOSED"]);
    expect(await warned(role, fn, rule, call, permission("apigateway.amazonaws.com"))).toEqual([
      "TARGET_CLOSED",
    ]);
    expect(await warned(role, fn, rule, call, permission("events.amazonaws.com"))).toEqual([]);
  });

  it.each([
    ["SQS", "Queue", "QueueName", "sqsQueue", "sqs:SendMessage"],
    ["SNS", "Topic", "Name", "snsTopic", "sns:Publish"],
  ])(
    "that is a %s::%s without a policy for EventBridge is warned of",
    async (group, type, name, key, action) => {
      const called = (Attributes?: JsonObject) =>
        entry(group, type, { [name]: "jobs", ...(Attributes && { Attributes }) });
      const send = target({ [key]: "jobs" });
      expect(await warned(called(), rule, send)).toEqual(["TARGET_CLOSED"]);
      const closed = called({ Policy: policy(action, "s3.amazonaws.com") });
      expect(await warned(closed, rule, send)).toEqual(["TARGET_CLOSED"]);
      expect(await warned(called({ Policy: policy(action, "events.amazonaws.com") }), rule, send)).toEqual(
        [],
      );
    },
  );
});

describe("a source of events", () => {
  const queue = entry("SQS", "Queue", { QueueName: "jobs" });
  const mapping = entry("Lambda", "EventSourceMapping", {}, { lambdaFunction: "fn", sqsQueue: "jobs" });
  const BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  const withRole = (more: JsonObject, dependencies?: Record<string, string[]>) =>
    warned(
      entry(
        "IAM",
        "Role",
        { RoleName: "caller", AssumeRolePolicyDocument: trust("lambda.amazonaws.com"), ...more },
        dependencies,
      ),
      entry("IAM", "Policy", { PolicyName: "reads", PolicyDocument: rights("sqs:ReceiveMessage") }),
      entry("IAM", "Policy", { PolicyName: "logs", PolicyDocument: rights("logs:*") }),
      fn,
      queue,
      mapping,
    );
  const inline = (...actions: string[]) => ({
    Policies: [{ PolicyName: "own", PolicyDocument: rights(...actions) }],
  });

  it.each<[string, JsonObject, Record<string, string[]> | undefined]>([
    ["nothing", {}, undefined],
    ["other rights", inline("logs:*"), undefined],
    ["AWS's basic policy", { AttachedPolicies: [BASIC] }, undefined],
    ["another policy of the spec", {}, { policies: ["logs"] }],
  ])("whose function's role has %s is warned of", async (_what, more, dependencies) => {
    expect(await withRole(more, dependencies)).toEqual(["SOURCE_NOT_READABLE"]);
  });

  it.each<[string, JsonObject, Record<string, string[]> | undefined]>([
    ["the right inline", inline("sqs:Receive*"), undefined],
    [
      "a policy of AWS's that may have it",
      { AttachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      undefined,
    ],
    ["the right by a policy of the spec", {}, { policies: ["reads"] }],
    ["a policy of another stack", {}, { policies: ["arn:aws:iam::123456789012:policy/theirs"] }],
  ])("whose function's role has %s is not", async (_what, more, dependencies) => {
    expect(await withRole(more, dependencies)).toEqual([]);
  });
});

describe("an integration that calls an alias", () => {
  const published = { ...fn, properties: { ...fn.properties, Publish: true } };
  const alias = entry("Lambda", "Alias", { Name: "live" }, { lambdaFunction: "fn" });
  const integration = entry(
    "ApiGatewayV2",
    "Integration",
    { IntegrationType: "AWS_PROXY" },
    { api: "shop", lambdaAlias: "live" },
  );
  const permission = (more: Record<string, string>) =>
    entry("Lambda", "Permission", {}, { lambdaFunction: "fn", apiGatewayV2Apis: ["shop"], ...more });
  const stack = [role, published, alias, httpApi, integration];

  it("needs a permission of the alias: that of the function is none", async () => {
    expect(await warned(...stack)).toEqual(["NO_PERMISSION_FOR_API"]);
    expect(await warned(...stack, permission({}))).toEqual(["NO_PERMISSION_FOR_API"]);
    expect(await warned(...stack, permission({ lambdaAlias: "live" }))).toEqual([]);
  });
});
