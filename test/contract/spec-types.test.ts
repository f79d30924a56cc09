/** The editor's types of specs: a good spec has no mistake, a bad one exactly those that are marked. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const FOLDER = "test/fixtures/types";

const mistakes = compile();

interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What tsc finds in the samples. */
function compile(): readonly Mistake[] {
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["-p", join(FOLDER, "tsconfig.json")], { cwd: ROOT, encoding: "utf8" });
  return [...stdout.matchAll(/^(\S+?)\((\d+),\d+\): error (.*(?:\n .*)*)$/gm)].map(
    ([, file = "", line, message = ""]) => ({ file: basename(file), line: Number(line), message }),
  );
}

describe("types of specs", () => {
  it("accept a good one, in JavaScript, in both dialects", () => {
    expect(mistakes.filter(({ file }) => file !== "bad.js")).toEqual([]);
  });

  it("show every mistake of a bad one at its line, and no other", () => {
    const lines = readFileSync(join(ROOT, FOLDER, "bad.js"), "utf8").split("\n");
    const marked = lines.flatMap((line, index) => (line.includes("// WRONG") ? [index + 1] : []));
    const found = mistakes.filter(({ file }) => file === "bad.js").map(({ line }) => line);
    expect([...new Set(found)]).toEqual(marked);
  });

  it("name what is missing, as the user writes it, and never speak of readOnly", () => {
    const missing = mistakes.filter(({ message }) => message.includes("is missing"));
    expect(missing.map(({ message }) => /Property '(\w+)' is missing/.exec(message)?.[1])).toEqual([
      "RouteKey",
      "dependencies",
    ]);
    expect(mistakes.filter(({ message }) => message.includes("'readOnly'"))).toEqual([]);
  });
});
