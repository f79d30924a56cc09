/** Aliases through the engine: they follow what the function publishes, and callers keep their name. */
import { Lambda } from "@aws-sdk/client-lambda";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/values.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";
import { entry, httpApi, role } from "../../../type-examples/beside.ts";

const fn = (more: JsonObject = {}) =>
  entry(
    "Lambda",
    "Function",
    { FunctionName: "fn", Handler: "fn.handler", Runtime: "nodejs22.x", Publish: true, ...more },
    { role: "caller" },
  );
const alias = (more: JsonObject = {}) =>
  entry("Lambda", "Alias", { Name: "live", ...more }, { lambdaFunction: "fn" });
const spec = (code: string, ...entries: RandomEntry[]) => ({
  "fn/fn.js": code,
  "resources.js": specText({ entries: [role, ...entries], files: {} }),
});

function world() {
  const made = engineOnFake();
  const lambda = new Lambda({ ...made.fake.clientConfig(), maxAttempts: 1 });
  const aliasNow = () => lambda.getAlias({ FunctionName: "fn", Name: "live" });
  return { ...made, lambda, aliasNow };
}

it("an alias without a version gets the one that its function has just published", async () => {
  const { engine, aliasNow, callsOf } = world();
  expect(failuresOf(await engine.apply(spec("1;", fn(), alias())))).toEqual([]);
  expect(await aliasNow()).toMatchObject({ FunctionVersion: "1" });
  expect(changesOf(await engine.plan(spec("1;", fn(), alias())))).toEqual([]);
  expect(callsOf("PublishVersion")).toEqual([]);
});

it("the first version is awaited too: with SnapStart it starts minutes after the function", async () => {
  const { engine, callsOf } = world();
  await engine.apply(spec("1;", fn(), alias()));
  const asked = callsOf("GetFunctionConfiguration").map(({ input }) => input);
  expect(asked).toContainEqual({ FunctionName: "fn:1" });
});

it("new code and new settings are each published once, and the alias moves in the same apply", async () => {
  const { engine, aliasNow, callsOf } = world();
  await engine.apply(spec("1;", fn(), alias()));
  const changed = spec("2;", fn({ Timeout: 9 }), alias());
  const plan = await engine.plan(changed);
  expect(plan.changes.filter(({ action }) => action === "update").map(({ name }) => name)).toEqual([
    "fn",
    "fn::live",
  ]);
  expect(failuresOf(await engine.apply(changed))).toEqual([]);
  expect(callsOf("PublishVersion")).toHaveLength(1);
  expect(await aliasNow()).toMatchObject({ FunctionVersion: "2" });
  expect(changesOf(await engine.plan(changed))).toEqual([]);
});

it("what is no part of a version publishes none, and the alias stays", async () => {
  const { engine, callsOf } = world();
  await engine.apply(spec("1;", fn(), alias()));
  const tagged = spec("1;", fn({ Tags: { team: "a" }, ReservedConcurrentExecutions: 5 }), alias());
  const plan = await engine.plan(tagged);
  expect(plan.changes.filter(({ action }) => action !== "no-op").map(({ name }) => name)).toEqual(["fn"]);
  await engine.apply(tagged);
  expect(callsOf("PublishVersion")).toEqual([]);
});

it("a version that was not published before a crash is published by the next apply", async () => {
  const { engine, fake, aliasNow } = world();
  await engine.apply(spec("1;", fn(), alias()));
  fake.faults.inject({ kind: "denied", operation: "PublishVersion" });
  expect(failuresOf(await engine.apply(spec("2;", fn(), alias())))).not.toEqual([]);
  expect(changesOf(await engine.plan(spec("2;", fn(), alias()))).join()).toMatch(/Publish/);
  expect(failuresOf(await engine.apply(spec("2;", fn(), alias())))).toEqual([]);
  expect(await aliasNow()).toMatchObject({ FunctionVersion: "2" });
});

