import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advance,
  canMove,
  type Happening,
  isEnded,
  NEW_RUN,
  RUN_STATES,
  type Standing,
  statesBefore,
} from "../../../src/model/run-states.ts";
import { happening } from "../bot/runs/happenings.ts";

describe("the life of a run", () => {
  it.each([
    ["queued", "running", true],
    ["queued", "succeeded", false],
    ["queued", "failed", true],
    ["queued", "cancelled", true],
    ["running", "running", true],
    ["running", "queued", true],
    ["running", "succeeded", true],
    ["running", "failed", true],
    ["running", "cancelled", true],
    ["succeeded", "running", false],
    ["failed", "queued", false],
    ["cancelled", "succeeded", false],
  ] as const)("%s → %s: %s", (from, to, allowed) => {
    expect(canMove(from, to)).toBe(allowed);
    expect(statesBefore(to).includes(from)).toBe(allowed);
  });

  it("ends in four ways, and nothing follows", () => {
    expect(RUN_STATES.filter(isEnded)).toEqual(["succeeded", "failed", "cancelled", "overtaken"]);
    for (const state of RUN_STATES.filter(isEnded))
      for (const to of RUN_STATES) expect(canMove(state, to)).toBe(false);
  });
});

describe("whatever happens to a run", () => {
  const lives = fc.array(happening, { maxLength: 30 });
  const live = (happenings: readonly Happening[]): readonly Standing[] => {
    const all: Standing[] = [NEW_RUN];
    for (const what of happenings) all.push(advance(all.at(-1) ?? NEW_RUN, what) ?? all.at(-1) ?? NEW_RUN);
    return all;
  };

  it("moves only as it may, counts attempts up, and stays ended", () => {
    fc.assert(
      fc.property(lives, (happenings) => {
        const all = live(happenings);
        for (const [index, now] of all.entries()) {
          const before = all[index - 1];
          if (before === undefined) continue;
          if (now.state !== before.state) expect(canMove(before.state, now.state)).toBe(true);
          expect(now.attempts - before.attempts).toBeOneOf([0, 1]);
          if (isEnded(before.state)) expect(now).toEqual(before);
          if (before.cancelRequested) expect(now.cancelRequested).toBe(true);
          if (now.state === "running") expect(now.attempts).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("listens to the newest attempt only", () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 40 }), (happenings, attempt) => {
        const now = live(happenings).at(-1) ?? NEW_RUN;
        const end = advance(now, { kind: "end", attempt, state: "failed" });
        const back = advance(now, { kind: "hand-back", attempt });
        if (attempt !== now.attempts) expect([end, back]).toEqual([undefined, undefined]);
      }),
    );
  });
});
