import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckFact, Facts, ReviewFact } from "../../../../bot/gates/facts/facts.ts";
import { decideGates } from "../../../../bot/gates/gates.ts";
import { GATE_NAMES, type GateName } from "../../../../src/model/gate.ts";

const now = new Date("2026-03-01T12:00:00Z");
const head = "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const old = "2222222bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const approval: ReviewFact = {
  login: "ben",
  state: "APPROVED",
  sha: head,
  at: now,
  canWrite: true,
  isBot: false,
};
const objection: ReviewFact = { ...approval, login: "cy", state: "CHANGES_REQUESTED" };
const test: CheckFact = { name: "test", from: "ci", state: "green" };
const good: Facts = {
  command: "apply",
  login: "ana",
  permission: "write",
  author: "ana",
  headSha: head,
  pushers: ["ana"],
  pull: 7,
  reviews: [approval],
  checks: [test],
  behindBy: 0,
  lock: undefined,
  currentPlanId: `0123456789ab${"c".repeat(52)}`,
  plannedSha: head,
  now,
};
const stack = {
  repository: { id: 1, owner: "o", name: "r", defaultBranch: "main" },
  stage: "dev",
  directory: ".",
};

function evaluate(gate: GateName, change: Partial<Facts>) {
  return decideGates([gate], { ...good, ...change }).gates[0];
}

