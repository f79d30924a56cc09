import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { desiredTags, isOurs, isOwnershipKey, ownershipTags, sourceOf } from "../../../src/aws/tags.ts";
import type { StackFacts } from "../../../src/model/stack.ts";

const stack: StackFacts = {
  directory: "apis/orders",
  projectName: "shop",
  stage: "dev",
  region: "eu-west-2",
  account: "123456789012",
  partition: "aws",
  source: "7/apis/orders",
};
const inTerminal: StackFacts = { ...stack, source: undefined };
const tags = ownershipTags(stack);
const { "gc-source": _source, ...unmarked } = tags;

describe("a resource", () => {
  it.each([
    ["of this repository and directory", tags, true],
    ["that names no source", unmarked, true],
    ["of GruCloud", { ...unmarked, "gc-managed-by": "grucloud" }, true],
    ["of another repository", { ...tags, "gc-source": "8/apis/orders" }, false],
    ["of another directory", { ...tags, "gc-source": "7/apis" }, false],
    ["with an empty source", { ...tags, "gc-source": "" }, false],
    ["of another stage", { ...tags, "gc-stage": "prod" }, false],
    ["of another project", { ...tags, "gc-project-name": "shop2" }, false],
    ["of another tool", { ...tags, "gc-managed-by": "terraform" }, false],
    ["without tags", undefined, false],
  ])("%s is ours: %s", (_what, live, ours) => {
    expect(isOurs(live, stack)).toBe(ours);
  });

  it("is a terminal's by project and stage, and keeps its source", () => {
    const other = { ...tags, "gc-source": "8/x" };
    expect(isOurs(other, inTerminal)).toBe(true);
    expect(desiredTags({}, inTerminal, other)).toEqual(other);
    expect(desiredTags({}, inTerminal, undefined)).toEqual(unmarked);
    expect(desiredTags({}, stack, unmarked)).toEqual(tags);
  });

  it("keeps GruCloud's name, and nothing that a spec writes over ours", () => {
    const grucloud = { ...unmarked, "gc-managed-by": "grucloud" };
    expect(desiredTags({}, stack, grucloud)).toEqual({ ...grucloud, "gc-source": "7/apis/orders" });
    expect(desiredTags({ "gc-stage": "prod", "GC-Other": "x", team: "a" }, stack, undefined)).toEqual({
      ...tags,
      team: "a",
    });
  });
});

describe("the source", () => {
  it.each([
    [7, ".", "7/."],
    [7, "apis/orders v1.2", "7/apis/orders v1.2"],
    [7, "größe", "7/gr=c3=b6=c3=9fe"],
    [7, "a=b(1)", "7/a=3db=281=29"],
  ])("of repository %i and %s is %s", (id, directory, expected) => {
    expect(sourceOf(id, directory)).toBe(expected);
  });

  it("fits a tag, and tells any two directories apart", () => {
    const path = fc.string({ unit: "grapheme", maxLength: 400 });
    fc.assert(
      fc.property(path, path, (one, other) => {
        const source = sourceOf(1, one);
        expect(source).toMatch(/^[\w .:/=+@-]{1,256}$/);
        expect(source === sourceOf(1, other)).toBe(one === other);
      }),
    );
    const long = "d/".repeat(200);
    expect(sourceOf(1, `${long}a`)).not.toBe(sourceOf(1, `${long}b`));
  });
});

it.each(["gc-source", "gc-anything", "GC-Managed-By"])("%s is no key for a spec", (key) => {
  expect(isOwnershipKey(key)).toBe(true);
  expect(isOwnershipKey(`x-${key}`)).toBe(false);
});
