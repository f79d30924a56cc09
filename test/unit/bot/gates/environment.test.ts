/** The rules of an environment as facts, word for word. */
import { describe, expect, it } from "vitest";
import { environment } from "../../../../bot/gates/environment.ts";
import type { EnvironmentFact } from "../../../../bot/gates/facts/facts.ts";

const HEAD = "1111111aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const now = new Date("2026-03-01T12:00:00Z");
const at = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const PROD: EnvironmentFact = {
  name: "prod",
  reviewers: ["olga", "acme/ops"],
  preventsSelfReview: false,
  isReviewed: true,
  agreed: { login: "olga", asks: false },
  waitMinutes: 0,
  waitsFrom: at(5),
  branch: "main",
  takesBranch: true,
  branches: [],
  unknownRules: [],
};

const judge = (...facts: readonly Partial<EnvironmentFact>[]) =>
  environment({
    environments: facts.map((fact) => ({ ...PROD, ...fact })),
    headSha: HEAD,
    branchSha: "2".repeat(40),
    login: "ana",
    now,
  });

describe("the gate environment", () => {
  it("is not there where no environment has a rule", () => {
    expect(environment({ environments: undefined, headSha: HEAD, login: "ana", now })).toBeUndefined();
  });

  it.each<[string, Partial<EnvironmentFact>, string]>([
    ["a reviewer has approved", {}, "prod: approved by @olga, a reviewer of it, for 1111111"],
    [
      "a reviewer asks",
      { agreed: { login: "ana", asks: true } },
      "prod: @ana, who asks, is a reviewer of it",
    ],
    ["nobody has to review", { reviewers: [], agreed: undefined }, "prod: its rules are kept"],
    ["the time is over", { waitMinutes: 5 }, "prod: approved by @olga, a reviewer of it, for 1111111"],
  ])("is open when %s", (_, fact, state) => {
    expect(judge(fact)).toEqual({ gate: "environment", passed: true, state });
  });

  it.each<[string, Partial<EnvironmentFact>, string, string]>([
    [
      "no reviewer has approved",
      { agreed: undefined },
      "no approval of 1111111 by a reviewer of prod",
      "Ask @olga or acme/ops to approve 1111111.",
    ],
    [
      "nobody else has",
      { agreed: undefined, preventsSelfReview: true },
      "no approval of 1111111 by a reviewer of prod other than @ana",
      "Ask @olga or acme/ops to approve 1111111.",
    ],
    [
      "the branch has moved on since the merge",
      { agreed: undefined, isReviewed: false },
      "no approval of 2222222 by a reviewer of prod",
      "Reviews here are of something else: ask @olga or acme/ops to send the command, or send it on the pull request that was merged last.",
    ],
    [
      "it has, and who asks does not count",
      { agreed: undefined, isReviewed: false, preventsSelfReview: true },
      "no approval of 2222222 by a reviewer of prod other than @ana",
      "Reviews here are of something else: ask @olga or acme/ops to approve the pull request that was merged last, and send the command there.",
    ],
    [
      "the reviews are unknown",
      { agreed: "unknown" },
      "could not read the reviews, or who put it into the merge queue",
      "Send the command again in a minute.",
    ],
    [
      "it is another branch",
      { branch: "topic", takesBranch: false, branches: ["main", "release/*"] },
      "prod takes only main and release/*; this is topic",
      "Merge it into a branch that prod takes; it is applied from there. Or change the environment's deployment branches.",
    ],
    [
      "the branch is not protected",
      { branch: "topic", takesBranch: false, branches: "protected" },
      "prod takes only protected branches; this is topic",
      "Merge it into a branch that prod takes; it is applied from there. Or change the environment's deployment branches.",
    ],
    [
      "no branch is taken",
      { takesBranch: false },
      "prod takes only no branch; this is main",
      "Merge it into a branch that prod takes; it is applied from there. Or change the environment's deployment branches.",
    ],
    [
      "it waits",
      { waitMinutes: 30 },
      "prod waits 30 minutes from the approval, until 2026-03-01 12:25 UTC",
      "Send the command again after 12:25 UTC.",
    ],
    [
      "it waits for an approval",
      { waitMinutes: 30, waitsFrom: undefined, reviewers: [], agreed: undefined },
      "prod has a wait timer of 30 minutes, which counts from an approval of the head",
      "Ask a reviewer to approve the head.",
    ],
    [
      "nobody can approve it, and it waits",
      { waitMinutes: 30, isReviewed: false, reviewers: [], agreed: undefined },
      "prod waits 30 minutes, until 2026-03-01 12:25 UTC",
      "Send the command again after 12:25 UTC.",
    ],
    [
      "nobody can approve it, and nobody knows when it came",
      { waitMinutes: 30, isReviewed: false, waitsFrom: undefined, reviewers: [], agreed: undefined },
      "prod has a wait timer of 30 minutes, which counts from the push of 2222222 to main, of which GitHub has no record",
      "Push a new commit to main, and send the command 30 minutes later.",
    ],
    [
      "a rule is unknown",
      { unknownRules: ["moon_phase"] },
      "prod has a rule that only GitHub can keep: moon_phase",
      "Remove it from the environment prod, or run the bot inside a workflow whose job names the environment.",
    ],
  ])("is closed when %s", (_, fact, state, next) => {
    expect(judge(fact)).toEqual({ gate: "environment", passed: false, state, next });
  });

  it("is closed when the rules cannot be read, with the permission that is missing", () => {
    const unread = { environments: "The App needs the permission `actions: read`." };
    expect(environment({ environments: "unknown", headSha: HEAD, login: "ana", now, unread })).toMatchObject({
      passed: false,
      next: unread.environments,
    });
  });

  it("is closed when one of several is", () => {
    expect(judge({}, { name: "prod (api)", agreed: undefined })).toMatchObject({ passed: false });
  });
});