describe("the gates", () => {
  it("all open when every fact is good", () => {
    expect(decideGates(GATE_NAMES, good)).toMatchObject({ allowed: true });
    expect(decideGates(GATE_NAMES, good).next).toBeUndefined();
  });

  it.each([
    ["permission", { permission: "read" }, "@ana has read permission"],
    ["permission", { permission: "triage" }, "@ana has triage permission"],
    ["permission", { permission: undefined }, "could not read the permission of @ana"],
    ["permission", { allowed: ["org/deployers", "ben"], teams: [] }, "not on the stage's list"],
    ["permission", { allowed: ["org/deployers"], teams: undefined }, "could not read whether"],
    ["permission", { allowed: ["ben"], teams: undefined }, "not on the stage's list"],
    ["approved", { reviews: [] }, "no approval"],
    ["approved", { reviews: undefined }, "could not read the reviews"],
    ["approved", { reviews: [{ ...approval, login: "ana" }] }, "no approval"],
    ["approved", { reviews: [{ ...approval, login: "Ana" }] }, "no approval"],
    ["approved", { reviews: [{ ...approval, canWrite: false }] }, "no approval"],
    ["approved", { reviews: [{ ...approval, canWrite: "unknown" }] }, "no approval"],
    ["approved", { reviews: [{ ...approval, isBot: true }] }, "no approval"],
    ["approved", { pushers: ["Ben"] }, "@ben approved 1111111, but pushed it too"],
    ["approved", { pushers: ["ana", "ben"] }, "@ben approved 1111111, but pushed it too"],
    ["approved", { pushers: undefined }, "could not read who pushed 1111111"],
    [
      "approved",
      { reviews: [approval, { ...objection, canWrite: "unknown" }] },
      "@cy requested changes; what",
    ],
    ["approved", { reviews: [approval, { ...objection, isBot: true }] }, "@cy requested changes"],
    ["approved", { pushers: ["cy"], reviews: [approval, objection] }, "@cy requested changes"],
    ["approved", { reviews: [{ ...approval, sha: old }] }, "approved 2222222, but the head is now 1111111"],
    [
      "approved",
      { reviews: [approval, { ...approval, state: "DISMISSED", at: new Date(now.getTime() + 1) }] },
      "no approval",
    ],
    [
      "approved",
      { reviews: [approval, { ...approval, login: "cy", state: "CHANGES_REQUESTED" }] },
      "@cy requested changes",
    ],
    ["checks", { checks: [{ ...test, state: "red" }] }, "0 of 1 checks passed; failed: `test`"],
    ["checks", { checks: [{ ...test, state: "pending" }] }, "running: `test`"],
    [
      "checks",
      {
        checks: [
          { ...test, state: "red" },
          { ...test, from: "other-ci" },
        ],
      },
      "1 of 2 checks passed; failed: `test` of ci",
    ],
    ["checks", { checks: undefined }, "could not read the checks"],
    ["up-to-date", { behindBy: 2 }, "2 commits behind"],
    ["up-to-date", { behindBy: undefined }, "could not compare"],
    ["unlocked", { lock: "unknown" }, "counts as locked"],
    [
      "unlocked",
      {
        lock: { stack, owner: "cy", reason: "incident", since: new Date(now.getTime() - 600_000), token: 1 },
      },
      "locked by @cy 10 minutes ago: incident",
    ],
    [
      "unlocked",
      { lock: { stack, owner: "ana", reason: "run", since: now, token: 1, runId: "r", pull: 7 } },
      "locked by @ana",
    ],
    ["plan-current", { currentPlanId: undefined }, "no plan"],
    ["plan-current", { plannedSha: old }, "was made for 2222222"],
    ["plan-current", { askedPlanId: "ffffffffffff" }, "the current plan is 0123456789ab"],
    ["plan-current", { askedPlanId: `0123456789ab${"d".repeat(52)}` }, "is out of date"],
    ["plan-current", { onlyInComment: true }, "in a comment only"],
  ] as [GateName, Partial<Facts>, string][])("%s is shut for %j", (gate, change, state) => {
    const found = evaluate(gate, change);
    expect(found).toMatchObject({ gate, passed: false });
    expect(found?.state).toContain(state);
    expect(found?.next).toBeTruthy();
  });

  it.each([
    ["permission", { allowed: ["org/deployers"], teams: ["org/deployers"] }],
    ["permission", { allowed: ["ANA"] }],
    [
      "approved",
      { reviews: [approval, { ...approval, state: "COMMENTED", at: new Date(now.getTime() + 1) }] },
    ],
    [
      "approved",
      {
        reviews: [
          { ...approval, login: "cy", state: "CHANGES_REQUESTED", at: new Date(0) },
          { ...approval, login: "cy" },
        ],
      },
    ],
    ["approved", { pushers: ["ben"], reviews: [approval, { ...approval, login: "cy" }] }],
    ["approved", { reviews: [approval, { ...approval, state: "PENDING", at: new Date(now.getTime() + 1) }] }],
    [
      "approved",
      {
        reviews: [
          { ...approval, at: new Date(now.getTime() + 1) },
          { ...objection, login: "ben" },
        ],
      },
    ],
    ["approved", { reviews: [approval, { ...objection, canWrite: false }] }],
    ["checks", { checks: [] }],
    ["unlocked", { lock: { stack, owner: "ana", reason: "mine", since: now, token: 1, pull: 7 } }],
    ["plan-current", { askedPlanId: "0123456789ab" }],
    ["plan-current", { askedPlanId: "0123456789ab", onlyInComment: true }],
    ["plan-current", { askedPlanId: "0123456789ab", currentPlanId: "0123456789ab" }],
  ] as [GateName, Partial<Facts>][])("%s is open for %j", (gate, change) => {
    expect(evaluate(gate, change)).toMatchObject({ passed: true });
  });

  it("lists every gate of a refusal and names the first thing to do", () => {
    const decision = decideGates(GATE_NAMES, { ...good, reviews: [], behindBy: 3 });
    expect(decision.gates.map(({ gate, passed }) => [gate, passed])).toEqual([
      ["permission", true],
      ["approved", false],
      ["checks", true],
      ["up-to-date", false],
      ["unlocked", true],
      ["plan-current", true],
    ]);
    expect(decision.next).toMatch(/^Update the branch/);
  });

  it("never lets anything through that could not be found out", () => {
    const unknowns: Partial<Facts>[] = [
      { permission: undefined },
      { reviews: undefined },
      { pushers: undefined },
      { checks: undefined },
      { behindBy: undefined },
      { lock: "unknown" },
      { currentPlanId: undefined },
    ];
    fc.assert(
      fc.property(fc.subarray(unknowns, { minLength: 1 }), (some) => {
        expect(decideGates(GATE_NAMES, Object.assign({}, good, ...some)).allowed).toBe(false);
      }),
    );
  });
});
