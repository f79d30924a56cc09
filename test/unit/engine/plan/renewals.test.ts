/** What is set again with the same value, because what it names was made anew. */
import { describe, expect, it } from "vitest";
import { changesWithRenewals } from "../../../../src/engine/plan/diff.ts";
import type { Live, PropertyChange, ResourceType } from "../../../../src/resources/type.ts";
import { box } from "./toy-types.ts";

const change = (path: string, values: Partial<PropertyChange>): PropertyChange => ({
  path,
  replaces: false,
  sensitive: false,
  ...values,
});

describe("what is set again because something was made anew", () => {
  const live: Live = {
    type: box.type,
    name: "a",
    id: "id-a",
    state: { Target: "t", Size: 1 },
    attributes: {},
  };
  const used = [{ type: "Toy::Thing" }];
  const type: ResourceType = {
    ...box,
    createOnly: ["Target"],
    sensitive: ["Target"],
    renews: (one, some) =>
      some.some((other) => other.live === undefined)
        ? [{ path: "Target", before: one.id, after: one.id }]
        : [],
  };

  it("comes after the differences, in place, to be seen", () => {
    expect(changesWithRenewals(type, live, { Target: "t", Size: 2 }, used)).toEqual({
      changes: [change("Size", { before: 1, after: 2 }), change("Target", { before: "id-a", after: "id-a" })],
      renewed: ["Target"],
    });
  });

  it("is not said again of what differs anyhow", () => {
    expect(changesWithRenewals(type, live, { Target: "u", Size: 2 }, used)).toEqual({
      changes: [
        change("Target", { before: "t", after: "u", replaces: true, sensitive: true }),
        change("Size", { before: 1, after: 2 }),
      ],
      renewed: [],
    });
  });

  it("is nothing where nothing was made anew, or the type never asks", () => {
    const nothing = { changes: [], renewed: [] };
    expect(changesWithRenewals(type, live, live.state, [{ type: "Toy::Thing", live }])).toEqual(nothing);
    expect(changesWithRenewals(box, live, live.state, used)).toEqual(nothing);
  });
});
