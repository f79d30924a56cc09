/**
 * Names come from outside: a stage of a command, a key of a spec, a tag in AWS. What every object inherits
 * (`constructor`, `toString`) is not an entry of a table: such names are looked up with `own` or in a Map.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chooseStage } from "../../bot/stacks/targets.ts";
import { parseSettings } from "../../src/settings/parse.ts";
import { userErrors } from "../../src/index.ts";
import { resourceTypes } from "../../src/resources/registry.ts";
import { normaliseDependencies } from "../../src/spec/entries/dependencies.ts";
import { nodesAt, schemaTree } from "../../src/spec/schema-tree.ts";

const ROOT = join(import.meta.dirname, "../..");
const WORDS = Object.getOwnPropertyNames(Object.prototype);

/** Source lines without comments. The guest's room runs beside the user's code, where nothing is trusted. */
const LINES = ["src", "bot"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file}`)
    .filter((path) => path.endsWith(".ts") && !path.startsWith("src/spec/sandbox/"))
    .flatMap((path) =>
      readFileSync(join(ROOT, path), "utf8")
        .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ""))
        .split("\n")
        .map((line) => ({ path, line: line.replace(/^\s*\/\/.*/, "") })),
    ),
);

function found(pattern: RegExp): readonly string[] {
  return LINES.filter(({ line }) => pattern.test(line)).map(({ path, line }) => `${path}: ${line.trim()}`);
}

describe("a name from outside", () => {
  it("is not looked up in a table by brackets", () => {
    const tables = "stages|dependencies|properties|attributes|predicted|tags|wanted|parameters|headers";
    const read = new RegExp(String.raw`(?<!delete )\b(?:${tables})(?:\?\.)?\[[a-z][\w.]*\](?! =(?!=))`);
    expect(found(read)).toEqual([]);
  });

  it("is not looked for with `in`", () => {
    expect(found(/[(\s!][a-z]\w* in [a-zA-Z_.]+(?:\)| \?| &&|;)/).filter(isCode)).toEqual([]);
  });

  const stages = parseSettings("stages: {dev: {}, prod: {}}");
  it.each(WORDS)("may be %s: no stage, no dependency, no property", (word) => {
    expect(codesOf(() => chooseStage(stages, word))).toEqual(["STAGE_UNKNOWN"]);
    for (const type of resourceTypes.values()) {
      const written = JSON.parse(`{${JSON.stringify(word)}: "x"}`);
      const codes = normaliseDependencies(type, written, undefined)
        .errors("")
        .map(({ code }) => code);
      expect(codes).toEqual(["DEPENDENCY_UNKNOWN"]);
      expect(nodesAt(schemaTree(type), [word])).toEqual([]);
    }
  });
});

/** Neither a loop's head nor a sentence. */
function isCode(line: string): boolean {
  return !/\bfor \((?:const|let) |`[^`]* in [^`]*`|"[^"]* in [^"]*"/.test(line);
}

function codesOf(run: () => unknown): readonly string[] {
  try {
    run();
    return [];
  } catch (error) {
    return (userErrors(error) ?? []).map(({ code }) => code);
  }
}
