/** VPC links through the engine: what is particular to them is time. */
import { describe, expect, it } from "vitest";
import { vpcLink } from "../../../../src/resources/ApiGatewayV2/VpcLink.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { vpcLinkTimes } from "../../../fakes/aws/apigatewayv2/vpc-links.ts";
import { createFakeAws } from "../../../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../../../fakes/clock.ts";
import { changesOf, engineOn, failuresOf } from "../../../integration/harness.ts";
import { entry, httpApi } from "../../../fixtures/type-life/life.ts";
import { specText } from "../../../integration/random-stack.ts";

const MINUTE = 60_000;
const LISTENER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/a/1/2";

/** An account in which VPC links take four minutes to come and one to go. */
function world(failure?: string) {
  const clock = createFakeClock();
  const fake = createFakeAws({ clock: clock.now });
  const times = vpcLinkTimes(fake.region("us-east-1"));
  Object.assign(times, { ready: 4 * MINUTE, gone: MINUTE }, failure === undefined ? {} : { failure });
  const { region, ...clientConfig } = fake.clientConfig();
  const engine = engineOn({ region, clientConfig, clock, budget: async () => {}, attempts: 1 });
  const at = (operation: string) =>
    fake.calls.filter((call) => call.operation === operation).map((call) => call.at);
  const connections = () =>
    [...fake.state.apis.values()].flatMap(({ integrations }) =>
      [...integrations.values()].map(({ ConnectionId }) => ConnectionId),
    );
  return { fake, engine, at, connections };
}

/** A stack with a VPC link of these properties and an integration that goes through it. */
function through(properties: JsonObject) {
  const link = entry("ApiGatewayV2", "VpcLink", { Name: "link", ...properties }, { subnets: ["subnet-1"] });
  const integration = entry(
    "ApiGatewayV2",
    "Integration",
    { IntegrationMethod: "ANY", IntegrationType: "HTTP_PROXY", IntegrationUri: LISTENER },
    { api: "shop", vpcLink: "link" },
  );
  return { "resources.js": specText({ entries: [httpApi, link, integration], files: {} }) };
}
const NOTHING = { "resources.js": specText({ entries: [httpApi], files: {} }) };
const IN_ONE = through({});
const GROUPED = through({ SecurityGroupIds: ["sg-1"] });

describe("VpcLink", () => {
  it("is awaited before an integration goes through it", async () => {
    const { engine, at, connections } = world();
    expect(failuresOf(await engine.apply(IN_ONE))).toEqual([]);
    const [made = 0] = at("CreateVpcLink");
    expect(at("CreateIntegration")[0]).toBeGreaterThanOrEqual(made + 4 * MINUTE);
    expect(connections()).toEqual([expect.stringMatching(/^[a-z0-9]{6}$/)]);
    expect(changesOf(await engine.plan(IN_ONE))).toEqual([]);
  });

  it("that fails is an error with AWS's reason", async () => {
    const { engine } = world("no free addresses in subnet-1");
    const [failure] = failuresOf(await engine.apply(IN_ONE));
    expect(failure).toMatch(/no free addresses in subnet-1/);
  });

  it("is replaced for other security groups: the integration moves over before the old one goes", async () => {
    const { engine, at, connections } = world();
    await engine.apply(IN_ONE);
    const before = connections();
    expect(failuresOf(await engine.apply(GROUPED))).toEqual([]);
    expect(connections()).not.toEqual(before);
    const [, second = 0] = at("CreateVpcLink");
    const [moved = 0] = at("UpdateIntegration");
    expect(moved).toBeGreaterThanOrEqual(second + 4 * MINUTE);
    expect(at("DeleteVpcLink")[0]).toBeGreaterThanOrEqual(moved);
    expect(changesOf(await engine.plan(GROUPED))).toEqual([]);
  });

  it("that left the spec is found by its tags, and awaited until it is gone", async () => {
    const { engine, fake, at } = world();
    await engine.apply(IN_ONE);
    fake.resetCalls();
    expect(failuresOf(await engine.apply(NOTHING))).toEqual([]);
    const [asked = 0] = at("DeleteVpcLink");
    expect(fake.calls.at(-1)?.at).toBeGreaterThanOrEqual(asked + MINUTE);
    expect(changesOf(await engine.plan(NOTHING))).toEqual([]);
    fake.resetCalls();
    await engine.plan(NOTHING);
    expect(at("GetVpcLinks")).toEqual([]);
  });

  it("needs subnets, from its properties or the dependency", () => {
    const check = (properties: JsonObject, dependencies: Record<string, string[]>) =>
      vpcLink.check?.({ properties, dependencies }).map(({ path }) => path);
    expect(check({ Name: "link" }, {})).toEqual(["SubnetIds"]);
    expect(check({ Name: "link", SubnetIds: ["subnet-1"] }, {})).toEqual([]);
    expect(check({ Name: "link" }, { subnets: ["subnet-1"] })).toEqual([]);
  });
});
