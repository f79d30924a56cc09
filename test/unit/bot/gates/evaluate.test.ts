/** What the gates are asked about: the environment's rules of what is deployed, and by whose reviews. */
import { describe, expect, it } from "vitest";
import { evaluateGates, type GateQuestion } from "../../../../bot/gates/evaluate.ts";
import type { PullFacts } from "../../../../bot/gates/facts/pull.ts";
import { PULL } from "./pull.ts";
import { type Answer, recorded } from "./recorded.ts";
import { gateServer } from "./server.ts";

const MERGE = "3".repeat(40);
const LATER = "4".repeat(40);
const MERGED: PullFacts = { ...PULL, state: "closed", merged: true, mergeSha: MERGE };

const APPROVED = {
  user: { login: "olga", type: "User" },
  state: "APPROVED",
  commit_id: PULL.headSha,
  submitted_at: "2026-03-01T12:00:00Z",
};
const rule = (reviewers: readonly string[]) => ({
  type: "required_reviewers",
  reviewers: reviewers.map((login) => ({ type: "User", reviewer: { login } })),
});
const ANSWERS: Readonly<Record<string, Answer>> = {
  "/pulls/{pull_number}/reviews": [APPROVED],
  "/environments/{environment_name}": { protection_rules: [rule(["olga"])] },
};

/** The gate `environment` of `dev`, asked by somebody who is no reviewer of it. */
async function rules(
  pull: PullFacts,
  question: Partial<GateQuestion> = {},
  { answers = ANSWERS, login = "ana" }: { readonly answers?: typeof ANSWERS; readonly login?: string } = {},
) {
  const { settings, stage, stack, services } = gateServer();
  const { request } = recorded(answers);
  const { gates } = await evaluateGates(
    { services, request, repository: stack.repository, settings, pull, login },
    { command: "apply", target: { stack, stage }, gates: [], reviewed: undefined, ...question },
  );
  return gates.find(({ gate }) => gate === "environment");
}

describe("an environment's reviewer who approved the pull request", () => {
  it.each<[string, PullFacts, Partial<GateQuestion>]>([
    ["its head", PULL, {}],
    ["what its merge made", MERGED, { branchSha: MERGE }],
    ["its merge, as it is judged", MERGED, { command: "other" }],
    ["a rollback, to what passed the rules before", PULL, { command: "rollback", branchSha: LATER }],
  ])("has agreed to %s", async (_, pull, question) => {
    expect(await rules(pull, question)).toMatchObject({ passed: true });
  });

  it.each<[string, PullFacts]>([
    ["what was merged after it", MERGED],
    ["the branch, when it was closed without a merge", { ...MERGED, merged: false }],
  ])("has not agreed to %s", async (_, pull) => {
    const gate = await rules(pull, { branchSha: LATER });
    expect(gate).toMatchObject({ passed: false, state: expect.stringContaining("4444444") });
    expect(gate?.next).toContain("@olga to send the command");
    expect(await rules(pull, { branchSha: LATER }, { login: "olga" })).toMatchObject({ passed: true });
  });

  describe("has no part in a wait timer where nobody can approve what is applied: it", () => {
    const now = gateServer().services.clock.now();
    const ago = (minutes: number): Date => new Date(now - minutes * 60_000);
    const issue = (minutes: number): PullFacts => ({ ...MERGED, isIssue: true, openedAt: ago(minutes) });
    const pushed = (minutes: number, after = LATER) => ({
      ...ANSWERS,
      "/environments/{environment_name}": { protection_rules: [{ type: "wait_timer", wait_timer: 30 }] },
      "/activity": [{ after, timestamp: ago(minutes).toISOString(), actor: { login: "ana" } }],
    });

    it.each<[string, PullFacts, ReturnType<typeof pushed>]>([
      ["the commit came to the branch", MERGED, pushed(31)],
      ["an issue was opened about a commit that is older", issue(31), pushed(900)],
      ["a commit came to the branch of an older issue", issue(900), pushed(31)],
    ])("counts from when %s, and passes", async (_, pull, answers) => {
      expect(await rules(pull, { branchSha: LATER }, { answers })).toMatchObject({ passed: true });
    });

    it.each<[string, PullFacts, ReturnType<typeof pushed>]>([
      ["the commit came to the branch", MERGED, pushed(29)],
      ["an issue was opened about a commit that is older", issue(29), pushed(900)],
      ["a commit came to the branch of an older issue", issue(900), pushed(29)],
    ])("counts from when %s, and waits", async (_, pull, answers) => {
      const state = expect.stringContaining("waits 30 minutes, until");
      expect(await rules(pull, { branchSha: LATER }, { answers })).toMatchObject({ passed: false, state });
    });

    it("is closed when GitHub has no record of the push", async () => {
      const gate = await rules(MERGED, { branchSha: LATER }, { answers: pushed(900, MERGE) });
      expect(gate).toMatchObject({ passed: false, state: expect.stringContaining("4444444 to main") });
    });
  });

  it("does not count when nobody knows who put it into the merge queue, and self-review is prevented", async () => {
    const answers = {
      ...ANSWERS,
      "/environments/{environment_name}": {
        protection_rules: [{ ...rule(["olga"]), prevent_self_review: true }],
      },
    };
    const login = "github-merge-queue[bot]";
    expect(await rules(MERGED, { command: "other" }, { answers, login })).toMatchObject({ passed: false });
    expect(await rules(MERGED, { command: "other" }, { answers })).toMatchObject({ passed: true });
    expect(await rules(MERGED, { command: "other" }, { answers, login: "olga" })).toMatchObject({
      passed: false,
    });
  });

  it("is not asked to approve an issue", async () => {
    const gate = await rules({ ...MERGED, isIssue: true }, { branchSha: LATER });
    expect(gate?.next).toContain("@olga to send the command");
  });
});
