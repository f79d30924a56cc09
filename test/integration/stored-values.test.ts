/** `config.parameter` and `config.secret`: read when planned, compared, part of the plan's identity, and seen nowhere. */
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { SSM } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import type { ApplyEvent } from "../../src/model/apply.ts";
import type { Planning } from "../../src/engine/plan/planning.ts";
import { memorySource, engineOnFake } from "./harness.ts";

const SECRET = "RecognisableSecretOfStripe";
const ROTATED = "RecognisableRotatedSecret";
const TABLE = "recognisable-table-of-orders";
const PASSWORD = "RecognisablePasswordInJson";

const spec = (more = ""): Readonly<Record<string, string>> => ({
  "package.json": '{"name": "shop"}',
  "resources.js": `exports.createResources = ({ config }) => [
  { type: "Topic", group: "SNS", properties: () => ({ Name: "orders", Attributes: { DisplayName: config.secret("/shop/stripe") } }) },
  { type: "Parameter", group: "SSM", properties: ({ config }) => ({ Name: "/shop/copy", Type: "String",
      Value: "plain", Description: \`orders are in \${config.parameter("/shop/table")} for \${config.secret("shop/db", { key: "password" })}\` }) },
  ${more}
];`,
});

async function bench() {
  const { fake, engine, callsOf } = engineOnFake();
  const ssm = new SSM(fake.clientConfig());
  const secrets = new SecretsManager(fake.clientConfig());
  await ssm.putParameter({ Name: "/shop/table", Type: "String", Value: TABLE });
  await secrets.createSecret({ Name: "/shop/stripe", SecretString: SECRET });
  await secrets.createSecret({ Name: "shop/db", SecretString: JSON.stringify({ password: PASSWORD }) });
  fake.resetCalls();
  const topic = async () =>
    (await ssm.describeParameters({ ParameterFilters: [{ Key: "Name", Values: ["/shop/copy"] }] }))
      .Parameters?.[0]?.Description;
  return { fake, engine, callsOf, ssm, secrets, description: topic };
}

const VALUES = [SECRET, ROTATED, TABLE, PASSWORD];
function expectHidden(what: unknown): void {
  const text = JSON.stringify(what) ?? "";
  for (const value of VALUES) expect(text).not.toContain(value);
}
const actions = ({ plan }: Planning): readonly string[] =>
  plan.changes.filter(({ action }) => action !== "no-op").map(({ action, key }) => `${action} ${key}`);

