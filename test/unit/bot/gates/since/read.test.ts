/** A command on a pull request that is merged applies the branch: its reviews and checks say nothing of what else the branch has got. */
import { describe, expect, it } from "vitest";
import { evaluateGates, type GateQuestion } from "../../../../../bot/gates/evaluate.ts";
import type { PullFacts } from "../../../../../bot/gates/facts/pull.ts";
import type { Run, RunRequest } from "../../../../../src/model/run.ts";
import { createRun } from "../../../../fakes/store.ts";
import { PULL } from "../pull.ts";
import { aPull, type Answer, recorded } from "../recorded.ts";
import { gateServer } from "../server.ts";

const SQUASH = "3".repeat(40);
const LATER = "4".repeat(40);
const BETWEEN = "5".repeat(40);
const APPLIED = "6".repeat(40);
const OTHER_HEAD = "7".repeat(40);
const MERGED: PullFacts = { ...PULL, state: "closed", merged: true, mergeSha: SQUASH };

const review = (login: string, sha: string, state = "APPROVED") => ({
  user: { login, type: "User" },
  state,
  commit_id: sha,
  submitted_at: "2026-03-01T12:00:00Z",
});
const commit = (sha: string, parent: string) => ({ sha, parents: [{ sha: parent }] });
const merged = (number: number, sha: string, base = "main") => ({
  number,
  merged_at: "2026-03-01T12:00:00Z",
  merge_commit_sha: sha,
  base: { ref: base },
});
const check = (conclusion: string) => ({
  name: "test",
  app: { slug: "ci", id: 1 },
  check_suite: { id: 1 },
  status: "completed",
  conclusion,
  started_at: "2026-03-01T12:00:00Z",
});

interface World {
  /** What the branch has and the pull request's head has not, oldest first. */
  readonly commits?: readonly unknown[];
  readonly files?: readonly string[];
  /** The pull request that a commit came with. */
  readonly pulls?: Readonly<Record<string, unknown>>;
  readonly reviews?: Readonly<Record<number, readonly unknown[]>>;
  readonly otherFiles?: readonly string[];
  readonly checks?: Readonly<Record<string, readonly unknown[]>>;
  readonly answers?: Readonly<Record<string, Answer>>;
}

/** One more pull request, #8, was merged after #7. */
const LATER_MERGE: World = {
  commits: [commit(SQUASH, "0"), commit(LATER, SQUASH)],
  pulls: { [SQUASH]: merged(7, SQUASH), [LATER]: merged(8, LATER) },
};

let repositories = 100;

async function judge(
  world: World,
  pull: PullFacts = MERGED,
  question: Partial<GateQuestion> = {},
  applied?: Partial<Run>,
) {
  repositories += 1;
  const server = gateServer();
  const stack = { ...server.stack, repository: { ...server.stack.repository, id: repositories } };
  const { settings, stage, services } = server;
  if (applied !== undefined) {
    const run: RunRequest = {
      group: "g",
      stack,
      kind: "apply",
      cause: { by: "merge", login: "ana", commit: APPLIED },
      sha: APPLIED,
      adopt: [],
    };
    const { id } = await createRun(services.store, run);
    await services.store.beginRun(id);
    await services.store.endRun(id, 1, { state: "succeeded" });
  }
  const filesOf = (names: readonly string[]) => names.map((filename) => ({ filename }));
  const { request, asked } = recorded({
    "/collaborators/{username}/permission": { permission: "write", role_name: "write" },
    "/compare/{basehead}": {
      commits: world.commits ?? [],
      files: filesOf(world.files ?? ["resources.js"]),
      behind_by: 0,
    },
    "/commits/{commit_sha}/pulls": ({ commit_sha }: { commit_sha?: unknown }) => {
      const found = world.pulls?.[String(commit_sha)];
      return found === undefined ? [] : [found];
    },
    "/commits/{ref}": { files: filesOf(["resources.js"]), author: { login: "zoe" } },
    "/activity": [
      { after: OTHER_HEAD, actor: { login: "zoe" } },
      { after: PULL.headSha, actor: { login: "ana" } },
    ],
    "/pulls/{pull_number}/reviews": ({ pull_number }: { pull_number?: unknown }) =>
      world.reviews?.[Number(pull_number)] ?? (pull_number === 7 ? [review("ben", PULL.headSha)] : []),
    "/pulls/{pull_number}/files": filesOf(world.otherFiles ?? ["resources.js"]),
    "/pulls/{pull_number}": { ...aPull("merged", OTHER_HEAD), user: { login: "zoe" } },
    "/check-runs": ({ ref }: { ref?: unknown }) => ({ check_runs: world.checks?.[String(ref)] ?? [] }),
    "/statuses": [],
    ...world.answers,
  });
  const { gates } = await evaluateGates(
    { services, request, repository: stack.repository, settings, pull, login: "ana" },
    {
      command: "apply",
      target: { stack, stage },
      gates: ["approved", "checks"],
      reviewed: undefined,
      branchSha: LATER,
      ...question,
    },
  );
  const of = (name: string) => gates.find(({ gate }) => gate === name);
  return { approved: of("approved"), checks: of("checks"), asked };
}

