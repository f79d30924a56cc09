/** Drift is what this plan undoes although neither the base branch nor this one wrote it. */
import { describe, expect, it } from "vitest";
import type { Decision, Decisions } from "../../../../src/engine/plan/decision.ts";
import { driftProblems } from "../../../../src/engine/plan/drift.ts";
import type { PropertyChange } from "../../../../src/resources/type.ts";
import { box, wantBox } from "./toy-types.ts";

type Values = Pick<PropertyChange, "before" | "after">;
const at = { file: "resources.js", line: 3 };

const decided = (
  changes: Readonly<Record<string, Values>>,
  action: Decision["action"] = "update",
  name = "a",
): Decisions => ({
  byKey: new Map([
    [
      `Toy::Box::${name}`,
      {
        resource: wantBox(name, {}, { at }),
        type: box,
        action,
        state: {},
        adopts: false,
        changes: Object.entries(changes).map(([path, values]) => ({
          path,
          replaces: false,
          sensitive: false,
          ...values,
        })),
      },
    ],
  ]),
  leftovers: [],
  problems: [],
});

const size = (before: number | undefined, after: number | undefined) => ({ Size: { before, after } });
const drifts = (...given: Parameters<typeof driftProblems>) => driftProblems(...given).length > 0;

describe("drift", () => {
  it("is told with the resource, its properties, its place, and both ways out", () => {
    const changes = { ...size(9, 1), Colour: { before: "red", after: "blue" }, "Set.A": { before: "x" } };
    const base = { ...size(9, 1), "Set.A": { before: "x", after: null } };
    expect(driftProblems(decided(changes), decided(base))).toEqual([
      {
        severity: "warning",
        code: "DRIFT",
        key: "Toy::Box::a",
        at,
        message: "Toy::Box::a was changed outside Gatewright: Size, Set.A",
        hint: "Apply to restore the spec, or write the change into the spec to keep it.",
      },
    ]);
  });

  it.each<[string, Decisions, Decisions, boolean]>([
    ["what both branches set back", decided(size(9, 1)), decided(size(9, 1)), true],
    ["what both take away", decided(size(9, undefined)), decided(size(9, undefined)), true],
    ["also of what is replaced", decided(size(9, 1), "replace"), decided(size(9, 1), "replace"), true],
    ["not what only this branch changes", decided(size(1, 2)), decided({}, "no-op"), false],
    ["not what the base branch would set otherwise", decided(size(9, 1)), decided(size(9, 2)), false],
    ["not another property", decided(size(9, 1)), decided({ Colour: { before: 9, after: 1 } }), false],
    [
      "not what the base branch does not have",
      decided(size(9, 1)),
      decided(size(9, 1), "update", "b"),
      false,
    ],
    ["not what is made", decided(size(9, 1), "create"), decided(size(9, 1)), false],
    ["not what the base branch would make", decided(size(9, 1)), decided(size(9, 1), "create"), false],
    ["not what is as it should be", decided({}, "no-op"), decided({}, "no-op"), false],
  ])("is %s", (_what, decisions, base, expected) => {
    expect(drifts(decisions, base)).toBe(expected);
  });

  it.each<[string, string, Values, boolean]>([
    ["a first mark of ours", "Tags.gc-stage", { after: "dev" }, false],
    ["a mark that somebody changed", "Tags.gc-stage", { before: "prod", after: "dev" }, true],
    ["a tag of the spec that somebody removed", "Tags.team", { after: "shop" }, true],
    ["a property of that name's part", "gc-stage.Tags", { after: "dev" }, true],
  ])("of %s", (_what, path, values, expected) => {
    const one = decided({ [path]: values });
    expect(drifts(one, one)).toBe(expected);
  });
});
