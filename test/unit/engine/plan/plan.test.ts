import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Observed, Registry } from "../../../../src/engine/read/observed.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import { makePlan, type PlanInput } from "../../../../src/engine/plan/plan.ts";
import type { Planning } from "../../../../src/engine/plan/planning.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import { haveBox, haveThing, specOf, stack, thing, toys, wantBox, wantThing } from "./toy-types.ts";

function plan(resources: DesiredResource[], observed: Observed[], more: Partial<PlanInput> = {}): Planning {
  return makePlan({
    engine: "test",
    stack,
    registry: toys,
    spec: specOf(...resources),
    observed,
    adopt: [],
    purpose: "apply",
    ...more,
  });
}

const actions = ({ plan: { changes } }: Planning): Record<string, string> =>
  Object.fromEntries(changes.map(({ key, action }) => [key.replace("Toy::", ""), action]));

describe("what a plan says", () => {
  it("creates what is not there, the parent before its child", () => {
    const planning = plan([wantBox("a"), wantThing("t", "a")], []);
    expect(actions(planning)).toEqual({ "Box::a": "create", "Thing::t": "create" });
    expect(planning.steps.find(({ name }) => name === "t")?.waitsFor).toEqual(["create Toy::Box::a"]);
  });

  it("is empty when AWS has what the spec says", () => {
    const a = haveBox("a", { Size: 1 });
    expect(actions(plan([wantBox("a", { Size: 1 }), wantThing("t", "a")], [a, haveThing("t", a)]))).toEqual({
      "Box::a": "no-op",
      "Thing::t": "no-op",
    });
  });

  it("updates in place, with the property, before and after", () => {
    const { plan: made } = plan([wantBox("a", { Size: 2 })], [haveBox("a", { Size: 1 })]);
    expect(made.changes[0]).toMatchObject({
      action: "update",
      id: "id-a",
      properties: [{ path: "Size", before: 1, after: 2, replaces: false }],
    });
  });

  it("replaces for a createOnly property, says which, and what breaks", () => {
    const { plan: made, steps } = plan([wantBox("a", { Fixed: 2 })], [haveBox("a", { Fixed: 1 })]);
    expect(made.changes[0]).toMatchObject({
      action: "replace",
      reason: { kind: "create-only", path: "Fixed" },
      consequence: "a is gone",
    });
    expect(steps.map(({ id }) => id)).toEqual(["delete Toy::Box::a", "create Toy::Box::a"]);
    expect(steps[1]?.waitsFor).toEqual(["delete Toy::Box::a"]);
  });

  it("spreads a replacement to the children and to whoever holds the replaced id", () => {
    const a = haveBox("a", { Fixed: 1 });
    const b = haveBox("b");
    const live = [
      a,
      b,
      haveThing("t", b, { Fixed: 1 }),
      haveThing("user", b, { Peer: "id-t" }),
      haveThing("child", a),
    ];
    const planning = plan(
      [
        wantBox("a", { Fixed: 2 }),
        wantBox("b"),
        wantThing("t", "b", { Fixed: 2 }),
        wantThing("user", "b", {}, "t"),
        wantThing("child", "a"),
      ],
      live,
    );
    expect(actions(planning)).toEqual({
      "Box::a": "replace",
      "Box::b": "no-op",
      "Thing::t": "replace",
      "Thing::user": "update",
      "Thing::child": "replace",
    });
    const user = planning.plan.changes.find(({ name }) => name === "user");
    expect(user?.properties).toEqual([
      {
        path: "Peer",
        before: "id-t",
        after: { $unknown: "Toy::Thing::t id" },
        replaces: false,
        sensitive: false,
      },
    ]);
    expect(planning.steps.filter(({ name }) => name === "child").map(({ operation }) => operation)).toEqual([
      "create",
    ]);
  });

  it("deletes what left the spec, users before what they use, children with their parent", () => {
    const a = haveBox("a");
    const b = haveBox("b");
    const planning = plan(
      [wantBox("b")],
      [a, b, haveThing("in-a", a), haveThing("used", b), haveThing("user", b, { Peer: "id-used" })],
    );
    expect(actions(planning)).toMatchObject({
      "Box::a": "delete",
      "Thing::in-a": "delete",
      "Thing::used": "delete",
      "Thing::user": "delete",
    });
    expect(planning.plan.changes.find(({ name }) => name === "in-a")).toMatchObject({
      withParent: true,
      after: ["Toy::Box::a"],
    });
    expect(planning.steps.some(({ name }) => name === "in-a")).toBe(false);
  });

  it("children without which alone AWS lets their parent go have steps of their own, before it", () => {
    const parent = { type: "Toy::Box", parent: true, required: true, deletedFirst: true } as const;
    const held = { ...thing, dependencies: { box: parent } };
    const registry = new Map([...toys, [thing.type, held]]);
    const a = haveBox("a");
    const child = haveThing("in-a", a);
    const gone = plan([], [a, child], { registry });
    expect(gone.steps.map(({ id, waitsFor }) => [id, waitsFor])).toEqual([
      ["delete Toy::Box::a", ["delete Toy::Thing::in-a"]],
      ["delete Toy::Thing::in-a", []],
    ]);
    const replaced = plan([wantBox("a", { Fixed: 2 }), wantThing("in-a", "a")], [a, child], { registry });
    const waits = new Map(replaced.steps.map(({ id, waitsFor }) => [id, waitsFor]));
    expect(waits.get("delete Toy::Box::a")).toEqual(["delete Toy::Thing::in-a"]);
    expect(waits.get("create Toy::Thing::in-a")).toContain("create Toy::Box::a");
  });

  it("never touches a resource of our name that is not ours", () => {
    const foreign = haveBox("a", { Size: 1 }, { "gc-project-name": "other" });
    const planning = plan([wantBox("a", { Size: 2 }), wantThing("t", "a")], [foreign]);
    expect(actions(planning)).toEqual({ "Box::a": "no-op", "Thing::t": "no-op" });
    expect(planning.plan.problems).toMatchObject([
      { severity: "error", code: "FOREIGN_RESOURCE", key: "Toy::Box::a" },
    ]);
    expect(planning.plan.problems[0]?.message).toContain('project "other"');
    expect(planning.steps).toEqual([]);
  });

  it("takes a foreign resource over when told to, visibly, with the strangers inside", () => {
    const foreign = haveBox("a", { Size: 1 }, {});
    const planning = plan([wantBox("a", { Size: 1 })], [foreign, haveThing("stranger", foreign)], {
      adopt: ["a"],
    });
    expect(planning.plan.changes).toMatchObject([
      { name: "a", action: "update", adopts: true },
      { name: "stranger", action: "delete" },
    ]);
    expect(planning.plan.problems).toEqual([]);
  });

  it("says so when AWS has two of a name", () => {
    const one = haveBox("a");
    const two: Observed = { ...one, live: { ...one.live, id: "id-a2" } };
    const { plan: made, steps } = plan([wantBox("a")], [one, two]);
    expect(made.problems).toMatchObject([{ severity: "error", code: "SEVERAL_LIVE" }]);
    expect(made.problems[0]?.message).toContain("id-a, id-a2");
    expect(steps.filter(({ operation }) => operation === "delete")).toEqual([]);
  });

  it("deletes the old half of an interrupted replacement and keeps the new one", () => {
    const fresh = haveBox("a");
    const old: Observed = { ...fresh, live: { ...fresh.live, id: "id-old", superseded: true } };
    const { plan: made } = plan([wantBox("a")], [old, fresh]);
    expect(made.changes).toMatchObject([
      { key: "Toy::Box::a", action: "no-op", id: "id-a" },
      { key: "Toy::Box::a#id-old", action: "delete", id: "id-old" },
    ]);
  });

  it("leaves readOnly resources alone and misses them loudly", () => {
    const there = plan([wantBox("a", { Size: 2 }, { readOnly: true })], [haveBox("a", { Size: 1 })]);
    expect(actions(there)).toEqual({ "Box::a": "no-op" });
    const missing = plan([wantBox("a", {}, { readOnly: true })], []);
    expect(missing.plan.problems).toMatchObject([{ code: "READ_ONLY_MISSING", severity: "error" }]);
  });

  it("shows no secret, neither old nor new", () => {
    const planning = plan([wantBox("a", { Token: "new-secret" })], [haveBox("a", { Token: "old-secret" })]);
    const text = JSON.stringify(planning.plan);
    expect(planning.plan.changes[0]?.properties).toMatchObject([
      { path: "Token", before: "(sensitive)", after: "(sensitive)" },
    ]);
    expect(text).not.toContain('secret"');
    expect(text).not.toMatch(/new-secret|old-secret/);
  });

  it("tells drift from a change of this branch", () => {
    const live = [haveBox("a", { Size: 9, Colour: "red" })];
    const { plan: made } = plan([wantBox("a", { Size: 1, Colour: "blue" })], live, {
      base: [wantBox("a", { Size: 1, Colour: "red" })],
    });
    expect(made.problems).toMatchObject([{ severity: "warning", code: "DRIFT", key: "Toy::Box::a" }]);
    expect(made.problems[0]?.message).toContain(": Size");
  });

  it("does not call it drift that a resource lacks an ownership tag it never had", () => {
    const older = haveBox("a", { Size: 1 });
    const { plan: made } = plan([wantBox("a", { Size: 1 })], [older], {
      stack: { ...stack, source: "7/." },
      base: [wantBox("a", { Size: 1 })],
    });
    expect(made.changes[0]?.properties).toMatchObject([{ path: "Tags.gc-source", after: "7/." }]);
    expect(made.problems).toEqual([]);
  });
});

