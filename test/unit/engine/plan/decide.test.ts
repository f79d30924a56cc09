/** What is decided on each desired resource: whom it is paired with, what it may refer to, and what is left over. */
import { describe, expect, it } from "vitest";
import { decide, type DecideInput } from "../../../../src/engine/plan/decide.ts";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import { GatewrightError } from "../../../../src/model/errors.ts";
import type { JsonValue } from "../../../../src/model/values.ts";
import type { ResourceType } from "../../../../src/resources/type.ts";
import type { DesiredResource } from "../../../../src/spec/types.ts";
import {
  box,
  haveBox,
  haveIn,
  haveThing,
  stack,
  thing,
  toys,
  wantBox,
  wantIn,
  wantThing,
} from "./toy-types.ts";
import { registryOf, type Types } from "./toy-plans.ts";

function decided(
  resources: readonly DesiredResource[],
  observed: readonly Observed[],
  { types = {}, ...more }: Partial<DecideInput> & { types?: Types } = {},
) {
  const nothing = { adopt: new Set<string>(), allowDeletion: new Set<string>() };
  const made = decide({ stack, registry: registryOf(types), resources, observed, ...nothing, ...more });
  return {
    of: (name: string) => [...made.byKey.values()].find(({ resource }) => resource.name === name),
    codes: made.problems.map(({ code, key }) => [code, key]),
    leftovers: made.leftovers.map(({ live }) => live.id),
  };
}

const ref = (name: string, path: string, type = "Toy::Box"): JsonValue => ({
  $template: [{ ref: { type, name, path, suffix: "" } }],
});
const shared: Types = {
  Thing: { dependencies: { box: { type: "Toy::Box", parent: true, foreignParent: true } } },
};
const theirs = haveBox("zone", {}, {});
const readZone = wantBox("zone", {}, { readOnly: true });

describe("what is only read", () => {
  it("stays as it is, whatever differs, and is not left over", () => {
    const made = decided([wantBox("a", { Size: 2 }, { readOnly: true })], [haveBox("a", { Size: 1 })]);
    expect(made.of("a")).toMatchObject({ action: "no-op", changes: [], reason: { kind: "read-only" } });
    expect([made.codes, made.leftovers]).toEqual([[], []]);
  });

  it("is missed where it is not there", () => {
    const made = decided([wantBox("a", {}, { readOnly: true })], []);
    expect(made.of("a")).toMatchObject({ action: "no-op", changes: [], reason: { kind: "read-only" } });
    expect(made.codes).toEqual([["READ_ONLY_MISSING", "Toy::Box::a"]]);
  });

  it("gets no child, unless it is ours", () => {
    const made = decided([readZone, wantThing("t", "zone")], [theirs]);
    expect(made.of("t")).toMatchObject({ action: "no-op", reason: { kind: "read-only" } });
    expect(made.codes).toEqual([["READ_ONLY_PARENT", "Toy::Thing::t"]]);
    expect(decided([readZone, wantThing("t", "zone")], [haveBox("zone")]).of("t")?.action).toBe("create");
  });
});

