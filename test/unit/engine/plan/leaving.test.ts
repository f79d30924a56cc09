/** What a destroy deletes where tags do not say whose it is, and what it leaves. */
import { describe, expect, it } from "vitest";
import { leavingAll } from "../../../../src/engine/plan/leaving.ts";
import type { Observed, Registry } from "../../../../src/engine/read/observed.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import { haveBox, haveThing, stack, thing, toys, wantBox, wantThing } from "./toy-types.ts";

const foreignParent = {
  ...thing,
  dependencies: { box: { type: "Toy::Box", parent: true, foreignParent: true } },
};
const registry: Registry = new Map([...toys, [thing.type, foreignParent]]);
const at = { file: "resources.js", line: 4 };
const zone = haveBox("zone", {}, {});
const readZone = wantBox("zone", {}, { readOnly: true });
const record: Observed = { ...haveThing("www", zone, { Size: 1 }), ours: false };

function leaving(resources: DesiredResource[], observed: Observed[]) {
  const { observed: left, warnings } = leavingAll(stack, registry, { resources }, observed);
  return { left: left.map(({ live, ours }) => [live.name, ours]), warnings };
}

describe("a destroy", () => {
  it("deletes a record in somebody else's zone that is exactly as the spec says, and not the zone", () => {
    expect(leaving([readZone, wantThing("www", "zone", { Size: 1 })], [zone, record])).toEqual({
      left: [["www", true]],
      warnings: [],
    });
  });

  it("leaves a record that is not as the spec says, and tells it", () => {
    const wanted = { ...wantThing("www", "zone", { Size: 2 }), at };
    expect(leaving([readZone, wanted], [zone, record])).toEqual({
      left: [["www", false]],
      warnings: [
        {
          code: "FOREIGN_RESOURCE",
          message: "Toy::Thing::www (id-www) stays: it is not as the spec says, so it may be somebody else's",
          hint: "Delete it by hand if it is yours.",
          resource: "Toy::Thing::www",
          at,
        },
      ],
    });
  });

  it.each<[string, DesiredResource[], Observed[], [string, boolean][]]>([
    ["a record that nobody names", [readZone], [zone, record], [["www", false]]],
    ["nothing where the record is not there", [readZone, wantThing("www", "zone")], [zone], []],
    [
      "what is only read, ours or not",
      [wantBox("a", {}, { readOnly: true }), readZone],
      [haveBox("a"), zone, haveBox("b")],
      [["b", true]],
    ],
    [
      "a record that is only read",
      [readZone, { ...wantThing("www", "zone", { Size: 2 }), readOnly: true }],
      [zone, record],
      [],
    ],
    ["somebody else's of our name, whose tags say so", [wantBox("zone")], [zone], [["zone", false]]],
    [
      "what is ours, whatever the spec says",
      [wantBox("a", { Size: 2 })],
      [haveBox("a", { Size: 1 })],
      [["a", true]],
    ],
    [
      "a record of ours in our zone that is not as the spec says",
      [wantBox("a"), wantThing("www", "a", { Size: 2 })],
      [haveBox("a"), haveThing("www", haveBox("a"), { Size: 1 })],
      [
        ["a", true],
        ["www", true],
      ],
    ],
  ])("does not touch the mark of %s", (_what, resources, observed, expected) => {
    expect(leaving(resources, observed)).toEqual({ left: expected, warnings: [] });
  });
});
