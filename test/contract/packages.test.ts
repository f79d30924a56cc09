/** Who installs what: decision 25. */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

/** Packages that the sources import, without types and without Node's own. */
function imported(): readonly string[] {
  const files = ["src", "bot"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
      .map((name) =>
        readFileSync(join(ROOT, folder, name), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ""),
      ),
  );
  const IMPORT =
    /^(?:import|export)\s(?!type\b)[^;"]*?from "([^".][^"]*)"|^import "([^".][^"]*)"|\bimport\(\s*"([^".][^"]*)"|\brequire(?:\.resolve)?\("([^".][^"]*)"/gm;
  const names = files
    .flatMap((text) => [...text.matchAll(IMPORT)])
    .map((found) => found.slice(1).find((name) => name !== undefined) ?? "")
    .filter((name) => /^[@a-z]/.test(name) && !name.startsWith("node:") && !builtinModules.includes(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
  return [...new Set(names)].sort();
}

describe("the package of the terminal", () => {
  const root = json("package.json");

  it("needs no other package: what it runs is bundled", () => {
    expect(root.dependencies).toBeUndefined();
    expect(root.peerDependencies).toBeUndefined();
    expect(root.optionalDependencies).toBeUndefined();
  });

  it("runs nothing when it is installed", () => {
    for (const name of ["preinstall", "install", "postinstall", "prepare"])
      expect(root.scripts[name]).toBeUndefined();
  });
});

describe("the bot's package", () => {
  const { dependencies } = json("bot/package.json");

  it("names what src and bot import", () => {
    expect(imported().filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });

  it("has all of it at the root, where src finds it", () => {
    const nested = Object.keys(json("package-lock.json").packages).filter((path) => path.startsWith("bot/"));
    expect(nested).toEqual([]);
  });
});
