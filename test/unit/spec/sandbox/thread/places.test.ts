import { describe, expect, test } from "vitest";
import { makeEntryPlaces } from "../../../../../src/spec/sandbox/thread/entry-places.ts";
import { makeLineIndexes } from "../../../../../src/spec/sandbox/thread/line-index.ts";
import { makePlaces } from "../../../../../src/spec/sandbox/thread/places.ts";
import { WRAPPER } from "../../../../../src/spec/sandbox/wrapper.ts";

function entryPlaces(text: string) {
  const texts = new Map([["resources.js", text]]);
  return makeEntryPlaces(texts, makeLineIndexes(texts));
}

describe("where an entry is", () => {
  const file = "resources.js";
  const locate = (text: string, type: string, ...lines: readonly number[]) =>
    entryPlaces(text).locate(
      type,
      lines.map((line) => ({ file, line, column: 1 })),
      { file, line: 99 },
    );

  test("the line of its type, above its first function", () => {
    const text =
      '[\n  {\n    type: "Api",\n    group: "G",\n    properties: () => ({\n      a: [1],\n    }),\n    dependencies: () => ({}),\n  },\n]';
    expect(locate(text, "Api", 5, 8)).toEqual({ file, line: 3, column: 5 });
  });

  test("not the type of the entry before it", () => {
    const text =
      '[\n  {\n    type: "Api",\n    properties: () => ({}),\n  },\n  {\n    properties: () => ({}),\n    type: "Api",\n  },\n]';
    expect(locate(text, "Api", 7)).toEqual({ file, line: 7, column: 1 });
  });

  test("quotes of any kind, keys in quotes, all on one line", () => {
    expect(locate(`[{'type': 'Api', properties: () => ({})}]`, "Api", 1)).toEqual({
      file,
      line: 1,
      column: 3,
    });
    expect(locate("[\n{type:`Api`,\nname: () => 1}]", "Api", 3)).toEqual({ file, line: 2, column: 2 });
  });

  test("not a property called subtype, not another type", () => {
    const text = '[\n  {\n    subtype: "Api", "my-type": "Api", type: "Api2",\n    properties: () => 1 }]';
    expect(locate(text, "Api", 4)).toEqual({ file, line: 4, column: 1 });
  });

  test("without functions, the only line that says so, or createResources", () => {
    const one =
      'exports.createResources = () => [\n  {type: "Api", group: "G"},\n  {type: "B.*", group: "G"}\n]';
    expect(locate(one, "Api")).toEqual({ file, line: 2, column: 4 });
    expect(locate(one, "B.*")).toEqual({ file, line: 3, column: 4 });
    expect(locate(`${one}\n${one}`, "Api")).toEqual({ file, line: 99 });
    expect(locate(one, "Other")).toEqual({ file, line: 99 });
  });
});

describe("where a stack points", () => {
  const texts = new Map([
    ["a/resources.js", "one\ntwo\nthree"],
    ["odd (name).js", "x"],
  ]);
  const places = makePlaces(makeLineIndexes(texts), {});

  test.each([
    ["    at f (a/resources.js:2:3)\n", { file: "a/resources.js", line: 2, column: 3 }],
    ["    at a/resources.js:2:3\n", { file: "a/resources.js", line: 2, column: 3 }],
    [
      "    at map (native)\n    at <anonymous> (gatewright:guest/start.ts:1:1)\n    at g (a/resources.js:3:1)",
      { file: "a/resources.js", line: 3, column: 1 },
    ],
    ["    at a/resources.js:9:1", { file: "a/resources.js", line: 3 }],
    [`    at a/resources.js:1:${WRAPPER.length + 2}`, { file: "a/resources.js", line: 1, column: 2 }],
    ["    at a/resources.js:1:1", { file: "a/resources.js", line: 1 }],
    ["    at b.js:1:1", undefined],
    ["", undefined],
    ["at at at (((:1:1)", undefined],
  ])("%j", (stack, place) => {
    expect(places.ofStack(stack)).toEqual(place);
  });
});
