/** What a change says besides its action: reasons, consequences, losses, sizes, places. */
import { describe, expect, it } from "vitest";
import type { Observed } from "../../../../src/engine/read/observed.ts";
import { a, anew, at, bigger, changeOf, type More, plan, problemsOf, same, type Types } from "./toy-plans.ts";
import { haveBox, haveIn, haveThing, wantBox, wantIn, wantThing } from "./toy-types.ts";

describe("a change", () => {
  it("is whole where there is nothing to add", () => {
    expect(plan([wantBox("b")], [], { types: { Box: { taggable: false } } }).changes).toStrictEqual([
      { key: "Toy::Box::b", type: "Toy::Box", name: "b", action: "create", properties: [], after: [] },
    ]);
    expect(changeOf("a", [same], [a])).toStrictEqual({
      key: "Toy::Box::a",
      type: "Toy::Box",
      name: "a",
      action: "no-op",
      id: "id-a",
      properties: [],
      after: [],
    });
  });

  it("of what is replaced has its reason, consequence, loss and place", () => {
    const types = { Box: { protected: "its items" } };
    expect(changeOf("a", [anew], [a], { types })).toMatchObject({
      id: "id-a",
      reason: { kind: "create-only", path: "Fixed" },
      consequence: "a is gone",
      protection: { loses: "its items", allowed: false },
      at,
    });
    expect(changeOf("a", [bigger], [a], { types })).not.toHaveProperty("consequence");
    expect(changeOf("a", [bigger], [a], { types })).not.toHaveProperty("protection");
    expect(changeOf("a", [bigger], [a], { types })).not.toHaveProperty("reason");
    expect(
      changeOf("a", [anew], [a], { types: { Box: { consequence: () => undefined } } }),
    ).not.toHaveProperty("consequence");
  });

  it("of what is somebody else's does not show its id", () => {
    expect(changeOf("a", [same], [haveBox("a", {}, {})])).not.toHaveProperty("id");
  });

  it("tells what AWS sets by itself only when it is made", () => {
    const types = { Box: { preset: ["Size", "Fixed"], desiredState: () => ({ Size: 3, Fixed: 1 }) } };
    const byDefault = (observed: Observed[]) =>
      changeOf("a", [wantBox("a", { Fixed: 1 })], observed, { types })?.properties.flatMap((one) =>
        one.byDefault === true ? [one.path] : [],
      );
    expect(byDefault([])).toEqual(["Size"]);
    expect(byDefault([a])).toEqual([]);
  });

  it("tells where built code comes from, and how large it is, where it changes", () => {
    const origin = { artifact: "orders", from: "run 57 of build.yml", bytes: 12 };
    const code = { sha256: "new", bytes: new Uint8Array(12), files: 2, origin };
    const types: Types = { Box: { desiredState: ({ codeSha256 }) => ({ CodeSha256: codeSha256 ?? null }) } };
    const change = (sha: string | undefined, more = {}) =>
      changeOf(
        "a",
        [wantBox("a", {}, { code: { ...code, ...more } })],
        sha === undefined ? [] : [haveBox("a", { CodeSha256: sha })],
        { types: { Box: { ...types.Box, unordered: [], writeOnly: ["Tags"] } } },
      );
    expect(change(undefined)).toMatchObject({ code: origin, codeSize: { after: 12, files: 2 } });
    expect(change("old")).toMatchObject({ action: "update", code: origin });
    expect(change("new")).toMatchObject({ action: "no-op" });
    expect(change("new")).not.toHaveProperty("code");
    expect(change("old", { origin: undefined })).not.toHaveProperty("code");
  });

  it("that only deploys again says so", () => {
    const types = { Release: { createOnly: ["Served"] } };
    const resources = [same, wantThing("t", "a"), wantIn("Release", "r", "Box::a")];
    const observed = [a, haveThing("t", a), haveIn("Release", "r", a, { Served: "older" })];
    expect(changeOf("r", resources, observed, { types })).toMatchObject({
      action: "replace",
      redeploy: true,
    });
    expect(changeOf("t", resources, observed, { types })).not.toHaveProperty("redeploy");
  });
});

describe("a deletion", () => {
  const child = haveThing("t", a);

  it.each<[string, Observed, More, string]>([
    ["what the spec no longer has", a, {}, "not-in-spec"],
    ["the whole stack", a, { purpose: "destroy" }, "destroyed"],
    [
      "the old half of a replacement",
      { ...a, live: { ...a.live, superseded: true } },
      { purpose: "destroy" },
      "superseded",
    ],
  ])("of %s says so, what breaks, and what is lost", (_what, observed, more, kind) => {
    const types = { Box: { protected: "its items" } };
    expect(plan([], [observed], { ...more, types }).changes).toStrictEqual([
      {
        key: "Toy::Box::a",
        type: "Toy::Box",
        name: "a",
        action: "delete",
        id: "id-a",
        properties: [],
        reason: { kind },
        consequence: "a is gone",
        protection: { loses: "its items", allowed: false },
        after: [],
      },
    ]);
  });

  it("with its parent waits for that, and breaks nothing besides", () => {
    for (const resources of [[], [anew]])
      expect(changeOf("t", resources, [a, child])).toStrictEqual({
        key: "Toy::Thing::t",
        type: "Toy::Thing",
        name: "t",
        action: "delete",
        id: "id-t",
        properties: [],
        reason: { kind: "not-in-spec" },
        withParent: true,
        after: ["Toy::Box::a"],
      });
    expect(changeOf("t", [same], [a, child])).not.toHaveProperty("withParent");
    expect(changeOf("t", [bigger], [a, child])?.after).toEqual([]);
  });

  it("waits for those that let go of it", () => {
    const user = haveThing("user", haveBox("b"), { Peer: "id-t" });
    const resources = [same, wantBox("b"), wantThing("user", "b")];
    expect(changeOf("t", resources, [a, child, haveBox("b"), user])).toMatchObject({
      action: "delete",
      after: [],
    });
    const [b, other] = [haveBox("b"), haveThing("x", a, { Peer: "id-t" })];
    expect(changeOf("t", [same, wantThing("x", "a")], [a, b, child, other])?.after).toEqual([
      "Toy::Thing::x",
    ]);
  });

  it("has a key of its own, in one order, however AWS lists what has one name", () => {
    const some = ["2", "3", "1"].map((id): Observed => ({ ...a, live: { ...a.live, id } }));
    const observed = [haveBox("z"), ...some, haveThing("y", haveBox("z"))];
    const keys = ["Toy::Box::a", "Toy::Box::a#2", "Toy::Box::a#3", "Toy::Box::z", "Toy::Thing::y"];
    for (const one of [observed, observed.toReversed()]) {
      const { changes } = plan([], one);
      expect(changes.map(({ key }) => key)).toEqual(keys);
      expect(changes.map(({ id }) => id).slice(0, 3)).toEqual(["1", "2", "3"]);
    }
  });

  it("that is not protected or allowed is no problem; one that is names what", () => {
    const types = { Box: { protected: "its items" } };
    expect(problemsOf([], [a])).toEqual([]);
    expect(problemsOf([], [a], { types, allowDeletion: ["a"] })).toEqual([]);
    const [problem] = plan([], [a], { types }).problems;
    expect(problem?.message).toBe("Toy::Box::a (id-a) would be deleted, which loses its items");
  });
});
