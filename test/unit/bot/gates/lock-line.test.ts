import { md } from "../../../../src/text/markdown.ts";
import { describe, expect, it } from "vitest";
import { lockedAgo, lockFact, lockLine } from "../../../../bot/gates/lock-line.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const minutes = (count: number): Date => new Date(NOW - count * 60_000);

describe("a lock in words", () => {
  it.each([
    [0, "locked by ana just now"],
    [1, "locked by ana 1 minute ago"],
    [5, "locked by ana 5 minutes ago"],
    [125, "locked by ana 2 hours ago"],
    [3 * 1440, "locked by ana 3 days ago"],
  ])("%i minutes old: %s", (age, words) => {
    expect(lockedAgo({ owner: md`ana`, since: minutes(age) }, NOW)).toBe(words);
  });

  it("names the stack and the reason, in which nothing acts", () => {
    const repository = { id: 1, owner: "o", name: "r", defaultBranch: "main" };
    const stack = { repository, stage: "dev", directory: "stacks/a" };
    const lock = { stack, owner: "ana", reason: "ask @ben", since: minutes(5), token: 1 };
    const line = lockLine(lock, NOW);
    expect(line).toContain("`stacks/a` in `dev` is locked by ana 5 minutes ago: ask ");
    expect(line).not.toContain(" @ben");
  });

  it("shows no more of a name or a reason than 600 characters", () => {
    const repository = { id: 1, owner: "o", name: "r", defaultBranch: "main" };
    const stack = { repository, stage: "dev", directory: "." };
    const long = { stack, owner: "a".repeat(2_000), reason: "b".repeat(2_000), since: minutes(5), token: 1 };
    const line = lockLine(long, NOW);
    for (const letter of ["a", "b"]) {
      const shown = [...line].filter((one) => one === letter).length;
      expect(shown).toBeGreaterThan(500);
      expect(shown).toBeLessThanOrEqual(610);
    }
  });

  it("is for programs the stack, with its owner where there is one", () => {
    const repository = { id: 1, owner: "o", name: "r", defaultBranch: "main" };
    const stack = { repository, stage: "dev", directory: "stacks/a" };
    expect(lockFact(stack, "ana")).toEqual({ directory: "stacks/a", stage: "dev", owner: "ana" });
    expect(Object.keys(lockFact(stack, undefined))).toEqual(["directory", "stage"]);
  });
});
