/** What a type's rules make of a difference: a change with its values, a replacement, a mask, or no change at all. */
import { describe, expect, it } from "vitest";
import { diffStates, keptByAws, settingOf } from "../../../../src/engine/plan/diff.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import type { PropertyChange, ResourceType } from "../../../../src/resources/type.ts";
import { box } from "./toy-types.ts";

const none = { createOnly: [], writeOnly: [], unordered: [], sensitive: [], policyDocuments: [] };
type Rules = Parameters<typeof diffStates>[0];

const change = (path: string, values: Partial<PropertyChange>): PropertyChange => ({
  path,
  replaces: false,
  sensitive: false,
  ...values,
});
const pathsWith = (rules: Partial<Rules>, before: JsonObject, after: JsonObject): string[] =>
  diffStates({ ...none, ...rules }, before, after).map(({ path }) => path);

describe("a change", () => {
  it.each<[string, JsonObject, JsonObject, PropertyChange[]]>([
    ["has both values", { A: 1 }, { A: 2 }, [change("A", { before: 1, after: 2 })]],
    ["has no value before where there was none", {}, { A: 2 }, [change("A", { after: 2 })]],
    ["has no value before where it was null", { A: null }, { A: 2 }, [change("A", { after: 2 })]],
    ["has no value before where it was empty", { A: "" }, { A: 2 }, [change("A", { after: 2 })]],
    ["has no value after where there is none", { A: 1 }, {}, [change("A", { before: 1 })]],
    ["has no value after where it is null", { A: 1 }, { A: null }, [change("A", { before: 1 })]],
    ["has no value after where it is empty", { A: 1 }, { A: [] }, [change("A", { before: 1 })]],
    [
      "names each part of an object that goes",
      { A: { B: 1, C: { D: "x" } } },
      {},
      [change("A.B", { before: 1 }), change("A.C.D", { before: "x" })],
    ],
    [
      "names each part of an object that comes",
      { A: "" },
      { A: { B: 1, C: [2] } },
      [change("A.B", { after: 1 }), change("A.C", { after: [2] })],
    ],
    [
      "of a text into an object is one",
      { A: "x" },
      { A: { B: 1 } },
      [change("A", { before: "x", after: { B: 1 } })],
    ],
    [
      "of an object into a text is one",
      { A: { B: 1 } },
      { A: "x" },
      [change("A", { before: { B: 1 }, after: "x" })],
    ],
    [
      "of an object into what is known after apply is one",
      { A: { B: 1 } },
      { A: { $unknown: "x" } },
      [change("A", { before: { B: 1 }, after: { $unknown: "x" } })],
    ],
    [
      "into a generated password says so",
      { A: "" },
      { A: { $generated: 16 } },
      [change("A", { after: { $generated: 16 } })],
    ],
    [
      "names an element by its index",
      { 0: { B: 1 } },
      { 0: { B: 2 } },
      [change("[0].B", { before: 1, after: 2 })],
    ],
    [
      "names the eleventh element by its index",
      { A: Array.from({ length: 11 }, () => ({ B: 1 })) },
      { A: Array.from({ length: 11 }, (_, index) => ({ B: index < 10 ? 1 : 2 })) },
      [change("A[10].B", { before: 1, after: 2 })],
    ],
    [
      "does not take a name with digits for an index",
      { A: { x1: 1, "1x": 1 } },
      { A: { x1: 2, "1x": 2 } },
      [change("A.x1", { before: 1, after: 2 }), change("A.1x", { before: 1, after: 2 })],
    ],
    [
      "of a list of more than objects is one",
      { A: [{ B: 1 }, "x"] },
      { A: [{ B: 2 }, "x"] },
      [change("A", { before: [{ B: 1 }, "x"], after: [{ B: 2 }, "x"] })],
    ],
    [
      "of a list that comes to have only objects is one",
      { A: [{ B: 1 }, "x"] },
      { A: [{ B: 2 }, { B: 3 }] },
      [change("A", { before: [{ B: 1 }, "x"], after: [{ B: 2 }, { B: 3 }] })],
    ],
    [
      "of a list that comes to have a text among its objects is one",
      { A: [{ B: 1 }, { B: 2 }] },
      { A: [{ B: 3 }, "x"] },
      [change("A", { before: [{ B: 1 }, { B: 2 }], after: [{ B: 3 }, "x"] })],
    ],
    [
      "of a list that comes to have more than objects is one",
      { A: [{ B: 1 }] },
      { A: ["x"] },
      [change("A", { before: [{ B: 1 }], after: ["x"] })],
    ],
    [
      "of a list of objects that gets longer is one",
      { A: [{ B: 1 }] },
      { A: [{ B: 1 }, { B: 2 }] },
      [change("A", { before: [{ B: 1 }], after: [{ B: 1 }, { B: 2 }] })],
    ],
    [
      "is none where only the order of keys differs",
      { A: [1, { B: 2, C: 3 }] },
      { A: [1, { C: 3, B: 2 }] },
      [],
    ],
  ])("%s", (_what, before, after, expected) => {
    expect(diffStates(none, before, after)).toStrictEqual(expected);
  });
});

