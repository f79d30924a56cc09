import { describe, expect, test } from "vitest";
import { isObject } from "../../../../src/model/values.ts";
import { errorOf, evaluateFiles, evaluateText, memorySource } from "./evaluating.ts";

const resources = (expression: string) =>
  `exports.createResources = () => [{type: "A", group: "B", properties: {found: ${expression}}}];`;

async function found(files: Readonly<Record<string, string>>, options: object = {}) {
  const { entries } = await evaluateFiles(files, options);
  return isObject(entries[0]?.properties) ? entries[0].properties.found : undefined;
}

describe("require", () => {
  test.each([
    ["./other", "other.js"],
    ["./other.js", "other.js"],
    ["./other", "other.cjs"],
    ["./lib", "lib/index.js"],
    ["./lib/", "lib/index.js"],
    ["./lib/../other", "other.js"],
    ["././other", "other.js"],
  ])("%s finds %s", async (specifier, file) => {
    const files = {
      "resources.js": resources(`require("${specifier}")`),
      [file]: "module.exports = __filename",
    };
    expect(await found(files)).toBe(`/${file}`);
  });

  test("JSON, modules in a circle, the same module twice", async () => {
    expect(
      await found({
        "resources.js": resources(
          '[require("./a").b, require("./data.json"), require("./a") === require("./a.js")]',
        ),
        "a.js": 'exports.early = 1; exports.b = require("./b").a;',
        "b.js": 'exports.a = require("./a").early;',
        "data.json": '\uFEFF{"x": [1]}',
      }),
    ).toEqual([1, { x: [1] }, true]);
  });

  test("a module that throws can be caught and tried again, as a missing one can", async () => {
    expect(
      await found({
        "resources.js": resources(
          '(() => { const seen = []; for (const name of ["./bad", "./bad", "./none"]) try { require(name) } catch (error) { seen.push(error.code ?? error.message) } return seen; })()',
        ),
        "bad.js": 'throw new Error("bad")',
      }),
    ).toEqual(["bad", "bad", "MODULE_NOT_FOUND"]);
  });

  test("path and rubico are there", async () => {
    expect(
      await found({
        "resources.js": `const {} = require("rubico"); const {} = require("rubico/x"); const { pipe, get, map } = require("rubico"); const { find, isEmpty } = require("rubico/x");
          const path = require("path");
          ${resources('[pipe([map((x) => x + 1), find((x) => x > 2)])([1, 2, 3]), get("a.b")({a: {b: 1}}), isEmpty([]), path.join(__dirname, "x", "../y"), require("node:path") === path]')}`,
      }),
    ).toEqual([3, 1, true, "/y", true]);
  });

  test("rubico that is only named costs nothing", async () => {
    const { files } = await evaluateFiles({
      "resources.js": 'const {} = require("rubico");\nexports.createResources = () => [];',
    });
    expect(files).toEqual(["resources.js"]);
  });

  test.each([
    ["./missing", "REQUIRE_NOT_FOUND", "found no file"],
    ["fs", "REQUIRE_FORBIDDEN", "a Node.js module"],
    ["node:child_process", "REQUIRE_FORBIDDEN", "a Node.js module"],
    ["fs/promises", "REQUIRE_FORBIDDEN", "a Node.js module"],
    ["aws-sdk", "REQUIRE_FORBIDDEN", "a package"],
    ["rubico/map", "REQUIRE_FORBIDDEN", "a package"],
    ["/etc/passwd", "REQUIRE_FORBIDDEN", "absolute"],
    ["file:///etc/passwd", "REQUIRE_FORBIDDEN", "absolute"],
    ["../../etc/passwd", "REQUIRE_OUTSIDE", "leaves"],
    ["../other", "REQUIRE_OUTSIDE", "leaves"],
    ["./x/../../other", "REQUIRE_OUTSIDE", "leaves"],
    ["..", "REQUIRE_OUTSIDE", "leaves"],
    ["./link", "REQUIRE_SYMLINK", "leads out"],
  ])("%s is refused: %s", async (specifier, code, words) => {
    const source = memorySource(
      {
        "infra/resources.js": `\n  const x = require("${specifier}");\n`,
        "other.js": "",
      },
      ["infra/link.js"],
    );
    const error = await errorOf(evaluateFiles({}, { source, directory: "infra" }));
    expect(error).toMatchObject({ code, at: { file: "infra/resources.js", line: 2 } });
    expect(error.message).toContain(words);
    expect(error.message).toContain(specifier);
    expect(error.hint).not.toBe("");
  });

  test("../package.json is allowed, but not above the repository, and nothing like it", async () => {
    const files = {
      "package.json": '{"name": "above"}',
      "a/resources.js": resources('require("../package.json").name'),
    };
    expect(await found(files, { directory: "a" })).toBe("above");
    const above = await errorOf(evaluateText('require("../package.json")'));
    expect(above.code).toBe("REQUIRE_OUTSIDE");
    const two = { "package.json": "{}", "a/b/resources.js": 'require("../../package.json")' };
    expect((await errorOf(evaluateFiles(two, { directory: "a/b" }))).code).toBe("REQUIRE_OUTSIDE");
  });

  test("what the source cannot say is not the spec's fault", async () => {
    const source = memorySource({});
    const broken = {
      ...source,
      read: async (path: string) => {
        if (path === "resources.js") return new TextEncoder().encode('try { require("./a") } catch {}');
        if (path === "a.js") throw new Error("502 Bad Gateway");
        return undefined;
      },
    };
    await expect(evaluateFiles({}, { source: broken })).rejects.toThrow("502 Bad Gateway");
  });

  test("a file too large, and too many files", async () => {
    const large = { "resources.js": 'require("./a")', "a.js": "x".repeat(2 ** 21) };
    expect((await errorOf(evaluateFiles(large))).code).toBe("SPEC_TOO_LARGE");
    const many = 'for (let i = 0; ; i++) try { require("./n" + i) } catch {}';
    expect((await errorOf(evaluateText(many))).code).toMatch(/^SPEC_(TOO_LARGE|TIMEOUT)$/);
  });
});

