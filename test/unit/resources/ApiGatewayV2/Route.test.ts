import { describe, expect, it } from "vitest";
import { diffStates } from "../../../../src/engine/plan/diff.ts";
import { authorizer } from "../../../../src/resources/ApiGatewayV2/authorizer/authorizer.ts";
import { route } from "../../../../src/resources/ApiGatewayV2/route/route.ts";
import type { Live } from "../../../../src/resources/type.ts";
import type { Entry } from "../../../../src/spec/type-rules.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { apply, desiredOf, planOf, touches } from "../harness.ts";
import { aTarget, type Below, belowApi, make, on, WEBSOCKET } from "./support.ts";
import { apiGateway } from "../../../../src/resources/ApiGatewayV2/service.ts";

const entry = (properties: JsonObject, dependencies: Record<string, string> = {}): Entry => ({
  properties,
  dependencies: Object.fromEntries(
    Object.entries({ api: "my-api", ...dependencies }).map(([key, one]) => [key, [one]]),
  ),
});

const jwt = ({ world, wanted }: Below, Name = "users"): Promise<Live> =>
  make(
    world,
    authorizer,
    wanted({
      Name,
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: ["a"], Issuer: "https://issuer.example.com" },
    }),
  );

describe("Route, names and checks", () => {
  it("is called by its Api and key", () => {
    expect(route.name(entry({ RouteKey: "GET /orders/{id}" }))).toBe("route::my-api::GET /orders/{id}");
    expect(route.aliases?.({ ...entry({ RouteKey: "GET /" }), name: "home" })).toEqual(["home"]);
  });

  it.each<[JsonObject, Record<string, string>, string[]]>([
    [{ RouteKey: "GET /", AuthorizationType: "JWT" }, {}, ["AuthorizationType"]],
    [{ RouteKey: "GET /", AuthorizationType: "JWT" }, { authorizer: "users" }, []],
    [{ RouteKey: "GET /", AuthorizationType: "NONE" }, { authorizer: "users" }, ["AuthorizationType"]],
    [{ RouteKey: "GET /" }, { authorizer: "users" }, []],
  ])("the check of %j with %j", (properties, dependencies, paths) => {
    expect(route.check?.(entry(properties, dependencies)).map(({ path }) => path)).toEqual(paths);
  });

  it.each([
    ["GET /x", "GET /x will return 404."],
    ["$default", "Requests that match no other route will fail."],
    ["$connect", "Connections are no longer checked: $connect is removed."],
    ["$disconnect", "The backend is no longer notified when a client disconnects: $disconnect is removed."],
    ["send", "Messages for send will fail, or go to $default."],
  ])("says what %s leaves behind", (RouteKey, sentence) => {
    const live = { type: route.type, name: "r", id: "1", state: { RouteKey }, attributes: {} };
    expect(route.consequence(live)).toBe(sentence);
  });
});

describe("Route, life", () => {
  it("changes the authorizer, its scopes and their order", async () => {
    const below = await belowApi();
    const { world, wanted } = below;
    const [one, two] = [on(await jwt(below)), on(await jwt(below, "others"))];
    const given = (authorizerOf: typeof one, AuthorizationScopes: string[]) =>
      wanted({ RouteKey: "GET /", AuthorizationScopes }, { authorizer: authorizerOf });
    await apply(world, route, given(one, ["a", "b"]));
    expect(await planOf(world, route, given(one, ["b", "a"]))).toEqual([]);
    await apply(world, route, given(one, ["b"]));
    await apply(world, route, given(two, ["b"]));
    await apply(world, route, given(two, []));
    await apply(world, route, wanted({ RouteKey: "GET /", AuthorizationType: "AWS_IAM" }));
  });

  it("waits for the integration and the authorizer that are to be made", async () => {
    const below = await belowApi();
    const unknown = { ...on(await aTarget(below)), id: { $unknown: "its id" } };
    const given = below.wanted({ RouteKey: "GET /" }, { integration: unknown });
    expect(route.desiredState(desiredOf(route, given, below.world.stack)).Target).toEqual({
      $unknown: "its id",
    });
  });
});

describe("Route, a parameter that is gone already", () => {
  it("is no failure: the call was sent again because its answer was lost", async () => {
    const { world, wanted, parent } = await belowApi(WEBSOCKET);
    const key = "route.request.querystring.token";
    const { live } = await apply(
      world,
      route,
      wanted({ RouteKey: "$connect", RequestParameters: { [key]: {} } }),
    );
    const client = await world.aws.client(apiGateway);
    await client.deleteRouteRequestParameter({
      ApiId: parent.id,
      RouteId: live.id,
      RequestParameterKey: key,
    });
    const desired = desiredOf(route, wanted({ RouteKey: "$connect" }), world.stack);
    const state = route.desiredState(desired);
    const changes = diffStates(route, live.state, state);
    const code = async (): Promise<Uint8Array> => new Uint8Array();
    const context = { ...world, parent, desired, state, live, changes, code, changed: touches(changes) };
    expect((await route.update(context)).state).not.toHaveProperty("RequestParameters");
    await client.deleteRoute({ ApiId: parent.id, RouteId: live.id });
    await expect(route.update(context)).rejects.toThrow(/Invalid route identifier/);
  });
});

describe("pairing routes", () => {
  const live = (id: string, RouteKey: string): Live => ({
    type: route.type,
    name: `route::my-api::${RouteKey}`,
    id,
    state: { RouteKey },
    attributes: {},
  });
  const pairs = (keys: readonly string[], lives: readonly Live[]): Record<string, string> => {
    const found = route.pair?.(
      keys.map((RouteKey) => ({ name: RouteKey, state: { RouteKey } })),
      lives,
    );
    return Object.fromEntries([...(found ?? [])].map(([one, other]) => [one.name, other.id]));
  };

  it.each<[string, string[], Live[], Record<string, string>]>([
    ["by key", ["GET /a", "GET /b"], [live("1", "GET /b")], { "GET /b": "1" }],
    ["a renamed variable", ["GET /a/{id}"], [live("1", "GET /a/{name}")], { "GET /a/{id}": "1" }],
    ["not a greedy one for a plain one", ["GET /a/{id+}"], [live("1", "GET /a/{id}")], {}],
    [
      "the same key before a similar one",
      ["GET /{x}", "GET /{y}"],
      [live("1", "GET /{y}")],
      { "GET /{y}": "1" },
    ],
    ["WEBSOCKET words as they are", ["{a}"], [live("1", "{b}")], {}],
  ])("%s", (_what, keys, lives, expected) => {
    expect(pairs(keys, lives)).toEqual(expected);
  });

  it("renames a variable in place, where a second route would be refused", async () => {
    const { world, wanted } = await belowApi();
    await apply(world, route, wanted({ RouteKey: "GET /a/{id}" }));
    const renamed = await apply(world, route, wanted({ RouteKey: "GET /a/{name}" }));
    expect([renamed.calls, renamed.live.name]).toEqual([["UpdateRoute"], "route::my-api::GET /a/{name}"]);
  });
});