describe("rules about values", () => {
  it("compare text without case where AWS does, only text and only there", () => {
    const rules = { caseless: ["Host", "Hosts.*"] };
    expect(pathsWith(rules, { Host: "Shop" }, { Host: "shop" })).toEqual([]);
    expect(pathsWith(rules, { Host: "Shop" }, { Host: "shops" })).toEqual(["Host"]);
    expect(pathsWith(rules, { Host: "true" }, { Host: true })).toEqual(["Host"]);
    expect(pathsWith(rules, { Host: true }, { Host: "true" })).toEqual(["Host"]);
    expect(pathsWith(rules, { Hosts: { a: "X", b: "X" } }, { Hosts: { a: "x", b: "y" } })).toEqual([
      "Hosts.b",
    ]);
    expect(pathsWith(rules, { Host: { Name: "X" } }, { Host: { Name: "x" } })).toEqual(["Host.Name"]);
    expect(pathsWith({}, { Host: "Shop" }, { Host: "shop" })).toEqual(["Host"]);
  });

  it("take a list for a set, however often something stands in it", () => {
    const rules = { unordered: ["Set"] };
    expect(pathsWith(rules, { Set: ["a", "b", "a"] }, { Set: ["b", "a"] })).toEqual([]);
    expect(pathsWith(rules, { Set: ["a", "b"] }, { Set: ["a", "c"] })).toEqual(["Set"]);
    expect(pathsWith(rules, { Set: [{ A: 1 }, { A: 2 }] }, { Set: [{ A: 2 }, { A: 1 }] })).toEqual([]);
    expect(pathsWith(rules, { Set: [{ A: 1 }] }, { Set: [{ A: 2 }] })).toEqual(["Set"]);
    expect(pathsWith(rules, { Set: [1, 23] }, { Set: [12, 3] })).toEqual(["Set"]);
    expect(pathsWith(rules, { Set: [{ In: ["a", "b"] }] }, { Set: [{ In: ["b", "a"] }] })).toEqual(["Set"]);
  });

  it("compare a policy document by meaning, as a whole, and nothing below or above it", () => {
    const rules = { policyDocuments: ["Document", "Policies.*"] };
    const allows = (action: string | string[]): JsonObject => ({
      Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
    });
    expect(pathsWith(rules, { Document: allows("a:B") }, { Document: allows(["a:B"]) })).toEqual([]);
    expect(pathsWith(rules, { Document: allows("a:B") }, { Document: allows("a:C") })).toEqual(["Document"]);
    expect(
      pathsWith(rules, { Policies: { a: allows("a:B") } }, { Policies: { a: allows(["a:B"]) } }),
    ).toEqual([]);
    expect(
      pathsWith(rules, { Document: { In: allows("a:B") } }, { Document: { In: allows("a:C") } }),
    ).toEqual(["Document"]);
    expect(diffStates({ ...none, ...rules }, {}, { Document: allows("a:B") })).toEqual([
      change("Document", { after: allows("a:B") }),
    ]);
    expect(diffStates({ ...none, ...rules }, { Document: allows("a:B") }, { Document: "" })).toEqual([
      change("Document", { before: allows("a:B") }),
    ]);
    expect(pathsWith({}, { Other: allows("a:B") }, { Other: allows(["a:B"]) })).toEqual([
      "Other.Statement[0].Action",
    ]);
  });

  it("tell an empty value from none inside an exact map, and only there", () => {
    const rules = { exact: ["Env.Vars"] };
    expect(pathsWith(rules, { Env: { Vars: { A: "" } } }, { Env: { Vars: { A: "" } } })).toEqual([]);
    expect(pathsWith(rules, { Env: { Vars: { A: "", B: 1 } } }, { Env: { Vars: { B: 1 } } })).toEqual([
      "Env.Vars.A",
    ]);
    for (const empty of [{}, "", []])
      expect(pathsWith(rules, { Env: { Vars: empty } }, { Env: {} })).toEqual([]);
    expect(pathsWith({ exact: ["Env.Vars", "A"] }, { A: { B: "" } }, { A: {} })).toEqual(["A.B"]);
    expect(pathsWith(rules, { A: { B: { C: "" } } }, { A: { B: {} } })).toEqual([]);
    expect(
      diffStates({ ...none, ...rules }, { Env: { Vars: { A: "", B: 1 } } }, { Env: { Vars: { B: "" } } }),
    ).toStrictEqual([change("Env.Vars.A", { before: "" }), change("Env.Vars.B", { before: 1 })]);
    expect(diffStates({ ...none, ...rules }, {}, { Env: { Vars: { A: "" } } })).toStrictEqual([
      change("Env.Vars.A", { after: "" }),
    ]);
    expect(pathsWith(rules, { Env: { Other: "" } }, { Env: {} })).toEqual([]);
  });

  it("never compare what AWS does not return, nor what is below it", () => {
    expect(
      pathsWith({ writeOnly: ["Code"] }, { Code: { Zip: 1 }, Coder: 1 }, { Code: { Zip: 2 }, Coder: 2 }),
    ).toEqual(["Coder"]);
  });

  it("set what AWS does not return when a resource is made, as nothing that replaces", () => {
    const type: ResourceType = { ...box, createOnly: ["Fixed"], writeOnly: ["Secret"], replaces: () => true };
    expect(settingOf(type, {}, { Fixed: 1, Secret: "s" })).toEqual([
      change("Fixed", { after: 1 }),
      change("Secret", { after: "s" }),
    ]);
  });
});

