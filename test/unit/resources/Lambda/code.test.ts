/** What the code of a function is warned about before it is deployed: every one of these is an error at the first call only. */
import { describe, expect, it } from "vitest";
import { namedBy } from "../../../../src/resources/Lambda/function/code/handler.ts";
import { inspectCode } from "../../../../src/resources/Lambda/function/code/inspect.ts";
import { packageOf } from "../../../../src/resources/Lambda/function/code/javascript.ts";
import type { JsonObject } from "../../../../src/model/values.ts";

const CJS = "exports.handler = async () => 1;";
const ESM = "export const handler = async () => 1;";

async function findings(
  files: Readonly<Record<string, string>>,
  properties: JsonObject = {},
  layers: readonly string[] = [],
): Promise<readonly string[]> {
  const found = await inspectCode(
    {
      properties: { Runtime: "nodejs22.x", Handler: "index.handler", ...properties },
      dependencies: { layers },
    },
    { what: `the folder "fn"`, files: Object.keys(files).sort(), read: async (path) => files[path] },
  );
  return found.map(({ code, message }) => `${code} ${message}`);
}

describe("a handler means", () => {
  it.each([
    ["nodejs22.x", "index.handler", ["index.js", "index.mjs", "index.cjs"], "handler"],
    [
      "nodejs22.x",
      "lib/my-function.main",
      ["lib/my-function.js", "lib/my-function.mjs", "lib/my-function.cjs"],
      "main",
    ],
    ["nodejs22.x", "index.v1.handler", ["index.js", "index.mjs", "index.cjs"], "v1"],
    ["python3.13", "app.main", ["app.py", "app/__init__.py"], "main"],
    ["python3.13", "shop.orders.main", ["shop/orders.py", "shop/orders/__init__.py"], "main"],
    ["python3.13", "shop/orders.main", ["shop/orders.py", "shop/orders/__init__.py"], "main"],
    ["ruby3.4", "app.Shop.main", ["app.rb"], "Shop"],
    ["provided.al2023", "anything", ["bootstrap"], undefined],
  ])("%s %s", (runtime, handler, files, name) => {
    expect(namedBy(runtime, handler)).toMatchObject({ files, name });
  });

  it.each([
    ["java21", "com.acme.Handler::handle"],
    ["nodejs22.x", "/opt/nodejs/node_modules/wrapper/handler.handler"],
  ])("nothing that can be looked up: %s %s", (runtime, handler) => {
    expect(namedBy(runtime, handler)).toBeUndefined();
  });
});

describe("nothing is said of", () => {
  it.each<[string, Record<string, string>, JsonObject?]>([
    ["CommonJS", { "index.js": CJS }],
    ["an ES module", { "index.mjs": ESM }],
    ["an ES module by package.json", { "index.js": ESM, "package.json": '{ "type": "module" }' }],
    ["module syntax where the runtime finds it out", { "index.js": ESM }, { Runtime: "nodejs24.x" }],
    ["module.exports = { handler }", { "index.js": "const handler = 1; module.exports = { handler };" }],
    ["exports that cannot be listed", { "index.js": "module.exports = make();" }],
    ["what another file exports", { "index.mjs": 'export * from "./a.mjs";', "a.mjs": ESM }],
    [
      "Node's own modules",
      { "index.mjs": `import "node:fs"; import { join } from "path"; import "fs/promises"; ${ESM}` },
    ],
    ["the SDK", { "index.js": `require("@aws-sdk/client-sns"); ${CJS}` }],
    [
      "a package in the folder",
      { "index.js": `require("lodash/fp"); ${CJS}`, "node_modules/lodash/fp.js": "" },
    ],
    [
      "a scoped package above the file",
      { "lib/index.js": `require("@acme/db/x"); ${CJS}`, "node_modules/@acme/db/index.js": "" },
      { Handler: "lib/index.handler" },
    ],
    ["a file in the folder", { "index.js": `require("./lib"); ${CJS}`, "lib/index.js": "" }],
    [
      "what packages import",
      { "index.js": `require("a"); ${CJS}`, "node_modules/a/index.js": 'require("b")' },
    ],
    ["a file that cannot be parsed", { "index.mjs": "export {" }],
    [
      "Python",
      { "app.py": "def main(event, context):\n  return 1\n" },
      { Runtime: "python3.13", Handler: "app.main" },
    ],
    [
      "a name that Python imports",
      { "app.py": "from shop import main\n" },
      { Runtime: "python3.13", Handler: "app.main" },
    ],
    ["a custom runtime", { bootstrap: "" }, { Runtime: "provided.al2023", Handler: "x" }],
    ["Java", { "a.class": "" }, { Runtime: "java21", Handler: "a.B::c" }],
  ])("%s", async (_what, files, properties) => {
    expect(await findings(files, properties)).toEqual([]);
  });

  it("what a layer may have", async () => {
    expect(await findings({ "index.js": `require("lodash"); ${CJS}` }, {}, ["deps"])).toEqual([]);
    expect(await findings({ "index.js": CJS }, { Handler: "wrapper.handler" }, ["deps"])).toEqual([]);
  });
});

