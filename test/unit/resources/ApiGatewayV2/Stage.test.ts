import { describe, expect, it } from "vitest";
import { diffStates } from "../../../../src/engine/plan/diff.ts";
import { api } from "../../../../src/resources/ApiGatewayV2/api/api.ts";
import { stage } from "../../../../src/resources/ApiGatewayV2/stage/stage.ts";
import type { Entry } from "../../../../src/spec/type-rules.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import {
  apply,
  createWorld,
  desiredOf,
  planOf,
  readAll,
  readOne,
  remove,
  touches,
  type World,
} from "../harness.ts";
import { aRoute, belowApi, HTTP, on } from "./support.ts";
import { apiGateway } from "../../../../src/resources/ApiGatewayV2/service.ts";
import { logs } from "../../../../src/resources/CloudWatchLogs/service.ts";

const GROUP_ARN = "arn:aws:logs:us-east-1:123456789012:log-group:/access";

const entry = (properties: JsonObject, name?: string): Entry => ({
  name,
  properties,
  dependencies: { api: ["my-api"] },
});

async function withLogs(world: World): Promise<void> {
  await (await world.aws.client(logs)).createLogGroup({ logGroupName: "/access" });
}

describe("Stage, canonical form", () => {
  it.each<[Entry]>([
    [entry({}, "dev")],
    [entry({ StageName: "dev" })],
    [entry({}, "my-api::dev")],
    [entry({ StageName: "dev" }, "my-api::dev")],
  ])("the name from %j", (given) => {
    const canonical = stage.canonical(given);
    expect(canonical.properties.StageName).toBe("dev");
    expect([stage.name(canonical), stage.aliases?.(canonical)]).toEqual(["my-api::dev", ["dev"]]);
  });

  it.each<[JsonObject, string]>([
    [{ StageName: "a b" }, "StageName"],
    [{ StageName: "dev", StageVariables: { a: "ä" } }, "StageVariables"],
    [{ StageName: "dev", StageVariables: { "a-b": "1" } }, "StageVariables"],
    [{ StageName: "dev", DefaultRouteSettings: { ThrottlingBurst: 1 } }, "ThrottlingBurst"],
  ])("the schema refuses %j", (properties, word) => {
    expect(JSON.stringify(stage.schema.safeParse(properties).error?.issues)).toContain(word);
  });

  it("comes after the routes it has settings for", () => {
    const given = entry({ StageName: "dev", RouteSettings: { "GET /": {}, $default: {} } });
    expect(stage.comesAfter?.(given)).toEqual([
      { type: "ApiGatewayV2::Route", name: "route::my-api::GET /" },
      { type: "ApiGatewayV2::Route", name: "route::my-api::$default" },
    ]);
  });
});

describe("Stage, life", () => {
  it("keeps a description that the spec no longer has, because AWS does", async () => {
    const { world, wanted } = await belowApi();
    await apply(world, stage, wanted({ StageName: "dev", Description: "before" }));
    expect((await apply(world, stage, wanted({ StageName: "dev" }))).calls).toEqual([]);
    const { live } = await apply(world, stage, wanted({ StageName: "dev", Description: "after" }));
    expect(live.state.Description).toBe("after");
  });

  it("settings that went with their route are no failure", async () => {
    const below = await belowApi();
    const { world, wanted } = below;
    await aRoute(below);
    const given = { StageName: "dev", RouteSettings: { "GET /": { ThrottlingRateLimit: 1 } } };
    await apply(world, stage, wanted(given));
    world.fake.faults.inject({
      operation: "DeleteRouteSettings",
      kind: "custom",
      code: "NotFoundException",
      status: 404,
    });
    const live = await readOne(world, stage, wanted({ StageName: "dev" }));
    if (live === undefined) throw new Error("no stage");
    const state = { ...live.state, RouteSettings: {} };
    const desired = desiredOf(stage, wanted({ StageName: "dev" }), world.stack);
    const changes = diffStates(stage, live.state, state);
    const context = { ...world, parent: below.parent, state, desired, live, changes };
    const code = async (): Promise<Uint8Array> => new Uint8Array();
    await expect(stage.update({ ...context, code, changed: touches(changes) })).resolves.toBeDefined();
  });

  it("the group's ARN may end in :*", async () => {
    const { world, wanted } = await belowApi();
    await withLogs(world);
    const logs = (DestinationArn: string) =>
      wanted({ StageName: "dev", AccessLogSettings: { DestinationArn, Format: "$context.requestId" } });
    await apply(world, stage, logs(GROUP_ARN));
    expect(await planOf(world, stage, logs(`${GROUP_ARN}:*`))).toEqual([]);
  });

  it("HTTP: logging that is off says nothing", async () => {
    const { world, wanted } = await belowApi();
    const given = {
      StageName: "dev",
      DefaultRouteSettings: { LoggingLevel: "OFF", DataTraceEnabled: false },
    };
    await apply(world, stage, wanted(given));
    expect(await planOf(world, stage, wanted({ StageName: "dev" }))).toEqual([]);
  });

  it("tells its address", async () => {
    const { world, wanted, parent } = await belowApi();
    const dev = await apply(world, stage, wanted({ StageName: "dev" }));
    expect(dev.live.attributes.InvokeUrl).toBe(`${String(parent.attributes.ApiEndpoint)}/dev`);
    expect(stage.consequence(dev.live)).toBe(
      `Callers of ${String(parent.attributes.ApiEndpoint)}/dev will fail.`,
    );
    await remove(world, stage, dev.live);
    const main = await apply(world, stage, wanted({ StageName: "$default", Tags: { a: "b" } }));
    expect(main.live.attributes.InvokeUrl).toBe(parent.attributes.ApiEndpoint);
    await apply(world, stage, wanted({ StageName: "$default", Tags: { a: "c" } }));
  });
});

describe("Stage and its deployment", () => {
  it("does not look at the deployment unless the spec names one", async () => {
    const below = await belowApi();
    const { world, wanted, parent } = below;
    await aRoute(below);
    const { live } = await apply(world, stage, wanted({ StageName: "dev" }));
    const client = await world.aws.client(apiGateway);
    const { DeploymentId = "" } = await client.createDeployment({ ApiId: parent.id, StageName: live.id });
    const other = await client.createDeployment({ ApiId: parent.id });
    await client.tagResource({ ResourceArn: String(live.attributes.Arn), Tags: { "gc-deployment": "x:y" } });
    expect((await apply(world, stage, wanted({ StageName: "dev" }))).calls).toEqual([]);
    await apply(world, stage, wanted({ StageName: "dev", Tags: { a: "b" } }));
    await apply(world, stage, wanted({ StageName: "dev" }));
    expect((await client.getStage({ ApiId: parent.id, StageName: "dev" })).Tags).toHaveProperty(
      "gc-deployment",
    );
    const pinned = { StageName: "dev", DeploymentId: other.DeploymentId ?? "" };
    expect((await planOf(world, stage, wanted(pinned)))[0]?.before).toBe(DeploymentId);
    await apply(world, stage, wanted(pinned));
  });

  it("one that API Gateway keeps is not ours to change", async () => {
    const world = createWorld();
    const { live } = await apply(world, api, { properties: { ...HTTP, Target: "https://example.com" } });
    const given = { properties: { StageName: "$default" }, parent: live, dependencies: { api: [on(live)] } };
    expect((await readAll(world, stage, given)).map(({ managed }) => managed)).toEqual([true]);
  });
});
