/** A role that visibly does not trust the service is told by the plan, not after a wait of a quarter of an hour. */
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../src/model/values.ts";
import { resourceTypes } from "../../../src/resources/registry.ts";
import { mayAssume } from "../../../src/resources/policy/trust.ts";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import { build, ref } from "../spec/building.ts";

const statement = (Principal: JsonValue, more: object = {}): JsonValue => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more }],
});

describe("a trust policy", () => {
  it.each<[string, JsonValue]>([
    ["the service", statement({ Service: "lambda.amazonaws.com" })],
    [
      "the service among others",
      statement({ Service: ["edgelambda.amazonaws.com", "lambda.amazonaws.com"] }),
    ],
    ["the service of a region", statement({ Service: "lambda.eu-west-2.amazonaws.com" })],
    ["the service of another partition", statement({ Service: "lambda.amazonaws.com.cn" })],
    ["everybody", statement("*")],
    ["every account", statement({ AWS: "*" })],
    ["every action of STS", statement({ Service: "lambda.amazonaws.com" }, { Action: ["sts:*"] })],
    [
      "under a condition",
      statement({ Service: "lambda.amazonaws.com" }, { Condition: { StringEquals: {} } }),
    ],
    [
      "all but somebody",
      { Statement: { Effect: "Allow", NotPrincipal: { AWS: "1" }, Action: "sts:AssumeRole" } },
    ],
    ["what is not known yet", statement({ Service: { $unknown: "x" } })],
    ["in text that is no JSON", "{{document}}"],
  ])("may let Lambda assume the role: %s", (_what, document) => {
    expect(mayAssume(document, "lambda.amazonaws.com")).toBe(true);
  });

  it.each<[string, JsonValue]>([
    ["another service", statement({ Service: "apigateway.amazonaws.com" })],
    ["an account", statement({ AWS: "123456789012" })],
    ["a provider", statement({ Federated: "accounts.google.com" })],
    ["a service that only sounds like it", statement({ Service: "lambdas.amazonaws.com" })],
    ["another action", statement({ Service: "lambda.amazonaws.com" }, { Action: "sts:TagSession" })],
    ["a denial", statement({ Service: "lambda.amazonaws.com" }, { Effect: "Deny" })],
    ["no statement", { Version: "2012-10-17", Statement: [] }],
  ])("does not let Lambda assume the role: %s", (_what, document) => {
    expect(mayAssume(document, "lambda.amazonaws.com")).toBe(false);
  });
});

const role = (service: string, more: object = {}): WrittenEntry => ({
  type: "Role",
  group: "IAM",
  properties: { RoleName: "r", AssumeRolePolicyDocument: statement({ Service: service }) },
  ...more,
});
const users: Readonly<Record<string, readonly WrittenEntry[]>> = {
  "lambda.amazonaws.com": [
    {
      type: "Function",
      group: "Lambda",
      properties: {
        FunctionName: "f",
        Runtime: "nodejs22.x",
        Handler: "f.handler",
        Code: { S3Bucket: "my-bucket", S3Key: "k" },
      },
      dependencies: { role: "r" },
    },
  ],
  "states.amazonaws.com": [
    {
      type: "StateMachine",
      group: "StepFunctions",
      properties: { name: "m", definition: { StartAt: "a", States: { a: { Type: "Succeed" } } } },
      dependencies: { role: "r" },
    },
  ],
  "events.amazonaws.com": [
    { type: "EventBus", group: "CloudWatchEvents", properties: { Name: "other" } },
    { type: "Rule", group: "CloudWatchEvents", properties: { Name: "u", ScheduleExpression: "rate(1 day)" } },
    {
      type: "Target",
      group: "CloudWatchEvents",
      properties: { Id: "t", Arn: ref("CloudWatchEvents::EventBus", "other", "live.Arn") },
      dependencies: { rule: "u", role: "r" },
    },
  ],
};

describe("what needs a role", () => {
  it.each(Object.entries(users))(
    "of %s is refused once it is written when the role lacks it",
    async (service, entries) => {
      const other = { registry: resourceTypes };
      const told = async (entry: WrittenEntry) => (await build([entry, ...entries], other)).warnings;
      const found = (await told(role("ec2.amazonaws.com"))).filter(({ when }) => when === "written");
      expect(found).toHaveLength(1);
      expect(found[0]?.message).toContain(`does not allow ${service}`);
      expect(found[0]?.message).toContain("resources.js:1");
      expect((await told(role(service))).filter(({ when }) => when === "written")).toEqual([]);
      expect(
        (await told(role("ec2.amazonaws.com", { readOnly: true }))).filter(({ when }) => when === "written"),
      ).toEqual([]);
    },
  );
});

const api: WrittenEntry = {
  type: "Api",
  group: "ApiGatewayV2",
  properties: { Name: "a", ProtocolType: "HTTP" },
};
const callers: readonly (readonly [string, string, readonly WrittenEntry[]])[] = [
  [
    "an integration",
    "answer 500",
    ["one", "two"].map((detail) => ({
      type: "Integration",
      group: "ApiGatewayV2",
      name: detail,
      properties: {
        IntegrationType: "AWS_PROXY",
        IntegrationSubtype: "EventBridge-PutEvents",
        PayloadFormatVersion: "1.0",
        RequestParameters: { Detail: "x", DetailType: detail, Source: "x" },
      },
      dependencies: { api: "a", role: "r" },
    })),
  ],
  [
    "an authorizer",
    "every request is refused",
    [
      {
        type: "Authorizer",
        group: "ApiGatewayV2",
        properties: {
          Name: "z",
          AuthorizerType: "REQUEST",
          AuthorizerUri: "arn:aws:lambda:us-east-1:123456789012:function:f",
          AuthorizerPayloadFormatVersion: "2.0",
          IdentitySource: ["$request.header.Authorization"],
        },
        dependencies: { api: "a", role: "r" },
      },
    ],
  ],
];

describe("what API Gateway accepts with any role", () => {
  it.each(callers)("%s is warned of once when the role lacks its trust", async (_what, meets, entries) => {
    const told = async (service: string) =>
      (await build([role(service), api, ...entries], { registry: resourceTypes })).warnings.filter(
        ({ code }) => code === "ROLE_WITHOUT_TRUST",
      );
    const found = await told("lambda.amazonaws.com");
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(meets)]);
    expect(found[0]?.message).toContain("API Gateway cannot assume r (resources.js:1)");
    expect(await told("apigateway.amazonaws.com")).toEqual([]);
  });
});
