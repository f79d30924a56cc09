/** Quotas, warnings and companions. */
import { describe, expect, it } from "vitest";
import type { WrittenEntry } from "../../../src/spec/draft.ts";
import { build, told } from "./building.ts";
import { gatewayTypes, gw, lambda } from "./toy-gateway.ts";

const gateway = { registry: gatewayTypes };
const api = (name = "a", ProtocolType = "HTTP"): WrittenEntry =>
  gw("Api", { name, properties: { ProtocolType } });
const times = (count: number, make: (index: number) => object): WrittenEntry[] =>
  [...Array(count).keys()].map(make);
const of = (
  api: string,
  type: string,
  properties: (index: number) => object,
  count: number,
): WrittenEntry[] =>
  times(count, (index) =>
    gw(type, { name: `${type}${index}`, properties: properties(index), dependencies: { api } }),
  );

describe("quotas", () => {
  type Counted = [string, number, (index: number) => object, string];
  const adjustable: Counted[] = [
    ["Route", 300, (index) => ({ RouteKey: `GET /${index}` }), "routes per API"],
    ["Stage", 10, (index) => ({ StageName: `s${index}`, AutoDeploy: true }), "stages per API"],
    ["Authorizer", 10, (index) => ({ Name: `Authorizer${index}` }), "authorizers per API"],
  ];
  const integrations: Counted = ["Integration", 300, () => ({}), "integrations per API"];

  it.each([...adjustable, integrations])(
    "of an Api: %s, %i are nothing to say",
    async (type, most, properties) => {
      const { resources, warnings } = await build([api(), ...of("a", type, properties, most)], gateway);
      expect(resources).toHaveLength(most + 1);
      expect(warnings.filter(({ code }) => code === "QUOTA_EXCEEDED")).toEqual([]);
    },
  );

  it.each(adjustable)(
    "that AWS raises on request are warnings: one more %s than %i",
    async (type, most, properties, quota) => {
      const { warnings } = await build([api(), ...of("a", type, properties, most + 1)], gateway);
      expect(warnings).toContainEqual(
        expect.objectContaining({
          code: "QUOTA_EXCEEDED",
          message: `ApiGatewayV2::Api::a has ${most + 1} of them; accepted: at most ${most} (AWS quota "${quota}")`,
          hint: expect.stringContaining("Service Quotas"),
        }),
      );
    },
  );

  it("that is fixed for one protocol only: integrations", async () => {
    const [type, most, properties, quota] = integrations;
    expect(await told([api(), ...of("a", type, properties, most + 1)], gateway)).toEqual([
      `QUOTA_EXCEEDED at ${most + 2}: ApiGatewayV2::Api::a has ${most + 1} of them; accepted: at most ${most} (AWS quota "${quota}")`,
    ]);
    const websocket = [api("a", "WEBSOCKET"), ...of("a", type, properties, most + 1)];
    expect((await build(websocket, gateway)).warnings).toContainEqual(
      expect.objectContaining({ code: "QUOTA_EXCEEDED" }),
    );
  });

  it("of a stage's variables, which are a map", async () => {
    const variables = (count: number) =>
      Object.fromEntries([...Array(count).keys()].map((index) => [`v${index}`, "x"]));
    const stage = (count: number) =>
      gw("Stage", {
        properties: { StageName: "s", AutoDeploy: true, StageVariables: variables(count) },
        dependencies: { api: "a" },
      });
    expect((await build([api(), stage(100)], gateway)).resources).toHaveLength(2);
    expect(await told([api(), stage(101)], gateway)).toEqual([
      'QUOTA_EXCEEDED at 2: ApiGatewayV2::Stage::a::s has 101 StageVariables; accepted: at most 100 (AWS quota "variables per stage")',
    ]);
  });

  it("are counted per Api", async () => {
    const stages = (name: string) =>
      of(name, "Stage", (index) => ({ StageName: `s${index}`, AutoDeploy: true }), 10);
    expect(
      (await build([api("a"), api("b"), ...stages("a"), ...stages("b")], gateway)).resources,
    ).toHaveLength(22);
  });

  it("of scopes per route", async () => {
    const AuthorizationScopes = times(11, (index) => `s${index}` as unknown as object);
    const route = gw("Route", {
      properties: { RouteKey: "GET /", AuthorizationType: "JWT", AuthorizerId: "x", AuthorizationScopes },
      dependencies: { api: "a" },
    });
    expect(await told([api(), route], gateway)).toEqual([
      'QUOTA_EXCEEDED at 2: ApiGatewayV2::Route::route::a::GET / has 11 AuthorizationScopes; accepted: at most 10 (AWS quota "scopes per route")',
    ]);
  });

  it.each([
    ["HTTP", 30_001, "50 to 30000"],
    ["HTTP", 49, "50 to 30000"],
    ["WEBSOCKET", 29_001, "50 to 29000"],
  ])("of an integration's time, %s: %i", async (protocol, TimeoutInMillis, accepted) => {
    const integration = gw("Integration", {
      name: "i",
      properties: { TimeoutInMillis },
      dependencies: { api: "a" },
    });
    expect(await told([integration, api("a", protocol)], gateway)).toEqual([
      `QUOTA_EXCEEDED at 1: ApiGatewayV2::Integration::i: TimeoutInMillis is ${TimeoutInMillis}; accepted: ${accepted} (AWS quota "integration timeout" of ${protocol} APIs)`,
    ]);
  });
});

