/** What people read of each gate, word for word: a table for mutation tests and for whoever changes the words. */
import { describe, expect, it } from "vitest";
import type { CheckFact, Facts, ReviewFact } from "../../../../bot/gates/facts/facts.ts";
import { heldError } from "../../../../bot/gates/hold.ts";
import { decideGates } from "../../../../bot/gates/gates.ts";
import type { GateName } from "../../../../src/model/gate.ts";
import type { Hold } from "../../../../src/model/run.ts";

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

const stack = {
  repository: { id: 1, owner: "o", name: "r", defaultBranch: "main" },
  stage: "dev",
  directory: ".",
};
const before = new Date(now.getTime() - 600_000);
const lock = { stack, owner: "cy", reason: "incident", since: before, token: 1 };
const held: Hold = { stack, pull: 12, login: "cy", sha: OLD, since: before };
const back: Hold = { ...held, rollback: true };
const UNHOLD =
  "Merge or close #12, or end its hold with `/release`: then its changes are undone by the next apply.";
const UNBACK =
  "When what is applied next is right again, end it with `/release`: merges that waited then run.";

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
  [
    "unlocked",
    { lock },
    "locked by @cy 10 minutes ago: incident",
    "Ask @cy, or end the lock with `/unlock`.",
  ],
  [
    "unlocked",
    { lock: { ...lock, owner: "ana", pull: 8 } },
    "locked by @ana 10 minutes ago: incident",
    "Ask @ana, or end the lock with `/unlock`.",
  ],
  [
    "unlocked",
    { lock: { ...lock, runId: "r" } },
    "locked by @cy 10 minutes ago: incident",
    "Wait for the run to end, or stop it with `/cancel`.",
  ],
  ["plan-current", { currentPlanId: undefined }, "this pull request has no plan yet", "Send `/plan`."],
  [
    "plan-current",
    { command: "rollback", currentPlanId: undefined },
    "this pull request has no plan yet",
    "Send `/rollback`.",
  ],
  [
    "plan-current",
    { command: "destroy", currentPlanId: undefined },
    "this pull request has no plan of what to delete",
    "Send `/destroy`.",
  ],
  [
    "plan-current",
    { plannedSha: OLD },
    `plan ${ID} was made for 2222222, but the head is now 1111111`,
    "Send `/plan` and review the new plan.",
  ],
  [
    "plan-current",
    { command: "rollback", plannedSha: OLD },
    `plan ${ID} was made for 2222222, but it now goes back to 1111111`,
    "Send `/rollback` and review the new plan.",
  ],
  [
    "plan-current",
    { plannedSha: HEAD, branchSha: OLD },
    `plan ${ID} was made for 1111111, but the head is now 2222222`,
    "Send `/plan` and review the new plan.",
  ],
  [
    "plan-current",
    { askedPlanId: "ffffffffffff" },
    `plan ffffffffffff is out of date; the current plan is ${ID}`,
    `Review the current plan and send \`/apply ${ID}\`.`,
  ],
  [
    "plan-current",
    { command: "destroy", askedPlanId: "ffffffffffff" },
    `plan ffffffffffff is out of date; the current plan is ${ID}`,
    `Review the current plan and send \`/destroy ${ID}\`.`,
  ],
  [
    "plan-current",
    { command: "other", askedPlanId: "ffffffffffff" },
    `plan ffffffffffff is out of date; the current plan is ${ID}`,
    `Review the current plan and send \`/apply ${ID}\`.`,
  ],
  [
    "plan-current",
    { onlyInComment: true },
    `plan ${ID} is in a comment only, which every writer can edit`,
    `Look at the plan and send \`/apply ${ID}\`, or send \`/plan\`.`,
  ],
  ["hold", { hold: "unknown" }, "could not find out whether another pull request holds the stack", AGAIN],
  ["hold", { hold: held }, "held by #12 since cy applied 2222222 10 minutes ago", UNHOLD],
  ["hold", { hold: back }, "cy took it back to 2222222 with /rollback on #12 10 minutes ago", UNBACK],
  ["needs", { needs: "unknown" }, "could not find out what the stages that this one needs have", AGAIN],
  [
    "needs",
    { needs: ["dev", "qa", "test"].map((stage) => ({ stage, applied: stage === "qa" })) },
    "not applied with this commit: dev, test",
    "Apply dev first: `/apply -s dev`.",
  ],
  ["built", { built: "unknown" }, "could not find out whether the code is built", AGAIN],
  [
    "built",
    { built: "unknown", unread: { built: "Grant `actions: read`." } },
    "could not find out whether the code is built",
    "Grant `actions: read`.",
  ],
  [
    "approved",
    { pushers: undefined, unread: { pushers: "Grant `contents: read`." } },
    "could not read who pushed 1111111: their own approval does not count",
    "Grant `contents: read`.",
  ],
  [
    "approved",
    { pushers: undefined, reviews: [{ ...approval, sha: OLD }] },
    "@ben approved 2222222, but the head is now 1111111",
    "Ask @ben to approve 1111111.",
  ],
  [
    "permission",
    { allowed: ["acme/ops"], teams: undefined, unread: { teams: "Grant `members: read`." } },
    "could not read whether @ana is in one of the teams the stage allows",
    "Grant `members: read`.",
  ],
];