it("Publish that is added later publishes the function as it is", async () => {
  const { engine, aliasNow } = world();
  const { Publish: _none, ...plain } = fn().properties;
  await engine.apply(spec("1;", { ...fn(), properties: plain }));
  expect(failuresOf(await engine.apply(spec("1;", fn(), alias())))).toEqual([]);
  expect(await aliasNow()).toMatchObject({ FunctionVersion: "1" });
});

it("an alias of a function that publishes nothing needs a version", async () => {
  const { engine } = world();
  const { Publish: _none, ...plain } = fn().properties;
  const unpublished = { ...fn(), properties: plain };
  await expect(engine.plan(spec("1;", unpublished, alias()))).rejects.toThrow(/FunctionVersion: is missing/);
  expect(
    failuresOf(await engine.apply(spec("1;", unpublished, alias({ FunctionVersion: "$LATEST" })))),
  ).toEqual([]);
});

it("a part of the calls goes to another version, until the weights are taken away", async () => {
  const { engine, aliasNow } = world();
  await engine.apply(spec("1;", fn(), alias()));
  await engine.apply(spec("2;", fn(), alias()));
  const canary = spec(
    "2;",
    fn(),
    alias({ FunctionVersion: "1", RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } }),
  );
  expect(failuresOf(await engine.apply(canary))).toEqual([]);
  expect(await aliasNow()).toMatchObject({
    FunctionVersion: "1",
    RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
  });
  expect(changesOf(await engine.plan(canary))).toEqual([]);
  expect(failuresOf(await engine.apply(spec("2;", fn(), alias())))).toEqual([]);
  expect(await aliasNow()).toEqual(expect.not.objectContaining({ RoutingConfig: expect.anything() }));
  expect(await aliasNow()).toMatchObject({ FunctionVersion: "2" });
});

it("instances that are kept ready are awaited, also when the alias moves on", async () => {
  const { engine, lambda } = world();
  const ready = alias({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } });
  const status = async () =>
    (
      await lambda.listProvisionedConcurrencyConfigs({ FunctionName: "fn" })
    ).ProvisionedConcurrencyConfigs?.map(({ Status }) => Status);
  for (const code of ["1;", "2;"]) {
    expect(failuresOf(await engine.apply(spec(code, fn(), ready)))).toEqual([]);
    expect(await status()).toEqual(["READY"]);
    expect(changesOf(await engine.plan(spec(code, fn(), ready)))).toEqual([]);
  }
  expect(failuresOf(await engine.apply(spec("2;", fn(), alias())))).toEqual([]);
  expect(await status()).toEqual([]);
});

it("an alias moves while its number of instances changes, or they go: AWS takes neither beside its own weights", async () => {
  const { engine, aliasNow, callsOf } = world();
  const many = (count: number) =>
    alias({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: count } });
  await engine.apply(spec("1;", fn(), many(2)));
  expect(failuresOf(await engine.apply(spec("2;", fn(), many(3))))).toEqual([]);
  const asked = callsOf("GetAlias").length;
  // Until the instances are ready AWS leaves the calls with the old version, which is awaited with them.
  expect(failuresOf(await engine.apply(spec("3;", fn(), many(3))))).toEqual([]);
  expect(failuresOf(await engine.apply(spec("4;", fn(), alias())))).toEqual([]);
  expect(callsOf("GetAlias")).toHaveLength(asked);
  expect(await aliasNow()).toMatchObject({ FunctionVersion: "4" });
});

it("a destination that Lambda does not see yet is waited for", async () => {
  const { engine, fake, callsOf } = world();
  const Destination = "arn:aws:sqs:us-east-1:123456789012:dead";
  fake.faults.inject({
    kind: "custom",
    operation: "PutFunctionEventInvokeConfig",
    code: "InvalidParameterValueException",
    message: `The destination ARN ${Destination} is invalid.`,
    status: 400,
    times: 2,
  });
  const dead = alias({ EventInvokeConfig: { DestinationConfig: { OnFailure: { Destination } } } });
  expect(failuresOf(await engine.apply(spec("1;", fn(), dead)))).toEqual([]);
  expect(callsOf("PutFunctionEventInvokeConfig")).toHaveLength(3);
});

