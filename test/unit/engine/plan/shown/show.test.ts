import { describe, expect, it } from "vitest";
import { showChange } from "../../../../../src/engine/plan/shown/show.ts";
import type { JsonObject, JsonValue } from "../../../../../src/model/values.ts";
import type { PropertyChange } from "../../../../../src/resources/type.ts";

const change = (values: Partial<PropertyChange> = {}): PropertyChange => ({
  path: "In.A",
  replaces: false,
  sensitive: false,
  ...values,
});

describe("what a plan shows of a property", () => {
  it.each<[string, JsonValue, JsonValue]>([
    ["text as it is", "x", "x"],
    ["null as it is", null, null],
    ["what is known after apply as that", { $unknown: "Toy::Box::a id" }, { $unknown: "Toy::Box::a id" }],
    ["a password to be generated without its length", { $generated: 16 }, "(generated)"],
    [
      "such a password also inside lists and objects",
      { A: [{ $generated: 16 }, { B: { $generated: 8 } }, null], C: null },
      { A: ["(generated)", { B: "(generated)" }, null], C: null },
    ],
  ])("is %s", (_what, value, expected) => {
    expect(showChange(change({ before: value, after: value }))).toEqual({
      path: "In.A",
      before: expected,
      after: expected,
      replaces: false,
      sensitive: false,
    });
  });

  it("is no more than that there is a value, where that is a secret", () => {
    const shown = showChange(
      change({ before: "old", after: { $generated: 16 }, sensitive: true, replaces: true }),
    );
    expect(shown).toEqual({
      path: "In.A",
      before: "(sensitive)",
      after: "(sensitive)",
      replaces: true,
      sensitive: true,
    });
  });

  it("has no value where there is none, a secret or not", () => {
    for (const sensitive of [true, false]) {
      expect(Object.keys(showChange(change({ sensitive })))).toEqual(["path", "replaces", "sensitive"]);
      expect(showChange(change({ sensitive, after: "x" }))).not.toHaveProperty("before");
      expect(showChange(change({ sensitive, before: "x" }))).not.toHaveProperty("after");
    }
  });
});

describe("AWS's default", () => {
  const byDefault = (path: string, properties: JsonObject, preset: string[] | undefined = ["In.A", "B"]) =>
    showChange(change({ path, after: 1 }), { preset, properties }).byDefault;

  it.each<[string, string, JsonObject, true | undefined]>([
    ["where the spec says nothing", "B", {}, true],
    ["where the spec says nothing in it", "In.A", { In: {} }, true],
    ["where the spec has no object there", "In.A", { In: "x" }, true],
    ["not where the spec says it", "B", { B: 1 }, undefined],
    ["not where the spec says it in it", "In.A", { In: { A: 0 } }, undefined],
    ["not where it has none", "C", {}, undefined],
    ["where only all objects have such a name", "constructor", {}, true],
  ])("is told %s", (_what, path, properties, expected) => {
    expect(byDefault(path, properties, ["In.A", "B", "constructor"])).toBe(expected);
  });

  it("is not told of an update, and not for a type without defaults", () => {
    expect(showChange(change({ path: "B", after: 1 }))).not.toHaveProperty("byDefault");
    expect(showChange(change({ path: "B", after: 1 }), { properties: {} })).not.toHaveProperty("byDefault");
  });
});