describe("the reviews of a merged pull request", () => {
  it("say nothing of one that was merged after it and not approved", async () => {
    const { approved } = await judge(LATER_MERGE);
    expect(approved).toMatchObject({ passed: false, state: expect.stringContaining("#8") });
    expect(approved?.next).toContain("On #8");
  });

  it("are enough where that one was approved, too", async () => {
    const { approved } = await judge({ ...LATER_MERGE, reviews: { 8: [review("ben", OTHER_HEAD)] } });
    expect(approved).toMatchObject({ passed: true, state: expect.stringContaining("#8") });
  });

  it.each([
    ["a veto", [review("ben", OTHER_HEAD), review("cy", OTHER_HEAD, "CHANGES_REQUESTED")]],
    ["an approval of another head", [review("ben", PULL.headSha)]],
    ["who pushed it", [review("zoe", OTHER_HEAD)]],
  ])("are not enough where the later one has %s", async (_what, reviews) => {
    expect((await judge({ ...LATER_MERGE, reviews: { 8: reviews } })).approved).toMatchObject({
      passed: false,
    });
  });

  it("are enough where the later one does not change the stack", async () => {
    const { approved } = await judge({ ...LATER_MERGE, otherFiles: ["README.md"] });
    expect(approved).toMatchObject({ passed: true });
  });

  it("are enough where nothing of the stack changed, and then no commit is asked about", async () => {
    const { approved, asked } = await judge({ ...LATER_MERGE, files: ["README.md"] });
    expect(approved).toMatchObject({ passed: true });
    expect(asked.filter(([route]) => route.endsWith("/commits/{commit_sha}/pulls"))).toEqual([]);
  });

  it("say nothing of one that was merged before it into a branch that it did not have", async () => {
    const { approved } = await judge(
      {
        commits: [commit(BETWEEN, "0"), commit(SQUASH, BETWEEN)],
        pulls: { [BETWEEN]: merged(8, BETWEEN), [SQUASH]: merged(7, SQUASH) },
      },
      MERGED,
      { branchSha: SQUASH },
    );
    expect(approved).toMatchObject({ passed: false, state: expect.stringContaining("#8") });
  });

  it("say nothing of a commit that was pushed past all pull requests, also one that another branch has from one", async () => {
    for (const pulls of [{}, { [LATER]: merged(9, LATER, "release/1.x") }]) {
      const { approved } = await judge({ ...LATER_MERGE, pulls });
      expect(approved).toMatchObject({ passed: false, state: expect.stringContaining("4444444 was pushed") });
    }
  });

  it("look at the branch's own commits only, not at those that a merge commit brings", async () => {
    const { approved } = await judge({
      commits: [commit(SQUASH, "0"), commit(BETWEEN, "0"), commit(LATER, SQUASH)],
      pulls: { [LATER]: merged(8, LATER) },
      reviews: { 8: [review("ben", OTHER_HEAD)] },
    });
    expect(approved).toMatchObject({ passed: true });
  });

  it("are not enough where that cannot be found out, or is too much to ask", async () => {
    const broken = await judge({
      ...LATER_MERGE,
      answers: {
        "/commits/{commit_sha}/pulls": () => {
          throw new Error("away");
        },
      },
    });
    expect(broken.approved).toMatchObject({
      passed: false,
      state: expect.stringContaining("could not find out"),
    });
    const shas = Array.from({ length: 120 }, (_, index) =>
      index === 119 ? LATER : String(index).padStart(40, "a"),
    );
    const many = await judge({ commits: shas.map((sha, index) => commit(sha, shas[index - 1] ?? "0")) });
    expect(many.approved).toMatchObject({ passed: false, next: expect.stringContaining("new pull request") });
  });
});

describe("what was applied", () => {
  it("was judged then", async () => {
    const { approved } = await judge(LATER_MERGE, MERGED, { branchSha: APPLIED }, {});
    expect(approved).toMatchObject({ passed: true });
  });

  it("is all that an issue and a pull request closed without a merge may take for granted", async () => {
    const issue: PullFacts = { ...MERGED, headSha: LATER, isIssue: true };
    const left: PullFacts = { ...MERGED, merged: false };
    for (const pull of [issue, left]) {
      const since = { ...LATER_MERGE, commits: [commit(LATER, APPLIED)] };
      expect((await judge(since, pull, {}, {})).approved).toMatchObject({
        passed: false,
        state: expect.stringContaining("#8"),
      });
      const approved = { ...since, reviews: { 8: [review("ben", OTHER_HEAD)] } };
      expect((await judge(approved, pull, {}, {})).approved).toMatchObject({ passed: true });
      expect((await judge(approved, pull)).approved).toMatchObject({ passed: false });
    }
  });
});

describe("the checks of a merged pull request", () => {
  it("say nothing of a later one whose checks are red", async () => {
    const green = { [PULL.headSha]: [check("success")] };
    expect((await judge({ ...LATER_MERGE, checks: green })).checks).toMatchObject({ passed: true });
    const { checks } = await judge({
      ...LATER_MERGE,
      checks: { ...green, [OTHER_HEAD]: [check("failure")] },
    });
    expect(checks).toMatchObject({ passed: false, state: expect.stringContaining("#8") });
  });
});

describe("a merge", () => {
  it("under a rule that compares no plan does not bring in what was merged before it without an approval", async () => {
    const before: World = {
      commits: [commit(BETWEEN, "0"), commit(SQUASH, BETWEEN)],
      pulls: { [BETWEEN]: merged(8, BETWEEN) },
    };
    const asked = { command: "other", branchSha: undefined } as const;
    expect((await judge(before, MERGED, { ...asked, mergedTo: SQUASH })).approved).toMatchObject({
      passed: false,
    });
    expect((await judge(before, MERGED, asked)).approved).toMatchObject({ passed: true });
  });
});