describe("what is somebody else's", () => {
  it("is an error also where it is as wanted, because nothing says that it is meant", () => {
    const made = decided([wantBox("zone")], [theirs], { types: { Box: { taggable: false } } });
    expect(made.of("zone")).toMatchObject({ action: "no-op", changes: [], reason: { kind: "foreign" } });
    expect(made.codes).toEqual([["FOREIGN_RESOURCE", "Toy::Box::zone"]]);
  });

  it("keeps its children, and so does what is only read", () => {
    const stranger = haveThing("s", theirs);
    expect(decided([wantBox("zone")], [theirs, stranger]).leftovers).toEqual([]);
    expect(decided([readZone], [theirs, stranger]).leftovers).toEqual([]);
  });

  it.each(["zone", "Toy::Box::zone"])(
    "is taken over by its name or key (%s), with all that is inside",
    (name) => {
      const inside = haveThing("s", theirs);
      const managed = { ...haveThing("m", theirs), ours: false };
      const made = decided(
        [wantBox("zone")],
        [
          theirs,
          inside,
          haveIn("Part", "p", inside),
          { ...managed, live: { ...managed.live, managed: true } },
        ],
        { adopt: new Set([name]) },
      );
      expect(made.of("zone")).toMatchObject({ action: "update", adopts: true });
      expect([made.codes, made.leftovers]).toEqual([[], ["id-s", "id-p"]]);
    },
  );

  it("is not taken over by another name", () => {
    expect(decided([wantBox("zone")], [theirs], { adopt: new Set(["a"]) }).of("zone")?.adopts).toBe(false);
  });

  it("matters in a shared parent only by its name, without case where AWS knows none", () => {
    const record = { ...haveThing("T", theirs, { Size: 1 }), ours: false };
    const want = [readZone, wantThing("t", "zone", { Size: 2 })];
    expect(decided(want, [theirs, record], { types: shared }).of("t")?.action).toBe("create");
    const caseless = { Thing: { ...shared.Thing, caselessName: true } };
    const made = decided(want, [theirs, record], { types: caseless });
    expect([made.of("t")?.action, made.codes]).toEqual(["no-op", [["FOREIGN_RESOURCE", "Toy::Thing::t"]]]);
  });

  it("stays in a shared parent of ours too", () => {
    const zone = haveBox("zone");
    const record = { ...haveThing("t", zone), ours: false };
    expect(decided([wantBox("zone")], [zone, record], { types: shared }).leftovers).toEqual([]);
    expect(decided([wantBox("zone")], [zone, record]).leftovers).toEqual(["id-t"]);
  });
});

describe("resources are paired", () => {
  it("with those of their type", () => {
    const lamp = { ...box, type: "Toy::Lamp" };
    const registry = new Map([...toys, [lamp.type, lamp]]);
    const other = haveBox("a");
    const made = decided([wantBox("a")], [{ ...other, live: { ...other.live, type: "Toy::Lamp" } }], {
      registry,
    });
    expect([made.of("a")?.action, made.leftovers]).toEqual(["create", ["id-a"]]);
  });

  it("with those in their parent", () => {
    const [a, b] = [haveBox("a"), haveBox("b")];
    const made = decided([wantBox("a"), wantBox("b"), wantThing("t", "a")], [a, b, haveThing("t", b)]);
    expect([made.of("t")?.action, made.leftovers]).toEqual(["create", ["id-t"]]);
    expect(decided([wantBox("new"), wantThing("t", "new")], [haveThing("t", b)]).of("t")?.action).toBe(
      "create",
    );
  });

  it("not at all where several have the name, which is said once, and none of them goes", () => {
    const one = haveBox("a");
    const two = { ...one, live: { ...one.live, id: "id-a2" } };
    const made = decided([wantBox("a"), wantBox("b"), wantBox("c")], [one, two, haveBox("b")]);
    expect([made.codes, made.leftovers]).toEqual([[["SEVERAL_LIVE", "Toy::Box::a"]], []]);
    expect(["a", "b", "c"].map((name) => made.of(name)?.action)).toEqual(["create", "no-op", "create"]);
  });

  const [a, b] = [haveBox("a"), haveBox("b")];
  const wanted = [
    wantBox("a"),
    wantBox("b"),
    wantIn("Part", "z", "Box::a"),
    wantThing("t", "a", { Size: 1 }),
    wantThing("u", "b"),
  ];
  const live = [a, b, haveThing("x", a, { Size: 1 }), haveThing("y", b), haveIn("Part", "z", a)];

  it("by the type itself, which sees the states of all in the parent and no others, once", () => {
    const seen: unknown[] = [];
    const pair: ResourceType["pair"] = (desired, some) => {
      seen.push([desired.map(({ name, state }) => [name, state]), some.map(({ name }) => name)]);
      return new Map(
        desired.flatMap((one, index) => (some[index] === undefined ? [] : [[one, some[index]]])),
      );
    };
    const made = decided([...wanted, wantThing("t2", "a")], live, { types: { Thing: { pair } } });
    expect(made.of("t")?.observed?.live.id).toBe("id-x");
    expect(seen).toEqual([
      [
        [
          ["t", { Size: 1 }],
          ["t2", {}],
        ],
        ["x"],
      ],
      [[["u", {}]], ["y"]],
    ]);
  });

  it("by the type itself, which sees strangers in a shared parent only if it knows for certain", () => {
    const names: string[][] = [];
    const pair: ResourceType["pair"] = (_, some) => {
      names.push(some.map(({ name }) => name));
      return new Map();
    };
    const strangers = [
      theirs,
      { ...haveThing("t", theirs), ours: false },
      { ...haveThing("x", theirs), ours: false },
    ];
    for (const pairsSame of [false, true])
      decided([readZone, wantThing("t", "zone")], strangers, {
        types: { Thing: { ...shared.Thing, pair, pairsSame } },
      });
    expect(names).toEqual([["t"], ["t", "x"]]);
  });
});