describe("rules about secrets", () => {
  it.each<[string, string[], JsonObject, JsonObject, boolean]>([
    ["masks the secret", ["Token"], {}, { Token: "x" }, true],
    ["masks what is below a secret", ["Env"], {}, { Env: { A: "x" } }, true],
    [
      "masks a list with a secret in it, when it was there",
      ["Headers.*.Value"],
      { Headers: [{ Value: "x" }] },
      {},
      true,
    ],
    [
      "masks a list with a secret in it, when it comes",
      ["Headers.*.Value"],
      {},
      { Headers: [{ Value: "x" }] },
      true,
    ],
    [
      "masks a secret deep in a list",
      ["Headers.*.In.Value"],
      {},
      { Headers: [{ In: { Value: null } }] },
      true,
    ],
    [
      "masks a list with a secret beside others",
      ["Headers.*.Value"],
      {},
      { Headers: [{ Name: "x" }, { Name: "y", Value: "x" }] },
      true,
    ],
    ["shows what stands beside a secret", ["Env.Token"], {}, { Env: { A: "x" } }, false],
    ["shows a list without the secret", ["Headers.*.Value"], {}, { Headers: [{ Name: "x" }] }, false],
    ["shows a text of which a secret would be a part", ["Name.Secret"], {}, { Name: "x" }, false],
  ])("%s", (_what, sensitive, before, after, expected) => {
    expect(diffStates({ ...none, sensitive }, before, after).map((one) => one.sensitive)).toEqual([expected]);
  });
});

describe("rules about what cannot be changed", () => {
  it("replace for a property and all below it", () => {
    const rules = { ...none, createOnly: ["Fixed", "In.Fixed"] };
    const replacing = (before: JsonObject, after: JsonObject) =>
      diffStates(rules, before, after).map(({ replaces }) => replaces);
    expect(replacing({ Fixed: { A: 1 } }, { Fixed: { A: 2 } })).toEqual([true]);
    expect(replacing({ In: { Fixed: 1, Free: 1 } }, { In: { Fixed: 2, Free: 2 } })).toEqual([true, false]);
  });

  it("replace for what goes only with the resource, when it goes and not when it changes", () => {
    const rules = { ...none, clearReplaces: ["Once"] };
    expect(diffStates(rules, { Once: 1 }, {})).toEqual([change("Once", { before: 1, replaces: true })]);
    expect(diffStates(rules, { Once: 1 }, { Once: 2 })).toEqual([change("Once", { before: 1, after: 2 })]);
    expect(diffStates(rules, { Other: 1 }, {})).toEqual([change("Other", { before: 1 })]);
    expect(diffStates(rules, { Once: { A: 1 } }, {})).toEqual([change("Once.A", { before: 1 })]);
  });

  it("let the type decide with both states, and go by the lists where it does not say", () => {
    const states: unknown[] = [];
    const rules: Rules = {
      ...none,
      createOnly: ["A", "B"],
      replaces: (one, before, after) => {
        states.push([one, before, after]);
        return one.path === "A" ? false : one.path === "C" ? true : undefined;
      },
    };
    const [before, after] = [
      { A: 1, B: 1, C: 1, D: 1 },
      { A: 2, B: 2, C: 2, D: 2 },
    ];
    expect(diffStates(rules, before, after).map(({ path, replaces }) => [path, replaces])).toEqual([
      ["A", false],
      ["B", true],
      ["C", true],
      ["D", false],
    ]);
    expect(states[0]).toEqual([change("A", { before: 1, after: 2 }), before, after]);
  });

  it("name what AWS keeps instead of promising to take it away", () => {
    const rules = { ...none, cannotClear: ["In.Once"] };
    const before = { In: { Once: "x", Twice: "x" } };
    expect(keptByAws(rules, before, {})).toEqual(["In.Once"]);
    expect(diffStates(rules, before, {}).map(({ path }) => path)).toEqual(["In.Twice"]);
    expect(keptByAws(rules, before, { In: { Once: "y" } })).toEqual([]);
    expect(diffStates(rules, before, { In: { Once: "y", Twice: "x" } }).map(({ path }) => path)).toEqual([
      "In.Once",
    ]);
    expect(keptByAws(none, before, {})).toEqual([]);
  });
});
