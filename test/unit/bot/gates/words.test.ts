/** What people read of each gate, word for word: a table for mutation tests and for whoever changes the words. */
import { describe, expect, it } from "vitest";
import type { CheckFact, Facts, ReviewFact } from "../../../../bot/gates/facts/facts.ts";
import { decideGates } from "../../../../bot/gates/gates.ts";
import type { GateName } from "../../../../src/model/gate.ts";

const HEAD = "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const OLD = "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const ID = "0123456789ab";
const now = new Date("2026-03-01T12:00:00Z");
const AGAIN = "Send the command again in a minute.";

const approval: ReviewFact = {
  login: "ben",
  state: "APPROVED",
  sha: HEAD,
  at: now,
  canWrite: true,
  isBot: false,
};
const GOOD: Facts = {
  command: "apply",
  login: "ana",
  permission: "write",
  author: "ana",
  headSha: HEAD,
  pushers: ["ana"],
  pull: 7,
  reviews: [approval],
  checks: [],
  behindBy: 0,
  lock: undefined,
  currentPlanId: ID,
  plannedSha: HEAD,
  now,
};

const check = (name: string, state: CheckFact["state"], from = "ci"): CheckFact => ({ name, from, state });
const many = (state: CheckFact["state"]): readonly CheckFact[] =>
  ["a", "b", "c", "d", "e", "f"].map((name) => check(name, state));

const CLOSED: readonly (readonly [GateName, Partial<Facts>, string, string])[] = [
  ["permission", { permission: undefined }, "could not read the permission of @ana", AGAIN],
  [
    "permission",
    { permission: "read" },
    "@ana has read permission",
    "Ask somebody with write permission to send the command.",
  ],
  [
    "permission",
    { allowed: ["ben", "acme/ops"], teams: undefined },
    "could not read whether @ana is in one of the teams the stage allows",
    AGAIN,
  ],
  [
    "permission",
    { allowed: ["ben", "cy"], teams: [] },
    "@ana may write, but is not on the stage's list of allowed people",
    "Ask one of ben, cy to send the command.",
  ],
  ["approved", { reviews: undefined }, "could not read the reviews", AGAIN],
  [
    "approved",
    { reviews: [] },
    "no approval by a person with write permission other than the author and who pushed the head",
    "Ask a reviewer to approve 1111111.",
  ],
  [
    "approved",
    { reviews: [{ ...approval, sha: OLD }] },
    "@ben approved 2222222, but the head is now 1111111",
    "Ask @ben to approve 1111111.",
  ],
  [
    "approved",
    { reviews: [approval, { ...approval, login: "cy", state: "CHANGES_REQUESTED" }] },
    "@cy requested changes",
    "Make the changes @cy requested, then ask for an approval.",
  ],
  [
    "approved",
    { pushers: ["ben"] },
    "@ben approved 1111111, but pushed it too",
    "Ask somebody else to approve 1111111.",
  ],
  [
    "approved",
    { pushers: undefined },
    "could not read who pushed 1111111: their own approval does not count",
    AGAIN,
  ],
  ["checks", { checks: undefined }, "could not read the checks", AGAIN],
  [
    "checks",
    { checks: [check("test", "red"), check("lint", "green"), check("slow", "pending")] },
    "1 of 3 checks passed; failed: `test`",
    "Fix the failing check `test`.",
  ],
  [
    "checks",
    { checks: [check("test", "red"), check("test", "red", "other")] },
    "0 of 2 checks passed; failed: `test` of ci, `test` of other",
    "Fix the failing checks `test` of ci, `test` of other.",
  ],
  [
    "checks",
    { checks: [check("test", "red", ""), check("test", "green")] },
    "1 of 2 checks passed; failed: `test`",
    "Fix the failing check `test`.",
  ],
  [
    "checks",
    { checks: many("red") },
    "0 of 6 checks passed; failed: `a`, `b`, `c`, `d`, `e`",
    "Fix the failing checks `a`, `b`, `c`, `d`, `e`.",
  ],
  [
    "checks",
    { checks: [check("slow", "pending"), check("lint", "green")] },
    "1 of 2 checks passed; running: `slow`",
    "Wait for `slow` to finish.",
  ],
  ["up-to-date", { behindBy: undefined }, "could not compare the branch with its base", AGAIN],
  [
    "up-to-date",
    { behindBy: 1 },
    "the branch is 1 commit behind its base",
    "Update the branch, review the new plan and apply that one.",
  ],
  [
    "up-to-date",
    { behindBy: 3 },
    "the branch is 3 commits behind its base",
    "Update the branch, review the new plan and apply that one.",
  ],
  ["unlocked", { lock: "unknown" }, "could not read the lock, so the stack counts as locked", AGAIN],
];

const OPEN: readonly (readonly [GateName, Partial<Facts>, string])[] = [
  ["permission", { permission: "maintain" }, "@ana has maintain permission"],
  ["permission", { allowed: ["acme/ops"], teams: ["acme/ops"] }, "@ana has write permission"],
  ["approved", {}, "approved by @ben for 1111111"],
  ["checks", {}, "no other checks"],
  ["checks", { checks: [check("a", "green"), check("b", "green")] }, "2 of 2 checks passed"],
  ["up-to-date", {}, "the branch is up to date with its base"],
  ["unlocked", {}, "not locked"],
];

describe("a closed gate says", () => {
  it.each(CLOSED)("%s %j", (gate, change, state, next) => {
    const decision = decideGates([gate], { ...GOOD, ...change });
    expect(decision.gates).toEqual([{ gate, passed: false, state, next }]);
    expect(decision).toMatchObject({ allowed: false, next });
  });
});

describe("an open gate says", () => {
  it.each(OPEN)("%s %j", (gate, change, state) => {
    const decision = decideGates([gate], { ...GOOD, ...change });
    expect(decision.gates).toEqual([{ gate, passed: true, state }]);
    expect(decision.allowed).toBe(true);
  });
});
