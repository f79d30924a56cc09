import type { CreateRouteRequest } from "@aws-sdk/client-apigatewayv2";
import { describe, expect, it } from "vitest";
import { account, httpApi, plain, refusal, webSocketApi } from "../testing.ts";

const JWT = (name: string) => ({
  Name: name,
  AuthorizerType: "JWT" as const,
  IdentitySource: ["$request.header.Authorization"],
  JwtConfiguration: { Audience: ["a"], Issuer: "https://issuer.example" },
});

async function http() {
  const { api } = account();
  const base = await httpApi(api);
  const { ApiId, RouteId } = base;
  const create = (RouteKey: string, more: Partial<CreateRouteRequest> = {}) =>
    api.createRoute({ ApiId, RouteKey, ...more });
  const update = (input: object) => api.updateRoute({ ApiId, RouteId, ...input });
  return { api, ...base, create, update };
}

describe("routes", () => {
  it("R-01 a route's defaults", async () => {
    const { create } = await http();
    expect(plain(await create("GET /y"))).toEqual({
      ApiKeyRequired: false,
      AuthorizationType: "NONE",
      RouteId: expect.stringMatching(/^[a-z0-9]{7}$/),
      RouteKey: "GET /y",
    });
  });

  it("R-02 HTTP route keys are $default or METHOD /path, with whole-segment variables", async () => {
    const { create } = await http();
    for (const good of ["$default", "ANY /{proxy+}", "POST /a/{id}/b", "GET /"]) {
      expect(await refusal(create(good))).toBe("not refused");
    }
    for (const bad of ["GET y", "FETCH /y", "get /y", "/y", "$connect", "", "GET /{a}b", "GET /{a+}/b"]) {
      expect(await refusal(create(bad))).toMatch(/^BadRequestException/);
    }
  });

  it("R-03 a route key is unique per API", async () => {
    const { create } = await http();
    expect(await refusal(create("GET /x"))).toMatch(/^ConflictException/);
  });

  it("R-04 two keys that differ only in a variable's name conflict", async () => {
    const { create } = await http();
    await create("GET /a/{id}/b");
    expect(await refusal(create("GET /a/{name}/b"))).toBe(
      'ConflictException: The provided route key "GET /a/{name}/b" has a conflicting variable on the same hierarchical level as "GET /a/{id}/b"',
    );
    expect(await refusal(create("POST /a/{name}/b"))).toBe("not refused");
  });

  it("R-05 the target must exist", async () => {
    const { create, update } = await http();
    expect(await refusal(create("GET /y", { Target: "integrations/nope" }))).toMatch(/^BadRequestException/);
    expect(await refusal(create("GET /y", { Target: "nope" }))).toMatch(/^BadRequestException/);
    expect(await refusal(create("GET /y", { Target: "" }))).toMatch(/^BadRequestException/);
    expect(await refusal(update({ Target: "integrations/nope" }))).toMatch(/^BadRequestException/);
  });

  it("R-06 members of WEBSOCKET routes are refused on HTTP", async () => {
    const { create } = await http();
    const parameters = { "route.request.querystring.a": { Required: true } };
    for (const more of [
      { ApiKeyRequired: true },
      { ModelSelectionExpression: "x" },
      { RequestModels: { a: "b" } },
      { RequestParameters: parameters },
      { RouteResponseSelectionExpression: "$default" },
    ]) {
      expect(await refusal(create("GET /y", more))).toMatch(/^BadRequestException/);
    }
  });

  it("R-07 an update merges, an empty text clears, the key can change", async () => {
    const { update, Target } = await http();
    expect(await update({ OperationName: "op" })).toMatchObject({ Target, OperationName: "op" });
    expect((await update({ OperationName: "" })).OperationName).toBeUndefined();
    expect(await update({ RouteKey: "POST /z" })).toMatchObject({ RouteKey: "POST /z", Target });
    expect((await update({ Target: "" })).Target).toBeUndefined();
    expect(await refusal(update({ RouteKey: "" }))).toMatch(/^BadRequestException/);
  });

  it("R-08 the authorizer must fit the authorization type; a type without one takes it and forgets it", async () => {
    const { api, ApiId, create } = await http();
    const { AuthorizerId } = await api.createAuthorizer({ ApiId, ...JWT("j") });
    expect(await refusal(create("GET /y", { AuthorizationType: "JWT", AuthorizerId: "nope" }))).toBe(
      "BadRequestException: Invalid authorizer ID specified. Setting the authorization type to JWT requires a valid JWT authorizer.",
    );
    expect(await refusal(create("GET /y", { AuthorizationType: "CUSTOM", AuthorizerId }))).toMatch(
      /COGNITO_USER_POOLS/,
    );
    const dropped = await create("GET /z", { AuthorizationType: "NONE", AuthorizerId });
    expect(dropped.AuthorizerId).toBeUndefined();
    expect(await refusal(create("GET /y", { AuthorizationType: "JWT", AuthorizerId }))).toBe("not refused");
  });

  it("R-09 an update of the authorizer must carry the type; another type drops the authorizer", async () => {
    const { api, ApiId, update } = await http();
    const first = await api.createAuthorizer({ ApiId, ...JWT("1") });
    const second = await api.createAuthorizer({ ApiId, ...JWT("2") });
    await update({ AuthorizationType: "JWT", AuthorizerId: first.AuthorizerId, AuthorizationScopes: ["s"] });
    expect(await refusal(update({ AuthorizerId: second.AuthorizerId }))).toBe(
      "BadRequestException: Unable to update route. Authorizer type is invalid or null.",
    );
    const open = await update({ AuthorizationType: "NONE" });
    expect(open.AuthorizerId).toBeUndefined();
    expect(open.AuthorizationScopes).toBeUndefined();
  });

  it("R-10 scopes belong to JWT, are at most ten, and [] clears them", async () => {
    const { api, ApiId, create, update } = await http();
    const { AuthorizerId } = await api.createAuthorizer({ ApiId, ...JWT("j") });
    expect(await refusal(create("GET /y", { AuthorizationScopes: ["s"] }))).toMatch(/^BadRequestException/);
    const jwt = { AuthorizationType: "JWT", AuthorizerId } as const;
    const eleven = Array.from({ length: 11 }, (_, i) => `s${i}`);
    expect(await refusal(update({ ...jwt, AuthorizationScopes: eleven }))).toMatch(/^BadRequestException/);
    expect((await update({ ...jwt, AuthorizationScopes: ["s"] })).AuthorizationScopes).toEqual(["s"]);
    expect((await update({ AuthorizationScopes: [] })).AuthorizationScopes).toBeUndefined();
  });

  it("R-11 routes per API are limited: a 429 that no waiting heals", async () => {
    const { api } = account({ quotas: { routesPerApi: 1 } });
    const { ApiId } = await httpApi(api);
    expect(await refusal(api.createRoute({ ApiId, RouteKey: "GET /y" }))).toBe(
      "TooManyRequestsException: Maximum number of Routes for this API has been reached. Please contact AWS if you need additional Routes.",
    );
  });
});