describe("what refers to another has", () => {
  const reading = (
    path: string,
    changed: Partial<DesiredResource>,
    types: Types = {},
    observed = [haveBox("a", { Size: 1 })],
  ) =>
    decided([wantBox("a", { Size: 1 }, changed), wantBox("user", { Arn: ref("a", path) })], observed, {
      types,
    }).of("user")?.state.Arn;

  it("its attributes while it stays or is changed", () => {
    expect(reading("live.Arn", {})).toBe("arn:a");
    expect(reading("live.Arn", { properties: { Size: 2 } })).toBe("arn:a");
  });

  it("what is known after apply of an attribute that the change makes or changes", () => {
    const types: Types = { Box: { changesAttributes: (changes) => changes.map(() => "Arn") } };
    const unknown = (name: string) => ({ $unknown: `Toy::Box::a ${name}` });
    expect(reading("live.Arn", { properties: { Size: 2 } }, types)).toEqual(unknown("Arn"));
    expect(reading("live.Arn", {}, types)).toBe("arn:a");
    expect(reading("live.Url", { properties: { Size: 2 } })).toEqual(unknown("Url"));
    expect(() => reading("live.Url", {})).toThrow('Toy::Box::a has no attribute "Url"');
  });

  it("what is certain while it is to be made, and nothing of what is made again", () => {
    expect(reading("live.Arn", {}, {}, [])).toBe("arn:a");
    expect(reading("id", {}, {}, [])).toEqual({ $unknown: "Toy::Box::a id" });
    expect(reading("live.Arn", { properties: { Fixed: 2 } })).toEqual({ $unknown: "Toy::Box::a Arn" });
    const user = wantBox("user", { Arn: ref("t", "live.Arn", "Toy::Thing") });
    expect(decided([wantBox("a"), wantThing("t", "a"), user], []).of("user")?.state.Arn).toEqual({
      $unknown: "Toy::Thing::t Arn",
    });
  });

  it("an error for what is not in the stack, and for a type that there is not", () => {
    const codeOf = (make: () => unknown) => {
      try {
        return make();
      } catch (error) {
        return error instanceof GatewrightError ? [error.code, error.message, error.at] : error;
      }
    };
    expect(codeOf(() => decided([wantBox("a", { A: ref("z", "id") })], []))).toEqual([
      "INTERNAL_UNKNOWN_DEPENDENCY",
      "Toy::Box::z is not in the stack",
      undefined,
    ]);
    const at = { file: "resources.js", line: 1 };
    expect(codeOf(() => decided([{ ...wantIn("Unheard", "a", "Box::a"), at }], []))).toEqual([
      "TYPE_UNKNOWN",
      "Toy::Unheard is not a known type",
      at,
    ]);
  });
});

it("a type that asks is told what it uses, without a live one of what is made again", () => {
  const told: unknown[] = [];
  const renews: ResourceType["renews"] = (_, used) => {
    told.push(used.map(({ type, live }) => [type, live?.id]));
    return [{ path: "Peer", before: "x", after: "x" }];
  };
  const [a, b] = [haveBox("a"), haveBox("b", { Fixed: 1 })];
  const resources = [
    wantBox("a"),
    wantBox("b", { Fixed: 2 }),
    wantBox("c"),
    { ...wantThing("t", "a"), edges: ["Toy::Box::a", "Toy::Box::b", "Toy::Box::c", "gone"] },
  ];
  const made = decided(resources, [a, b, haveThing("t", a)], { types: { Thing: { ...thing, renews } } });
  expect(told).toEqual([
    [
      ["Toy::Box", "id-a"],
      ["Toy::Box", undefined],
      ["Toy::Box", undefined],
    ],
  ]);
  expect(made.of("t")).toMatchObject({ action: "update", reason: { kind: "renewed", path: "Peer" } });
});
