/** action.yml and the tables in src/inputs.ts and src/outputs.ts are one thing written twice. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { INPUTS } from "../../src/inputs.ts";
import { OUTPUTS } from "../../src/outputs.ts";

const action = parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8"));

describe("action.yml", () => {
  it("has the inputs that are read, with their descriptions and defaults, in their order", () => {
    const written = Object.entries(action.inputs).map(([name, input]) => [name, input]);
    const expected = Object.entries(INPUTS).map(([name, input]) => [name, { ...input, required: false }]);
    expect(written).toEqual(expected);
  });

  it("has the outputs that are written, with their descriptions", () => {
    const expected = Object.entries(OUTPUTS).map(([name, description]) => [name, { description }]);
    expect(Object.entries(action.outputs)).toEqual(expected);
  });

  it("runs the built Action on Node 24", () => {
    expect(action.runs).toEqual({ using: "node24", main: "dist/main.mjs" });
  });
});
