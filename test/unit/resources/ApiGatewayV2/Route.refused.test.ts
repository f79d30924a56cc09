/** What API Gateway would refuse of routes is an error of the plan. */
import { describe, expect, it } from "vitest";
import type { WrittenEntry } from "../../../../src/spec/draft.ts";
import { errorsOfEntries } from "../../spec/loading.ts";
import { api, gw, refusals as refusalsOf, warningsOf } from "../judged.ts";

const route = (RouteKey: string, more: object = {}, dependencies: object = {}): WrittenEntry =>
  gw("Route", { RouteKey, ...more }, dependencies);
const refusals = (protocol: string, ...entries: WrittenEntry[]): Promise<readonly string[]> =>
  refusalsOf(api(protocol), ...entries);
const fine = async (protocol: string, ...entries: WrittenEntry[]): Promise<void> => {
  await expect(warningsOf(api(protocol), ...entries)).resolves.toBeDefined();
};

describe("route keys of HTTP APIs", () => {
  it.each([
    ["get /hello", "GET /hello"],
    ["GET hello", "GET /hello"],
    ["GET /hello/:name", "GET /hello/{name}"],
    ["GET /hello/<name>/x", "GET /hello/{name}/x"],
    ["GET  /hello", "GET /hello"],
    [" GET /hello", "GET /hello"],
    ["GET /hello ", "GET /hello"],
    ["GET/hello", "GET /hello"],
    ["/hello", "ANY /hello"],
    ["hello", "ANY /hello"],
    ["* /hello", "ANY /hello"],
    ["Any /hello", "ANY /hello"],
    ["GET /hello?x=1", "GET /hello"],
    ["GET https://example.com/hello", "GET /hello"],
    ["GET /files/*", "GET /files/{proxy+}"],
    ["$Default", "$default"],
    ["default", "$default"],
  ])("%j is refused: did you mean %j?", async (key, meant) => {
    const [only, ...more] = await refusals("HTTP", route(key));
    expect(more).toEqual([]);
    expect(only).toContain(`RouteKey: ${JSON.stringify(key)} `);
    expect(only).toContain(` | Did you mean "${meant}"?`);
    await fine("HTTP", route(meant));
  });

  it.each([
    ["GET /a/{id}/b/{id}", "has the variable {id} twice"],
    ["GET /a/{id}/{id+}", "has the variable {id} twice"],
    ["GET /a/{id}.json", "a variable is a whole segment"],
    ["GET /a/{id", "a variable is a whole segment"],
    ["GET /a/{}", "a variable is a whole segment"],
    ["GET /{a}{b}", "a variable is a whole segment"],
    ["GET /{proxy+}/x", "only the last segment can be greedy"],
    ["TRACE /x", "accepted: ANY, DELETE, GET"],
    ["GET /a b", "is not a method, one space and a path"],
    ["$connect", "is a route of WEBSOCKET APIs"],
  ])("%j is refused: %s", async (key, why) => {
    const found = await refusals("HTTP", route(key));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(why);
  });

  it.each([
    "GET /",
    "ANY /{proxy+}",
    "$default",
    "POST /v1/items:batch",
    "GET /a/{user-id}/b/{item.id}",
    "GET /.well-known/x",
    "PATCH /a/",
    "OPTIONS /~me/a%20b",
  ])("%j is accepted", async (key) => {
    await fine("HTTP", route(key));
  });

  it("are at their line", async () => {
    const errors =
      await errorsOfEntries(`{ type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "a" }) },
      { type: "Route", group: "ApiGatewayV2",
        dependencies: () => ({ api: "a" }),
        properties: () => ({
          RouteKey: "get /hello" }) }`);
    expect(errors).toMatchObject([{ code: "PROPERTY_INVALID", at: "6:11" }]);
  });
});

describe("two routes", () => {
  it.each([
    ["GET /a/{id}", "GET /a/{name}"],
    ["ANY /{proxy+}", "ANY /{rest+}"],
  ])("that differ in a variable's name only are refused: %s, %s", async (one, other) => {
    expect(await refusals("HTTP", route(one), route(other))).toEqual([
      expect.stringMatching(/matches the same requests as "[^"]+" \(resources\.js:2\)/),
    ]);
  });

  it.each([
    ["GET /a/{id}", "GET /a/{id+}"],
    ["GET /a/{id}", "POST /a/{name}"],
    ["GET /a/{id}", "GET /b/{id}"],
  ])("that match other requests are accepted: %s, %s", async (one, other) => {
    await fine("HTTP", route(one), route(other));
  });
});

