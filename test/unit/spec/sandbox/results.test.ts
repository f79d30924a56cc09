import { describe, expect, test } from "vitest";
import { decodeReferences } from "../../../../src/spec/sandbox/markers.ts";
import { errorOf, evaluateFiles, evaluateText, propertiesOf } from "./evaluating.ts";

describe("what createResources must be and return", () => {
  test.each([
    ["exports.resources = () => [];", "SPEC_NO_CREATE_RESOURCES", "it exports resources"],
    ["", "SPEC_NO_CREATE_RESOURCES", "it exports nothing"],
    ["module.exports = null;", "SPEC_NO_CREATE_RESOURCES", "it exports nothing"],
    ["exports.createResources = [];", "SPEC_NO_CREATE_RESOURCES", "is []"],
    ["exports.createResources = () => ({a: 1});", "SPEC_NOT_ARRAY", 'returned {"a":1}'],
    ["exports.createResources = () => {};", "SPEC_NOT_ARRAY", "returned undefined"],
    ["exports.createResources = () => [1];", "ENTRY_INVALID", "entry 1 of createResources is 1"],
    [
      "exports.createResources = () => [{type: 'A', group: 'B'}, false];",
      "ENTRY_INVALID",
      "entry 2 of createResources is false",
    ],
    ["exports.createResources = () => [[]];", "ENTRY_INVALID", "is []"],
    ["exports.createResources = () => new Array(20000);", "SPEC_TOO_LARGE", "20000"],
  ])("%s", async (text, code, words) => {
    const error = await errorOf(evaluateText(text));
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test("config.js must give an object", async () => {
    const files = {
      "resources.js": "exports.createResources = () => []",
      "config.js": "module.exports = () => 1",
    };
    const error = await errorOf(evaluateFiles(files));
    expect(error).toMatchObject({ code: "CONFIG_INVALID" });
    expect(error.message).toContain("config.js exports 1");
  });
});

describe("what throws is told with its place and what was going on", () => {
  const entry = (rest: string) =>
    `exports.createResources = () => [\n  {\n    type: "Api",\n    group: "ApiGatewayV2",\n    ${rest},\n  },\n];`;
  test.each([
    [
      "properties: () => null.a",
      "properties of ApiGatewayV2::Api (entry 1 of createResources) threw TypeError",
    ],
    [
      "dependencies: () => missing",
      "dependencies of ApiGatewayV2::Api (entry 1 of createResources) threw ReferenceError",
    ],
    ["name: () => { throw 'text'; }", 'name of ApiGatewayV2::Api (entry 1 of createResources) threw "text"'],
    ["properties: async () => { await 0; throw new Error('late'); }", "threw Error: late"],
    [
      "properties: ({getId}) => ({Id: getId({type: 'Api', group: 'ApiGatewayV2', nmae: 'x'})})",
      "has no name",
    ],
    ["properties: ({getId}) => ({Id: getId()})", "getId(undefined) has no group"],
    ["properties: ({generatePassword}) => ({Id: generatePassword({length: 1})})", "length 1"],
  ])("%s", async (rest, words) => {
    const error = await errorOf(evaluateText(entry(rest)));
    expect(error.message).toContain(words);
    expect(error.at).toMatchObject({ file: "resources.js", line: 5 });
  });

  test("a global of Node gets a hint", async () => {
    const error = await errorOf(evaluateText("setTimeout(() => {}, 1)"));
    expect(error).toMatchObject({ code: "SPEC_THROWN", hint: expect.stringContaining("sandbox") });
  });

  test("the deepest line in a file of the user", async () => {
    const error = await errorOf(
      evaluateFiles({
        "resources.js": 'exports.createResources = () => [require("./lib").make()];',
        "lib.js": "exports.make = () => {\n  return JSON.parse('{');\n};",
      }),
    );
    expect(error).toMatchObject({ code: "SPEC_THROWN", at: { file: "lib.js", line: 2 } });
  });
});

describe("only JSON comes out", () => {
  test("what JSON drops is dropped, dates and toJSON are text", async () => {
    expect(
      await propertiesOf(
        "{a: undefined, b: () => 1, c: Symbol(), d: [undefined, () => 1], e: new Date(0), f: {toJSON: () => 1}, g: null, h: Object.create(null), i: new (class { x = 1; get y() { return 2; } })(), j: new String('s'), k: -0}",
      ),
    ).toEqual({
      d: [null, null],
      e: "1970-01-01T00:00:00.000Z",
      f: 1,
      g: null,
      h: {},
      i: { x: 1 },
      j: "s",
      k: 0,
    });
  });

  test.each([
    ["{a: {b: [1n]}}", "properties.a.b[0] is the BigInt 1n"],
    ["{a: NaN}", "properties.a is NaN"],
    ["{a: 1 / 0}", "properties.a is Infinity"],
    ["{'a-b': new Map()}", 'properties["a-b"] is a Map'],
    ["{a: new Set()}", "properties.a is a Set"],
    ["{a: /x/}", "properties.a is a regular expression"],
    ["{a: new Uint8Array(2)}", "properties.a is binary data"],
    ["{a: Promise.resolve(1)}", "properties.a is a promise"],
    [
      "(() => { const a = {}; a.self = {a}; return a; })()",
      "properties.self.a is an object that contains itself",
    ],
    [
      "(() => { let a = {}; for (let i = 0; i < 200; i++) a = {a}; return a; })()",
      "nested deeper than 100 levels",
    ],
    ["JSON.parse('{\"__proto__\": 1}')", "properties.__proto__ is a key that is not allowed"],
  ])("%s", async (expression, words) => {
    const error = await errorOf(propertiesOf(expression));
    expect(error).toMatchObject({ code: "SPEC_NOT_JSON", at: { file: "resources.js", line: 2 } });
    expect(error.message).toContain(words);
    expect(error.message).toContain("properties of ApiGatewayV2::Api");
  });
});

describe("text", () => {
  test("of any characters comes out as it is, escaped in the file or not", async () => {
    const text = "\u0000a\u0001\u2028\uFEFF😀\uD83D\uFFFF\u007F\r\n\t'\"\\`";
    expect(await propertiesOf(`{a: ${JSON.stringify(text)}}`)).toEqual({ a: text });
    const raw = "\u0001\u2028é😀\uFFFD";
    expect(await propertiesOf(`{a: "${raw}", ["${raw}"]: 1}`)).toEqual({ a: raw, [raw]: 1 });
    const files = {
      "resources.js":
        'exports.createResources = () => [{type: "A", group: "B", properties: require("./a.json")}];',
      "a.json": JSON.stringify({ text }),
    };
    expect((await evaluateFiles(files)).entries[0]?.properties).toEqual({ text });
  });

  test("in a file that holds a NUL is not cut off", async () => {
    const outcome = await propertiesOf('{a: "x\u0000y", b: 1}').catch(
      (error: { code: string }) => error.code,
    );
    expect([{ a: "x\u0000y", b: 1 }, "SPEC_SYNTAX"]).toContainEqual(outcome);
  });
});

describe("the same every time, everywhere", () => {
  test("the clock stands still in UTC, the dice repeat, and both are warned about once", async () => {
    const text =
      "exports.createResources = () => [{type: 'A', group: 'B', properties: () => ({\n now: [Date.now(), new Date(), Date()], local: new Date(2021, 5, 1).toString(), dice: [Math.random(), Math.random()]})}]";
    const [one, other] = [await evaluateText(text), await evaluateText(text)];
    expect(one.entries).toEqual(other.entries);
    expect(one.entries[0]?.properties).toMatchObject({
      now: [1577836800000, "2020-01-01T00:00:00.000Z", expect.stringContaining("2020")],
      local: expect.stringContaining("Jun 01 2021 00:00:00 GMT+0000"),
    });
    expect(one.console).toEqual([
      { level: "warn", text: expect.stringMatching(/^Date always says 2020-01-01 .*\(resources\.js:2\)$/) },
      {
        level: "warn",
        text: expect.stringMatching(/^Math\.random gives the same numbers .*\(resources\.js:2\)$/),
      },
    ]);
  });

  test("dates that are given work as ever", async () => {
    expect(
      await propertiesOf(
        "[new Date(0) instanceof Date, new Date('2024-01-01').getTime(), Date.UTC(2020, 1), typeof Date.parse('x')]",
      ),
    ).toEqual([true, 1704067200000, 1580515200000, "number"]);
  });
});

describe("markers", () => {
  const API = "given.getId({type: 'Api', group: 'ApiGatewayV2', name: 'a'})";

  test("stand inside longer text, JSON text too, and between each other", async () => {
    const properties = (await propertiesOf(
      `{a: \`x\${${API}}y\${${API}}\`, b: JSON.stringify({id: ${API}}), c: [${API} + "/*"]}`,
    )) as { a: string; b: string; c: string[] };
    const reference = expect.objectContaining({ type: "ApiGatewayV2::Api", name: "a" });
    expect(decodeReferences(properties.a)).toEqual(["x", reference, "y", reference]);
    expect(decodeReferences(properties.b)).toEqual(['{"id":"', reference, '"}']);
    expect(decodeReferences(properties.c[0] ?? "")).toEqual([reference, "/*"]);
  });

  test.each([
    ["cut", `{a: ${API}.slice(2)}`],
    ["cut at its end", `{a: ${API}.slice(0, -1)}`],
    ["in capitals", `{a: ${API}.toUpperCase()}`],
    ["encoded by hand", "{a: '\\uE000WyJYOjpZIiwibiIsImlkIiwiIl0\\uE001'}"],
    ["a character", "{a: 'x\\uE001'}"],
    ["guessed", "{a: '\\uE000abc:0\\uE001'}"],
    ["of a number that was not given", `{a: ${API}.replace(/:0/, ":7")}`],
  ])("%s is refused", async (_name, expression) => {
    const error = await errorOf(propertiesOf(expression));
    expect(error).toMatchObject({ code: "MARKER_BROKEN", at: { file: "resources.js", line: 2 } });
  });

  test("not in keys, names, types or config", async () => {
    expect((await errorOf(propertiesOf(`{[${API}]: 1}`))).code).toBe("MARKER_MISPLACED");
    for (const key of ["type", "group", "name", "namespace"]) {
      const text = `exports.createResources = () => [{type: "A", group: "B", ${key}: "\\uE000x\\uE001"}]`;
      expect((await errorOf(evaluateText(text))).code).toBe("MARKER_MISPLACED");
    }
    const config = {
      "resources.js": "exports.createResources = () => []",
      "config.js": "module.exports = {a: '\\uE000'}",
    };
    expect((await errorOf(evaluateFiles(config))).code).toBe("MARKER_MISPLACED");
  });
});
