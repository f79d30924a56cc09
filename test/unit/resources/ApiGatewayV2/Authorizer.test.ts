import { describe, expect, it } from "vitest";
import { authorizer } from "../../../../src/resources/ApiGatewayV2/authorizer/authorizer.ts";
import { route } from "../../../../src/resources/ApiGatewayV2/route/route.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { apply, dependency, desiredOf, planOf, readOne, remove } from "../harness.ts";
import { aFunction, belowApi, FUNCTION_ARN, make, on, WEBSOCKET } from "./support.ts";

const URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION_ARN}/invocations`;
const JWT = {
  Name: "users",
  AuthorizerType: "JWT",
  IdentitySource: ["$request.header.Authorization"],
  JwtConfiguration: { Audience: ["a", "b"], Issuer: "https://issuer.example.com" },
};
const REQUEST = { Name: "gate", AuthorizerType: "REQUEST" };

describe("Authorizer, names and checks", () => {
  it("is called by its Api and name, and answers to the name", () => {
    const entry = authorizer.canonical({ name: "users", properties: {}, dependencies: { api: ["my-api"] } });
    expect([authorizer.name(entry), authorizer.aliases?.(entry)]).toEqual(["my-api::users", ["users"]]);
  });

  it.each<[JsonObject, Record<string, string[]>, string[]]>([
    [JWT, {}, []],
    [{ ...JWT, IdentitySource: [] }, {}, ["IdentitySource"]],
    [
      { ...JWT, AuthorizerUri: "x", EnableSimpleResponses: true },
      {},
      ["AuthorizerUri", "EnableSimpleResponses"],
    ],
    [{ Name: "a", AuthorizerType: "JWT", IdentitySource: ["x"] }, {}, ["JwtConfiguration"]],
    [{ Name: "a", AuthorizerType: "JWT", IdentitySource: ["x"] }, { userPool: ["p"] }, []],
    [REQUEST, {}, ["AuthorizerUri"]],
    [{ ...REQUEST, JwtConfiguration: {} }, { lambdaFunction: ["f"] }, ["JwtConfiguration"]],
  ])("the check of %j with %j", (properties, dependencies, paths) => {
    expect(authorizer.check?.({ properties, dependencies }).map(({ path }) => path)).toEqual(paths);
  });
});

describe("Authorizer, life", () => {
  it("JWT: made, changed, compared as sets, deleted", async () => {
    const { world, wanted } = await belowApi();
    const { live } = await apply(world, authorizer, wanted(JWT));
    const mixed = { ...JWT, JwtConfiguration: { ...JWT.JwtConfiguration, Audience: ["b", "a"] } };
    expect(await planOf(world, authorizer, wanted(mixed))).toEqual([]);
    const less = { ...JWT, JwtConfiguration: { ...JWT.JwtConfiguration, Audience: ["a"] } };
    expect((await apply(world, authorizer, wanted(less))).calls).toEqual(["UpdateAuthorizer"]);
    await apply(world, authorizer, wanted({ ...less, IdentitySource: ["$request.querystring.token"] }));
    expect(await remove(world, authorizer, live)).toEqual(["DeleteAuthorizer"]);
    expect(await readOne(world, authorizer, wanted(JWT))).toBeUndefined();
    expect(await remove(world, authorizer, live)).toEqual(["DeleteAuthorizer"]);
  });

  it("JWT: the issuer of a user pool", async () => {
    const { world, wanted } = await belowApi();
    const pool = dependency("CognitoIdentityServiceProvider::UserPool", "pool", { id: "us-east-1_x" });
    const given = { ...JWT, JwtConfiguration: { Audience: ["a"] } };
    const state = authorizer.desiredState(
      desiredOf(authorizer, wanted(given, { userPool: pool }), world.stack),
    );
    expect(state.JwtConfiguration).toMatchObject({
      Issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_x",
    });
  });

  it("REQUEST: a function in another region keeps its region", async () => {
    const { world, wanted } = await belowApi();
    const elsewhere = FUNCTION_ARN.replace("us-east-1", "eu-west-1");
    const { live } = await apply(world, authorizer, wanted({ ...REQUEST, AuthorizerUri: elsewhere }));
    expect(live.state.AuthorizerUri).toBe(
      `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${elsewhere}/invocations`,
    );
  });

  it("REQUEST: takes the function's ARN for API Gateway's form", async () => {
    const { world, wanted } = await belowApi();
    await apply(world, authorizer, wanted({ ...REQUEST, AuthorizerUri: FUNCTION_ARN }));
    expect(await planOf(world, authorizer, wanted({ ...REQUEST, AuthorizerUri: URI }))).toEqual([]);
  });

  it("REQUEST on WEBSOCKET has no payload version and no time to live", async () => {
    const { world, wanted } = await belowApi(WEBSOCKET);
    const given = { ...REQUEST, IdentitySource: ["route.request.header.Auth"] };
    const { live } = await apply(world, authorizer, wanted(given, { lambdaFunction: aFunction }));
    expect(live.state).toEqual({ ...given, AuthorizerUri: URI });
  });
});

describe("Authorizer, another type", () => {
  it("replaces: the old one gives up its name and is used until routes have moved", async () => {
    const { world, wanted, parent } = await belowApi();
    const { live } = await apply(world, authorizer, wanted(JWT));
    const used = wanted({ RouteKey: "GET /" }, { authorizer: on(live) });
    await make(world, route, used);
    const other = { ...REQUEST, Name: "users" };
    const changes = await planOf(world, authorizer, wanted(other, { lambdaFunction: aFunction }));
    expect(changes.find(({ path }) => path === "AuthorizerType")?.replaces).toBe(true);
    await authorizer.supersede?.({ ...world, live });
    const next = await make(world, authorizer, wanted(other, { lambdaFunction: aFunction }));
    const lives = await authorizer.read({
      ...world,
      lookups: [],
      parents: [parent],
      once: (_key, fresh) => fresh(),
    });
    expect(lives.map(({ id, superseded }) => [id, superseded ?? false])).toEqual([
      [live.id, true],
      [next.id, false],
    ]);
    await expect(remove(world, authorizer, live)).rejects.toThrow(/referenced/);
    await apply(world, route, wanted({ RouteKey: "GET /" }, { authorizer: on(next) }));
    await remove(world, authorizer, live);
  });
});
