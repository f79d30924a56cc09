/** Nothing in AWS says whose a record in a shared zone is, nor what the spec calls it: the spec and the base branch do. */
import { describe, expect, it } from "vitest";
import { identified } from "../../../src/engine/identify.ts";
import type { Observed, Registry } from "../../../src/engine/read/observed.ts";
import type { ResourceType } from "../../../src/resources/type.ts";
import type { DesiredResource } from "../../../src/spec/types.ts";
import { haveBox, haveIn, haveThing, stack, thing, toys, wantBox, wantThing } from "./plan/toy-types.ts";

/** Things are records: shared, known for certain by their size, whatever AWS calls them. */
const record: ResourceType = {
  ...thing,
  dependencies: { box: { type: "Toy::Box", parent: true, foreignParent: true } },
  pairsSame: true,
  pair: (desired, live) =>
    new Map(
      desired.flatMap((one) =>
        live.filter(({ state }) => state.Size === one.state.Size).map((other) => [one, other] as const),
      ),
    ),
};
const registry: Registry = new Map([...toys, [record.type, record]]);

const theirZone = haveBox("their", {}, {});
const ourZone = haveBox("our");
const zones = [theirZone, ourZone];
const wantZones = [wantBox("their", {}, { readOnly: true }), wantBox("our")];
const have = (zone: Observed, size: number): Observed => ({
  ...haveThing(`r${size}`, zone, { Size: size }),
  ours: false,
});
const want = (name: string, zone: string, size: number) => wantThing(name, zone, { Size: size });

/** `[name, ours]` of each observed thing. */
function identify(spec: DesiredResource[], base: DesiredResource[], ...records: Observed[]) {
  const input = { stack, registry, spec: [...wantZones, ...spec], base: [...wantZones, ...base] };
  return identified({ ...input, observed: [...zones, ...records] })
    .slice(zones.length)
    .map(({ live, ours }) => [live.name, ours]);
}

describe("a record in somebody else's zone", () => {
  const one = have(theirZone, 1);

  it.each<[string, DesiredResource[], DesiredResource[], [string, boolean]]>([
    ["is nobody's while no spec names it", [], [], ["r1", false]],
    [
      "is ours when the base branch names it, and called as there",
      [],
      [want("www", "their", 1)],
      ["www", true],
    ],
    [
      "is not ours when only the spec names it, but called as there",
      [want("www", "their", 1)],
      [],
      ["www", false],
    ],
    [
      "is ours when both do, and called as in the spec",
      [want("new", "their", 1)],
      [want("old", "their", 1)],
      ["new", true],
    ],
    [
      "is not what only is to be read",
      [{ ...want("www", "their", 1), readOnly: true }],
      [{ ...want("www", "their", 1), readOnly: true }],
      ["r1", false],
    ],
  ])("%s", (_what, spec, base, expected) => {
    expect(identify(spec, base, one)).toEqual([expected]);
  });

  it("keeps AWS's name where the spec means another one by the base branch's name", () => {
    const records = [one, have(theirZone, 2)];
    expect(identify([want("www", "their", 2)], [want("www", "their", 1)], ...records)).toEqual([
      ["r1", true],
      ["www", false],
    ]);
  });
});

it("a record is called as on the base branch where the spec's of that name is not there yet", () => {
  const moved = [want("www", "their", 9)];
  expect(identify(moved, [want("www", "their", 1)], have(theirZone, 1))).toEqual([["www", true]]);
});

describe("a record in our zone", () => {
  it("is ours when the spec or the base branch names it, and else nobody's", () => {
    const records = [have(ourZone, 1), have(ourZone, 2), have(ourZone, 3)];
    expect(identify([want("a", "our", 1)], [want("b", "our", 2)], ...records)).toEqual([
      ["a", true],
      ["b", true],
      ["r3", false],
    ]);
  });

  it("stays ours when it is", () => {
    expect(identify([want("a", "our", 2)], [], { ...have(ourZone, 1), ours: true })).toEqual([["r1", true]]);
  });
});

it("what is inside a record has the record as it is now", () => {
  const one = have(ourZone, 1);
  const spec = [...wantZones, want("www", "our", 1)];
  const [, zone, found, inside] = identified({
    stack,
    registry,
    spec,
    base: [],
    observed: [...zones, one, haveIn("Part", "p", one)],
  });
  expect(inside?.parent).toBe(found);
  expect(found?.parent).toBe(zone);
  expect(found?.live).toEqual({ ...one.live, name: "www" });
  expect(zone).toEqual({ ...ourZone, parent: undefined });
});

it("nothing is touched where no spec has what is shared", () => {
  const observed = [...zones, have(theirZone, 1)];
  expect(identified({ stack, registry, spec: [wantBox("our")], base: [], observed })).toBe(observed);
  const unshared = [...wantZones, wantThing("www", "our")];
  expect(identified({ stack, registry: toys, spec: unshared, base: unshared, observed })).toBe(observed);
});

it("each of several resources is looked for", () => {
  const records = [have(theirZone, 1), have(ourZone, 2)];
  const spec = [want("a", "their", 1), want("missing", "their", 9), want("b", "our", 2)];
  expect(identify(spec, [], ...records)).toEqual([
    ["a", false],
    ["b", true],
  ]);
});
