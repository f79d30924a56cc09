import { describe, expect, test } from "vitest";
import { changedTargets, isChanged } from "../../../../bot/stacks/changed.ts";
import type { Target } from "../../../../bot/stacks/targets.ts";

describe("a stack is changed by", () => {
  test.each([
    ["a file in its directory", "apis/shop", "apis/shop/resources.js", true],
    ["a file deep in it", "apis/shop", "apis/shop/fn/lib/a.js", true],
    ["the package.json above it, which it may read", "apis/shop", "apis/package.json", true],
    ["a file at the root", ".", "resources.js", true],
    ["a file of its code that is a document", ".", "src/README.md", true],
    ["no document of the root", ".", "README.md", false],
    ["no file below the root's docs/", ".", "docs/a/b.js", false],
    ["no workflow", ".", ".github/workflows/build.yml", false],
    ["a document in its directory", "apis/shop", "apis/shop/README.md", true],
    ["no file of a directory whose name begins alike", "apis/shop", "apis/shop2/resources.js", false],
    ["no other file above it", "apis/shop", "apis/lib.js", false],
    ["no package.json further up", "apis/shop", "package.json", false],
  ])("%s", (_what, directory, file, expected) => {
    expect(isChanged(directory, [file])).toBe(expected);
  });
});

const repository = { id: 1, owner: "acme", name: "shop", defaultBranch: "main" };
const targets = ["a", "b"].map(
  (directory): Target => ({
    stack: { repository, stage: "dev", directory },
    stage: {} as Target["stage"],
  }),
);

/** All on one page: how GitHub pages is not this module's concern. */
const files = (names: readonly string[]) => async () => ({
  status: 200,
  headers: {},
  data: names.map((filename) => ({ filename })),
});

describe("of the stacks of a stage", () => {
  test("those with a changed file are chosen", async () => {
    expect(await changedTargets(files(["b/x.js"]), repository, targets, 7)).toEqual([targets[1]]);
  });

  test("the only one is chosen without asking", async () => {
    const never = () => Promise.reject(new Error("asked"));
    expect(await changedTargets(never, repository, targets.slice(0, 1), 7)).toEqual([targets[0]]);
  });

  test("the only one is not chosen when it is gone because the branch is older than it", async () => {
    const gone = targets.slice(0, 1).map((target) => ({ ...target, gone: "the base" }));
    expect(await changedTargets(files(["b/x.js"]), repository, gone, 7)).toEqual([]);
    expect(await changedTargets(files(["a/resources.js"]), repository, gone, 7)).toEqual(gone);
  });

  test("all are chosen when GitHub does not list every file", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `other/${index}`);
    expect(await changedTargets(files(many), repository, targets, 7)).toEqual(targets);
  });
});
