/** What stands in a plan beside its changes: problems, its identity, what anybody may call, and what an apply needs. */
import { describe, expect, it } from "vitest";
import { planDigest } from "../../../../src/engine/plan/identity/digest.ts";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import type { Stored } from "../../../../src/engine/read/stored.ts";
import type { Live } from "../../../../src/resources/type.ts";
import type { DesiredResource, SpecWarning } from "../../../../src/spec/types.ts";
import { a, anew, at, bigger, type More, plan, planning, problemsOf, same, type Types } from "./toy-plans.ts";
import { haveBox, haveIn, haveThing, stack, wantBox, wantIn, wantThing } from "./toy-types.ts";

describe("a warning of the spec", () => {
  const warning: SpecWarning = {
    code: "ODD",
    message: "is odd",
    hint: "Mend it.",
    resource: "Toy::Box::a",
    at,
  };

  it("is a problem of the plan", () => {
    expect(plan([same], [a], { spec: { warnings: [warning] } }).problems).toEqual([
      { severity: "warning", code: "ODD", message: "is odd", hint: "Mend it.", key: "Toy::Box::a", at },
    ]);
  });

  it.each<[string, DesiredResource[], Observed[], Partial<SpecWarning>, string]>([
    ["made", [same], [], { when: "written" }, "error"],
    ["changed", [bigger], [a], { when: "written" }, "error"],
    ["replaced", [anew], [a], { when: "written" }, "error"],
    ["left as it is", [same], [a], { when: "written" }, "warning"],
    ["not in the plan", [], [], { when: "written" }, "warning"],
    ["made, when AWS takes it all the same", [same], [], {}, "warning"],
    [
      "made, when the warning is of no resource",
      [same],
      [],
      { when: "written", resource: undefined },
      "warning",
    ],
  ])(
    "of what AWS does not take is of this weight when the resource is %s: %#",
    (_what, resources, observed, more, severity) => {
      const spec = { warnings: [{ ...warning, ...more }] };
      expect(plan(resources, observed, { spec }).problems.map((one) => one.severity)).toEqual([severity]);
    },
  );
});

describe("a warning about making a resource", () => {
  const spec = {
    warnings: [{ code: "ODD", message: "is odd", when: "made", resource: "Toy::Box::a" } as const],
  };
  const waiting: Types = {
    Box: { wait: { readiness: () => "pending", awaiting: () => "it", deadlineMs: 1 } },
  };

  it.each<[string, DesiredResource[], Observed[], Types, boolean]>([
    ["is made", [same], [], {}, true],
    ["is made again", [anew], [a], {}, true],
    ["is waited for", [same], [a], waiting, true],
    ["is changed", [bigger], [a], {}, false],
    ["stays", [same], [a], {}, false],
    ["is not there", [], [], {}, false],
  ])("counts as the resource %s: %#", (_what, resources, observed, types, expected) => {
    expect(problemsOf(resources, observed, { spec, types })).toHaveLength(expected ? 1 : 0);
  });
});

