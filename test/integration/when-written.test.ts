/** What AWS takes no change of, from the files to the plan and the apply: a warning while it stays, an error once it is written. */
import { describe, expect, it } from "vitest";
import { changesOf, engineOnFake } from "./harness.ts";
import { tenResources } from "./ten-resources.ts";

type Files = Readonly<Record<string, string>>;
const spec = tenResources["resources.js"] ?? "";
const withSpec = (text: string): Files => ({ ...tenResources, "resources.js": text });
const retired = spec.replace('Runtime: "nodejs22.x"', 'Runtime: "nodejs14.x"');
const changed = (text: string): string => text.replace('Runtime: "', 'MemorySize: 512, Runtime: "');
const distrusted = spec.replaceAll("lambda.amazonaws.com", "ec2.amazonaws.com");

/** The stack as it was made in earlier years: its function has a runtime that AWS has retired since. */
async function withOldFunction() {
  const bench = engineOnFake();
  await bench.engine.apply(tenResources);
  for (const [, { config }] of bench.fake.state.functions) config.Runtime = "nodejs14.x";
  bench.fake.resetCalls();
  return bench;
}

const writes = ({ calls }: { calls: readonly { operation: string }[] }): readonly string[] =>
  calls.map(({ operation }) => operation).filter((name) => !/^(Get|List|Describe)/.test(name));

describe("what AWS takes no change of", () => {
  it("is a warning while it stays, and nothing is written", async () => {
    const { fake, engine } = await withOldFunction();
    const plan = await engine.plan(withSpec(retired));
    expect(changesOf(plan)).toEqual([]);
    expect(plan.problems.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      expect.stringMatching(/^warning .*Runtime: AWS no longer makes or changes functions .* nodejs14\.x/),
    ]);
    const result = await engine.apply(withSpec(retired));
    expect(result.succeeded).toBe(true);
    expect(writes(fake)).toEqual([]);
  });

  it.each<[string, string]>([
    ["is changed", changed(retired)],
    ["is given code", `${retired}// another`],
  ])("is an error at its line when it %s, before anything is written", async (what, text) => {
    const { fake, engine } = await withOldFunction();
    const code = Object.keys(tenResources).find((path) => path.endsWith("my-function.js")) ?? "";
    const files: Files = {
      ...withSpec(text),
      ...(what === "is given code" ? { [code]: "exports.handler = async () => 2;" } : {}),
    };
    const plan = await engine.plan(files);
    expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([
      expect.objectContaining({
        code: "PROPERTY_INVALID",
        at: expect.objectContaining({ file: "resources.js" }),
      }),
    ]);
    await expect(engine.apply(files)).rejects.toThrow("nodejs14.x");
    expect(writes(fake)).toEqual([]);
  });

  it("is an error when it is made", async () => {
    const { fake, engine } = engineOnFake();
    await expect(engine.apply(withSpec(retired))).rejects.toThrow("nodejs14.x");
    expect(writes(fake)).toEqual([]);
  });
});

describe("a function whose role does not trust Lambda", () => {
  it("is refused when it is made: nobody waits a quarter of an hour", async () => {
    const { fake, engine } = engineOnFake();
    await expect(engine.apply(withSpec(distrusted))).rejects.toThrow(
      /Lambda cannot assume .*lambda\.amazonaws\.com/,
    );
    expect(writes(fake)).toEqual([]);
  });

  it("is warned of when only its role changes", async () => {
    const { engine } = engineOnFake();
    await engine.apply(tenResources);
    const plan = await engine.plan(withSpec(distrusted));
    expect(plan.problems.map(({ severity, message }) => `${severity} ${message}`)).toContainEqual(
      expect.stringMatching(/^warning .*Lambda cannot assume/),
    );
  });
});