describe("the plan id", () => {
  const id = (resources: DesiredResource[], observed: Observed[], more: Partial<PlanInput> = {}): string =>
    plan(resources, observed, more).plan.id;

  it("is the first 12 hex digits of the digest", () => {
    const { plan: made } = plan([wantBox("a")], []);
    expect(made.id).toMatch(/^[0-9a-f]{12}$/);
    expect(made.digest.startsWith(made.id)).toBe(true);
  });

  it("moves with the spec, with AWS, with a secret, with the purpose, with the engine, and with nothing else", () => {
    const base = id([wantBox("a", { Size: 1 })], [haveBox("a", { Size: 1 })]);
    expect(id([wantBox("a", { Size: 1 })], [haveBox("a", { Size: 1 })])).toBe(base);
    expect(id([wantBox("a", { Size: 2 })], [haveBox("a", { Size: 1 })])).not.toBe(base);
    expect(id([wantBox("a", { Size: 1 })], [haveBox("a", { Size: 2 })])).not.toBe(base);
    expect(id([wantBox("a", { Size: 1, Token: "x" })], [haveBox("a", { Size: 1 })])).not.toBe(base);
    expect(id([wantBox("a", { Size: 1 })], [haveBox("a", { Size: 1 })], { engine: "other" })).not.toBe(base);
    expect(id([], [haveBox("a", { Size: 1 })], { purpose: "destroy" })).not.toBe(base);
    expect(id([wantBox("a", { Size: 1 })], [haveBox("a", { Size: 1 }), haveBox("stranger", {}, {})])).toBe(
      base,
    );
  });
});

