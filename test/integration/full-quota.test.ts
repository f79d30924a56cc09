/** At a full quota, what leaves makes room for what comes. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/values.ts";
import type { Quotas } from "../fakes/aws/fake-aws.ts";
import { changesOf, engineOnFake, failuresOf, memorySource } from "./harness.ts";

type Files = Readonly<Record<string, string>>;
interface Entry {
  readonly group: string;
  readonly type: string;
  readonly name?: string;
  readonly properties: JsonObject;
  readonly dependencies?: JsonObject;
}

function spec(...entries: readonly Entry[]): Files {
  const lines = entries.map(
    ({ properties, dependencies = {}, ...rest }) =>
      `{ ...${JSON.stringify(rest)}, properties: () => (${JSON.stringify(properties)}), dependencies: () => (${JSON.stringify(dependencies)}) },`,
  );
  return {
    "resources.js": `exports.createResources = () => [\n${lines.join("\n")}\n];\n`,
    "f/f.js": "exports.handler = async () => ({});\n",
  };
}

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const document = (...Action: string[]): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});
const policy = (PolicyName: string): Entry => ({
  group: "IAM",
  type: "Policy",
  properties: { PolicyName, PolicyDocument: document("logs:*") },
});
const role = (properties: JsonObject, policies: readonly string[] = []): Entry => ({
  group: "IAM",
  type: "Role",
  properties: { RoleName: "r", AssumeRolePolicyDocument: trust, ...properties },
  dependencies: { policies: [...policies] },
});
const roleWith = (...names: readonly string[]): Files => spec(...names.map(policy), role({}, names));
const inline = (...policies: readonly (readonly [string, number])[]): Files =>
  spec(
    role({
      Policies: policies.map(([PolicyName, count]) => ({
        PolicyName,
        PolicyDocument: document(...[...Array(count).keys()].map((index) => `s3:Action${100 + index}`)),
      })),
    }),
  );
const statements = (...ids: readonly string[]): Files =>
  spec(
    role({}),
    {
      group: "Lambda",
      type: "Function",
      properties: { Configuration: { FunctionName: "f", Handler: "f.handler", Runtime: "nodejs22.x" } },
      dependencies: { role: "r" },
    },
    {
      group: "Lambda",
      type: "Permission",
      properties: {
        Permissions: ids.map((StatementId) => ({
          StatementId,
          Action: "lambda:InvokeFunction",
          Principal: "sns.amazonaws.com",
        })),
      },
      dependencies: { lambdaFunction: "f" },
    },
  );
const api: Entry = { group: "ApiGatewayV2", type: "Api", properties: { Name: "a", ProtocolType: "HTTP" } };
const below = (type: string, properties: JsonObject, dependencies: JsonObject = {}): Entry => ({
  group: "ApiGatewayV2",
  type,
  properties,
  dependencies: { api: "a", ...dependencies },
});
const proxy = (IntegrationUri: string): Entry =>
  below("Integration", { IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri });
const target = (uri: string): JsonObject => ({ integration: `integration::a::${uri}` });
const routes = (...keys: readonly string[]): Files =>
  spec(
    api,
    proxy("https://example.com"),
    ...keys.map((RouteKey) => below("Route", { RouteKey }, target("https://example.com"))),
  );
const stages = (...names: readonly string[]): Files =>
  spec(
    api,
    proxy("https://example.com"),
    below("Route", { RouteKey: "GET /" }, target("https://example.com")),
    ...names.map((StageName) => below("Stage", { StageName, AutoDeploy: true })),
  );
const authorizers = (...names: readonly string[]): Files =>
  spec(
    api,
    ...names.map((Name) =>
      below("Authorizer", {
        Name,
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Audience: ["x"], Issuer: "https://id.example.com" },
      }),
    ),
  );
const roles = (...names: readonly string[]): Files => spec(...names.map((RoleName) => role({ RoleName })));
const tagged = (type: "role" | "api" | "group", keys: readonly string[]): Files => {
  const Tags = Object.fromEntries(keys.map((key) => [key, "x"]));
  if (type === "role") return spec(role({ Tags }));
  if (type === "api") return spec({ ...api, properties: { ...api.properties, Tags } });
  return spec({ group: "CloudWatchLogs", type: "LogGroup", properties: { logGroupName: "g", Tags } });
};
const keys = (count: number, ...others: readonly string[]): string[] => [
  ...[...Array(count).keys()].map((index) => `k${index}`),
  ...others,
];
const ten = [..."abcdefghij"];

const swaps: readonly (readonly [string, Partial<Quotas>, Files, Files])[] = [
  ["one of ten attached policies is renamed", {}, roleWith(...ten), roleWith(...ten.slice(1), "k")],
  ["ten attached policies are exchanged", {}, roleWith(...ten), roleWith(..."klmnopqrst")],
  [
    "an inline policy is renamed",
    { inlinePolicySize: 1000 },
    inline(["a", 20], ["b", 20]),
    inline(["a", 20], ["c", 20]),
  ],
  [
    "one inline policy grows by what another shrinks",
    { inlinePolicySize: 1000 },
    inline(["a", 5], ["b", 35]),
    inline(["a", 35], ["b", 5]),
  ],
  ["a function's statement is renamed", { functionPolicySize: 500 }, statements("one"), statements("two")],
  ["a route is renamed", { routesPerApi: 2 }, routes("GET /a", "GET /b"), routes("GET /a", "GET /c")],
  ["all routes are renamed", { routesPerApi: 2 }, routes("GET /a", "GET /b"), routes("GET /c", "GET /d")],
  ["a stage is renamed", { stagesPerApi: 2 }, stages("a", "b"), stages("a", "c")],
  ["an authorizer is renamed", { authorizersPerApi: 2 }, authorizers("a", "b"), authorizers("a", "c")],
  ["a role is renamed", { rolesPerAccount: 2 }, roles("r1", "r2"), roles("r1", "r3")],
  ["one of a role's fifty tags is renamed", {}, tagged("role", keys(45, "a")), tagged("role", keys(45, "b"))],
  ["one of an API's fifty tags is renamed", {}, tagged("api", keys(45, "a")), tagged("api", keys(45, "b"))],
  [
    "one of a group's fifty tags is renamed",
    {},
    tagged("group", keys(45, "a")),
    tagged("group", keys(45, "b")),
  ],
];

describe("at a full quota", () => {
  it.each(swaps)("%s", async (_what, quotas, before, after) => {
    const { engine } = engineOnFake({ quotas });
    expect(failuresOf(await engine.apply(before))).toEqual([]);
    const base = memorySource(before);
    expect(failuresOf(await engine.apply(after, {}, { base }))).toEqual([]);
    expect(changesOf(await engine.plan(after, { base }))).toEqual([]);
  });

  it.each([
    ["a policy", {}, roleWith(...ten), roleWith(...ten, "k"), "managed policies attached to a role"],
    ["a route", { routesPerApi: 1 }, routes("GET /a"), routes("GET /a", "GET /b"), "of this kind in an API"],
  ] as const)("%s more is an error that names the quota", async (_what, quotas, before, after, name) => {
    const { engine } = engineOnFake({ quotas });
    await engine.apply(before);
    const failed = failuresOf(await engine.apply(after));
    expect(failed).toEqual([expect.stringContaining("AWS_QUOTA")]);
    expect(failed[0]).toContain(name);
  });
});
