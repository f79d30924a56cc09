/** A release is made again when anything that it serves changes, and kept while there is nothing to serve. */
import { describe, expect, it } from "vitest";
import { decide } from "../../../../src/engine/plan/decide.ts";
import { servedDigest } from "../../../../src/engine/plan/served.ts";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import { haveBox, haveIn, haveThing, release, stack, toys, wantBox, wantIn, wantThing } from "./toy-types.ts";

const box = haveBox("a", { Size: 1 });
const t = haveThing("t", box, { Size: 1 });
const p = haveIn("Part", "p", t, { Size: 1 });
const other = haveBox("b");
const elsewhere = haveThing("e", other, { Size: 1 });
const wanted = [
  wantBox("a", { Size: 1 }),
  wantBox("b"),
  wantThing("t", "a", { Size: 1 }),
  wantThing("e", "b", { Size: 1 }),
  wantIn("Part", "p", "Thing::t", { Size: 1 }),
];
const r = wantIn("Release", "r", "Box::a");
const serves = release.serves ?? never();
const served = servedDigest(serves, box.live, [t.live, p.live]);
const released = haveIn("Release", "r", box, { Served: served });
const live = [box, t, p, other, elsewhere];

function never(): never {
  throw new Error("a release serves");
}

function decided(resources: readonly DesiredResource[], observed: readonly Observed[]) {
  const nothing = { adopt: new Set<string>(), allowDeletion: new Set<string>() };
  const { byKey, problems, leftovers } = decide({ stack, registry: toys, resources, observed, ...nothing });
  const { action, state, reason } = byKey.get("Toy::Release::r") ?? never();
  return { action, served: state.Served, reason, problems, leftovers: leftovers.map((one) => one.live.name) };
}

/** The resources with one of them changed. */
const having = (name: string, more: Partial<DesiredResource>) =>
  [...wanted, r].map((one) => (one.name === name ? { ...one, ...more } : one));

const unknown = { $unknown: "Toy::Release::r Served" };

describe("a release", () => {
  it("stays while all that it serves stays", () => {
    expect(decided([...wanted, r], [...live, released])).toEqual({
      action: "no-op",
      served,
      reason: undefined,
      problems: [],
      leftovers: [],
    });
  });

  it("is made again when AWS has served something else since", () => {
    expect(
      decided([...wanted, r], [...live, haveIn("Release", "r", box, { Served: "older" })]),
    ).toMatchObject({
      action: "update",
      served,
    });
  });

  it.each<[string, DesiredResource[], Observed[]]>([
    ["a property of its box changes", having("a", { properties: { Size: 2 } }), live],
    ["a thing changes", having("t", { properties: { Size: 2 } }), live],
    ["a part of a thing changes", having("p", { properties: { Size: 2 } }), live],
    ["a thing comes", [...wanted, wantThing("new", "a"), r], live],
    ["a part comes", [...wanted, wantIn("Part", "new", "Thing::t"), r], live],
    ["a thing leaves", [...wanted, r], [...live, haveThing("old", box)]],
    ["a part leaves", [...wanted, r], [...live, haveIn("Part", "old", t)]],
  ])("is to serve what is known only after apply when %s", (_what, resources, observed) => {
    expect(decided(resources, [...observed, released])).toMatchObject({ action: "update", served: unknown });
  });

  it.each<[string, DesiredResource[], Observed[]]>([
    ["something in another box changes", having("e", { properties: { Size: 2 } }), live],
    ["something in another box comes", [...wanted, wantThing("new", "b"), r], live],
    ["something in another box leaves", [...wanted, r], [...live, haveThing("old", other)]],
    [
      "the box has something that AWS manages",
      [...wanted, r],
      [
        ...live,
        { ...haveThing("x", box), ours: false, live: { ...haveThing("x", box).live, managed: true } },
      ],
    ],
    [
      "a thing that is only read is not there",
      [...wanted, { ...wantThing("gone", "a"), readOnly: true }, r],
      live,
    ],
    ["what leaves the box is not served", [...wanted, r], [...live, haveIn("Release", "old", box)]],
  ])("stays when %s", (_what, resources, observed) => {
    expect(decided(resources, [...observed, released])).toMatchObject({ action: "no-op", served });
  });

  it("is to serve what is known only after apply when its box is made, and is then made too", () => {
    expect(decided([...wanted, r], [])).toMatchObject({
      action: "create",
      served: unknown,
      reason: undefined,
    });
  });
});

describe("a release with nothing to serve", () => {
  const empty = [wantBox("a", { Size: 1 }), wantBox("b"), wantThing("e", "b", { Size: 1 })];
  const implied = { ...r, implied: true };
  const nothing = { action: "no-op", reason: { kind: "nothing-to-serve" } };
  const codes = ({ problems }: ReturnType<typeof decided>) => problems.map(({ code, key }) => [code, key]);

  it("is an error where the spec writes it, and AWS's one is kept", () => {
    const made = decided([...empty, r], [box, other, elsewhere, released]);
    expect(made).toMatchObject({ ...nothing, leftovers: [] });
    expect(codes(made)).toEqual([["DEPLOYMENT_WITHOUT_ROUTE", "Toy::Release::r"]]);
  });

  it("is not made where nobody wrote it, without a word", () => {
    expect(decided([...empty, implied], [box, other, elsewhere])).toMatchObject({ ...nothing, problems: [] });
  });

  it("goes on serving what it did, which is told", () => {
    const made = decided([...empty, implied], [box, other, elsewhere, t, released]);
    expect(made).toMatchObject({ ...nothing, leftovers: ["t"] });
    expect(codes(made)).toEqual([["STAGE_KEEPS_SERVING", "Toy::Release::r"]]);
  });

  it.each<[string, DesiredResource[], Observed]>([
    ["its box is made again", [wantBox("a", { Size: 1, Fixed: 2 }), implied], released],
    [
      "it would have to be made again itself",
      [wantBox("a", { Size: 1 }), { ...implied, properties: { Stage: "x", Size: 1 } }],
      released,
    ],
  ])("goes when %s", (_what, resources, observed) => {
    expect(decided(resources, [box, observed])).toMatchObject({ ...nothing, problems: [], leftovers: ["r"] });
  });

  it("has something to serve only in its own box, of the type that it needs", () => {
    expect(decided([...empty, wantIn("Part", "p", "Box::a"), r], [])).toMatchObject(nothing);
    expect(decided([...empty, wantThing("t", "a"), r], [])).toMatchObject({ action: "create" });
  });
});
