import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createLocalSource } from "../../../src/source/local-source.ts";
import { byKey, errorsOfEntries, loadEntries, loadFiles, memorySource } from "./loading.ts";

const SEED = readFileSync("test/fixtures/specs/seed/resources.js", "utf8");
const CODE = { "my-function/my-function.js": "exports.handler = async () => ({ statusCode: 200 });" };

const API =
  '{ type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "my-api", ProtocolType: "HTTP" }) },';
const TRUST =
  '{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] }';
const ROLE = `{ type: "Role", group: "IAM", properties: () => ({ RoleName: "my-role", AssumeRolePolicyDocument: ${TRUST} }) },`;

describe("the seed page's sample", () => {
  it("loads as it stands, in an order that can be made", async () => {
    const spec = await loadFiles({ "resources.js": SEED, ...CODE });
    expect(spec.resources.map(({ key, edges }) => [key, edges])).toEqual([
      ["ApiGatewayV2::Api::my-api", []],
      ["IAM::Policy::lambda-policy", []],
      ["IAM::Role::lambda-role", ["IAM::Policy::lambda-policy"]],
      ["Lambda::Function::my-function", ["IAM::Role::lambda-role"]],
      [
        "ApiGatewayV2::Integration::integration::my-api::my-function",
        ["ApiGatewayV2::Api::my-api", "Lambda::Function::my-function"],
      ],
    ]);
    expect(spec.projectName).toBe("shop");
    expect(spec.satisfied).toEqual([]);
    expect(spec.warnings.map(({ code }) => code)).toEqual([
      "PROPERTY_INVALID",
      "API_WITHOUT_STAGE",
      "API_WITHOUT_ROUTES",
      "NO_PERMISSION_FOR_API",
    ]);
  });

  it("has its function's code from the folder beside it, wherever the stack is", async () => {
    const alone = await loadFiles({ "resources.js": SEED, ...CODE });
    const code = byKey(alone)["Lambda::Function::my-function"]?.code;
    expect(code?.sha256).toMatch(/^[\w+/]{43}=$/);
    const nested = await loadFiles(
      {
        "apis/one/resources.js": SEED,
        "apis/one/my-function/my-function.js": CODE["my-function/my-function.js"],
      },
      { directory: "apis/one" },
    );
    expect(byKey(nested)["Lambda::Function::my-function"]?.code).toEqual(code);
    expect(nested.resources[0]?.at).toEqual({ file: "apis/one/resources.js", line: 3, column: 5 });
  });

  it("is the same when it is read from a folder", async () => {
    const { source } = { source: createLocalSource("test/fixtures/specs/seed") };
    const files = memorySource({ "resources.js": SEED, ...CODE });
    const read = source.read.bind(source);
    const spec = await loadFiles(
      {},
      { source: { ...files, read: async (path) => (await read(path)) ?? files.read(path) } },
    );
    expect(spec.resources).toHaveLength(5);
  });

  it("without the folder of its function is an error at the function", async () => {
    const found = await loadFiles({ "resources.js": SEED }).catch((error: unknown) => error);
    expect(found).toMatchObject({
      code: "CODE_FOLDER_MISSING",
      at: { file: "resources.js", line: 71 },
      resource: "Lambda::Function::my-function",
    });
  });
});

describe("both dialects", () => {
  it("give the same function", async () => {
    const dependencies = 'dependencies: () => ({ role: "my-role" })';
    const old = `{ type: "Function", group: "Lambda", name: "my-function", properties: () => ({ Handler: "a.b", Runtime: "nodejs22.x", Tags: { a: "b" } }), ${dependencies} },`;
    const current = `{ type: "Function", group: "Lambda", properties: () => ({ Configuration: { FunctionName: "my-function", Handler: "a.b", Runtime: "nodejs22.x" }, Tags: { a: "b" } }), ${dependencies} },`;
    const [one, other] = await Promise.all([old, current].map((entry) => loadEntries(ROLE + entry, CODE)));
    const without = (spec: typeof one) => spec?.resources.map(({ at: _at, ...resource }) => resource);
    expect(without(one)).toEqual(without(other));
    expect(one?.resources).toHaveLength(2);
  });

  it("may be mixed in one spec", async () => {
    const spec = await loadEntries(
      `${API}
      { type: "Api", group: "ApiGatewayV2", name: "old", properties: ({}) => ({ ProtocolType: "HTTP" }) },
      { type: "Integration", group: "ApiGatewayV2", properties: () => ({ IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri: "https://a.example" }), dependencies: () => ({ api: "old" }) },`,
    );
    expect(Object.keys(byKey(spec))).toContain("ApiGatewayV2::Api::old");
    expect(spec.resources).toHaveLength(3);
  });

  it("must not contradict each other", async () => {
    const [error] = await errorsOfEntries(
      '{ type: "Api", group: "ApiGatewayV2", name: "a", properties: () => ({ Name: "b", ProtocolType: "HTTP" }) },',
    );
    expect(error).toMatchObject({ code: "NAME_CONTRADICTION" });
    expect(error?.message).toContain('name is "a", but Name is "b"');
  });
});

