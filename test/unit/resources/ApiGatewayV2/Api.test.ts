import { describe, expect, it } from "vitest";
import { api } from "../../../../src/resources/ApiGatewayV2/api/api.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { apply, createWorld, desiredOf, entryOf, planOf, readAll, readOne } from "../harness.ts";
import { make } from "./support.ts";
import { apiGateway } from "../../../../src/resources/ApiGatewayV2/service.ts";

const minimal = { properties: { Name: "my-api", ProtocolType: "HTTP" } };
const websocket = {
  properties: {
    Name: "chat",
    ProtocolType: "WEBSOCKET",
    RouteSelectionExpression: "$request.body.action",
    DisableSchemaValidation: true,
  },
};

describe("Api, canonical form and checks", () => {
  it.each<[JsonObject, string]>([
    [{ Name: "a", ProtocolType: "REST" }, "ProtocolType"],
    [{ Name: "", ProtocolType: "HTTP" }, "Name"],
    [{ Name: "a", ProtocolType: "HTTP", Descripton: "x" }, "Descripton"],
    [{ Name: "a", ProtocolType: "HTTP", CorsConfiguration: { MaxAge: "1" } }, "MaxAge"],
    [{ Name: "a", ProtocolType: "HTTP", Tags: { "aws:x": "y" } }, "aws:x"],
  ])("the schema refuses %j", (properties, word) => {
    expect(JSON.stringify(api.schema.safeParse(properties).error?.issues)).toContain(word);
  });

  it.each<[JsonObject, string[]]>([
    [{ Name: "a", ProtocolType: "WEBSOCKET" }, ["RouteSelectionExpression"]],
    [
      {
        Name: "a",
        ProtocolType: "WEBSOCKET",
        RouteSelectionExpression: "x",
        CorsConfiguration: {},
        Target: "x",
      },
      ["CorsConfiguration", "Target"],
    ],
    [
      { Name: "a", ProtocolType: "HTTP", RouteKey: "GET /", DisableSchemaValidation: true },
      ["DisableSchemaValidation", "RouteKey"],
    ],
    [{ Name: "a", ProtocolType: "HTTP", RouteKey: "GET /", Target: "https://x.y" }, []],
  ])("the check of %j", (properties, paths) => {
    expect(api.check?.({ properties, dependencies: {} }).map(({ path }) => path)).toEqual(paths);
  });
});

describe("Api, life", () => {
  it("tells its ids and addresses", async () => {
    const { live } = await apply(createWorld(), api, minimal);
    expect(live.attributes).toMatchObject({
      ApiId: live.id,
      Arn: `arn:aws:apigateway:us-east-1::/apis/${live.id}`,
      ArnV2: `arn:aws:execute-api:us-east-1:123456789012:${live.id}`,
      ApiEndpoint: `https://${live.id}.execute-api.us-east-1.amazonaws.com`,
      Endpoint: `${live.id}.execute-api.us-east-1.amazonaws.com`,
    });
    expect(api.consequence(live)).toContain(`https://${live.id}.execute-api`);
  });

  it("compares headers, methods and origins without case and order", async () => {
    const world = createWorld();
    const cors = (AllowHeaders: string[], AllowMethods: string[]): JsonObject => ({
      ...minimal.properties,
      CorsConfiguration: { AllowHeaders, AllowMethods, AllowOrigins: ["HTTPS://Example.com"] },
    });
    await apply(world, api, { properties: cors(["X-A", "x-b"], ["get", "PUT"]) });
    expect(await planOf(world, api, { properties: cors(["X-B", "x-a"], ["put", "GET"]) })).toEqual([]);
  });

  it("tells no age from the age 0 as far as AWS does", async () => {
    const world = createWorld();
    const cors = (more: JsonObject): JsonObject => ({
      ...minimal.properties,
      CorsConfiguration: { AllowOrigins: ["*"], ...more },
    });
    await apply(world, api, { properties: cors({ MaxAge: 0 }) });
    expect(world.fake.calls.length).toBeGreaterThan(0);
    expect(await planOf(world, api, { properties: cors({}) })).toEqual([]);
  });

  it("takes the long spelling of the HTTP selection for the short one", async () => {
    const world = createWorld();
    await apply(world, api, minimal);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own syntax
    const RouteSelectionExpression = "${request.method} ${request.path}";
    const properties = { ...minimal.properties, RouteSelectionExpression };
    expect(await planOf(world, api, { properties })).toEqual([]);
  });

  it("says that another protocol replaces", async () => {
    const world = createWorld();
    await apply(world, api, minimal);
    const properties = { ...websocket.properties, Name: "my-api" };
    const replacing = (await planOf(world, api, { properties })).filter(({ replaces }) => replaces);
    expect(replacing.map(({ path }) => path)).toEqual(["ProtocolType"]);
  });
});

describe("Api, quick create", () => {
  const quick = (more: JsonObject = {}): { properties: JsonObject } => ({
    properties: { ...minimal.properties, Target: "https://example.com", ...more },
  });

  it("reads the target from the managed integration, and changes it in place", async () => {
    const world = createWorld();
    const { live } = await apply(world, api, quick());
    expect(live.state).toMatchObject({ Target: "https://example.com", RouteKey: "$default" });
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
    const changed = await apply(
      world,
      api,
      quick({ Target: arn, CredentialsArn: "arn:aws:iam::123456789012:role/r" }),
    );
    expect(changed.calls[0]).toBe("UpdateApi");
    await apply(world, api, quick({ Target: arn, RouteKey: "GET /x" }));
  });

  it.each([
    ["adding", minimal, quick()],
    ["removing", quick(), minimal],
  ])("%s the target replaces", async (_what, before, after) => {
    const world = createWorld();
    await apply(world, api, before);
    const changes = await planOf(world, api, after);
    expect(changes.find(({ path }) => path === "Target")?.replaces).toBe(true);
  });
});

describe("Api, reading", () => {
  it("keeps what is named or ours, out of all pages, and nothing else", async () => {
    const world = createWorld({ pageSize: 2 });
    const client = await world.aws.client(apiGateway);
    for (let index = 0; index < 5; index += 1)
      await client.createApi({ Name: `stranger-${index}`, ProtocolType: "HTTP" });
    await make(world, api, { properties: { Name: "left-the-spec", ProtocolType: "HTTP" } });
    await client.createApi({ Name: "my-api", ProtocolType: "HTTP" });
    world.fake.resetCalls();
    const found = await readAll(world, api, minimal);
    expect(found.map(({ name }) => name).sort()).toEqual(["left-the-spec", "my-api"]);
    const names = world.fake.calls.map(({ operation }) => operation);
    expect(names.filter((name) => name === "GetApis")).toHaveLength(4);
  });

  it("marks what a replacement has taken the place of", async () => {
    const world = createWorld();
    const { live } = await apply(world, api, minimal);
    await api.supersede?.({ aws: world.aws, stack: world.stack, live });
    const again = await readOne(world, api, minimal);
    expect(again).toMatchObject({ id: live.id, superseded: true, state: live.state, tags: live.tags });
  });

  it("leaves unknown values unknown", () => {
    const unknown = { $unknown: "x" };
    const { stack } = createWorld();
    const desired = desiredOf(api, minimal, stack);
    const state = api.desiredState({
      ...desired,
      properties: { ...desired.properties, Description: unknown },
    });
    expect(state.Description).toEqual(unknown);
    expect(entryOf(api, minimal).properties).toEqual(minimal.properties);
  });
});
