import { describe, expect, it } from "vitest";
import { isPreviewsOwn, sharedInPreview } from "../../../../../src/engine/plan/identity/shared-in-preview.ts";
import type { ResourceType } from "../../../../../src/resources/type.ts";
import type { DesiredResource } from "../../../../../src/spec/types.ts";
import { box, haveBox, haveThing, thing, wantBox, wantThing } from "../toy-types.ts";

const HINT = "Name it after the stage, as in `${config.stage}.example.com`, or leave it out of previews.";
const at = { file: "resources.js", line: 3 };

/** A thing may be made in a box that is not ours; of a box with `Only`, that name exists once. */
const registry: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  ["Toy::Box", { ...box, onlyOnce: ({ Only, Alias }) => (Only === undefined ? [] : [Only, Alias]) }],
  [
    "Toy::Thing",
    {
      ...thing,
      dependencies: {
        box: { type: "Toy::Box", parent: true, foreignParent: true },
      } as ResourceType["dependencies"],
    },
  ],
]);

const problems = (stage: string, ...resources: readonly DesiredResource[]) =>
  sharedInPreview({ stage }, registry, new Map(resources.map((resource) => [resource.key, { resource }])));
const shared = wantBox("a", {}, { readOnly: true });
const inBox = (name: string, properties = {}): DesiredResource => ({
  ...wantThing(name, "a", properties),
  parent: "Toy::Box::a",
  at,
});

describe("what a preview would make in what it shares with its stage", () => {
  it("is refused under a name that does not say whose it is", () => {
    expect(problems("pr-1", shared, inBox("www"))).toEqual([
      {
        severity: "error",
        code: "PREVIEW_SHARED",
        message:
          'Toy::Thing::www would be in Toy::Box::a, which is not the preview\'s, under a name without "pr-1": nothing would tell whose it is',
        hint: HINT,
        key: "Toy::Thing::www",
        at,
      },
    ]);
  });

  it.each([
    ["its name has the stage", shared, inBox("pr-1.example.com")],
    ["the stage is in upper case", shared, inBox("PR-1.example.com")],
    ["a value of it has the stage", shared, inBox("www", { To: "pr-1" })],
    ["it is only read", shared, { ...inBox("www"), readOnly: true }],
    ["its parent is the preview's", wantBox("a"), inBox("www")],
    ["it is of a type that is never in another's", shared, { ...wantBox("b"), parent: "Toy::Box::a" }],
    ["it has no parent", shared, wantBox("b")],
  ])("is fine where %s", (_why, ...resources) => {
    expect(problems("pr-1", ...resources)).toEqual([]);
  });

  it("is refused under the stage of another preview", () => {
    expect(problems("pr-1", shared, inBox("pr-12"))).toHaveLength(1);
    expect(problems("pr-1", shared, inBox("xpr-1"))).toHaveLength(1);
  });

  it("is nobody's business in a stage of people", () => {
    expect(problems("dev", shared, inBox("www"), wantBox("b", { Only: "shop.example.com" }))).toEqual([]);
  });
});

describe("what exists only once", () => {
  it("is refused to a preview unless its names have the stage", () => {
    const taken = wantBox("b", { Only: "shop.example.com", Alias: { $unknown: "x" } }, { at });
    expect(problems("pr-1", taken)).toEqual([
      {
        severity: "error",
        code: "PREVIEW_SHARED",
        message:
          'Toy::Box::b: shop.example.com, its name exists only once, and has no "pr-1" in it: it would be taken from the stage that is copied',
        hint: HINT,
        key: "Toy::Box::b",
        at,
      },
    ]);
    expect(problems("pr-1", wantBox("b", { Only: "pr-1.example.com" }))).toEqual([]);
    expect(problems("pr-1", wantBox("b", { Only: "shop.example.com" }, { readOnly: true }))).toEqual([]);
  });
});

describe("whether what AWS has is the preview's own", () => {
  const parent = (ours: boolean) => ({ ...haveBox("a"), ours });

  it.each([
    ["its parent is", "pr-1", haveThing("www", parent(true)), true],
    ["its parent is not, and nothing has the stage", "pr-1", haveThing("www", parent(false)), false],
    ["its name has the stage", "pr-1", haveThing("pr-1", parent(false)), true],
    ["a value has the stage", "pr-1", haveThing("www", parent(false), { To: "pr-1" }), true],
    ["it has no parent", "pr-1", haveBox("www"), false],
    ["the stage is people's", "dev", haveThing("www", parent(false)), true],
  ])("%s", (_why, stage, observed, own) => {
    expect(isPreviewsOwn({ stage }, observed)).toBe(own);
  });
});
