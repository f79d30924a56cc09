/** OpenID Connect providers and instance profiles through the engine. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry, role } from "../../../type-examples/beside.ts";

const URL = "https://token.actions.githubusercontent.com";
const NOTHING = { "resources.js": "exports.createResources = () => [];" };
const provider = (more: JsonObject = {}) => ({
  "resources.js": specText({
    entries: [entry("IAM", "OpenIDConnectProvider", { Url: URL, ...more })],
    files: {},
  }),
});

it("GitHub's provider converges without thumbprints, which AWS finds by itself", async () => {
  const { engine, callsOf } = engineOnFake();
  const files = provider({ ClientIDList: ["sts.amazonaws.com"] });
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
  expect(failuresOf(await engine.apply(provider({ ClientIDList: ["other"] })))).toEqual([]);
  expect(callsOf("AddClientIDToOpenIDConnectProvider").map(({ input }) => input)).toMatchObject([
    { ClientID: "other" },
  ]);
  expect(callsOf("UpdateOpenIDConnectProviderThumbprint")).toEqual([]);
});

it("a provider of another stack is not taken over, and one's own goes only by name", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(provider(), {}, { projectName: "another" });
  const { problems } = await engine.plan(provider());
  expect(problems.map(({ code }) => code)).toContain("FOREIGN_RESOURCE");
  const left = await engine.plan(NOTHING, { projectName: "another" });
  expect(left.problems.map(({ code }) => code)).toContain("DELETION_PROTECTED");
  expect(callsOf("DeleteOpenIDConnectProvider")).toEqual([]);
});

it("a role that trusts a provider of the stack is made after it, with its ARN", async () => {
  const { engine, callsOf, fake } = engineOnFake();
  const text = `exports.createResources = () => [
    { type: "OpenIDConnectProvider", group: "IAM", properties: () => ({ Url: "${URL}" }) },
    { type: "Role", group: "IAM", properties: ({ getId }) => ({ RoleName: "deploys", AssumeRolePolicyDocument: {
      Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: {
        Federated: \`\${getId({ type: "OpenIDConnectProvider", group: "IAM", name: "oidp::token.actions.githubusercontent.com" })}\` } }] } }),
      dependencies: () => ({ openIdConnectProvider: "oidp::token.actions.githubusercontent.com" }) },
  ];`;
  expect(failuresOf(await engine.apply({ "resources.js": text }))).toEqual([]);
  expect(JSON.stringify(callsOf("CreateRole"))).toContain(
    "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
  );
  const order = fake.calls.map(({ operation }) => operation).filter((name) => name.startsWith("Create"));
  expect(order).toEqual(["CreateOpenIDConnectProvider", "CreateRole"]);
});

it("an instance profile takes its role from the dependency, and gives it up before it goes", async () => {
  const { engine, callsOf, fake } = engineOnFake();
  const entries = [
    role,
    entry("IAM", "InstanceProfile", { InstanceProfileName: "hosts" }, { roles: ["caller"] }),
  ];
  const files = { "resources.js": specText({ entries, files: {} }) };
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(callsOf("AddRoleToInstanceProfile").map(({ input }) => input)).toMatchObject([
    { RoleName: "caller" },
  ]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
  expect(failuresOf(await engine.destroy(files))).toEqual([]);
  expect(fake.keys().filter((key) => !key.startsWith("arn:aws:iam::aws:"))).toEqual([]);
});

it("audiences are changed at the limit of a hundred, and otherwise come before others go", async () => {
  const { engine, callsOf } = engineOnFake();
  const audiences = (from: number, count: number) =>
    provider({ ClientIDList: Array.from({ length: count }, (_one, at) => `audience-${from + at}`) });
  expect(failuresOf(await engine.apply(audiences(0, 100)))).toEqual([]);
  expect(failuresOf(await engine.apply(audiences(2, 100)))).toEqual([]);
  expect(changesOf(await engine.plan(audiences(2, 100)))).toEqual([]);
  await engine.apply(audiences(2, 1));
  const before = callsOf("RemoveClientIDFromOpenIDConnectProvider").length;
  expect(failuresOf(await engine.apply(audiences(7, 1)))).toEqual([]);
  expect(callsOf("RemoveClientIDFromOpenIDConnectProvider")).toHaveLength(before + 1);
  expect(changesOf(await engine.plan(audiences(7, 1)))).toEqual([]);
});
