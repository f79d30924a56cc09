import { describe, expect, it } from "vitest";
import { isBelow, isLiveBelow } from "../../../../src/engine/read/below.ts";
import { haveBox, haveThing } from "../plan/toy-types.ts";

describe("what the spec says is inside", () => {
  const inBox = { parent: "box" };
  const inThing = { parent: "thing" };
  const byKey = new Map<string, { readonly parent?: string }>([
    ["box", {}],
    ["thing", inBox],
    ["part", inThing],
  ]);

  it.each([
    ["a child", inBox, "box", true],
    ["a child's child", inThing, "box", true],
    ["a child's child's child", { parent: "part" }, "box", true],
    ["the child of another", inBox, "other", false],
    ["what has no parent", {}, "box", false],
    ["what has no parent, of nothing", {}, undefined, false],
    ["a child, of nothing", inBox, undefined, false],
    ["the child of what the spec does not have", { parent: "gone" }, "box", false],
  ])("%s: %j in %s is %s", (_what, one, key, expected) => {
    expect(isBelow(one, key, byKey)).toBe(expected);
  });
});

describe("what AWS has inside", () => {
  const top = haveBox("a");
  const child = haveThing("t", top);
  const part = haveThing("p", child);

  it("is a child and a child's child, in that very resource", () => {
    expect(isLiveBelow(child, top)).toBe(true);
    expect(isLiveBelow(part, top)).toBe(true);
    expect(isLiveBelow(part, child)).toBe(true);
    expect(isLiveBelow(child, haveBox("a"))).toBe(false);
    expect(isLiveBelow(top, top)).toBe(false);
  });

  it("is nothing of what AWS does not have", () => {
    expect(isLiveBelow(child, undefined)).toBe(false);
    expect(isLiveBelow(top, undefined)).toBe(false);
  });
});