it("an alias whose instances fail to start is put right, never made again: callers and permissions would lose it", async () => {
  const { engine, lambda, aliasNow, callsOf } = world();
  const ready = (code: string, variables: JsonObject = {}) =>
    spec(
      code,
      fn({ Environment: { Variables: variables } }),
      alias({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 } }),
    );
  await engine.apply(ready("1;"));
  const broken = ready("2;", { CRASHES_AT_START: "1" });
  expect(failuresOf(await engine.apply(broken))).toEqual([
    expect.stringMatching(
      /^failed update Lambda::Alias::fn::live: RESOURCE_FAILED .*FUNCTION_ERROR_INIT_FAILURE/,
    ),
  ]);
  expect(changesOf(await engine.plan(broken))).toEqual([
    expect.stringMatching(/^update .*ProvisionedConcurrentExecutions: 0 → 2/),
  ]);
  // Another try says again what is wrong.
  expect(failuresOf(await engine.apply(broken)).join()).toMatch(/FUNCTION_ERROR_INIT_FAILURE/);
  const mended = ready("3;");
  expect(failuresOf(await engine.apply(mended))).toEqual([]);
  expect(changesOf(await engine.plan(mended))).toEqual([]);
  expect(await aliasNow()).toMatchObject({ FunctionVersion: "3" });
  await engine.apply(broken);
  const none = spec("2;", fn({ Environment: { Variables: { CRASHES_AT_START: "1" } } }), alias());
  expect(failuresOf(await engine.apply(none))).toEqual([]);
  const { ProvisionedConcurrencyConfigs } = await lambda.listProvisionedConcurrencyConfigs({
    FunctionName: "fn",
  });
  expect(ProvisionedConcurrencyConfigs).toEqual([]);
  expect(callsOf("DeleteAlias")).toEqual([]);
});

it("an alias that left the spec is found by its function's tag and deleted", async () => {
  const { engine, aliasNow } = world();
  await engine.apply(spec("1;", fn(), alias()));
  expect(failuresOf(await engine.apply(spec("1;", fn())))).toEqual([]);
  await expect(aliasNow()).rejects.toThrow(/Cannot find alias/);
  expect(changesOf(await engine.plan(spec("1;", fn())))).toEqual([]);
});

it("an API calls the alias, with a permission of its own", async () => {
  const { engine, lambda, callsOf } = world();
  const integration = entry(
    "ApiGatewayV2",
    "Integration",
    { IntegrationType: "AWS_PROXY" },
    { api: "shop", lambdaAlias: "fn::live" },
  );
  const permission = entry(
    "Lambda",
    "Permission",
    {},
    {
      lambdaFunction: "fn",
      lambdaAlias: "live",
      apiGatewayV2Apis: ["shop"],
    },
  );
  const route = entry(
    "ApiGatewayV2",
    "Route",
    { RouteKey: "GET /" },
    { api: "shop", integration: "integration::shop::fn:live" },
  );
  const files = spec("1;", fn(), alias(), httpApi, integration, permission, route);
  expect(failuresOf(await engine.apply(files))).toEqual([]);
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:fn:live";
  expect(callsOf("CreateIntegration")[0]?.input).toMatchObject({ IntegrationUri: arn });
  expect((await lambda.getPolicy({ FunctionName: "fn", Qualifier: "live" })).Policy).toMatch(/apigateway/);
  expect(changesOf(await engine.plan(files))).toEqual([]);
});

it("a permission that names an alias by its Qualifier comes after it", async () => {
  const { engine } = world();
  const permission = entry(
    "Lambda",
    "Permission",
    { Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com", Qualifier: "live" },
    { lambdaFunction: "fn" },
  );
  expect(failuresOf(await engine.apply(spec("1;", permission, fn(), alias())))).toEqual([]);
});
