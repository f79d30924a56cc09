/** User pools, their clients and domains through the engine: users are never lost, and a client's secret is never shown. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { specText } from "../../../integration/random-stack.ts";
import { entry, httpApi } from "../../../type-examples/beside.ts";

const GROUP = "CognitoIdentityServiceProvider";
const pool = (more: JsonObject = {}) => entry(GROUP, "UserPool", { PoolName: "users", ...more });
const client = (more: JsonObject = {}) =>
  entry(GROUP, "UserPoolClient", { ClientName: "web", ...more }, { userPool: "users" });
const domain = (Domain: string) => entry(GROUP, "UserPoolDomain", { Domain }, { userPool: "users" });
const spec = (...entries: ReturnType<typeof entry>[]) => ({
  "resources.js": specText({ entries, files: {} }),
});
const NOTHING = { "resources.js": "exports.createResources = () => [];" };
const ALLOWED = { allowDeletion: ["users"] };

it("a pool of GruCloud's examples converges, and is found by its tags after it left the spec", async () => {
  const rules = {
    RequireLowercase: false,
    RequireNumbers: false,
    RequireSymbols: false,
    RequireUppercase: false,
  };
  const files = spec(
    pool({ Policies: { PasswordPolicy: rules }, UsernameAttributes: ["email"] }),
    client({
      AllowedOAuthFlows: ["implicit"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["email", "openid", "phone"],
      CallbackURLs: ["https://shop.example"],
      LogoutURLs: ["https://shop.example"],
      SupportedIdentityProviders: ["COGNITO"],
    }),
    domain("shop-users"),
  );
  const { engine, fake } = engineOnFake();
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(changesOf(await engine.plan(files))).toEqual([]);
  const { problems } = await engine.plan(NOTHING);
  expect(problems.map(({ code }) => code)).toContain("DELETION_PROTECTED");
  expect(failuresOf(await engine.apply(NOTHING, {}, ALLOWED))).toEqual([]);
  expect(fake.keys().filter((key) => !key.startsWith("arn:aws:iam::aws:"))).toEqual([]);
});

it("plans look at the pools that are asked for, not at every pool of the account", async () => {
  const { engine, fake, callsOf } = engineOnFake();
  await engine.apply(spec(pool()));
  for (const name of ["a", "b", "c"])
    await engine.apply(spec(pool({ PoolName: name })), {}, { projectName: `other-${name}` });
  fake.resetCalls();
  await engine.plan(spec(pool()));
  const looked = callsOf("DescribeUserPool").map(({ input }) => JSON.stringify(input));
  expect(new Set(looked).size).toBe(1);
});

it("another pool of the same name is somebody else's", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec(pool()), {}, { projectName: "another" });
  const { problems } = await engine.plan(spec(pool()));
  expect(problems.map(({ code }) => code)).toContain("FOREIGN_RESOURCE");
  expect(callsOf("CreateUserPool").length).toBe(1);
});

it("AWS's deletion protection holds until it is INACTIVE, and the error says so", async () => {
  const { engine } = engineOnFake();
  await engine.apply(spec(pool({ DeletionProtection: "ACTIVE" })));
  const refused = failuresOf(await engine.apply(NOTHING, {}, ALLOWED));
  expect(refused.join()).toMatch(/deletion protection/i);
  await engine.apply(spec(pool({ DeletionProtection: "INACTIVE" })));
  expect(failuresOf(await engine.apply(NOTHING, {}, ALLOWED))).toEqual([]);
});

it("a custom attribute is added in place; any other change of the schema replaces the pool", async () => {
  const { engine, callsOf } = engineOnFake();
  const team = { Name: "team", AttributeDataType: "String" };
  const town = { Name: "town", AttributeDataType: "String" };
  await engine.apply(spec(pool({ Schema: [team] })));
  expect(failuresOf(await engine.apply(spec(pool({ Schema: [team, town] }))))).toEqual([]);
  expect(callsOf("AddCustomAttributes").length).toBe(1);
  expect(callsOf("CreateUserPool").length).toBe(1);
  for (const Schema of [
    [town],
    [{ ...team, Mutable: false }, town],
    [team, town, { Name: "email", Required: true }],
  ]) {
    const { changes } = await engine.plan(spec(pool({ Schema })));
    expect(changes.map(({ action }) => action)).toEqual(["replace"]);
  }
});

it("an update sends everything, because Cognito resets what it is not sent", async () => {
  const { engine, callsOf } = engineOnFake();
  const settings = { AutoVerifiedAttributes: ["email"], Tags: { team: "a" } };
  await engine.apply(spec(pool(settings)));
  await engine.apply(spec(pool({ ...settings, EmailVerificationMessage: "Code {####}" })));
  expect(callsOf("UpdateUserPool").map(({ input }) => input)).toMatchObject([
    { AutoVerifiedAttributes: ["email"], DeletionProtection: "INACTIVE", UserPoolTags: { team: "a" } },
  ]);
});

it("a client's secret is in no plan, no result and no state", async () => {
  const { engine, callsOf } = engineOnFake();
  const files = spec(pool(), client({ GenerateSecret: true }));
  const applied = await engine.apply(files);
  const planning = await engine.planning(
    spec(pool(), client({ GenerateSecret: true, AuthSessionValidity: 5 })),
  );
  expect(callsOf("CreateUserPoolClient").map(({ input }) => input)).toMatchObject([{ GenerateSecret: true }]);
  const everything = JSON.stringify([applied, planning.plan, [...planning.live], [...planning.states]]);
  expect(everything).not.toMatch(/ClientSecret|secret[a-z0-9]{45}/);
});

it("a JWT authorizer takes its issuer from the pool and its audience from the client", async () => {
  const { engine, callsOf } = engineOnFake();
  const text = specText({ entries: [httpApi, pool(), client()], files: {} });
  const jwt = `{ type: "Authorizer", group: "ApiGatewayV2", properties: ({ getId }) => ({ Name: "jwt",
    AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"],
    JwtConfiguration: { Audience: [\`\${getId({ type: "UserPoolClient", group: "${GROUP}", name: "web" })}\`] } }),
    dependencies: () => ({ api: "shop", userPool: "users" }) }`;
  const files = { "resources.js": text.replace(/\];\s*$/, `${jwt}];`) };
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  expect(callsOf("CreateAuthorizer")).toMatchObject([
    {
      input: {
        JwtConfiguration: {
          Issuer: expect.stringMatching(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_\w+$/),
          Audience: [expect.stringMatching(/^\w{26}$/)],
        },
      },
    },
  ]);
});

it("a domain name of one's own needs a certificate, and a prefix has none", async () => {
  const { engine } = engineOnFake();
  await expect(engine.plan(spec(pool(), domain("auth.shop.example")))).rejects.toThrow(/CustomDomainConfig/);
});

it("another prefix takes the place of the first: a pool has one", async () => {
  const { engine, callsOf } = engineOnFake();
  await engine.apply(spec(pool(), domain("shop")));
  expect(failuresOf(await engine.apply(spec(pool(), domain("shop-2"))))).toEqual([]);
  expect(callsOf("DeleteUserPoolDomain").length).toBe(1);
});