describe("ES modules and TypeScript", () => {
  test("import and export, from JSON, CommonJS, and packages", async () => {
    expect(
      await found({
        "resources.mjs": `import data from "./data.json" with { type: "json" };
import * as path from "path";
import common, { named } from "./common.js";
import { deep as renamed } from "./lib/deep.mjs";
import { get } from "rubico";
export const createResources = async () => [{ type: "A", group: "B", properties: () => ({ found: [data.x, path.sep, common.named, named, renamed, get("a")({ a: 2 })] }) }];
`,
        "data.json": '{"x": 1}',
        "common.js": "exports.named = 'n';",
        "lib/deep.mjs": 'export * from "./deeper.js"; export default 1;',
        "lib/deeper.js": "export const deep = 'd';",
      }),
    ).toEqual([1, "/", "n", "n", "d", 2]);
  });

  test("resources.js may be an ES module, config.js too", async () => {
    const { config, entries } = await evaluateFiles({
      "resources.js":
        "export default { createResources: ({ config }) => [{ type: config.kind, group: 'B' }] };",
      "config.js": "export default ({ stage }) => ({ kind: stage });",
    });
    expect([config.kind, entries[0]?.type]).toEqual(["dev", "dev"]);
  });

  test("types are stripped", async () => {
    expect(
      await found({
        "resources.ts": `import type { CreateResources } from "gatewright";
import { names, type Name } from "./names.js";
enum Size { Small = 1, Large }
interface Options<T extends object = {}> { readonly one?: T }
const pick = <T,>(all: readonly T[], index: number): T => all[index]!;
export const createResources = (() => [{ type: "A", group: "B", properties: ({}: Options) => ({ found: [pick<Name>(names, 1), Size.Large] satisfies unknown[] }) }]) as CreateResources;
`,
        "names.ts": 'export type Name = string;\nexport const names: readonly Name[] = ["a", "b"];',
      }),
    ).toEqual(["b", 2]);
  });

  test("places are those of the file that was written", async () => {
    const line =
      'export const createResources = (given: { config: object }): unknown[] => { const a: string = "x"; return fine(a, (): never => { throw new Error("here"); }); };';
    const error = await errorOf(
      evaluateFiles({
        "resources.ts": `import { fine } from "./fine.ts";\n\n${line}\n`,
        "fine.ts": "export function fine(a: string, b: () => unknown[]): unknown[] {\n  return b();\n}\n",
      }),
    );
    expect(error).toMatchObject({ code: "SPEC_THROWN", at: { file: "resources.ts", line: 3 } });
    expect(line.slice((error.at?.column ?? 0) - 1)).toMatch(/^\("here"\)/);
  });

  test.each([
    ["resources.js", "exports.a = {\n  b: 1,\n  c: ;\n};", 3, 6],
    ["resources.js", "let x = ;", 1, 9],
    ["resources.js", "const a = 1;\nconst a = 2;", 2, undefined],
    ["resources.js", "exports.createResources = () => [", 1, undefined],
    ["resources.mjs", "export const a = 1;\nexport const b = ;", 2, 18],
    ["resources.ts", "const a: number = 1;\nconst b: = 2;", 2, 10],
    ["resources.ts", "const a: number = 1;\nlet a;", 2, undefined],
  ])("a syntax error of %s (%s) is told with its line", async (file, text, line, column) => {
    const error = await errorOf(evaluateFiles({ [file]: text }));
    expect(error).toMatchObject({ code: "SPEC_SYNTAX", at: { file, line } });
    if (column !== undefined) expect(error.at?.column).toBe(column);
    expect(error.message).toContain(file);
  });

  test("a syntax error in a file that is required", async () => {
    const error = await errorOf(evaluateFiles({ "resources.js": 'require("./a");', "a.js": "\n\n  if (" }));
    expect(error).toMatchObject({ code: "SPEC_SYNTAX", at: { file: "a.js", line: 3 } });
  });

  test("JSON that is none", async () => {
    const error = await errorOf(
      evaluateFiles({ "resources.js": 'require("./a.json");', "a.json": '{\n  "a": 1,\n  "b": }\n' }),
    );
    expect(error).toMatchObject({ code: "SPEC_SYNTAX", at: { file: "a.json", line: 3 } });
  });
});

