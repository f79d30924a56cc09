/** The steps of a plan: what each is, and what it waits for. */
import { describe, expect, it } from "vitest";
import type { Step } from "../../../../src/engine/plan/planning.ts";
import type { StepSource } from "../../../../src/engine/plan/step-sources.ts";
import { buildSteps, waitsByKey } from "../../../../src/engine/plan/steps.ts";
import type { JsonObject } from "../../../../src/model/values.ts";
import type { ResourceType } from "../../../../src/resources/type.ts";
import { boxA, holding, liveOf, registryOf, source, waits } from "./toy-steps.ts";

describe("each change has its steps", () => {
  it.each<[StepSource["action"], string, Partial<StepSource>, string[]]>([
    ["create", "Box", {}, ["create"]],
    ["update", "Box", {}, ["update"]],
    ["delete", "Box", {}, ["delete"]],
    ["delete", "Thing", { withParent: true }, []],
    ["no-op", "Box", {}, []],
    ["replace", "Box", {}, ["delete", "create"]],
    ["replace", "Lamp", {}, ["create", "delete"]],
    ["replace", "Thing", { withParent: true }, ["create"]],
    ["replace", "Unheard", {}, ["delete", "create"]],
  ])("%s of a %s with %j: %j", (action, type, more, expected) => {
    const steps = buildSteps([source(`${type} a`, action, more)], registryOf());
    expect(steps.map(({ operation }) => operation)).toEqual(expected);
  });

  it("with what it is about, and what AWS has unless it is to be made", () => {
    const steps = buildSteps([source("Box a", "replace", { live: boxA })], registryOf());
    const about = { key: "Toy::Box::a", type: "Toy::Box", name: "a" };
    expect(steps).toEqual([
      { id: "delete Toy::Box::a", operation: "delete", ...about, live: boxA, waitsFor: [] },
      { id: "create Toy::Box::a", operation: "create", ...about, waitsFor: ["delete Toy::Box::a"] },
    ] satisfies Step[]);
  });
});

