import { describe, expect, test } from "vitest";
import { hold } from "../../../../bot/gates/hold.ts";
import { isHeldFrom } from "../../../../bot/services/holds.ts";
import type { Hold, RunCause } from "../../../../src/model/run.ts";

const now = new Date("2026-03-01T12:05:00Z");
const by12: Hold = {
  stack: {
    repository: { id: 1, owner: "o", name: "r", defaultBranch: "main" },
    stage: "dev",
    directory: ".",
  },
  pull: 12,
  login: "ana",
  sha: "1a2b3c4".padEnd(40, "0"),
  since: new Date("2026-03-01T12:00:00Z"),
};
const back: Hold = { ...by12, rollback: true };
const closed = { ...by12, closedAt: now };

describe("the gate", () => {
  test("says nothing where nobody holds the stack, also where a closed pull request did", () => {
    expect(hold({ hold: undefined, pull: 7, now, command: "apply" })).toBeUndefined();
    expect(hold({ hold: closed, pull: 7, now, command: "apply" })).toBeUndefined();
  });

  test("is closed for others, and says who, what and how it ends", () => {
    const state = hold({ hold: by12, pull: 7, now, command: "apply" });
    expect(state).toMatchObject({
      passed: false,
      state: "held by #12 since ana applied 1a2b3c4 5 minutes ago",
    });
    expect(state?.next).toContain("/release");
  });

  test("is open for the pull request itself", () => {
    expect(hold({ hold: by12, pull: 12, now, command: "apply" })).toMatchObject({
      gate: "hold",
      passed: true,
    });
  });

  test("of a rollback is closed for its own pull request too, and open for a further rollback", () => {
    const state = hold({ hold: back, pull: 12, now, command: "apply" });
    expect(state).toMatchObject({ passed: false, state: expect.stringContaining("1a2b3c4") });
    expect(state?.next).toContain("/release");
    expect(hold({ hold: back, pull: 7, now, command: "rollback" })).toMatchObject({ passed: true });
    expect(hold({ hold: by12, pull: 7, now, command: "rollback" })).toMatchObject({ passed: false });
  });

  test("is closed when nobody knows", () => {
    expect(hold({ hold: "unknown", pull: 12, now, command: "apply" })).toMatchObject({ passed: false });
  });
});

describe("whom a hold keeps from writing", () => {
  test.each<[string, Hold, RunCause, boolean]>([
    ["another's command", by12, { by: "command", login: "ben", pull: 7, commentId: 1 }, true],
    ["another's merge", by12, { by: "merge", login: "ben", pull: 7, commit: "c" }, true],
    ["a push without a pull request", by12, { by: "merge", login: "ben", commit: "c" }, true],
    ["its own command", by12, { by: "command", login: "ben", pull: 12, commentId: 1 }, false],
    ["its own merge", by12, { by: "merge", login: "ben", pull: 12, commit: "c" }, false],
    ["the merge of what was taken back", back, { by: "merge", login: "b", pull: 12, commit: "c" }, true],
    ["a command beside a rollback", back, { by: "command", login: "b", pull: 12, commentId: 1 }, true],
    ["a further rollback", back, { by: "command", login: "b", pull: 7, commentId: 1, rollback: true }, false],
    ["anybody once it is closed", closed, { by: "merge", login: "ben", pull: 7, commit: "c" }, false],
  ])("%s", (_who, held, cause, expected) => {
    expect(isHeldFrom(held, cause)).toBe(expected);
  });
});
