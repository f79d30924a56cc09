import type { CreateAuthorizerRequest } from "@aws-sdk/client-apigatewayv2";
import { describe, expect, it } from "vitest";
import { account, FUNCTION_ARN, httpApi, plain, refusal, webSocketApi } from "../testing.ts";

const INVOKE = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION_ARN}/invocations`;
type Input = Omit<CreateAuthorizerRequest, "ApiId">;
const JWT: Input = {
  Name: "j",
  AuthorizerType: "JWT",
  IdentitySource: ["$request.header.Authorization"],
  JwtConfiguration: { Audience: ["a"], Issuer: "https://issuer.example" },
};
const REQUEST: Input = {
  Name: "l",
  AuthorizerType: "REQUEST",
  IdentitySource: ["$request.header.Auth"],
  AuthorizerUri: INVOKE,
  AuthorizerPayloadFormatVersion: "2.0",
};

async function http() {
  const { api } = account();
  const { ApiId, RouteId } = await httpApi(api);
  return { api, ApiId, RouteId, create: (input: Input) => api.createAuthorizer({ ApiId, ...input }) };
}

describe("authorizers", () => {
  it("Z-01 a JWT authorizer, as it comes back", async () => {
    const { create } = await http();
    expect(plain(await create(JWT))).toEqual({
      AuthorizerId: expect.stringMatching(/^[a-z0-9]{6}$/),
      ...JWT,
    });
  });

  it("Z-02 JWT needs an https issuer, an audience and one identity source in header or query", async () => {
    const { create } = await http();
    const { JwtConfiguration: _jwt, ...none } = JWT;
    expect(await refusal(create(none))).toMatch(/^BadRequestException/);
    const jwt = (JwtConfiguration: object) => refusal(create({ ...JWT, JwtConfiguration }));
    expect(await jwt({ Audience: ["a"], Issuer: "http://x" })).toMatch(/^BadRequestException/);
    expect(await jwt({ Issuer: "https://x" })).toMatch(/^BadRequestException/);
    const source = (IdentitySource: string[]) => refusal(create({ ...JWT, IdentitySource }));
    expect(await source([])).toMatch(/^BadRequestException/);
    expect(await source(["$request.header.a", "$request.header.b"])).toMatch(/^BadRequestException/);
    expect(await source(["$context.routeKey"])).toMatch(/^BadRequestException/);
  });

  it("Z-03 REQUEST on HTTP needs a URI of the invocation form and a payload version", async () => {
    const { create } = await http();
    const { AuthorizerPayloadFormatVersion: _v, ...noVersion } = REQUEST;
    expect(await refusal(create(noVersion))).toMatch(/^BadRequestException/);
    expect(await refusal(create({ ...REQUEST, AuthorizerUri: FUNCTION_ARN }))).toMatch(
      /^BadRequestException/,
    );
    expect(await refusal(create(REQUEST))).toBe("not refused");
  });

  it("Z-04 a time to live is 0 to 3600, has no default, and needs an identity source", async () => {
    const { create } = await http();
    expect((await create({ ...REQUEST, Name: "n" })).AuthorizerResultTtlInSeconds).toBeUndefined();
    expect(await refusal(create({ ...REQUEST, AuthorizerResultTtlInSeconds: 3601 }))).toMatch(
      /^BadRequestException/,
    );
    const without = { ...REQUEST, IdentitySource: [] };
    expect(await refusal(create({ ...without, AuthorizerResultTtlInSeconds: 300 }))).toBe(
      "BadRequestException: Identity source must be set if authorizer caching is enabled (TTL is greater than 0)",
    );
    expect(await refusal(create({ ...without, AuthorizerResultTtlInSeconds: 0 }))).toBe("not refused");
  });

  it("Z-05 simple responses need payload 2.0", async () => {
    const { create } = await http();
    const simple = { ...REQUEST, EnableSimpleResponses: true };
    expect(await refusal(create({ ...simple, AuthorizerPayloadFormatVersion: "1.0" }))).toMatch(
      /^BadRequest/,
    );
    expect((await create(simple)).EnableSimpleResponses).toBe(true);
  });

  it("Z-06 WEBSOCKET: REQUEST only, without time to live, payload version and simple responses", async () => {
    const { api } = account();
    const ApiId = await webSocketApi(api);
    const base = {
      ApiId,
      Name: "l",
      AuthorizerType: "REQUEST",
      AuthorizerUri: INVOKE,
      IdentitySource: [],
    } as const;
    const create = (more: object) => refusal(api.createAuthorizer({ ...base, IdentitySource: [], ...more }));
    expect(await create({ AuthorizerResultTtlInSeconds: 0 })).toBe(
      "BadRequestException: AuthorizerResultTtlInSeconds cannot be set for WEBSOCKET protocol Apis.",
    );
    expect(await create({ AuthorizerPayloadFormatVersion: "1.0" })).toMatch(/^BadRequestException/);
    expect(await create({ IdentitySource: ["$request.header.a"] })).toMatch(/^BadRequestException/);
    expect(await create({ IdentitySource: ["route.request.header.Auth"] })).toBe("not refused");
    expect(await refusal(api.createAuthorizer({ ...JWT, ApiId }))).toMatch(/^BadRequestException/);
  });

  it("Z-07 names are unique per API", async () => {
    const { create } = await http();
    await create(JWT);
    expect(await refusal(create(JWT))).toMatch(/^BadRequestException: Authorizer name must be unique/);
  });

  it("Z-08 an update merges, lists are replaced, an empty text clears", async () => {
    const { api, ApiId, create } = await http();
    const role = "arn:aws:iam::123456789012:role/api";
    const { AuthorizerId } = await create({ ...REQUEST, AuthorizerCredentialsArn: role });
    const made = await api.updateAuthorizer({ ApiId, AuthorizerId, IdentitySource: ["$request.header.b"] });
    expect(made).toMatchObject({ IdentitySource: ["$request.header.b"], AuthorizerCredentialsArn: role });
    const cleared = await api.updateAuthorizer({ ApiId, AuthorizerId, AuthorizerCredentialsArn: "" });
    expect(cleared.AuthorizerCredentialsArn).toBeUndefined();
  });

  it("Z-09 one in use cannot be deleted", async () => {
    const { api, ApiId, RouteId, create } = await http();
    const { AuthorizerId } = await create(JWT);
    await api.updateRoute({ ApiId, RouteId, AuthorizationType: "JWT", AuthorizerId });
    expect(await refusal(api.deleteAuthorizer({ ApiId, AuthorizerId }))).toBe(
      "ConflictException: Cannot delete authorizer 'j', is referenced in route: GET /x",
    );
    await api.updateRoute({ ApiId, RouteId, AuthorizationType: "NONE" });
    expect(await refusal(api.deleteAuthorizer({ ApiId, AuthorizerId }))).toBe("not refused");
  });
});
