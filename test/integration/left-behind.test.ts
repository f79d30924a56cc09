/** What nothing in the spec names any more is found through what still names it in AWS, and goes. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "./harness.ts";
import { type RandomEntry, specText } from "./random-stack.ts";

const files = (...entries: readonly RandomEntry[]): Record<string, string> => ({
  "resources.js": specText({ entries: [...entries], files: {} }),
});

const trust = (Service: string): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }],
});
const role = (RoleName: string, more: JsonObject = {}): RandomEntry => ({
  group: "IAM",
  type: "Role",
  properties: { RoleName, AssumeRolePolicyDocument: trust("apigateway.amazonaws.com"), ...more },
});
const policy = (PolicyName: string): RandomEntry => ({
  group: "IAM",
  type: "Policy",
  properties: {
    PolicyName,
    Path: "/app/",
    PolicyDocument: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }],
    },
  },
});
const api: RandomEntry = {
  group: "ApiGatewayV2",
  type: "Api",
  properties: { Name: "a", ProtocolType: "HTTP" },
};
const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:theirs";
const integration: RandomEntry = {
  group: "ApiGatewayV2",
  type: "Integration",
  properties: {
    IntegrationType: "AWS_PROXY",
    IntegrationSubtype: "SQS-SendMessage",
    PayloadFormatVersion: "1.0",
    RequestParameters: { QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/q", MessageBody: "x" },
  },
  dependencies: { api: "a", role: "caller" },
};
const authorizer: RandomEntry = {
  group: "ApiGatewayV2",
  type: "Authorizer",
  properties: { Name: "z", AuthorizerType: "REQUEST", AuthorizerUri: FUNCTION },
  dependencies: { api: "a", role: "caller" },
};

describe("a role that nothing in the spec names", () => {
  it.each([
    ["an integration", integration],
    ["an authorizer", authorizer],
  ])("goes with %s that used it", async (_what, user) => {
    const { fake, engine } = engineOnFake();
    expect(failuresOf(await engine.apply(files(api, user, role("caller"))))).toEqual([]);
    expect(fake.state.roles.has("caller")).toBe(true);
    expect(failuresOf(await engine.apply(files(api)))).toEqual([]);
    expect(fake.state.roles.has("caller")).toBe(false);
  });

  it.each([
    ["an integration", integration],
    ["an authorizer", authorizer],
  ])("goes with the API of %s that used it", async (_what, user) => {
    const { fake, engine } = engineOnFake();
    await engine.apply(files(api, user, role("caller")));
    expect(
      failuresOf(await engine.apply(files({ ...api, properties: { ...api.properties, Name: "b" } }))),
    ).toEqual([]);
    expect(fake.state.roles.has("caller")).toBe(false);
  });

  it("stays when it is another stack's, or another account's", async () => {
    const { fake, engine } = engineOnFake();
    await engine.apply(files(role("theirs")), {}, { projectName: "other" });
    const using = (CredentialsArn: string): Record<string, string> =>
      files(api, {
        ...integration,
        properties: { ...integration.properties, CredentialsArn },
        dependencies: { api: "a" },
      });
    await engine.apply(using("arn:aws:iam::123456789012:role/theirs"));
    await engine.apply(files(api));
    expect(fake.state.roles.has("theirs")).toBe(true);
    fake.resetCalls();
    await engine.plan(using("arn:aws:iam::210987654321:role/theirs"));
    await engine.plan(files(api));
    expect(fake.calls.map(({ operation }) => operation)).not.toContain("GetRole");
  });
});

describe("a policy that was only a permissions boundary", () => {
  it("goes when it and its role's boundary leave the spec", async () => {
    const { fake, engine } = engineOnFake({ region: "eu-west-1" });
    const arn = "arn:aws:iam::123456789012:policy/app/limit";
    const bounded = role("caller", { PermissionsBoundary: arn });
    // The role names it by its ARN, so it is made first.
    await engine.apply(files(policy("limit")));
    expect(failuresOf(await engine.apply(files(policy("limit"), bounded)))).toEqual([]);
    expect(failuresOf(await engine.apply(files(role("caller"))))).toEqual([]);
    expect(fake.state.policies.has(arn)).toBe(false);
  });
});

describe("a name that changes in case only", () => {
  it("makes a role anew under it: IAM has one name for both", async () => {
    const { fake, engine } = engineOnFake();
    const user = (name: string): RandomEntry => ({ ...integration, dependencies: { api: "a", role: name } });
    await engine.apply(files(api, user("caller"), role("caller")));
    const next = files(api, user("Caller"), role("Caller"));
    const plan = await engine.plan(next);
    expect(changesOf(plan).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(
      expect.arrayContaining(["replace IAM::Role::Caller"]),
    );
    expect(plan.changes.filter(({ action }) => action === "create")).toEqual([]);
    expect(failuresOf(await engine.apply(next))).toEqual([]);
    expect(fake.state.roles.get("caller")?.role.RoleName).toBe("Caller");
    expect(changesOf(await engine.plan(next))).toEqual([]);
  });

  it("makes a policy anew, which stays attached", async () => {
    const { fake, engine } = engineOnFake();
    const holder = (name: string): RandomEntry => ({ ...role("r"), dependencies: { policies: [name] } });
    await engine.apply(files(policy("logs"), holder("logs")));
    const next = files(policy("Logs"), holder("Logs"));
    expect(failuresOf(await engine.apply(next))).toEqual([]);
    expect([...(fake.state.roles.get("r")?.attached ?? [])]).toEqual([
      "arn:aws:iam::123456789012:policy/app/Logs",
    ]);
    expect(changesOf(await engine.plan(next))).toEqual([]);
  });

  it("is no second name: two such roles are a duplicate", async () => {
    const { engine } = engineOnFake();
    await expect(engine.plan(files(role("r"), role("R")))).rejects.toMatchObject({
      code: "NAME_DUPLICATE",
      message: expect.stringContaining("IAM::Role::R (AWS takes IAM::Role::r for the same name)"),
    });
  });
});
