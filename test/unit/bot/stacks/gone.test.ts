import { describe, expect, test } from "vitest";
import { targetsWithGone } from "../../../../bot/stacks/gone.ts";
import { settingsSchema } from "../../../../src/settings/schema.ts";

const REPOSITORY = { id: 1, owner: "o", name: "r", defaultBranch: "main" };

/** Trees by commit; commits by path, newest first, as `commit<parent`. */
function gitHub(
  trees: Readonly<Record<string, readonly string[]>>,
  commits: readonly string[] = [],
  { truncated = false, origin = "base" }: { truncated?: boolean; origin?: string | undefined } = {},
) {
  return async (route: string, parameters: Readonly<Record<string, unknown>> = {}) => {
    if (route.includes("/git/trees/")) {
      const files = trees[String(parameters.tree_sha)];
      if (files === undefined) throw Object.assign(new Error("Not Found"), { status: 404, response: {} });
      return { status: 200, headers: {}, data: { truncated, tree: files.map((path) => ({ path })) } };
    }
    if (route.includes("/compare/")) {
      expect(parameters.basehead).toBe("base...head");
      return { status: 200, headers: {}, data: { merge_base_commit: { sha: origin } } };
    }
    const data = commits.map((one) => {
      const [sha, parent] = one.split("<");
      return { sha, parents: parent === undefined ? [] : [{ sha: parent }] };
    });
    return { status: 200, headers: {}, data };
  };
}

const settings = (...directories: string[]) => settingsSchema.parse({ stages: { dev: { directories } } });
const found = async (
  request: ReturnType<typeof gitHub>,
  directories: readonly string[],
  at: { readonly base?: string; readonly directory?: string } = {},
) =>
  (
    await targetsWithGone(request, REPOSITORY, settings(...directories), "dev", {
      sha: "head",
      base: at.base ?? "base",
      directory: at.directory,
    })
  ).map(({ stack, gone }) => [stack.directory, gone]);

describe("the stacks of a commit, with those that are gone", () => {
  test("of a glob, and of a plain directory", async () => {
    const request = gitHub({
      base: ["a/resources.js", "b/resources.js", "c/resources.ts"],
      head: ["b/resources.js"],
    });
    expect(await found(request, ["*"])).toEqual([
      ["a", "base"],
      ["b", undefined],
      ["c", "base"],
    ]);
    expect(await found(request, ["a", "b"])).toEqual([
      ["a", "base"],
      ["b", undefined],
    ]);
    expect(await found(request, ["*", "!a"])).toEqual([
      ["b", undefined],
      ["c", "base"],
    ]);
  });

  test("of the root: its directory is there, its spec is not", async () => {
    const request = gitHub({ base: ["resources.js", "README.md"], head: ["README.md"] });
    expect(await found(request, ["."])).toEqual([[".", "base"]]);
  });

  test("a stack that moved to another form of its spec is not gone", async () => {
    const request = gitHub({ base: ["a/resources.js"], head: ["a/resources.ts"] });
    expect(await found(request, ["a"])).toEqual([["a", undefined]]);
  });

  test("nothing is gone because of a commit that cannot be listed", async () => {
    expect(await found(gitHub({ head: ["a/resources.js"] }), ["a", "b"])).toEqual([
      ["a", undefined],
      ["b", undefined],
    ]);
    const cut = gitHub({ base: ["a/resources.js"], head: [] }, [], { truncated: true });
    expect(await found(cut, ["a"])).toEqual([["a", undefined]]);
  });

  const behind = (origin: string | undefined, ...then: readonly string[]) =>
    gitHub({ base: ["a/resources.js", "b/resources.js"], head: ["b/resources.js"], parted: then }, [], {
      origin,
    });

  test("one that the base branch has got since the commit's branch left it is not gone, by its name neither", async () => {
    const request = behind("parted", "b/resources.js");
    expect(await found(request, ["*"])).toEqual([["b", undefined]]);
    await expect(found(request, ["*"], { directory: "a" })).rejects.toThrow("not a stack");
  });

  test("one that the branch's history removed and the base branch has again is not gone by its name", async () => {
    const trees = { base: ["a/resources.js"], head: [], parted: [], old: ["a/resources.js"] };
    const request = gitHub(trees, ["removal<old"], { origin: "parted" });
    await expect(found(request, ["*"], { directory: "a" })).rejects.toThrow("not a stack");
  });

  test("one that a branch took away is gone, although the base branch has moved since", async () => {
    const request = behind("parted", "a/resources.js", "b/resources.js");
    const gone = ["a", "base"];
    expect(await found(request, ["*"])).toEqual([gone, ["b", undefined]]);
    expect(await found(request, ["*"], { directory: "a" })).toEqual([gone]);
  });

  test("nothing is gone where the two have no common commit, or it cannot be read", async () => {
    expect(await found(behind("lost"), ["*"])).toEqual([["b", undefined]]);
    expect(await found(behind(""), ["*"])).toEqual([["b", undefined]]);
  });

  test("-d finds one that an older commit took away, as its parent had it", async () => {
    const request = gitHub({ old: ["a/resources.js"], base: ["b/resources.js"], head: ["b/resources.js"] }, [
      "later<base",
      "removal<old",
    ]);
    expect(await found(request, ["*"], { directory: "a" })).toEqual([["a", "old"]]);
    await expect(found(request, ["b"], { directory: "a" })).rejects.toThrow("not a stack");
  });
});