describe("warnings", () => {
  const fn = lambda("Function", { name: "f" });
  const integration = gw("Integration", { dependencies: { api: "a", lambdaFunction: "f" } });
  const permission = (properties: object, dependencies: object = {}): WrittenEntry =>
    lambda("Permission", { properties, dependencies: { lambdaFunction: "f", ...dependencies } });
  const statement = (Principal: string) => ({
    Permissions: [{ Action: "lambda:InvokeFunction", Principal }],
  });

  /** Api `a` has neither a stage nor routes here, which has warnings of its own. */
  const permissionWarnings = async (entries: WrittenEntry[]) =>
    (await build(entries, gateway)).warnings.filter(({ code }) => code === "NO_PERMISSION_FOR_API");

  it.each<[string, WrittenEntry[]]>([
    ["there is no permission", []],
    ["the permission is somebody else's", [permission(statement("sns.amazonaws.com"))]],
  ])("of an integration whose function API Gateway may not invoke: %s", async (_, entries) => {
    expect(await permissionWarnings([api(), fn, integration, ...entries])).toMatchObject([
      {
        code: "NO_PERMISSION_FOR_API",
        message:
          "ApiGatewayV2::Integration::integration::a::f calls f, but apigateway.amazonaws.com has no permission to invoke it: the API answers 500",
        at: { line: 3 },
        resource: "ApiGatewayV2::Integration::integration::a::f",
      },
    ]);
  });

  it.each<[string, WrittenEntry[]]>([
    ["a statement allows it", [fn, integration, permission(statement("apigateway.amazonaws.com"))]],
    ["a statement allows everybody", [fn, integration, permission(statement("*"))]],
    ["the permission names apis", [fn, integration, permission({}, { apiGatewayV2Apis: "a" })]],
    [
      "the function says so itself",
      [
        lambda("Function", {
          name: "f",
          properties: { Public: [{ Principal: "apigateway.amazonaws.com" }] },
        }),
        integration,
      ],
    ],
    [
      "the integration acts as a role",
      [
        fn,
        { ...integration, dependencies: { api: "a", lambdaFunction: "f", role: "arn:aws:iam::1:role/x" } },
      ],
    ],
    ["the function is only read", [{ ...fn, readOnly: true }, integration]],
  ])("are not given when %s", async (_, entries) => {
    expect(await permissionWarnings([api(), ...entries])).toEqual([]);
  });

  it("are given once per function, and for authorizers too", async () => {
    const dependencies = { api: "a", lambdaFunction: "f" };
    const entries = [
      ...times(3, (index) => gw("Integration", { name: `i${index}`, dependencies })),
      gw("Authorizer", { name: "who", dependencies }),
    ];
    const warnings = await permissionWarnings([api(), fn, ...entries]);
    expect(warnings.map(({ resource }) => resource)).toEqual([
      "ApiGatewayV2::Integration::i0",
      "ApiGatewayV2::Authorizer::who",
    ]);
  });
});

describe("companions", () => {
  const open = [{ Principal: "*" }];
  const fn = lambda("Function", { name: "f", properties: { Public: open } });

  it("stand in the plan as if they were written, at their owner's place", async () => {
    const { resources } = await build([fn], gateway);
    expect(resources[1]).toEqual({
      key: "Lambda::Permission::f",
      type: "Lambda::Permission",
      name: "f",
      readOnly: false,
      implied: true,
      properties: { FunctionPermissions: open },
      dependencies: { lambdaFunction: [{ key: "Lambda::Function::f" }] },
      edges: ["Lambda::Function::f"],
      parent: "Lambda::Function::f",
      at: { file: "resources.js", line: 1 },
    });
  });

  it("are added to the written resource of their name, before or after", async () => {
    const written = lambda("Permission", {
      properties: { Permissions: [] },
      dependencies: { lambdaFunction: "f" },
    });
    for (const entries of [
      [fn, written],
      [written, fn],
    ]) {
      const { resources } = await build(entries, gateway);
      const [permission, ...more] = resources.filter(({ type }) => type === "Lambda::Permission");
      expect(more).toEqual([]);
      expect(permission?.implied).toBeUndefined();
      expect(permission?.properties).toEqual({ FunctionPermissions: open, Permissions: [] });
    }
  });
});