describe("the steps of any plan", () => {
  const names = fc.constantFrom("a", "b", "c", "d");
  const world = fc.record({
    want: fc.uniqueArray(fc.record({ name: names, fixed: fc.integer({ min: 1, max: 2 }) }), {
      selector: ({ name }) => name,
    }),
    have: fc.uniqueArray(fc.record({ name: names, fixed: fc.integer({ min: 1, max: 2 }) }), {
      selector: ({ name }) => name,
    }),
  });

  it("can be walked to the end, whatever is wanted and whatever is there", () => {
    fc.assert(
      fc.property(world, ({ want, have }) => {
        const boxes = have.map(({ name, fixed }) => haveBox(name, { Fixed: fixed }));
        const observed = boxes.flatMap((one) => [
          one,
          haveThing(`t-${one.live.name}`, one),
          haveThing(`old-${one.live.name}`, one),
        ]);
        const resources = want.flatMap(({ name, fixed }, index) => [
          wantBox(name, { Fixed: fixed }),
          wantThing(`t-${name}`, name, {}, index === 0 ? undefined : `t-${want[0]?.name}`),
        ]);
        const { steps } = plan(resources, observed);
        const done = new Set<string>();
        let left = [...steps];
        while (left.length > 0) {
          const ready = left.filter(({ waitsFor }) => waitsFor.every((one) => done.has(one)));
          expect(ready.length, `stuck at ${left.map((step) => step.id).join(", ")}`).toBeGreaterThan(0);
          for (const { id } of ready) done.add(id);
          left = left.filter((step) => !done.has(step.id));
        }
      }),
    );
  });
});

describe("a child in a parent that may be somebody else's", () => {
  const shared: Registry = new Map([
    ...toys,
    [
      thing.type,
      {
        ...thing,
        dependencies: { box: { type: "Toy::Box", parent: true, required: true, foreignParent: true } },
      },
    ],
  ]);
  const zone = haveBox("zone", {}, {});
  const readOnlyZone = wantBox("zone", {}, { readOnly: true });
  const inZone = (state: JsonObject, ours: boolean): Observed => ({ ...haveThing("t", zone, state), ours });
  const planned = (wanted: DesiredResource[], observed: Observed[], more: Partial<PlanInput> = {}) =>
    plan(wanted, [zone, ...observed], { registry: shared, ...more });

  it("is created there although the parent is only read", () => {
    expect(actions(planned([readOnlyZone, wantThing("t", "zone")], []))).toMatchObject({
      "Thing::t": "create",
    });
  });

  it("is changed and deleted when the base branch's spec says it is ours", () => {
    const wanted = [readOnlyZone, wantThing("t", "zone", { Size: 2 })];
    expect(actions(planned(wanted, [inZone({ Size: 1 }, true)]))).toMatchObject({ "Thing::t": "update" });
    expect(actions(planned([readOnlyZone], [inZone({ Size: 1 }, true)]))).toMatchObject({
      "Thing::t": "delete",
    });
  });

  it("is never changed or deleted when it is not, unless it is adopted", () => {
    const wanted = [readOnlyZone, wantThing("t", "zone", { Size: 2 })];
    const { plan: refused } = planned(wanted, [inZone({ Size: 1 }, false)]);
    expect(refused.problems.map(({ code }) => code)).toEqual(["FOREIGN_RESOURCE"]);
    expect(actions(planned([readOnlyZone], [inZone({ Size: 1 }, false)]))).toEqual({ "Box::zone": "no-op" });
    const adopted = planned(wanted, [inZone({ Size: 1 }, false)], { adopt: ["t"] });
    expect(actions(adopted)).toMatchObject({ "Thing::t": "update" });
  });

  it("is left alone when it is as wanted, whoever made it", () => {
    const { plan: made } = planned(
      [readOnlyZone, wantThing("t", "zone", { Size: 1 })],
      [inZone({ Size: 1 }, false)],
    );
    expect(made.problems).toEqual([]);
    expect(made.changes.map(({ action }) => action)).toEqual(["no-op", "no-op"]);
  });
});