describe("a warning names", () => {
  it.each<[string, Record<string, string>, JsonObject, string]>([
    [
      "a file that is not there",
      { "main.js": CJS },
      { Handler: "my-function.handler" },
      'CODE_HANDLER_MISSING "my-function.handler" means the file my-function.js, my-function.mjs or my-function.cjs, which is not in the folder "fn"',
    ],
    [
      "an export that is not there",
      { "index.js": "exports.main = 1; exports.other = 2;" },
      {},
      'CODE_HANDLER_MISSING "index.handler" means the export "handler" of index.js, which exports main and other',
    ],
    [
      "a file without any export",
      { "index.js": "console.log(1)" },
      {},
      'CODE_HANDLER_MISSING "index.handler" means the export "handler" of index.js, which exports nothing',
    ],
    [
      "TypeScript",
      { "src/index.ts": "export const handler = 1;" },
      { Handler: "src/index.handler" },
      'CODE_TYPESCRIPT "src/index.handler" is src/index.ts, and Lambda runs JavaScript only',
    ],
    [
      "module syntax in CommonJS",
      { "index.js": ESM },
      {},
      "CODE_MODULE_SYNTAX index.js has import or export, but nodejs22.x runs it as CommonJS",
    ],
    [
      "module syntax in a file that is imported",
      { "index.js": `require("./lib"); ${CJS}`, "lib.js": ESM },
      {},
      "CODE_MODULE_SYNTAX lib.js has import or export, but nodejs22.x runs it as CommonJS",
    ],
    [
      "a package that is nowhere",
      { "index.js": `const { chunk } = require("lodash/fp"); ${CJS}` },
      {},
      'CODE_MODULE_MISSING index.js imports "lodash", which is not in the folder and not part of the runtime',
    ],
    [
      "a package with a scope, also in a file that is imported",
      { "index.mjs": `import "./a.mjs"; ${ESM}`, "a.mjs": 'import x from "@middy/core/x";' },
      {},
      'CODE_MODULE_MISSING a.mjs imports "@middy/core", which is not in the folder and not part of the runtime',
    ],
    [
      "the old SDK, which newer runtimes have no more",
      { "index.js": `require("aws-sdk"); ${CJS}` },
      {},
      'CODE_MODULE_MISSING index.js imports "aws-sdk", which is not in the folder and not part of the runtime',
    ],
    [
      "a file outside the folder",
      { "index.js": `require("../shared/db"); ${CJS}` },
      {},
      'CODE_MODULE_MISSING index.js imports "../shared/db", which is not in the folder',
    ],
    [
      "a Python module",
      { "main.py": "" },
      { Runtime: "python3.13", Handler: "app.main" },
      'CODE_HANDLER_MISSING "app.main" means the file app.py or app/__init__.py, which is not in the folder "fn"',
    ],
    [
      "a Python function",
      { "app.py": "def handler(event, context):\n  return 1\n" },
      { Runtime: "python3.13", Handler: "app.main" },
      'CODE_HANDLER_MISSING "app.main" means the function "main" in app.py, which does not name it',
    ],
    [
      "a program that is not called bootstrap",
      { main: "" },
      { Runtime: "provided.al2023", Handler: "main" },
      'CODE_HANDLER_MISSING a custom runtime starts the file bootstrap, which is not in the folder "fn"',
    ],
  ])("%s", async (_what, files, properties, expected) => {
    expect(await findings(files, properties)).toEqual([expected]);
  });

  it("a missing package once, however many files import it", async () => {
    const files = {
      "index.js": `require("./a"); require("x"); ${CJS}`,
      "a.js": 'require("x/y"); require("./index")',
    };
    expect(await findings(files)).toHaveLength(1);
  });
});

describe("a stranger's folder", () => {
  it("with a hundred thousand imports beside twenty thousand files is looked at in part", async () => {
    const files: Record<string, string> = {};
    for (let made = 0; made < 20_000; made += 1) files[`lib/f${made}.js`] = "";
    const imports = Array.from(
      { length: 100_000 },
      (_, index) => `require("./x${index}");require("p${index}");`,
    );
    files["index.js"] = `${imports.join("")}${CJS}`;
    const found = await findings(files);
    expect(found).toHaveLength(10);
    expect(found[0]).toContain("CODE_MODULE_MISSING");
  });

  it("whose files import each other in a long chain ends", async () => {
    const files: Record<string, string> = { "index.js": `require("./f0");${CJS}` };
    for (let made = 0; made < 1000; made += 1) files[`f${made}.js`] = `require("./f${made + 1}")`;
    expect(await findings(files)).toEqual([]);
  });
});

describe("a specifier is of the package", () => {
  it.each([
    ["lodash/fp", "lodash"],
    ["@aws-sdk/client-sns/x", "@aws-sdk/client-sns"],
    ["./a", undefined],
    ["#internal", undefined],
    ["node:fs", undefined],
    ["https://example.com/a.js", undefined],
    ["fs/promises", undefined],
  ])("%s: %s", (specifier, expected) => {
    expect(packageOf(specifier)).toBe(expected);
  });
});
