import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, diffStates } from "../../../../src/engine/plan/diff.ts";
import type { JsonObject } from "../../../../src/model/values.ts";

const rules = {
  createOnly: ["Fixed"],
  writeOnly: ["Code"],
  unordered: ["Scopes", "Routes.*.Set"],
  sensitive: ["Environment.Variables"],
  policyDocuments: ["Document", "Policies.*"],
  exact: ["Environment.Variables"],
};
const paths = (before: JsonObject, after: JsonObject): string[] =>
  diffStates(rules, before, after).map(({ path }) => path);

describe("what differs", () => {
  it.each([
    ["absent equals an empty string", {}, { A: "" }, []],
    ["absent equals an empty list", { A: [] }, {}, []],
    ["absent equals an object of nothing but empties", { A: { B: "", C: [] } }, {}, []],
    ["false is a value", {}, { A: false }, ["A"]],
    ["zero is a value", { A: 0 }, {}, ["A"]],
    [
      "an empty value in an exact map is a value",
      { Environment: { Variables: {} } },
      { Environment: { Variables: { A: "" } } },
      ["Environment.Variables.A"],
    ],
    [
      "names may hold dots",
      { Policies: { "a.b": { Statement: [] } } },
      { Policies: { "a.b": { Statement: { Effect: "Deny", Action: "*", Resource: "*" } } } },
      ["Policies.a.b"],
    ],
    ["a key that objects inherit is new", { A: {} }, { A: { constructor: "x" } }, ["A.constructor"]],
    ["a key that objects inherit goes", { A: { toString: "x", B: 1 } }, { A: { B: 1 } }, ["A.toString"]],
    ["a nested property has its path", { A: { B: 1, C: 2 } }, { A: { B: 1, C: 3 } }, ["A.C"]],
    ["an element of a list of objects has its index", { A: [{ B: 1 }] }, { A: [{ B: 2 }] }, ["A[0].B"]],
    ["a list of another length differs as a whole", { A: [{ B: 1 }] }, { A: [] }, ["A"]],
    ["order counts in a list", { A: [1, 2] }, { A: [2, 1] }, ["A"]],
    ["order does not count in a set", { Scopes: ["a", "b"] }, { Scopes: ["b", "a"] }, []],
    [
      "nor in a set below a map",
      { Routes: { x: { Set: ["a", "b"] } } },
      { Routes: { x: { Set: ["b", "a"] } } },
      [],
    ],
    ["a write-only property is not compared", { Code: 1 }, { Code: 2 }, []],
    ["an unknown value differs from what is there", { A: "id" }, { A: { $unknown: "x" } }, ["A"]],
    ["a generated password is kept", { A: "secret" }, { A: { $generated: 16 } }, []],
    ["a generated password is made where none is", {}, { A: { $generated: 16 } }, ["A"]],
    [
      "a policy document compares by meaning",
      { Document: { Statement: [{ Effect: "Allow", Action: ["a:B"], Resource: "*" }] } },
      { Document: { Statement: { Action: "a:B", Resource: ["*"], Effect: "Allow" } } },
      [],
    ],
  ] as [string, JsonObject, JsonObject, string[]][])("%s", (_what, before, after, expected) => {
    expect(paths(before, after)).toEqual(expected);
  });

  it("marks what replaces and what is sensitive", () => {
    expect(diffStates(rules, { Fixed: 1 }, { Fixed: 2 })).toMatchObject([
      { replaces: true, sensitive: false },
    ]);
    expect(diffStates(rules, {}, { Environment: { Variables: { T: "x" } } })).toMatchObject([
      { path: "Environment.Variables.T", sensitive: true },
    ]);
  });

  it("is nothing between a value and itself, and symmetric in which paths differ", () => {
    const value = fc.dictionary(
      fc.constantFrom("A", "B", "C"),
      fc.jsonValue({ maxDepth: 3 }),
    ) as fc.Arbitrary<JsonObject>;
    fc.assert(fc.property(value, (one) => paths(one, one).length === 0));
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(paths(one, other).sort()).toEqual(paths(other, one).sort());
      }),
    );
  });
});

describe("a path pattern", () => {
  it.each([
    ["A", ["A", "B"], true],
    ["A.B", ["A"], false],
    ["A.*.C", ["A", "x.y", "C"], true],
    ["A.*", ["A", "0", "C"], true],
    ["A.*", ["A"], false],
    ["A", ["AB"], false],
  ])("%s covers %j: %s", (pattern, path, expected) => {
    expect(covers(pattern, path)).toBe(expected);
  });
});