describe("values that AWS stores", () => {
  it("are read when planned, one call each, and masked in the plan and the result", async () => {
    const { engine, callsOf, description } = await bench();
    const planning = await engine.planning(spec());
    expect([callsOf("GetSecretValue").length, callsOf("GetParameter").length]).toEqual([2, 2]);
    expectHidden(planning.plan);
    const shown = planning.plan.changes.flatMap(({ properties }) =>
      properties.filter((one) => one.sensitive),
    );
    expect(shown.map(({ path, after }) => [path, after])).toEqual([
      ["Attributes.DisplayName", "(sensitive)"],
      ["Value", "(sensitive)"],
      ["Description", "(sensitive)"],
    ]);
    const events: ApplyEvent[] = [];
    const result = await engine.apply(spec(), {
      planId: planning.plan.digest,
      onEvent: (event) => events.push(event),
    });
    expect(result.succeeded).toBe(true);
    expectHidden([result, events]);
    expect(await description()).toBe(`orders are in ${TABLE} for ${PASSWORD}`);
    expect(actions(await engine.planning(spec()))).toEqual([]);
  });

  it("make another plan when they are rotated: the reviewed one is refused", async () => {
    const { engine, secrets } = await bench();
    await engine.apply(spec());
    const before = await engine.planning(spec());
    await secrets.putSecretValue({ SecretId: "/shop/stripe", SecretString: ROTATED });
    const after = await engine.planning(spec());
    expect(actions(after)).toEqual(["update SNS::Topic::orders"]);
    expectHidden(after.plan);
    expect(after.plan.changes.flatMap(({ properties }) => properties)).toEqual([
      expect.objectContaining({
        path: "Attributes.DisplayName",
        before: "(sensitive)",
        after: "(sensitive)",
      }),
    ]);
    expect(after.plan.digest).not.toBe(before.plan.digest);
    await expect(engine.apply(spec(), { planId: before.plan.digest })).rejects.toMatchObject({
      code: "PLAN_STALE",
    });
  });

  it("that are to be deleted are an error that says how to bring them back, at the spec's line", async () => {
    const { engine, secrets } = await bench();
    await secrets.deleteSecret({ SecretId: "/shop/stripe", RecoveryWindowInDays: 7 });
    await expect(engine.planning(spec())).rejects.toMatchObject({
      code: "VALUE_NOT_FOUND",
      resource: "SNS::Topic::orders",
      hint: expect.stringContaining("restore-secret --secret-id /shop/stripe"),
      at: { file: "resources.js" },
    });
  });

  it("have keys in Secrets Manager only", async () => {
    const { engine } = await bench();
    const text = spec()["resources.js"] ?? "";
    const wrong = text.replace(
      'config.parameter("/shop/table")',
      'config.parameter("/shop/table", { key: "a" })',
    );
    await expect(engine.planning({ "resources.js": wrong })).rejects.toMatchObject({ code: "VALUE_INVALID" });
  });

  it("have a version of their own in the plan's id, also where the value stays", async () => {
    const { engine, secrets } = await bench();
    await engine.apply(spec());
    const before = await engine.planning(spec());
    await secrets.putSecretValue({ SecretId: "/shop/stripe", SecretString: SECRET });
    const after = await engine.planning(spec());
    expect([actions(after), after.plan.digest === before.plan.digest]).toEqual([[], false]);
  });

  it("are hidden in errors of AWS that quote them", async () => {
    const { fake, engine } = await bench();
    fake.faults.inject({
      kind: "custom",
      operation: "CreateTopic",
      code: "InvalidParameter",
      message: `Invalid parameter: DisplayName ${SECRET}`,
      status: 400,
      times: 9,
    });
    const events: ApplyEvent[] = [];
    const result = await engine.apply(spec(), { onEvent: (event) => events.push(event) });
    expect(result.succeeded).toBe(false);
    expect(JSON.stringify(result.results)).toContain("(sensitive)");
    expectHidden([result, events]);
  });

  it("stay hidden when the spec no longer names them", async () => {
    const { engine } = await bench();
    const before = spec();
    await engine.apply(before);
    const text = (before["resources.js"] ?? "").replace('config.secret("/shop/stripe")', '"Orders"');
    const plan = await engine.plan({ ...before, "resources.js": text }, { base: memorySource(before) });
    expectHidden(plan);
  });

  it("stay hidden when the base branch also reads a variable that is not set", async () => {
    const { engine } = await bench();
    await engine.apply(spec());
    const before = spec('{ type: "Topic", group: "SNS", properties: { Name: `old-${process.env.TEAM}` } },');
    const text = (spec()["resources.js"] ?? "").replace('config.secret("/shop/stripe")', '"Orders"');
    const plan = await engine.plan({ ...before, "resources.js": text }, { base: memorySource(before) });
    expect(plan.counts.update).toBe(1);
    expectHidden(plan);
  });

  it("stay hidden when they were rotated before the spec stopped naming them", async () => {
    const { engine, secrets } = await bench();
    const before = spec();
    await engine.apply(before);
    await secrets.putSecretValue({ SecretId: "/shop/stripe", SecretString: ROTATED });
    const text = (before["resources.js"] ?? "").replace('config.secret("/shop/stripe")', '"Orders"');
    const plan = await engine.plan({ ...before, "resources.js": text }, { base: memorySource(before) });
    expect(plan.counts.update).toBe(1);
    expectHidden(plan);
  });

  it.each([
    ["has a mistake of its own", (text: string) => text.replace('"Topic"', '"Topik"')],
    ["is no JavaScript", (text: string) => text.replace("exports", "exports exports")],
  ])("stay hidden when the base branch's spec %s", async (_, broken) => {
    const { engine, secrets } = await bench();
    const before = spec();
    await engine.apply(before);
    await secrets.putSecretValue({ SecretId: "/shop/stripe", SecretString: ROTATED });
    const now = before["resources.js"] ?? "";
    const base = memorySource({ ...before, "resources.js": broken(now) });
    const text = now.replace('config.secret("/shop/stripe")', '"Orders"');
    const plan = await engine.plan({ ...before, "resources.js": text }, { base });
    expectHidden(plan);
    expect(plan.problems.map(({ code }) => code)).toContain("BASE_BROKEN");
    expect(plan.changes.flatMap(({ properties }) => properties)).toEqual([
      expect.objectContaining({ before: "(sensitive)", after: "Orders" }),
    ]);
  });

  it("hide nothing of AWS when a broken base branch mentions none", async () => {
    const { engine } = await bench();
    const topic = (name: string) =>
      `exports.createResources = () => [{ type: "Topic", group: "SNS", properties: { Name: "orders", Attributes: { DisplayName: "${name}" } } }];`;
    await engine.apply({ "resources.js": topic("old") });
    const base = memorySource({ "resources.js": topic("old").replace("Topic", "Topik") });
    const plan = await engine.plan({ "resources.js": topic("new") }, { base });
    expect(plan.changes.flatMap(({ properties }) => properties)).toMatchObject([
      { before: "old", after: "new" },
    ]);
    expect(plan.problems).toEqual([]);
  });

  it("that are ordinary words hide no names", async () => {
    const { engine, secrets } = await bench();
    await secrets.putSecretValue({ SecretId: "/shop/stripe", SecretString: "orders" });
    const plan = await engine.plan(spec());
    const topic = plan.changes.find(({ key }) => key === "SNS::Topic::orders");
    expect(Object.fromEntries(topic?.properties.map(({ path, after }) => [path, after]) ?? [])).toMatchObject(
      {
        "Attributes.DisplayName": "(sensitive)",
      },
    );
  });

  it("that are ordinary words show in no text of which they are a part", async () => {
    const { engine, secrets } = await bench();
    await secrets.putSecretValue({ SecretId: "/shop/stripe", SecretString: "hunting" });
    const plan = await engine.plan(
      spec(`{ type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "a", ProtocolType: "HTTP" }) },
        { type: "Integration", group: "ApiGatewayV2", name: "hook", dependencies: () => ({ api: "a" }),
          properties: ({ config }) => ({ IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", PayloadFormatVersion: "1.0",
            IntegrationUri: "https://hooks.example.com/" + config.secret("/shop/stripe") }) },`),
    );
    expect(plan.graph?.some(({ key }) => key.startsWith("ApiGatewayV2::Integration::"))).toBe(true);
    expect(JSON.stringify(plan)).not.toContain("hunting");
  });

  it("are told to whoever hides them in a log, before the plan is made", async () => {
    const { engine } = await bench();
    const told: string[] = [];
    await engine.plan(spec(), { onSecret: (value) => told.push(value) });
    expect(told).toEqual(expect.arrayContaining([SECRET, PASSWORD]));
    expect(told).not.toContain(TABLE);
  });

  it("of a few letters show in no property either", async () => {
    const { engine, secrets } = await bench();
    await secrets.putSecretValue({ SecretId: "/shop/stripe", SecretString: "q7" });
    await engine.apply(spec());
    const text = (spec()["resources.js"] ?? "").replace('config.secret("/shop/stripe")', '"Orders"');
    const plan = await engine.plan({ ...spec(), "resources.js": text }, { base: memorySource(spec()) });
    expect(JSON.stringify(plan.changes)).not.toContain('"q7"');
  });

  it("that are no more than `true` hide no other `true`", async () => {
    const { engine, secrets } = await bench();
    await secrets.createSecret({ Name: "shop/tls", SecretString: '{"on": true, "level": 1}' });
    const text =
      spec(`{ type: "Api", group: "ApiGatewayV2", properties: ({ config }) => ({ Name: "a", ProtocolType: "HTTP",
      DisableExecuteApiEndpoint: true, Description: config.secret("shop/tls", { key: "on" }), Version: config.secret("shop/tls", { key: "level" }) }) },`);
    const plan = await engine.plan(text);
    const api = plan.changes.find(({ key }) => key === "ApiGatewayV2::Api::a");
    const after = Object.fromEntries(api?.properties.map((one) => [one.path, one.after]) ?? []);
    expect(after).toMatchObject({
      DisableExecuteApiEndpoint: true,
      Description: "(sensitive)",
      Version: "(sensitive)",
    });
  });

  it("that are missing or not what is asked for are errors that name them, with the resource's line", async () => {
    const { engine, fake } = await bench();
    const wrong = spec(`
  { type: "Topic", group: "SNS", properties: () => ({ Name: "a", Attributes: { DisplayName: config.secret("/shop/nobody") } }) },
  { type: "Topic", group: "SNS", properties: () => ({ Name: "b", Attributes: { DisplayName: config.parameter("/shop/nothing") } }) },
  { type: "Topic", group: "SNS", properties: () => ({ Name: "c", Attributes: { DisplayName: config.secret("shop/db", { key: "user" }) } }) },
  { type: "Topic", group: "SNS", properties: () => ({ Name: "d", Attributes: { DisplayName: config.secret("/shop/stripe", { key: "x" }) } }) },`);
    const error: unknown = await engine.plan(wrong).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      errors: [
        { code: "VALUE_NOT_FOUND", message: expect.stringContaining('config.secret("/shop/nobody")') },
        { code: "VALUE_NOT_FOUND", message: expect.stringContaining('config.parameter("/shop/nothing")') },
        { code: "VALUE_INVALID", at: expect.objectContaining({ file: "resources.js" }) },
        { code: "VALUE_INVALID" },
      ],
    });
    expectHidden(error);
    expect(fake.calls.some(({ write }) => write)).toBe(false);
  });

  it("are not needed to destroy", async () => {
    const { engine, secrets } = await bench();
    await engine.apply(spec());
    await secrets.deleteSecret({ SecretId: "shop/db" });
    await expect(engine.plan(spec())).rejects.toThrow("the secret is to be deleted");
    expect((await engine.destroy(spec(), { allowDeletion: ["orders"] })).succeeded).toBe(true);
  });
});