describe("routes of WEBSOCKET APIs", () => {
  it.each([
    ["$message", 'Write "message".'],
    ["$Connect", 'Did you mean "$connect"?'],
  ])("%s is refused", async (key, hint) => {
    expect(await refusals("WEBSOCKET", route(key))).toEqual([expect.stringContaining(hint)]);
  });

  it.each(["$connect", "$disconnect", "$default", "send", "send-message", "a/b"])(
    "%s is accepted",
    async (key) => {
      await fine("WEBSOCKET", route(key));
    },
  );

  it("with the key of an HTTP route get a warning", async () => {
    expect(await warningsOf(api("WEBSOCKET"), route("GET /hello"))).toContainEqual(
      expect.stringMatching(/^ROUTE_KEY_DOUBTFUL: /),
    );
  });

  it.each<[string, string, object, object]>([
    ["send", "RequestParameters", { RequestParameters: { "route.request.querystring.t": {} } }, {}],
    ["$default", "AuthorizationType", { AuthorizationType: "AWS_IAM" }, {}],
  ])("%s cannot have %s, $connect can", async (key, path, properties) => {
    expect(await refusals("WEBSOCKET", route(key, properties))).toEqual([expect.stringContaining(path)]);
    await fine("WEBSOCKET", route("$connect", properties));
  });

  it("an authorizer is only for $connect", async () => {
    const lambda = gw("Authorizer", {
      Name: "who",
      AuthorizerType: "REQUEST",
      AuthorizerUri: "arn:aws:lambda:eu-west-2:123456789012:function:f",
      IdentitySource: ["route.request.querystring.token"],
    });
    expect(await refusals("WEBSOCKET", lambda, route("send", {}, { authorizer: "who" }))).toEqual([
      expect.stringContaining("only the route $connect"),
    ]);
    await fine("WEBSOCKET", lambda, route("$connect", {}, { authorizer: "who" }));
  });
});

describe("properties of the other protocol", () => {
  it.each<[string, string]>([
    ["RequestParameters", '{"route.request.querystring.t":{"Required":true}}'],
    ["ApiKeyRequired", "true"],
    ["RequestModels", '{"$default":"m"}'],
    ["ModelSelectionExpression", '"$request.body.action"'],
    ["RouteResponseSelectionExpression", '"$default"'],
  ])("a route of an HTTP API has no %s", async (key, value) => {
    expect(await refusals("HTTP", route("GET /", { [key]: JSON.parse(value) }))).toEqual([
      expect.stringContaining(`${key} is only for WEBSOCKET APIs`),
    ]);
  });

  it("what is off is accepted, as generated specs have it", async () => {
    await fine("HTTP", route("GET /", { ApiKeyRequired: false, RequestParameters: {} }));
  });
});

describe("a route's authorizer", () => {
  const jwt = gw("Authorizer", {
    Name: "who",
    AuthorizerType: "JWT",
    IdentitySource: ["$request.header.Authorization"],
    JwtConfiguration: { Audience: ["a"], Issuer: "https://issuer.example.com" },
  });
  it("decides its AuthorizationType", async () => {
    const wrong = route("GET /", { AuthorizationType: "CUSTOM" }, { authorizer: "who" });
    expect(await refusals("HTTP", jwt, wrong)).toEqual([
      expect.stringContaining(
        'AuthorizationType is "CUSTOM", but a::who is of type JWT | Remove it, or write "JWT".',
      ),
    ]);
    await fine(
      "HTTP",
      jwt,
      route("GET /", { AuthorizationType: "JWT", AuthorizationScopes: ["x"] }, { authorizer: "who" }),
    );
  });

  it("must be of type JWT for scopes", async () => {
    expect(await refusals("HTTP", route("GET /", { AuthorizationScopes: ["x"] }))).toEqual([
      expect.stringContaining("AuthorizationScopes is only for routes with a JWT authorizer"),
    ]);
  });
});