describe("references", () => {
  it("become templates with an edge, and their mistakes are told where getId is called", async () => {
    const group = (name: string, value: string) =>
      `{ type: "Api", group: "ApiGatewayV2", name: "${name}", properties: ({ getId }) => ({ ProtocolType: "HTTP", Description: ${value} }) },`;
    const getId = (name: string) =>
      `getId({ type: "Api", group: "ApiGatewayV2", name: "${name}", path: "live.ApiEndpoint" })`;
    const spec = await loadEntries(group("b", `\`at \${${getId("a")}}/x\``) + group("a", '"first"'));
    expect(spec.resources.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(spec.resources[1]?.properties.Description).toEqual({
      $template: [
        "at ",
        { ref: { type: "ApiGatewayV2::Api", name: "a", path: "live.ApiEndpoint", suffix: "" } },
        "/x",
      ],
    });
    const [error] = await errorsOfEntries(`${group("first", '"x"')}\n${group("other", getId("frist"))}`);
    expect(error).toMatchObject({ code: "REFERENCE_NOT_FOUND", at: expect.stringMatching(/^3:/) });
    expect(error?.hint).toContain('Did you mean "first"?');
  });
});

describe("an api's parts", () => {
  const route = (key: string) =>
    `{ type: "Route", group: "ApiGatewayV2", properties: () => ({ RouteKey: "${key}" }), dependencies: () => ({ api: "my-api" }) },`;
  const stage = (properties: string) =>
    `{ type: "Stage", group: "ApiGatewayV2", properties: () => ({ StageName: "dev", ${properties} }), dependencies: () => ({ api: "my-api" }) },`;

  it("are made in their order: a stage after routes it has settings for, its deployment last", async () => {
    const settings = 'RouteSettings: { "GET /": { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 } }';
    const spec = await loadEntries(stage(settings) + route("POST /") + route("GET /") + API);
    expect(spec.resources.map(({ key }) => key.replace("ApiGatewayV2::", ""))).toEqual([
      "Api::my-api",
      "Route::route::my-api::POST /",
      "Route::route::my-api::GET /",
      "Stage::my-api::dev",
      "Deployment::deployment::my-api",
    ]);
    expect(spec.resources[3]?.edges).toEqual([
      "ApiGatewayV2::Api::my-api",
      "ApiGatewayV2::Route::route::my-api::GET /",
    ]);
    expect(spec.resources[4]).toMatchObject({ implied: true, parent: "ApiGatewayV2::Api::my-api" });
  });

  it("need no deployment where a stage deploys by itself, as generated specs say", async () => {
    const deployment =
      '{ type: "Deployment", group: "ApiGatewayV2", properties: ({}) => ({ AutoDeployed: true }), dependencies: ({}) => ({ api: "my-api", stage: "my-api::dev" }) },';
    const spec = await loadEntries(API + stage("AutoDeploy: true") + deployment);
    expect(spec.resources).toHaveLength(2);
    expect(spec.satisfied).toMatchObject([{ name: "deployment::my-api" }]);
  });
});

describe("mistakes", () => {
  it("are told at their own line", async () => {
    const errors = await errorsOfEntries(`{
      type: "Api",
      group: "ApiGatewayV2",
      name: "a",
      properties: () => ({
        ProtocolType: "HTPP",
        Descripton: "x",
      }),
    },
    {
      type: "Integration",
      group: "ApiGatewayV2",
      properties: () => ({ IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", IntegrationUri: "https://a.example" }),
      dependencies: () => ({
        api: "aa",
        lambdaFunktion: "f",
      }),
    },`);
    expect(errors.map(({ code, at }) => `${code} ${at}`)).toEqual([
      "PROPERTY_INVALID 7:9",
      "PROPERTY_UNKNOWN 8:9",
      "DEPENDENCY_NOT_FOUND 16:14",
      "DEPENDENCY_UNKNOWN 17:9",
    ]);
    expect(errors[3]?.hint).toContain('Did you mean "lambdaFunction"?');
  });

  it("of an entry's own keys are told", async () => {
    const [error] = await errorsOfEntries(
      '{ type: "Api", group: "ApiGatewayV2", nam: "a", properties: {} },',
    );
    expect(error).toMatchObject({ code: "ENTRY_INVALID" });
    expect(error?.hint).toContain('Did you mean "name"?');
  });

  it("of values that belong to a secret do not show it", async () => {
    const wrong = [
      '{ Variables: { TOKEN: { secret: "hunter2" } } }',
      '{ Variabels: { TOKEN: "hunter2" } }',
      '"hunter2"',
      '{ Variables: ["hunter2"] }',
    ];
    for (const environment of wrong) {
      const errors = await errorsOfEntries(
        `${ROLE}{ type: "Function", group: "Lambda", name: "my-function", properties: () => ({ Handler: "a.b", Runtime: "nodejs22.x", Environment: ${environment} }), dependencies: () => ({ role: "my-role" }) },`,
        CODE,
      );
      expect(errors).toHaveLength(1);
      expect(JSON.stringify(errors)).not.toContain("hunter2");
    }
  });
});

describe("what the spec prints", () => {
  it("is passed on", async () => {
    const spec = await loadFiles({
      "resources.js": `console.log("a", 1); console.warn("b"); exports.createResources = () => [];`,
    });
    expect(spec.console).toEqual(["a 1", "warn: b"]);
  });
});

describe("the environment", () => {
  it("has the stage, the region and what is allowed", async () => {
    const spec = await loadFiles(
      {
        "resources.js":
          'const { STAGE, AWS_REGION, TEAM, HOME } = process.env; exports.createResources = () => [{ type: "Api", group: "ApiGatewayV2", name: "a", properties: { ProtocolType: "HTTP", Description: [STAGE, AWS_REGION, TEAM, HOME].join() } }];',
      },
      { env: { TEAM: "orders" } },
    );
    expect(spec.resources[0]?.properties.Description).toBe("dev,eu-west-2,orders,");
  });
});

describe("an environment variable from an unset process.env", () => {
  const spec = (value: string): string =>
    `exports.createResources = () => [{
      type: "Function",
      group: "Lambda",
      name: "f",
      properties: () => ({
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Role: "arn:aws:iam::123456789012:role/x",
        Code: { ZipFile: "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" },
        Environment: {
          Variables: {
            KNOWN: "1",
            TABLE: ${value},
          },
        },
      }),
    }];`;
  const unset = async (value: string) =>
    (await loadFiles({ "resources.js": spec(value) })).warnings.filter(
      ({ code }) => code === "VARIABLE_UNSET",
    );

  it.each(["process.env.TABLE", "process.env.ORDERS_TABLE", "process.env.ORDERS_TABLE || undefined"])(
    "is an error at its line that names what is not set: %s",
    async (value) => {
      const name = /env\.(\w+)/.exec(value)?.[1] ?? "";
      const error: unknown = await unset(value).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "VARIABLE_UNSET", at: { file: "resources.js", line: 13 } });
      expect(String(error)).toContain("Lambda::Function::f: Environment.Variables.TABLE is undefined");
      expect(String(error)).toContain(`process.env.${name} is not set`);
    },
  );

  it("is a warning where the spec leaves it undefined by itself", async () => {
    const [found, ...more] = await unset("undefined");
    expect([found?.at?.line, more]).toEqual([13, []]);
  });

  it.each([
    ["for something else, before", "const debug = process.env.DEBUG;", "undefined"],
    ["for something else, as a default", 'const level = process.env.LOG_LEVEL ?? "info";', "undefined"],
    ["for another key", "", "undefined, LEVEL: process.env.LOG_LEVEL"],
  ])("is no error because a variable was read %s", async (_, before, value) => {
    const error: unknown = await loadFiles({ "resources.js": `${before}${spec(value)}` }).catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error instanceof Error ? error : "")).not.toContain("Variables.TABLE");
  });

  it("is an error where it was read before, under a name like it", async () => {
    const files = { "resources.js": `const { ORDERS_TABLE } = process.env;${spec("ORDERS_TABLE")}` };
    const error: unknown = await loadFiles(files).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("process.env.ORDERS_TABLE is not set");
  });

  it("is an error where it stands in the list itself", async () => {
    const text = spec("process.env.ORDERS").replace("properties: () => ({", "properties: ({");
    const error: unknown = await loadFiles({ "resources.js": text }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("process.env.ORDERS is not set");
  });

  it.each([
    ["a name", "Name: process.env.API", "Name is undefined"],
    ["text", "Name: `shop-${process.env.API}`", 'Name contains "undefined"'],
    ["a value deep inside", 'Name: "a", Tags: { team: process.env.API }', "Tags.team is undefined"],
    ["what config.js reads", 'Name: "a", Description: config.api', "Description is undefined"],
  ])("is an error, and the only one, in %s", async (_, properties, told) => {
    const files = {
      "config.js": "module.exports = () => ({ api: process.env.API });",
      "resources.js": `exports.createResources = () => [
        { type: "Api", group: "ApiGatewayV2", properties: ({ config }) => ({ ProtocolType: "HTTP", ${properties} }) },
      ];`,
    };
    const error: unknown = await loadFiles(files).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "VARIABLE_UNSET", at: { file: "resources.js", line: 2 } });
    expect(String(error)).toContain(`ApiGatewayV2::Api: ${told}: process.env.API is not set`);
  });

  it.each([
    ["JSON", 'JSON.parse(process.env.LIST ?? "[]").join()'],
    ["a number", "Number(process.env.SIZE ?? 128)"],
  ])("is found beside a variable whose value has to be %s", async (_, value) => {
    const text = `const size = ${value};
      exports.createResources = () => [
        { type: "Api", group: "ApiGatewayV2", properties: { ProtocolType: "HTTP", Name: "a-" + process.env.API, Tags: { size } } },
      ];`;
    const error: unknown = await loadFiles({ "resources.js": text }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("process.env.API is not set");
  });

  it("is found after many others, of which the spec has to understand two", async () => {
    const others = Array.from({ length: 12 }, (_, index) => `process.env.V${index} ?? "v"`);
    const text = `const sizes = [Number(process.env.SIZE ?? 1), ${others}, Number(process.env.TIME ?? 2)];
      exports.createResources = () => [
        { type: "Api", group: "ApiGatewayV2", properties: { ProtocolType: "HTTP", Name: "a-" + process.env.API, Tags: { sizes } } },
      ];`;
    const error: unknown = await loadFiles({ "resources.js": text }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("process.env.API is not set");
  });

  it.each([
    ["a parameter", "config.parameter(`${process.env.VALUES}/table`)"],
    ["a secret", "config.secret(`${process.env.VALUES}/table`)"],
    ["a reference", 'getId({ type: "Function", group: "Lambda", name: `${process.env.VALUES}-f` })'],
  ])("is found in the name of %s", async (_, value) => {
    const text = `exports.createResources = () => [
        { type: "Api", group: "ApiGatewayV2", properties: ({ config, getId }) => ({ ProtocolType: "HTTP", Name: "a", Description: ${value} }) },
      ];`;
    const error: unknown = await loadFiles({ "resources.js": text }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('Description contains "undefined": process.env.VALUES is not set');
  });

  it("is told with its place in a list", async () => {
    const text = `exports.createResources = () => [
        { type: "Api", group: "ApiGatewayV2", properties: { ProtocolType: "HTTP", Name: "a",
          CorsConfiguration: { AllowOrigins: ["https://a.example", "https://" + process.env.HOST] } } },
      ];`;
    const error: unknown = await loadFiles({ "resources.js": text }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("CorsConfiguration.AllowOrigins[1] contains");
  });

  it("is named where the spec breaks on it", async () => {
    const text = "const parts = process.env.PARTS.split(','); exports.createResources = () => [];";
    const error: unknown = await loadFiles({ "resources.js": text }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "SPEC_THROWN",
      hint: expect.stringContaining("Not set: process.env.PARTS"),
    });
  });

  it("hides no mistake of another entry that the same line of a loop makes", async () => {
    const text = `exports.createResources = () => ["a", "b"].map((Name) => ({ type: "Api", group: "ApiGatewayV2",
      properties: { Name, ...(Name === "a" ? { Description: "for " + process.env.TEAM } : {}), ProtocolType: "HTTPS" } }));`;
    const error: unknown = await loadFiles({ "resources.js": text }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("process.env.TEAM is not set");
    expect(String(error)).toContain("ApiGatewayV2::Api::b: ProtocolType");
    expect(String(error)).not.toContain("ApiGatewayV2::Api::a: ProtocolType");
  });

  it("is not told where the spec gives a default", async () => {
    expect(await unset('process.env.TABLE ?? "orders"')).toEqual([]);
  });
});