describe("what others outside the stack use", () => {
  const seen: (readonly Live[])[] = [];
  const types: Types = {
    Box: {
      usedElsewhere: ({ name }, ours) => {
        seen.push(ours);
        return name === "a" ? "the stage x" : undefined;
      },
    },
  };
  const inUse = ["warning", "RESOURCE_IN_USE", "Toy::Box::a"];

  it.each<[string, DesiredResource[], unknown[]]>([
    ["goes", [wantBox("b")], [inUse]],
    ["is replaced", [anew, wantBox("b")], [inUse]],
    ["is changed", [bigger, wantBox("b")], []],
  ])("is told when it %s: %#", (_what, resources, expected) => {
    const observed = [a, haveBox("b"), haveBox("c", {}, {})];
    expect(problemsOf(resources, observed, { types })).toEqual(expected);
    for (const ours of seen.splice(0)) expect(ours.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("is told with the place in the spec where it is replaced", () => {
    expect(plan([anew], [a], { types }).problems[0]?.at).toEqual(at);
    expect(plan([anew], [a]).problems).toEqual([]);
  });
});

describe("the identity of a plan", () => {
  const stored: Stored = {
    text: () => "x",
    versions: [["v", "1"]],
    secrets: ["s3cret-1"],
    commonSecrets: [],
    texts: [],
    check: () => {},
  };
  const digest = (resources: DesiredResource[], observed: Observed[], more: More = {}) =>
    plan(resources, observed, more).digest;

  it("has the live resources, what is taken over, what may be lost, and which stored values it used", () => {
    const protectedBox = { Box: { protected: "its items" } };
    const foreign = haveBox("a", { Size: 1 }, {});
    const tags = { writeOnly: ["Tags"] };
    const [blocked, adopted] = [[], ["a"]].map((adopt) =>
      digest([same], [foreign], { adopt, types: { Box: tags } }),
    );
    expect(adopted).not.toBe(blocked);
    expect(digest([], [a], { types: protectedBox, allowDeletion: ["a"] })).not.toBe(
      digest([], [a], { types: protectedBox }),
    );
    expect(digest([same], [a], { types: protectedBox, allowDeletion: ["b"] })).toBe(
      digest([same], [a], { types: protectedBox }),
    );
    expect(digest([same], [a], { stored })).not.toBe(digest([same], [a]));
    expect(digest([same], [a], { stored, purpose: "destroy" })).toBe(
      digest([same], [a], { purpose: "destroy" }),
    );
    const writeOnly = { types: { Box: { writeOnly: ["Size", "Fixed", "Tags"] } } };
    expect(digest([same], [a], writeOnly)).not.toBe(digest([same], [haveBox("a", { Size: 2 })], writeOnly));
    expect(digest([], [a])).not.toBe(digest([], [haveBox("a", { Size: 2 })]));
  });

  it("is the digest of what it is made of", () => {
    const foreign = haveBox("f", {}, {});
    const types = { Box: { protected: "its items" } };
    const resources = [wantBox("f"), same];
    const observed = [foreign, a, haveBox("gone")];
    const whole = { engine: "1", stack, resources, live: observed.map(({ live }) => live), purpose: "apply" };
    const more = { types, adopt: ["f"], allowDeletion: ["gone"] };
    const input = { ...whole, adopts: ["Toy::Box::f"], allowedDeletions: ["Toy::Box::gone"], stored: [] };
    expect(digest(resources, observed, more)).toBe(planDigest(input));
    expect(digest(resources, observed, { ...more, stored })).toBe(
      planDigest({ ...input, stored: [["v", "1"]] }),
    );
    expect(digest(resources, observed, { ...more, stored, purpose: "destroy" })).toBe(
      planDigest({ ...input, purpose: "destroy" }),
    );
  });

  it("is not what a problem quotes: a secret is hidden there", () => {
    const warnings = [{ code: "ODD", message: "has s3cret-1" }];
    expect(plan([same], [a], { stored, spec: { warnings } }).problems[0]?.message).toBe("has (sensitive)");
  });
});

it("what anybody may call is told, but not when all of it goes", () => {
  const spec = { open: [{ key: "Toy::Box::a", what: "GET /" }] };
  expect(plan([same], [], { spec })).toMatchObject({ open: ["GET /"], opens: ["GET /"] });
  expect(plan([], [a], { spec, purpose: "destroy" })).not.toHaveProperty("open");
});

it("a release comes after all that it serves, what leaves too, and after nothing in another box", () => {
  const observed = [a, haveThing("t", a, { Size: 1 }), haveBox("b")];
  const leaving = [haveThing("old", a), haveThing("other", haveBox("b")), haveIn("Release", "old-r", a)];
  const resources = [
    same,
    wantBox("b"),
    wantThing("t", "a", { Size: 2 }),
    wantThing("e", "b"),
    wantIn("Part", "p", "Thing::t"),
    wantIn("Release", "r", "Box::a"),
  ];
  const { steps } = planning(resources, [
    ...observed,
    ...leaving,
    haveIn("Release", "r", a, { Served: "older" }),
  ]);
  expect(steps.find(({ name }) => name === "r")?.waitsFor).toEqual([
    "create Toy::Part::p",
    "delete Toy::Thing::old",
    "update Toy::Thing::t",
  ]);
  const anew = planning(resources, [...observed, ...leaving]).steps.find(
    ({ id }) => id === "create Toy::Release::r",
  );
  expect(anew?.waitsFor).toContain("delete Toy::Thing::old");
  expect(anew?.waitsFor).not.toContain("delete Toy::Thing::other");
  expect(steps.find(({ name }) => name === "t")?.waitsFor).toEqual([]);
  const first = planning(resources, []).steps.find(({ name }) => name === "r");
  expect(first?.waitsFor).toEqual(["create Toy::Box::a", "create Toy::Part::p", "create Toy::Thing::t"]);
});

it("a child that is replaced in a parent that stays is deleted in a step of its own", () => {
  const { steps } = planning([same, wantThing("t", "a", { Fixed: 2 })], [a, haveThing("t", a, { Fixed: 1 })]);
  expect(steps.map(({ operation }) => operation)).toEqual(["delete", "create"]);
});

it("what is ours of a type that is no longer known goes all the same", () => {
  const one = haveBox("x");
  const { changes } = plan([], [{ ...one, live: { ...one.live, type: "Toy::Unheard" } }]);
  expect(changes.map(({ action, consequence }) => [action, consequence])).toEqual([["delete", undefined]]);
});

it("an apply gets the resources, their states, what is live, and what the plan does", () => {
  const old = haveThing("old", a);
  const made = planning([bigger], [a, old]);
  expect([...made.desired]).toEqual([["Toy::Box::a", bigger]]);
  expect([...made.states.keys()]).toEqual(["Toy::Box::a"]);
  expect(made.states.get("Toy::Box::a")).toMatchObject({ Size: 2 });
  expect([...made.live]).toEqual([
    ["Toy::Box::a", a.live],
    ["Toy::Thing::old", old.live],
  ]);
  expect([...made.facts].some((fact) => fact.includes('"Size"'))).toBe(true);
  expect(made.plan.counts).toEqual({ create: 0, update: 1, replace: 0, delete: 1, "no-op": 0 });
});
