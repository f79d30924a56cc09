import { describe, expect, it } from "vitest";
import { headState } from "../../../../bot/reports/head-check.ts";
import type { RunState, RunSummary } from "../../../../src/model/run.ts";
import { aStack } from "../../../fakes/store.ts";

function stack(directory: string, state?: RunState) {
  const run = { kind: "plan", state } as unknown as RunSummary;
  return { stack: { ...aStack(), directory }, run: state === undefined ? undefined : run };
}

describe("the check of a head", () => {
  it("is green when nothing concerns the bot", () => {
    expect(headState([])).toMatchObject({ status: "completed", conclusion: "success" });
  });

  it("is green when every stack is planned", () => {
    expect(headState([stack("a", "succeeded"), stack("b", "succeeded")])).toMatchObject({
      conclusion: "success",
    });
  });

  it.each([undefined, "queued", "running"] as const)("waits for a stack that is %s", (state) => {
    const check = headState([stack("a", "succeeded"), stack("b", state)]);
    expect(check).toMatchObject({
      status: "in_progress",
      output: { title: expect.stringContaining("1 stack: comment /plan") },
    });
  });

  it.each(["failed", "cancelled"] as const)("is red for a stack that %s, whatever else waits", (state) => {
    expect(headState([stack("a"), stack("b", state)])).toMatchObject({ conclusion: "failure" });
  });

  it.each([undefined, "succeeded", "failed"] as const)(
    "fits GitHub's limit when all of many are %s",
    (state) => {
      const many = Array.from({ length: 2_000 }, (_, index) =>
        stack(`services/${"x".repeat(60)}/${index}`, state),
      );
      expect(headState(many).output?.summary.length).toBeLessThan(65_536);
    },
  );

  it("says how each stack stands", () => {
    const { output } = headState([stack("a", "succeeded"), stack("b")]);
    expect(output?.summary).toContain("`a` in `dev`: plan succeeded");
    expect(output?.summary).toContain("`b` in `dev`: not planned yet");
  });
});
