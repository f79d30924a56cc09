import { describe, expect, it } from "vitest";
import { fewEnough, type Target } from "../../../../bot/stacks/targets.ts";

const repository = { id: 1, owner: "acme", name: "shop", defaultBranch: "main" };
const targets = (count: number): readonly Target[] =>
  Array.from({ length: count }, (_, index) => ({
    stack: { repository, stage: "dev", directory: `my apis/${index}` },
    stage: {} as Target["stage"],
  }));

describe("the stacks of one command", () => {
  it("are all of them up to the limit", () => {
    expect(fewEnough(targets(0))).toHaveLength(0);
    expect(fewEnough(targets(200))).toHaveLength(200);
  });

  it("are refused above it, with the option that names one", () => {
    expect(() => fewEnough(targets(201))).toThrow(
      expect.objectContaining({
        code: "STACKS_TOO_MANY",
        message: "the command is about 201 stacks; 200 is the most",
        hint: 'Name one of them: `-d "my apis/0"`.',
      }),
    );
  });
});
