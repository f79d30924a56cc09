import { md } from "../../../../src/text/markdown.ts";
import { describe, expect, it } from "vitest";
import { lockedAgo, lockLine } from "../../../../bot/gates/lock-line.ts";

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
});
