/** action.yml repeats the tables in src/action/inputs.ts and src/action/outputs.ts; this test keeps them equal. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { WORKFLOW_INPUTS } from "../../bot/workflow/workflow.ts";
import { INPUTS } from "../../src/action/inputs.ts";
import { OUTPUTS } from "../../src/action/outputs.ts";

const action = parse(readFileSync(new URL("../../action.yml", import.meta.url), "utf8"));

describe("action.yml", () => {
  it("has the inputs that the Action reads, with their descriptions and defaults, in order", () => {
    const written = Object.entries(action.inputs).map(([name, input]) => [name, input]);
    const expected = Object.entries(INPUTS).map(([name, input]) => [name, { ...input, required: false }]);
    expect(written).toEqual(expected);
  });

  it("has the outputs that the Action writes, with their descriptions", () => {
    const expected = Object.entries(OUTPUTS).map(([name, description]) => [name, { description }]);
    expect(Object.entries(action.outputs)).toEqual(expected);
  });

  it("runs the built Action on Node 24", () => {
    expect(action.runs).toEqual({ using: "node24", main: "dist/main.mjs" });
  });
});

describe("bot/action.yml", () => {
  const bot = parse(readFileSync(new URL("../../bot/action.yml", import.meta.url), "utf8"));

  it("has the inputs that the workflow mode reads", () => {
    expect(Object.keys(bot.inputs)).toEqual(WORKFLOW_INPUTS);
  });

  it("runs the built workflow mode on Node 24", () => {
    expect(bot.runs).toEqual({ using: "node24", main: "../dist/bot-workflow.mjs" });
  });
});