describe("in the sandbox", () => {
  const only = (properties: string, config = ""): Readonly<Record<string, string>> => ({
    "package.json": '{"name": "shop"}',
    ...(config === "" ? {} : { "config.js": config }),
    "resources.js": `exports.createResources = ({ config }) => [
  { type: "Topic", group: "SNS", properties: () => (${properties}) }];`,
  });

  it.each([
    ["a name", "{ Name: config.parameter('/x') }", "NAME_INVALID"],
    [
      "a part of it",
      "{ Name: 'a', Attributes: { DisplayName: config.secret('/x').slice(1) } }",
      "MARKER_BROKEN",
    ],
    ["no name", "{ Name: 'a', Attributes: { DisplayName: config.secret() } }", "VALUE_INVALID"],
    [
      "a key that is no text",
      "{ Name: 'a', Attributes: { DisplayName: config.secret('/x', { key: 7 }) } }",
      "VALUE_INVALID",
    ],
  ])("refuses %s", async (_what, properties, code) => {
    const { engine } = await bench();
    const thrown = await engine.plan(only(properties)).catch((error: unknown) => error);
    const [error] = (thrown as { errors?: readonly unknown[] }).errors ?? [thrown];
    expect(error).toMatchObject({ code });
  });

  it("leaves what config.js calls so as it is", async () => {
    const { engine } = await bench();
    const plan = await engine.plan(
      only(
        "{ Name: 'a', Attributes: { DisplayName: config.secret } }",
        "module.exports = { secret: 'of config.js' };",
      ),
    );
    expect(JSON.stringify(plan.changes)).toContain("of config.js");
  });
});
