/** VPC links through the engine: what is particular to them is time. */
import { expect, it } from "vitest";
import { vpcLink } from "../../../../src/resources/ApiGatewayV2/VpcLink.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { vpcLinkTimes } from "../../../fakes/aws/apigatewayv2/vpc-links.ts";
import { entry, httpApi } from "../../../type-examples/beside.ts";
import { changesOf, engineOnFake, failuresOf } from "../../../integration/harness.ts";
import { type RandomEntry, specText } from "../../../integration/random-stack.ts";

const MINUTE = 60_000;

/** An account in which VPC links take four minutes to come and one to go. */
function world() {
  const { callsOf, ...rest } = engineOnFake();
  const times = vpcLinkTimes(rest.fake.region("us-east-1"));
  Object.assign(times, { ready: 4 * MINUTE, gone: MINUTE });
  return { ...rest, times, at: (operation: string) => callsOf(operation).map((call) => call.at) };
}

const spec = (...entries: RandomEntry[]) => ({ "resources.js": specText({ entries, files: {} }) });
const link = (more: JsonObject) =>
  entry("ApiGatewayV2", "VpcLink", { Name: "link", ...more }, { subnets: "subnet-1" });
const IntegrationUri = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/1/2";
const properties = { IntegrationMethod: "ANY", IntegrationType: "HTTP_PROXY", IntegrationUri };
const through = entry("ApiGatewayV2", "Integration", properties, { api: "shop", vpcLink: "link" });
const ONE = spec(httpApi, link({}), through);

it("an integration goes through a VPC link once it is available", async () => {
  const { engine, fake, at } = world();
  expect(failuresOf(await engine.apply(ONE))).toEqual([]);
  const [made = 0] = at("CreateVpcLink");
  expect(at("CreateIntegration")[0]).toBeGreaterThanOrEqual(made + 4 * MINUTE);
  const sent = fake.calls.find(({ operation }) => operation === "CreateIntegration")?.input;
  expect(sent).toMatchObject({ ConnectionType: "VPC_LINK", ConnectionId: expect.stringMatching(/^\w{6}$/) });
  expect(changesOf(await engine.plan(ONE))).toEqual([]);
});

it("a VPC link that fails is an error with AWS's reason, and is replaced by the next apply", async () => {
  const { engine, times, at } = world();
  times.failure = "no free addresses";
  expect(failuresOf(await engine.apply(ONE))[0]).toMatch(/no free addresses/);
  delete times.failure;
  expect(failuresOf(await engine.apply(ONE))).toEqual([]);
  expect([at("CreateVpcLink").length, at("DeleteVpcLink").length]).toEqual([2, 1]);
});

it("a half-made VPC link is waited for: not made twice, and not taken as done", async () => {
  const { engine, fake, at } = world();
  fake.faults.inject({ kind: "error", operation: "GetVpcLinks", skip: 1, times: 99 });
  expect(failuresOf(await engine.apply(ONE))).not.toEqual([]);
  fake.faults.clear();
  expect(failuresOf(await engine.apply(ONE))).toEqual([]);
  const [made = 0, ...again] = at("CreateVpcLink");
  expect(again).toEqual([]);
  expect(at("CreateIntegration")[0]).toBeGreaterThanOrEqual(made + 4 * MINUTE);
});

it("for other security groups it is replaced: the integration moves over before the old one goes", async () => {
  const { engine, at } = world();
  await engine.apply(ONE);
  const other = spec(httpApi, link({ SecurityGroupIds: ["sg-1"] }), through);
  expect(failuresOf(await engine.apply(other))).toEqual([]);
  const [, second = 0] = at("CreateVpcLink");
  expect(at("UpdateIntegration")[0]).toBeGreaterThanOrEqual(second + 4 * MINUTE);
  expect(at("DeleteVpcLink").length).toBe(1);
  expect(changesOf(await engine.plan(other))).toEqual([]);
});

it("one that left the spec is found by its tags and awaited until it is gone; then nothing asks for any", async () => {
  const { engine, fake, at } = world();
  await engine.apply(ONE);
  expect(failuresOf(await engine.apply(spec(httpApi)))).toEqual([]);
  expect(at("DeleteVpcLink").length).toBe(1);
  expect(fake.calls.at(-1)?.at).toBeGreaterThanOrEqual((at("DeleteVpcLink")[0] ?? 0) + MINUTE);
  fake.resetCalls();
  expect(changesOf(await engine.plan(spec(httpApi)))).toEqual([]);
  expect(at("GetVpcLinks")).toEqual([]);
});

it("needs subnets, from its properties or the dependency", () => {
  const check = (given: JsonObject, subnets: string[]) =>
    vpcLink.check?.({ properties: given, dependencies: { subnets } }).map(({ path }) => path);
  expect(check({}, [])).toEqual(["SubnetIds"]);
  expect([check({ SubnetIds: ["subnet-1"] }, []), check({}, ["subnet-1"])]).toEqual([[], []]);
});
