import { describe, expect, test } from "vitest";
import { createLocalSource } from "../../../../../src/source/local-source.ts";
import { evaluateSpec } from "../../../../../src/spec/sandbox/host/evaluate.ts";
import { decodeReferences } from "../../../../../src/spec/sandbox/markers.ts";
import { evaluateFiles, evaluateText, propertiesOf } from "../evaluating.ts";

const API = '{type: "Api", group: "ApiGatewayV2", name: "my-api"}';

describe("a spec", () => {
  test("is the seed page's sample, every entry at its line", async () => {
    const spec = await evaluateSpec({
      source: createLocalSource("test/fixtures/specs"),
      directory: "seed",
      stage: "dev",
      region: "eu-west-2",
      projectName: "shop",
      account: async () => ({ account: "1", partition: "aws" }),
      env: {},
    });
    expect(spec.entries.map(({ type, at }) => [type, at?.file, at?.line])).toEqual([
      ["Api", "seed/resources.js", 3],
      ["Integration", "seed/resources.js", 14],
      ["Role", "seed/resources.js", 28],
      ["Policy", "seed/resources.js", 52],
      ["Function", "seed/resources.js", 71],
    ]);
    expect(spec.entries[1]).toMatchObject({
      group: "ApiGatewayV2",
      properties: { ConnectionType: "INTERNET", IntegrationType: "AWS_PROXY" },
      dependencies: { api: "my-api", lambdaFunction: "my-function" },
    });
    expect(spec.files).toEqual(["seed/resources.js"]);
    expect(spec.projectName).toBe("shop");
  });

  test("is spread over files, with config.js and the package above it", async () => {
    const spec = await evaluateFiles(
      {
        "package.json": '{"name": "@acme/shop"}',
        "infra/config.js":
          'const pkg = require("../package.json");\nmodule.exports = ({stage}) => ({projectName: pkg.name, includeGroups: ["IAM"], table: "t-" + stage});',
        "infra/resources.js":
          'const {api} = require("./lib");\nexports.createResources = () => [api, require("./lib/role")];',
        "infra/lib/index.js": `exports.api = ${API};`,
        "infra/lib/role.js":
          'module.exports = {type: "Role", group: "IAM", name: ({config}) => config.table + "-role"};',
      },
      { directory: "infra", projectName: undefined },
    );
    expect(spec.projectName).toBe("@acme/shop");
    expect(spec.config).toEqual({
      projectName: "@acme/shop",
      includeGroups: ["IAM"],
      table: "t-dev",
      stage: "dev",
      region: "eu-west-2",
      partition: "aws",
    });
    expect(spec.entries).toEqual([
      {
        type: "Api",
        group: "ApiGatewayV2",
        name: "my-api",
        properties: {},
        dependencies: {},
        at: { file: "infra/lib/index.js", line: 1, column: 16 },
      },
      {
        type: "Role",
        group: "IAM",
        name: "t-dev-role",
        properties: {},
        dependencies: {},
        at: { file: "infra/lib/role.js", line: 1, column: 19 },
      },
    ]);
    expect(spec.files).toEqual([
      "infra/config.js",
      "infra/lib/index.js",
      "infra/lib/role.js",
      "infra/resources.js",
      "package.json",
    ]);
  });

  test("may be asynchronous everywhere", async () => {
    const { entries } = await evaluateFiles({
      "config.js": "module.exports = async () => ({a: 1})",
      "resources.js":
        'exports.createResources = async ({config}) => [{type: "Api", group: "ApiGatewayV2", name: async () => "n", properties: async () => ({b: await Promise.resolve(config.a)}), dependencies: async () => ({})}]',
    });
    expect(entries[0]).toMatchObject({ name: "n", properties: { b: 1 } });
  });

  test("sees the stage, the environment it is given and nothing of ours", async () => {
    const { entries } = await evaluateText(
      "exports.createResources = ({config}) => [{type: 'A', group: 'B', properties: {env: process.env, config, id: config.accountId(), dirname: __dirname, file: __filename}}]",
      { env: { STAGE: "dev" } },
    );
    expect(entries[0]?.properties).toEqual({
      env: { STAGE: "dev" },
      config: { stage: "dev", region: "eu-west-2", partition: "aws", projectName: "test" },
      id: "123456789012",
      dirname: "/",
      file: "/resources.js",
    });
  });

  test("does not wait for the account unless it asks", async () => {
    const account = () => new Promise<never>(() => {});
    const { entries } = await evaluateText(`exports.createResources = () => [${API}]`, { account });
    expect(entries).toHaveLength(1);
  });

  test("is told why the account is not known", async () => {
    const account = () => Promise.reject(new Error("no credentials"));
    const evaluation = evaluateText(
      "exports.createResources = ({config}) => { try { config.accountId() } catch {} for (;;); }",
      { account },
    );
    await expect(evaluation).rejects.toThrow("no credentials");
  });

  test("tells keys nobody knows", async () => {
    const { entries } = await evaluateText(
      "exports.createResources = () => [{type: 'A', group: 'B', propertis: () => ({})}]",
    );
    expect(entries[0]?.unknownKeys).toEqual(["propertis"]);
  });

  test("is captured when it prints", async () => {
    const { console } = await evaluateText(
      `console.log("a", {b: 1}, [2], undefined); console.error(new Error("c").message); exports.createResources = () => []`,
    );
    expect(console).toEqual([
      { level: "log", text: 'a {\n  "b": 1\n} [\n  2\n] undefined' },
      { level: "error", text: "c" },
    ]);
  });
});

describe("what properties receive", () => {
  test("getId gives references that know where they were asked for", async () => {
    const properties = await propertiesOf(
      '{SourceArn: given.getId({type: "Api", group: "ApiGatewayV2", name: "my-api", path: "live.ArnV2", suffix: "x"}) + "/*",\n Id: given.getId({type: "Role", group: "IAM", name: "r"})}',
    );
    const { SourceArn, Id } = properties as { SourceArn: string; Id: string };
    expect(decodeReferences(SourceArn)).toEqual([
      {
        type: "ApiGatewayV2::Api",
        name: "my-api",
        path: "live.ArnV2",
        suffix: "x",
        at: { file: "resources.js", line: 2, column: expect.any(Number) },
      },
      "/*",
    ]);
    expect(decodeReferences(Id)).toEqual([
      {
        type: "IAM::Role",
        name: "r",
        path: "id",
        suffix: "",
        at: { file: "resources.js", line: 3, column: expect.any(Number) },
      },
    ]);
  });

  test("generatePassword is the same in every evaluation", async () => {
    const once = () => propertiesOf("{Password: given.generatePassword({length: 32})}");
    const [one, other] = [await once(), await once()];
    expect(one).toEqual(other);
    expect(decodeReferences((one as { Password: string }).Password)).toEqual([
      { generated: true, length: 32 },
    ]);
  });

  test("multiline takes the comment of a function, or a template, without its indentation", async () => {
    const properties = await propertiesOf(
      "{A: given.multiline(() => {/*\n      one\n        two\n    */}), B: given.multiline`\n    a\n    b\n  `}",
    );
    expect(properties).toEqual({ A: "one\n  two", B: "a\nb" });
  });
});
