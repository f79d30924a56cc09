/** What is served has a digest, and a deployment is made again when it moves. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision } from "../../../../src/engine/plan/decision.ts";
import { changesWhatIsServed, servedDigest } from "../../../../src/engine/plan/served.ts";
import type { Live, PropertyChange } from "../../../../src/resources/type.ts";
import type { Serves } from "../../../../src/spec/type-rules.ts";
import { box, wantBox } from "./toy-types.ts";

const serves: Serves = {
  property: "Served",
  types: ["Toy::Thing"],
  ignores: ["Tags", "Name"],
  needs: "Toy::Thing",
  callers: "stage",
};
const parent: Live = {
  type: "Toy::Box",
  name: "a",
  id: "id-a",
  state: { Size: 1, Name: "a", Tags: { x: "y" } },
  attributes: {},
};
const child = (id: string, more: Partial<Live> = {}): Live => ({
  type: "Toy::Thing",
  name: id,
  id,
  state: { Size: 1 },
  attributes: {},
  ...more,
});
const children = [child("1"), child("2"), child("1", { type: "Toy::Other" })];
const digest = servedDigest(serves, parent, children);

describe("the digest of what is served", () => {
  it("is 16 hex digits", () => {
    expect(digest).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each<[string, Live, Live[]]>([
    ["the parent's id", { ...parent, id: "id-b" }, children],
    ["a property of the parent", { ...parent, state: { ...parent.state, Size: 2 } }, children],
    ["a child less", parent, children.slice(1)],
    ["the id of a child", parent, [child("3"), ...children.slice(1)]],
    ["the type of a child", parent, [child("1", { type: "Toy::Else" }), ...children.slice(1)]],
    ["a property of a child", parent, [child("1", { state: { Size: 2 } }), ...children.slice(1)]],
  ])("moves with %s", (_what, one, some) => {
    expect(servedDigest(serves, one, some)).not.toBe(digest);
  });

  it.each<[string, Live, Live[]]>([
    ["what is not served of the parent", { ...parent, state: { Size: 1, Name: "b", Tags: {} } }, children],
    ["the name of a child", parent, [child("1", { name: "x" }), ...children.slice(1)]],
    ["what AWS derives", { ...parent, attributes: { Arn: "x" } }, children],
  ])("does not move with %s", (_what, one, some) => {
    expect(servedDigest(serves, one, some)).toBe(digest);
  });

  it("does not depend on the order in which AWS lists the children", () => {
    const orders = fc.sample(fc.shuffledSubarray(children, { minLength: 3 }), 20);
    expect(new Set(orders.map((some) => servedDigest(serves, parent, some)))).toEqual(new Set([digest]));
  });
});

describe("a change of the parent", () => {
  const decided = (action: Decision["action"], ...paths: string[]): Decision => ({
    resource: wantBox("a"),
    type: box,
    action,
    state: {},
    adopts: false,
    changes: paths.map((path): PropertyChange => ({ path, replaces: false, sensitive: false })),
  });

  it.each<[string, Decision, boolean]>([
    ["that does nothing", decided("no-op", "Size"), false],
    ["that makes it", decided("create"), true],
    ["that makes it again", decided("replace", "Name"), true],
    ["of a served property", decided("update", "Size"), true],
    ["of what is not served", decided("update", "Name", "Tags.gc-stage"), false],
    ["of an element of what is not served", decided("update", "Tags[0].Key"), false],
    ["of a served property among others", decided("update", "Name", "Size"), true],
    ["of a property whose name only begins so", decided("update", "Names"), true],
  ])("%s: %#", (_what, decision, expected) => {
    expect(changesWhatIsServed(decision, serves)).toBe(expected);
  });
});
