/** Which files a `require` may name, and in which order they are looked for. */
import { describe, expect, it } from "vitest";
import { packageAbove, resolveRequire } from "../../../../../src/spec/sandbox/host/resolve.ts";

const extensions = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".json"];
const all = (path: string) => extensions.map((extension) => path + extension);
const candidates = (...given: Parameters<typeof resolveRequire>) => {
  const found = resolveRequire(...given);
  return "candidates" in found ? found.candidates : found;
};

describe("a file beside the spec", () => {
  it.each<[string, string, string, string, string[]]>([
    [
      "by its name",
      "./lib",
      "infra/resources.js",
      "infra",
      ["infra/lib", ...all("infra/lib"), ...all("infra/lib/index")],
    ],
    ["in the root", "./lib", "resources.js", "", ["lib", ...all("lib"), ...all("lib/index")]],
    ["from a folder below", "../a", "x/y/z.js", "x", ["x/a", ...all("x/a"), ...all("x/a/index")]],
    [
      "compiled from TypeScript",
      "./a.js",
      "r.js",
      "",
      ["a.js", ...all("a.js"), "a.ts", ...all("a.js/index")],
    ],
    [
      "compiled from a module",
      "./a.mjs",
      "r.js",
      "",
      ["a.mjs", ...all("a.mjs"), "a.mts", ...all("a.mjs/index")],
    ],
    ["that is the folder itself", ".", "x/r.js", "x", all("x/index")],
    ["that is the folder above", "..", "x/y/r.js", "x", all("x/index")],
    ["that is a folder by its slash", "./a/", "r.js", "", all("a/index")],
    ["that is the root", "./", "r.js", "", all("index")],
    ["of a folder whose name ends so", "./a.", "r.js", "", ["a.", ...all("a."), ...all("a./index")]],
  ])("%s is looked for in this order", (_what, specifier, from, directory, expected) => {
    expect(candidates(specifier, from, directory)).toEqual(expected);
  });

  it("is read only within the stack's directory", () => {
    expect(resolveRequire("./lib", "infra/resources.js", "infra")).toMatchObject({ within: "infra" });
  });
});

describe("the package above", () => {
  it("may be read, it alone, within its folder", () => {
    expect(resolveRequire("../package.json", "a/b/r.js", "a/b")).toEqual({
      candidates: ["a/package.json"],
      within: "a",
    });
    expect(resolveRequire("../package.json", "a/r.js", "a")).toEqual({
      candidates: ["package.json"],
      within: ".",
    });
    expect(resolveRequire("../package", "a/r.js", "a")).toMatchObject({
      refused: { code: "REQUIRE_OUTSIDE" },
    });
    expect(resolveRequire("../../package.json", "a/b/r.js", "a/b")).toMatchObject({
      refused: { code: "REQUIRE_OUTSIDE" },
    });
  });

  it("is there for every directory but the root", () => {
    expect([packageAbove(""), packageAbove("a"), packageAbove("a/b")]).toEqual([
      undefined,
      "package.json",
      "a/package.json",
    ]);
  });
});

describe("what is refused", () => {
  const allowed = `Allowed are files in the spec's directory, such as "./other", and "rubico", "rubico/x" and "path".`;

  it.each([
    ["../x", "a/r.js", "a", `require("../x") leaves the spec's directory "a"`],
    ["../x", "r.js", "", `require("../x") leaves the spec's directory`],
    ["./../../x", "a/r.js", "a", `require("./../../x") leaves the spec's directory "a"`],
    ["./../ab/x", "a/r.js", "a", `require("./../ab/x") leaves the spec's directory "a"`],
  ])("%s from %s leaves the directory", (specifier, from, directory, message) => {
    const hint = `${allowed} The only readable file above it is "../package.json".`;
    expect(resolveRequire(specifier, from, directory)).toEqual({
      refused: { code: "REQUIRE_OUTSIDE", message, hint },
    });
  });

  it.each([
    ["/etc/passwd", "names a file by an absolute path"],
    ["file:x", "names a file by an absolute path"],
    ["https://x.example/a.js", "names a file by an absolute path"],
    ["fs", "names a Node.js module, which a spec cannot use"],
    ["node:fs/promises", "names a Node.js module, which a spec cannot use"],
    ["lodash", "names a package, which a spec cannot use"],
    ["node:lodash", "names a package, which a spec cannot use"],
    ["my-node:fs", "names a package, which a spec cannot use"],
    ["my-file:x", "names a package, which a spec cannot use"],
    ["a/./b", "names a package, which a spec cannot use"],
    [".hidden", "names a package, which a spec cannot use"],
    ["...", "names a package, which a spec cannot use"],
    ["", "names a package, which a spec cannot use"],
  ])("%j %s", (specifier, what) => {
    expect(resolveRequire(specifier, "r.js", "")).toEqual({
      refused: { code: "REQUIRE_FORBIDDEN", message: `require("${specifier}") ${what}`, hint: allowed },
    });
  });
});

it.each([
  ["rubico", "rubico"],
  ["rubico/x", "rubico/x"],
  ["path", "path"],
  ["node:path", "path"],
])("%s is built in", (specifier, builtin) => {
  expect(resolveRequire(specifier, "r.js", "")).toEqual({ builtin });
});