const OPEN: readonly (readonly [GateName, Partial<Facts>, string])[] = [
  ["permission", { permission: "maintain" }, "@ana has maintain permission"],
  ["permission", { allowed: ["acme/ops"], teams: ["acme/ops"] }, "@ana has write permission"],
  ["approved", {}, "approved by @ben for 1111111"],
  ["checks", {}, "no other checks"],
  ["checks", { checks: [check("a", "green"), check("b", "green")] }, "2 of 2 checks passed"],
  ["up-to-date", {}, "the branch is up to date with its base"],
  ["unlocked", {}, "not locked"],
  ["unlocked", { lock: { ...lock, owner: "Ana", pull: 7 } }, "locked by @ana for this pull request"],
  ["permission", { allowed: ["acme/ops", "ben"], teams: ["acme/ops"] }, "@ana has write permission"],
  ["plan-current", {}, `plan ${ID} was made for 1111111`],
  ["plan-current", { askedPlanId: ID }, `plan ${ID} was made for 1111111`],
  ["plan-current", { branchSha: OLD, plannedSha: OLD }, `plan ${ID} was made for 2222222`],
  ["hold", { pull: 12, hold: held }, "held by #12 since cy applied 2222222 10 minutes ago"],
  [
    "hold",
    { command: "rollback", hold: back },
    "cy took it back to 2222222 with /rollback on #12 10 minutes ago",
  ],
  ["needs", { needs: ["dev", "qa"].map((stage) => ({ stage, applied: true })) }, "dev, qa applied"],
];

const FIXED: readonly GateName[] = ["hold", "needs", "built"];

describe("a closed gate says", () => {
  it.each(CLOSED)("%s %j", (gate, change, state, next) => {
    const decision = decideGates(FIXED.includes(gate) ? [] : [gate], { ...GOOD, ...change });
    expect(decision.gates).toEqual([{ gate, passed: false, state, next }]);
    expect(decision).toMatchObject({ allowed: false, next });
  });
});

describe("an open gate says", () => {
  it.each(OPEN)("%s %j", (gate, change, state) => {
    const decision = decideGates(FIXED.includes(gate) ? [] : [gate], { ...GOOD, ...change });
    expect(decision.gates).toEqual([{ gate, passed: true, state }]);
    expect(decision.allowed).toBe(true);
  });
});

describe("who came when the stack was held already reads", () => {
  it("who holds it, and how that ends", () => {
    expect(heldError(held)).toEqual({
      code: "HELD",
      message: "#12 has applied changes to this stack that are not merged yet",
      hint: UNHOLD,
    });
  });

  it("that it was taken back, and how that ends", () => {
    expect(heldError(back)).toEqual({
      code: "HELD",
      message: "the stack was taken back to 2222222 with /rollback on #12",
      hint: UNBACK,
    });
  });
});
