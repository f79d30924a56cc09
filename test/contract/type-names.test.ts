/** Nothing outside src/resources knows a resource type by its name: what is true of one type is in that type. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resourceTypes } from "../../src/resources/registry.ts";

const ROOT = join(import.meta.dirname, "../..");

/** Source files with the comments, descriptions and examples of commands left out. */
function sources(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file}`)
    .filter((path) => path.endsWith(".ts") && path !== "src/model/error-codes.ts")
    .map((path) => ({ path, text: withoutProse(readFileSync(join(ROOT, path), "utf8")) }));
}

function withoutProse(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/"gatewright [^"]*"/g, "");
}

const outside = sources("src").filter(({ path }) => !path.startsWith("src/resources/"));

describe("a type's name", () => {
  it.each([...resourceTypes.keys()])("%s is nowhere in src but in src/resources", (type) => {
    expect(outside.filter(({ text }) => text.includes(type)).map(({ path }) => path)).toEqual([]);
  });

  it("is not taken apart to recognize a type", () => {
    const parts = /(?:endsWith|startsWith|includes)\("(?:::|[A-Z]\w*::)/;
    expect(outside.filter(({ text }) => parts.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("LogGroup is only in its own file, in the registry and in the types that depend on it", () => {
    const files = sources("src").filter(({ text }) =>
      /LogGroup\b/i.test(text.replace(/\w*[lL]ogGroup(Name|Arn|Class|Identifier|s)\w*/g, "")),
    );
    const rooms =
      /^src\/resources\/(CloudWatchLogs\/|ApiGatewayV2\/stage\/|Lambda\/function\/|StepFunctions\/|CloudWatchEvents\/|types\.ts$)/;
    expect(files.map(({ path }) => path).filter((path) => !rooms.test(path))).toEqual([]);
  });
});