describe("WEBSOCKET routes", () => {
  it("R-12 keys are free, $ only before the three known words", async () => {
    const { api } = account();
    const ApiId = await webSocketApi(api);
    for (const good of ["$connect", "$disconnect", "$default", "send message"]) {
      expect(await refusal(api.createRoute({ ApiId, RouteKey: good }))).toBe("not refused");
    }
    expect(await refusal(api.createRoute({ ApiId, RouteKey: "$other" }))).toMatch(/^BadRequestException/);
  });

  it("R-13 only $connect is authorized, and not by JWT", async () => {
    const { api } = account();
    const ApiId = await webSocketApi(api);
    const iam = { ApiId, AuthorizationType: "AWS_IAM" } as const;
    expect(await refusal(api.createRoute({ ...iam, RouteKey: "x" }))).toBe(
      "BadRequestException: Currently, authorization is restricted to the $connect route only",
    );
    expect(
      await refusal(api.createRoute({ ...iam, RouteKey: "$connect", AuthorizationType: "JWT" })),
    ).toMatch(/^Bad/);
    expect(await refusal(api.createRoute({ ...iam, RouteKey: "$connect" }))).toBe("not refused");
  });

  it("R-14 request parameters only grow by update; each is deleted by a call of its own", async () => {
    const { api } = account();
    const ApiId = await webSocketApi(api);
    const a = "route.request.header.a";
    const b = "route.request.querystring.b";
    const { RouteId } = await api.createRoute({
      ApiId,
      RouteKey: "$connect",
      RequestParameters: { [a]: { Required: true } },
    });
    const made = await api.updateRoute({ ApiId, RouteId, RequestParameters: { [b]: { Required: false } } });
    expect(made.RequestParameters).toEqual({ [a]: { Required: true }, [b]: { Required: false } });
    await api.deleteRouteRequestParameter({ ApiId, RouteId, RequestParameterKey: a });
    expect((await api.getRoute({ ApiId, RouteId })).RequestParameters).toEqual({ [b]: { Required: false } });
    const again = api.deleteRouteRequestParameter({ ApiId, RouteId, RequestParameterKey: a });
    expect(await refusal(again)).toMatch(/^NotFoundException/);
  });

  it("R-15 ApiKeyRequired, models and response selection live here", async () => {
    const { api } = account();
    const ApiId = await webSocketApi(api);
    const { RouteId } = await api.createRoute({
      ApiId,
      RouteKey: "$default",
      ApiKeyRequired: true,
      RouteResponseSelectionExpression: "$default",
      ModelSelectionExpression: "action",
      RequestModels: { a: "m", b: "n" },
    });
    const made = await api.updateRoute({
      ApiId,
      RouteId,
      ApiKeyRequired: false,
      RouteResponseSelectionExpression: "",
      ModelSelectionExpression: "",
      RequestModels: { a: "" },
    });
    expect(plain(made)).toEqual({
      ApiKeyRequired: false,
      AuthorizationType: "NONE",
      RequestModels: { b: "n" },
      RouteId,
      RouteKey: "$default",
    });
  });
});