describe("which file is the spec", () => {
  test("resources.js before .mjs and .ts; the spec option names another", async () => {
    const files = {
      "resources.ts": resources("'ts'"),
      "resources.mjs": resources("'mjs'"),
      "infra/spec.js": resources("'spec'"),
    };
    expect(await found({ ...files, "resources.js": resources("'js'") })).toBe("js");
    expect(await found(files)).toBe("mjs");
    expect((await evaluateFiles(files)).files).toEqual(["resources.mjs"]);
    expect(await found(files, { spec: "infra/spec.js" })).toBe("spec");
  });

  test.each([
    [{}, {}, "there is no resources.js"],
    [{ "iac.js": "" }, {}, "there is no resources.js"],
    [{}, { spec: "other.js" }, '"other.js"'],
    [{}, { spec: "../other.js" }, "outside"],
    [{}, { spec: "/etc/passwd" }, "outside"],
  ])("none: %j %j", async (files, options, words) => {
    const error = await errorOf(evaluateFiles(files, options));
    expect(error.code).toBe("SPEC_NOT_FOUND");
    expect(error.message).toContain(words);
  });

  test("the project's name: the option, config.js, package.json, the one above, none", async () => {
    const spec = { "a/resources.js": "exports.createResources = () => []" };
    const nameOf = async (files: object, options: object = {}) =>
      (await evaluateFiles({ ...spec, ...files }, { directory: "a", projectName: undefined, ...options }))
        .projectName;
    const above = { "package.json": '{"name": "above"}' };
    const own = { "a/package.json": '{"name": "own"}' };
    const config = { "a/config.js": "module.exports = () => ({projectName: 'config'})" };
    expect(await nameOf({ ...above, ...own, ...config })).toBe("config");
    expect(await nameOf({ ...above, ...own })).toBe("own");
    expect(await nameOf(above)).toBe("above");
    expect(await nameOf({ ...above, ...own, ...config }, { projectName: "option" })).toBe("option");
    const error = await errorOf(nameOf({}));
    expect(error.code).toBe("PROJECT_NAME_MISSING");
  });
});