describe("what is made or changed waits", () => {
  it("for what it refers to to be made and changed, and for nothing that stays or leaves", () => {
    const edges = ["a", "b", "c", "d", "z"].map((name) => `Toy::Box::${name}`);
    const sources = [
      source("User u", "create", { edges }),
      source("Box a", "create"),
      source("Box b", "update"),
      source("Box c", "no-op"),
      source("Box d", "delete"),
    ];
    expect(waits(sources)["create User u"]).toEqual(["create Box a", "update Box b"]);
    expect(waits([source("Box a", "update", { edges: ["Toy::Box::a"] })])).toEqual({ "update Box a": [] });
  });

  it("for all that it serves, which leaves too", () => {
    const after = ["a", "b", "c", "z"].map((name) => `Toy::Box::${name}`);
    const sources = [
      source("User u", "update", { after }),
      source("Box a", "create"),
      source("Box b", "update"),
      source("Box c", "delete"),
    ];
    expect(waits(sources)["update User u"]).toEqual(["create Box a", "delete Box c", "update Box b"]);
  });

  it("for the deletion of what it replaces only where two cannot exist at once", () => {
    expect(waits([source("Box a", "replace")])).toEqual({
      "delete Box a": [],
      "create Box a": ["delete Box a"],
    });
    expect(waits([source("Lamp a", "replace")])).toEqual({
      "delete Lamp a": ["create Lamp a"],
      "create Lamp a": [],
    });
    expect(waits([source("Box a", "replace", { withParent: true })])).toEqual({ "create Box a": [] });
  });

  it("only until what waits for it in turn is made", () => {
    const dependencies = { box: { type: "Toy::Box", makesReady: true }, lamp: { type: "Toy::Lamp" } };
    const sources = [
      source("User u", "create", { edges: ["Toy::Box::a", "Toy::Box::b", "Toy::Box::c", "Toy::Lamp::a"] }),
      source("Box a", "create"),
      source("Box b", "update"),
      source("Lamp a", "create"),
    ];
    const made = (more: Readonly<Record<string, Partial<ResourceType>>>) =>
      buildSteps(sources, registryOf(more)).map(({ makesReady }) => makesReady);
    expect(made({ User: { dependencies } })).toEqual([
      ["create Toy::Box::a", "update Toy::Box::b"],
      undefined,
      undefined,
      undefined,
    ]);
    expect(made({})).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe("a deletion waits", () => {
  const leaving = source("Box a", "delete", { live: boxA });
  const using = (more: Partial<StepSource> = {}) => source("User u", "update", { live: holding, ...more });

  it("for whoever holds its id to let go, and for nobody else", () => {
    expect(waits([leaving, using()])["delete Box a"]).toEqual(["update User u"]);
    expect(waits([leaving, using({ action: "delete" })])["delete Box a"]).toEqual(["delete User u"]);
    expect(
      waits([leaving, using({ live: liveOf("User", "user-u", { Uses: ["box-b"] }) })])["delete Box a"],
    ).toEqual([]);
    expect(waits([leaving, using({ action: "create", live: undefined })])["delete Box a"]).toEqual([]);
    expect(waits([source("Box a", "delete"), using()])["delete Box a"]).toEqual([]);
  });

  it("for no type that cannot use it, whatever text it holds", () => {
    const other = source("Thing t", "update", { live: liveOf("Thing", "t", { Text: "lamp-a" }) });
    const lampA = source("Lamp a", "delete", { live: liveOf("Lamp", "lamp-a") });
    expect(waits([lampA, other])["delete Lamp a"]).toEqual([]);
    const ordered = using({ live: liveOf("User", "user-u", { Text: "lamp-a" }) });
    expect(waits([lampA, ordered])["delete Lamp a"]).toEqual([]);
    expect(
      waits([leaving, { ...using(), key: "Toy::Unheard::u", type: "Toy::Unheard" }])["delete Box a"],
    ).toEqual([]);
  });

  it("also where a type is no longer known", () => {
    const unheard = source("Unheard x", "delete", { live: boxA });
    expect(waits([unheard, using()])["delete Unheard x"]).toEqual([]);
    const dependencies = { unheard: { type: "Toy::Unheard" } };
    expect(waits([unheard, using()], { User: { dependencies } })["delete Unheard x"]).toEqual([
      "update User u",
    ]);
    const made = [source("Unheard y", "create", { edges: ["Toy::Box::b"] }), source("Box b", "create")];
    expect(waits(made)["create Unheard y"]).toEqual(["create Box b"]);
  });

  it("for its dependants to move to the one made instead", () => {
    const lampA = source("Lamp a", "replace", { live: liveOf("Lamp", "lamp-a") });
    const moving = using({ edges: ["Toy::Lamp::a"], live: liveOf("User", "user-u", { Lamp: "lamp-a" }) });
    const dependencies = { lamp: { type: "Toy::Lamp" } };
    expect(waits([lampA, moving], { User: { dependencies } })).toEqual({
      "create Lamp a": [],
      "update User u": ["create Lamp a"],
      "delete Lamp a": ["create Lamp a", "update User u"],
    });
  });

  it("not where that would make a circle: who holds it waits for it to be made again", () => {
    const moving = using({ edges: ["Toy::Box::a"] });
    expect(waits([{ ...leaving, action: "replace" }, moving])).toEqual({
      "delete Box a": [],
      "create Box a": ["delete Box a"],
      "update User u": ["create Box a"],
    });
  });

  it("rather for who lets go than for another deletion, where both would make a circle", () => {
    const sources = [
      source("User a", "delete", { live: liveOf("User", "user-a", { Uses: "box-b" }) }),
      source("Box b", "delete", { live: liveOf("Box", "box-b") }),
      source("Thing t", "update", {
        live: liveOf("Thing", "thing-t", { Uses: "user-a" }),
        after: ["Toy::Box::b"],
      }),
    ];
    expect(waits(sources, { Thing: { dependencies: { user: { type: "Toy::User" } } } })).toEqual({
      "delete User a": ["update Thing t"],
      "delete Box b": [],
      "update Thing t": ["delete Box b"],
    });
    expect(
      waits(sources.toReversed(), { Thing: { dependencies: { user: { type: "Toy::User" } } } }),
    ).toMatchObject({
      "delete User a": ["update Thing t"],
      "delete Box b": [],
    });
  });

  it("not for itself, although it holds its own id", () => {
    const self = source("Thing t", "delete", { live: liveOf("Thing", "thing-t", { Peer: "thing-t" }) });
    expect(waits([self])).toEqual({ "delete Thing t": [] });
  });

  it("is found out at once also where very many ways lead to the same step", () => {
    const layer = (depth: number) => [0, 1].map((side) => `Toy::User::${depth}-${side}`);
    const sources = Array.from({ length: 40 }, (_, depth) =>
      [0, 1].map((side) =>
        source(`User ${depth}-${side}`, "update", {
          edges: depth === 0 ? [] : layer(depth - 1),
          live: holding,
        }),
      ),
    ).flat();
    expect(waits([leaving, ...sources])["delete Box a"]).toHaveLength(80);
  });

  it("of two that hold each other, for the other once", () => {
    const things = [
      source("Thing s", "delete", { live: liveOf("Thing", "thing-s", { Peer: "thing-t" }) }),
      source("Thing t", "delete", { live: liveOf("Thing", "thing-t", { Peer: "thing-s" }) }),
    ];
    expect(waits(things)).toEqual({ "delete Thing s": ["delete Thing t"], "delete Thing t": [] });
  });

  it("for those that type says go first, although they are what it depends on", () => {
    const sources = [
      using({ action: "delete", live: liveOf("User", "user-u", { Uses: "box-a" }) }),
      source("Box a", "delete", { live: boxA }),
      source("Lamp l", "delete", { live: liveOf("Lamp", "lamp-l") }),
    ];
    const rules = { User: { deletedAfter: ["Toy::Box"] } };
    for (const some of [sources, sources.toReversed()])
      expect(waits(some, rules)).toEqual({
        "delete User u": ["delete Box a"],
        "delete Box a": [],
        "delete Lamp l": [],
      });
  });

  it("for those that name it otherwise than by its id", () => {
    const namedBy: ResourceType["namedBy"] = ({ name }, { state }) => state.BoxName === name;
    const theBox = source("Box a", "delete", { live: { ...boxA, name: "the box" } });
    const byName = using({ live: liveOf("User", "user-u", { BoxName: "the box" }) });
    expect(waits([theBox, byName], { Box: { namedBy } })["delete Box a"]).toEqual(["update User u"]);
    expect(waits([theBox, byName])["delete Box a"]).toEqual([]);
    expect(waits([theBox, using()], { Box: { namedBy } })["delete Box a"]).toEqual(["update User u"]);
    expect(waits([theBox, { ...byName, live: undefined }], { Box: { namedBy } })["delete Box a"]).toEqual([]);
    expect(waits([source("Box a", "delete"), byName], { Box: { namedBy } })["delete Box a"]).toEqual([]);
  });

  it("for nobody under another parent of the same type", () => {
    const inBox = (id: string, parentId: string | undefined, state: JsonObject = {}) =>
      liveOf("Thing", id, state, parentId);
    const deleted = (parentId: string | undefined) =>
      source("Thing t", "delete", { live: inBox("thing-t", parentId) });
    const holder = (parentId: string | undefined) =>
      source("Thing s", "update", { live: inBox("thing-s", parentId, { Peer: "thing-t" }) });
    for (const [one, other, waiting] of [
      ["1", "1", true],
      ["1", "2", false],
      [undefined, "2", true],
      ["1", undefined, true],
    ] as const)
      expect(waits([deleted(one), holder(other)])["delete Thing t"]).toEqual(
        waiting ? ["update Thing s"] : [],
      );
    const outside = using({ live: liveOf("User", "user-u", { Uses: "thing-t" }, "2") });
    expect(waits([deleted("1"), outside])["delete Thing t"]).toEqual(["update User u"]);
  });
});

describe("a parent that AWS does not delete with its children in it", () => {
  const dependencies = { box: { type: "Toy::Box", parent: true, deletedFirst: true } } as const;
  const rules = { Thing: { dependencies } };
  const inA = (action: StepSource["action"], parentId = "box-a") =>
    source("Thing t", action, { live: liveOf("Thing", "thing-t", {}, parentId) });
  const leaving = source("Box a", "delete", { live: boxA });

  it("waits for each to be deleted, in its own step", () => {
    expect(waits([leaving, inA("delete")], rules)["delete Box a"]).toEqual(["delete Thing t"]);
    expect(waits([leaving, inA("replace")], rules)["delete Box a"]).toEqual(["delete Thing t"]);
    expect(waits([leaving, inA("delete", "box-b")], rules)["delete Box a"]).toEqual([]);
    expect(waits([leaving, inA("delete")])["delete Box a"]).toEqual([]);
    expect(waits([leaving, source("Thing t", "create")], rules)["delete Box a"]).toEqual([]);
    expect(waits([source("Box a", "delete"), inA("delete")], rules)["delete Box a"]).toEqual([]);
  });

  it("does not wait for those without a parent", () => {
    const stray = source("Thing t", "delete", { live: liveOf("Thing", "thing-t") });
    expect(waits([source("Box a", "delete"), stray], rules)["delete Box a"]).toEqual([]);
  });
});

it("keys wait for the keys whose steps theirs wait for, once each, not for themselves", () => {
  const sources = [
    source("Box b", "replace"),
    source("Box a", "update"),
    source("User u", "replace", { edges: ["Toy::Box::b", "Toy::Box::a"] }),
    source("Box c", "no-op"),
  ];
  const stray: Step = { id: "x", operation: "update", key: "x", type: "x", name: "x", waitsFor: ["gone"] };
  expect([...waitsByKey([...buildSteps(sources, registryOf()), stray])]).toEqual([
    ["Toy::Box::b", []],
    ["Toy::Box::a", []],
    ["Toy::User::u", ["Toy::Box::a", "Toy::Box::b"]],
    ["x", []],
  ]);
});

it("of what is made before its user and deleted after it, only the user's key waits", () => {
  const sources = [
    source("Box a", "replace", { live: boxA }),
    source("User u", "update", { edges: ["Toy::Box::a"], live: holding }),
    source("User gone", "delete", { live: holding }),
  ];
  const steps = buildSteps(sources, registryOf({ Box: { replaceOrder: "create-first" } }));
  const end = steps.find(({ id }) => id === "delete Toy::Box::a");
  expect(end?.waitsFor).toContain("update Toy::User::u");
  expect(Object.fromEntries(waitsByKey(steps))).toEqual({
    "Toy::Box::a": ["Toy::User::gone"],
    "Toy::User::u": ["Toy::Box::a"],
    "Toy::User::gone": [],
  });
});

it("keys wait for each other in no circle, however many stand in it", () => {
  const step = (operation: Step["operation"], key: string, waitsFor: readonly string[] = []): Step => ({
    id: `${operation} ${key}`,
    operation,
    key,
    type: "Toy::Box",
    name: key,
    waitsFor,
  });
  // `a` and `b` are made anew: `user` takes the new `a`, the old `a` goes after the old `b`, and that after the old one of `user`.
  const steps = [
    step("create", "a"),
    step("create", "b"),
    step("update", "user", ["create a"]),
    step("delete", "b", ["update user"]),
    step("delete", "a", ["delete b"]),
    step("delete", "left", ["delete a"]),
  ];
  expect(Object.fromEntries(waitsByKey(steps))).toEqual({
    a: [],
    b: ["user"],
    left: ["a"],
    user: ["a"],
  });
});
