import { describe, expect, it } from "vitest";
import { stackDirectories } from "../../../src/action/directories.ts";
import { goneDirectories, specDirectories } from "../../../src/source/spec-directories.ts";

const specs = ["apis/orders", "apis/users", "apis/old", "web", "."];
const find = async (): Promise<readonly string[]> => specs;

describe("the stacks of a repository", () => {
  it.each([
    [["."], ["."]],
    [["./apis/orders/"], ["apis/orders"]],
    [["apis/*"], ["apis/old", "apis/orders", "apis/users"]],
    [
      ["apis/*", "!apis/old"],
      ["apis/orders", "apis/users"],
    ],
    [
      ["web", "apis/{orders,users}"],
      ["apis/orders", "apis/users", "web"],
    ],
    [
      ["apis/orders", "apis/o*"],
      ["apis/old", "apis/orders"],
    ],
    [["**/users"], ["apis/users"]],
  ])("%j", async (patterns, expected) => {
    expect(await stackDirectories(patterns, find)).toEqual(expected);
  });

  it("are not searched for a plain path", async () => {
    const never = (): never => {
      throw new Error("searched");
    };
    expect(await stackDirectories(["apis/new"], never)).toEqual(["apis/new"]);
  });

  it("are also those that are gone, even where nothing else is there", async () => {
    expect(await stackDirectories(["apis/o*"], find, ["apis/once"])).toEqual([
      "apis/old",
      "apis/once",
      "apis/orders",
    ]);
    expect(await stackDirectories(["apis/orders"], find, ["apis/orders"])).toEqual(["apis/orders"]);
    expect(await stackDirectories(["services/*"], find, ["services/one"])).toEqual(["services/one"]);
  });

  it("must be there", async () => {
    await expect(stackDirectories(["services/*"], find)).rejects.toMatchObject({
      code: "NO_STACKS",
      message: expect.stringContaining('"services/*" and matches no stack: specs are in apis/orders'),
    });
    await expect(stackDirectories(["!web"], find)).rejects.toMatchObject({ code: "NO_STACKS" });
  });
});

describe("directories that hold a spec", () => {
  const files = [
    "resources.js",
    "apis/orders/resources.ts",
    "apis/users/resources.mjs",
    "apis/users/lib/helper.js",
    "web/infra/stack.ts",
    "node_modules/x/resources.js",
    "docs/my-resources.js",
  ];

  it("hold a file of a default name", () => {
    expect(specDirectories(files, undefined)).toEqual([".", "apis/orders", "apis/users"]);
  });

  it("or the spec input's", () => {
    expect(specDirectories(files, "infra/stack.ts")).toEqual(["web"]);
  });
});

describe("directories whose spec is gone", () => {
  it.each([
    ["of a glob", ["apis/*"], ["apis/old", "apis/users"]],
    ["of plain paths", ["apis/users", "apis/orders", "apis/never"], ["apis/users"]],
    ["but no excluded one", ["apis/*", "!apis/old"], ["apis/users"]],
    ["of the root", ["."], ["."]],
    ["none that the patterns do not name", ["services/*"], []],
  ])("%s", async (_, patterns, gone) => {
    expect(await goneDirectories(patterns, specs, ["apis/orders", "apis/new"])).toEqual(gone);
  });
});
