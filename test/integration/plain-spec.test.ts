/** The tests that live on thousands of specs do not evaluate them in the sandbox: this holds what they use instead to it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateSpec } from "../../src/spec/sandbox/host/evaluate.ts";
import { lives } from "../type-examples/all.ts";
import { specOf } from "../type-examples/example.ts";
import { memorySource } from "./harness.ts";
import { evaluatePlain } from "./plain-spec.ts";
import { randomStack, specText } from "./random-stack.ts";

const optionsOf = (files: Readonly<Record<string, string>>) => ({
  source: memorySource(files),
  directory: ".",
  stage: "dev",
  region: "us-east-1",
  projectName: "p",
  account: async () => ({ account: "123456789012", partition: "aws" }),
  env: {},
});

describe("a spec of plain data", () => {
  it("evaluates to what the sandbox makes of it: the examples of all types", async () => {
    const entries = lives.flatMap((life) => [specOf(life, life.full), specOf(life, life.minimal)]);
    // One spec of all of them, line by line, so that there is one sandbox.
    const lines = entries.flatMap((text) => text.split("\n").slice(1, -2));
    const options = optionsOf({
      "resources.js": `exports.createResources = () => [\n${lines.join("\n")}\n];\n`,
    });
    expect(await evaluatePlain(options)).toEqual(await evaluateSpec(options));
  });

  it("evaluates to what the sandbox makes of it: random stacks", async () => {
    await fc.assert(
      fc.asyncProperty(randomStack, async (stack) => {
        const options = optionsOf({ "resources.js": specText(stack), ...stack.files });
        expect(await evaluatePlain(options)).toEqual(await evaluateSpec(options));
      }),
      { numRuns: 5, seed: 1 },
    );
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ["whose functions do something", { "resources.js": "exports.createResources = () => [\n  f(),\n];\n" }],
    [
      "whose properties are not data",
      {
        "resources.js":
          'exports.createResources = () => [\n  { group: "A", type: "B", properties: () => ({ a: getId() }), },\n];\n',
      },
    ],
    ["with a config", { "resources.js": specText({ entries: [], files: {} }), "config.js": "" }],
    ["that is not there", {}],
  ])("is none %s", async (_what, files) => {
    expect(await evaluatePlain(optionsOf(files))).toBeUndefined();
  });
});
