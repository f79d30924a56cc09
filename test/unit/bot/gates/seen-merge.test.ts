import { describe, expect, it } from "vitest";
import { isAllSeen, type MergedPlans, seenOn } from "../../../../bot/gates/seen-merge.ts";
import type { RepositoryContext } from "../../../../bot/services/services.ts";
import type { ReviewedPlan } from "../../../../bot/services/store.ts";
import { changeFacts, seenDigest, shownFacts } from "../../../../src/engine/plan/identity/facts.ts";
import type { Change, Plan, ShownPropertyChange } from "../../../../src/model/plan.ts";
import type { Run, RunCause, RunSummary, StackRef } from "../../../../src/model/run.ts";
import type { StageSettings } from "../../../../src/settings/schema.ts";
import { aStack, createMemoryStore } from "../../../fakes/store.ts";
import { type Answer, aPull, recorded } from "./recorded.ts";

const property = (path: string, after: string, sensitive = false): ShownPropertyChange => ({
  path,
  before: sensitive ? "(sensitive)" : "old",
  after: sensitive ? "(sensitive)" : after,
  replaces: false,
  sensitive,
});

/** An update of one box for each name, to these properties. */
const changesOf = (boxes: Readonly<Record<string, readonly ShownPropertyChange[]>>): readonly Change[] =>
  Object.entries(boxes).map(([name, properties]) => ({
    key: `Toy::Box::${name}`,
    type: "Toy::Box",
    name,
    action: "update",
    properties,
    after: [],
  }));

const planOf = (boxes: Parameters<typeof changesOf>[0]) => {
  const changes = changesOf(boxes);
  const plan = { changes } as Plan;
  return { plan, facts: shownFacts(plan), digest: seenDigest(plan) };
};

/** A pull request that shows and asks for the same. */
const merged = (boxes: Parameters<typeof changesOf>[0], more: Partial<MergedPlans> = {}): MergedPlans => {
  const { facts } = planOf(boxes);
  return { asked: facts, askedShown: facts, seen: { facts }, ...more };
};

const A = { a: [property("Size", "2")] };
const B = { b: [property("Size", "3")] };

describe("a merge does what was seen", () => {
  it("when one pull request shows all of it, whatever else its head asks for", () => {
    const undoesA = planOf({ ...B, a: [property("Size", "1")] }).facts;
    expect(isAllSeen(planOf(B), [merged(B, { asked: undoesA })])).toBe(true);
  });

  it("when each of two shows its part, also of one resource", () => {
    const [one, two] = [{ a: [property("Size", "2")] }, { a: [property("Colour", "red")] }];
    const both = { a: [property("Size", "2"), property("Colour", "red")] };
    expect(isAllSeen(planOf({ ...A, ...B }), [merged(A), merged(B)])).toBe(true);
    expect(isAllSeen(planOf(both), [merged(one), merged(two)])).toBe(true);
  });

  it("not when it does more than was shown, or less", () => {
    const asked = planOf({ ...A, ...B }).facts;
    expect(isAllSeen(planOf({ ...A, ...B }), [merged(A, { asked })])).toBe(false);
    expect(isAllSeen(planOf(A), [merged({ ...A, ...B })])).toBe(false);
  });

  it("not when a value differs from what was shown", () => {
    const other = { a: [property("Size", "4")] };
    expect(isAllSeen(planOf(other), [merged(A, { asked: planOf(other).facts })])).toBe(false);
  });

  it("not when no approved head asks for a value that is masked", () => {
    const masked = { a: [property("Token", "", true)] };
    const real = (token: string) =>
      new Set(changesOf(masked).flatMap((one) => changeFacts(one, [property("Token", token)])));
    const merge = { plan: planOf(masked).plan, facts: real("new") };
    expect(isAllSeen(merge, [merged(masked, { asked: real("new") })])).toBe(true);
    expect(isAllSeen(merge, [merged(masked, { asked: real("other") })])).toBe(false);
  });

  it("by a comment when that shows exactly the same", () => {
    const comment = (boxes: Parameters<typeof changesOf>[0]) => ({ seen: { digest: planOf(boxes).digest } });
    expect(isAllSeen(planOf(A), [merged(A, comment(A))])).toBe(true);
    expect(isAllSeen(planOf(A), [merged(A, comment(B))])).toBe(false);
    expect(isAllSeen(planOf(A), [merged(A, { ...comment(A), asked: planOf(B).facts })])).toBe(false);
  });

  it("not by a comment beside another reviewed pull request", () => {
    const byComment = merged(A, { seen: { digest: planOf(A).digest } });
    expect(isAllSeen(planOf(A), [byComment, merged(B)])).toBe(false);
    expect(isAllSeen(planOf(A), [byComment, merged(B, { seen: undefined })])).toBe(true);
  });

  it("by what an approved head asks for where it was never planned", () => {
    expect(isAllSeen(planOf(A), [merged(A, { seen: undefined })])).toBe(true);
    expect(isAllSeen(planOf(A), [merged(B, { seen: undefined })])).toBe(false);
    expect(isAllSeen(planOf(A), [merged({ ...A, ...B }, { seen: undefined })])).toBe(true);
  });

  it("not when nobody has merged anything", () => {
    expect(isAllSeen(planOf(A), [])).toBe(false);
  });
});

describe("the reviews of pull requests that were merged before", () => {
  const stack = aStack();
  const counts = { create: 0, update: 1, replace: 0, delete: 0, "no-op": 0, redeploy: 0 };
  const run = (cause: RunCause, state: RunSummary["state"]): Run => ({
    id: state,
    group: "g",
    stack,
    kind: "apply",
    cause,
    sha: "abc",
    adopt: [],
    state,
    createdAt: new Date(0),
    startedAt: new Date(0),
    attempts: 1,
    cancelRequested: false,
    counts,
  });
  const command: RunCause = { by: "command", login: "ana", pull: 7, commentId: 1 };
  const now = run({ by: "merge", login: "ana", pull: 8, commit: "abc" }, "running");
  const found = (before: Run) => {
    const context = {
      services: { store: { listRuns: async () => [now, before] }, keepsRecords: true },
      request: () => Promise.reject(new Error("asked GitHub")),
      repository: stack.repository,
    } as unknown as RepositoryContext;
    return seenOn(context, now, planOf(A) as never, {
      stage: {} as StageSettings,
      planOf: () => Promise.reject(new Error("planned")),
    });
  };

  it("are looked for after an apply", async () => {
    await expect(found(run(command, "succeeded"))).rejects.toThrow("asked GitHub");
  });

  it.each(["succeeded", "failed"] as const)(
    "say nothing after a rollback that %s: what it undid comes back only when somebody looks at it",
    async (state) => {
      expect(await found(run({ ...command, rollback: true }, state))).toBeUndefined();
    },
  );

  /** Another repository for each: the files of merged pull requests are remembered. */
  let repositories = 100;
  const others = (changing: readonly boolean[]): Readonly<Record<string, Answer>> => ({
    "/commits/{commit_sha}/pulls": [],
    "/compare/{basehead}": { commits: changing.map((_, index) => ({ sha: `commit-${index}` })) },
    "GET /repos/{owner}/{repo}/pulls": changing.map((_, index) => ({
      number: 100 + index,
      merge_commit_sha: `commit-${index}`,
      merged_at: "2026-01-01T00:00:00Z",
    })),
    "/files": ({ pull_number: pull }: Readonly<Record<string, unknown>>) => [
      { filename: changing[Number(pull) - 100] === true ? "resources.js" : "docs/words.md" },
    ],
    "/pulls/{pull_number}": ({ pull_number: pull }: Readonly<Record<string, unknown>>) =>
      aPull("merged", headOf(Number(pull))),
    "/issues/{issue_number}/comments": [],
  });
  const headOf = (pull: number): string => String(pull).padStart(40, "0");

  interface Known {
    /** Whether each pull request that was merged since the last apply changes the stack; they are #100, #101, … */
    readonly changing?: readonly boolean[];
    readonly runs?: readonly RunSummary[];
    readonly plans?: Readonly<Record<number, ReviewedPlan>>;
    /** The plans of runs, by their ids. */
    readonly made?: Readonly<Record<string, Plan>>;
    /** What a head asks for now. */
    readonly asks?: Readonly<Record<number, Parameters<typeof changesOf>[0]>>;
    readonly gates?: readonly string[];
    readonly keepsRecords?: boolean;
    readonly answers?: Readonly<Record<string, Answer>>;
  }

  /** What `seenOn` says of a merge of #8 that does A; what it asked, and of which heads it made a plan. */
  async function seen(known: Known) {
    const {
      changing = [],
      plans = {},
      made = {},
      asks = {},
      gates = ["approved"],
      keepsRecords = true,
    } = known;
    const runs = known.runs ?? [now, run(command, "succeeded")];
    const { request, asked } = recorded({ ...others(changing), ...known.answers });
    const planned: string[] = [];
    const listed: unknown[] = [];
    const store = {
      ...createMemoryStore(),
      listRuns: async (how: unknown) => {
        listed.push(how);
        return runs;
      },
      reviewedPlan: async (_stack: StackRef, pull: number) => plans[pull],
      getRun: async (id: string) => ({ plan: made[id] }),
    };
    repositories += 1;
    const repository = { ...stack.repository, id: repositories };
    const services = { store, keepsRecords, appSlug: "gatewright", github: async () => request };
    const found = await seenOn(
      { services, request, repository } as unknown as RepositoryContext,
      { ...now, stack: { ...stack, repository } },
      planOf(A) as never,
      {
        stage: { gates } as StageSettings,
        planOf: async (sha) => {
          planned.push(sha);
          const pull = Object.keys(asks).find((one) => headOf(Number(one)) === sha);
          return planOf(pull === undefined ? {} : (asks[Number(pull)] ?? {})) as never;
        },
      },
    );
    return { found, asked, planned, listed };
  }

  /** The pull requests whose heads are looked at. */
  async function lookedAt(changing: readonly boolean[]) {
    const { asked } = await seen({ changing, gates: [] });
    const heads = asked.filter(([route]) => route.endsWith("/pulls/{pull_number}"));
    return heads.map(([, given]) => given.pull_number).sort();
  }

  it("are those that change the stack, however many others were merged meanwhile", async () => {
    const many = Array.from({ length: 60 }, (_, index) => index === 3 || index === 40);
    expect(await lookedAt(many)).toEqual([103, 140, 8]);
  });

  it("are too many for anybody but a person above ten of the stack itself", async () => {
    expect(await lookedAt(Array.from({ length: 9 }, () => true))).toHaveLength(10);
    await expect(lookedAt(Array.from({ length: 10 }, () => true))).rejects.toMatchObject({
      code: "PLAN_NOT_REVIEWED",
      message: expect.stringContaining("11 pull requests that change the stack"),
      hint: expect.stringContaining("/apply"),
    });
  });

  const onRecord = (pull: number, more: Partial<ReviewedPlan> = {}): ReviewedPlan => ({
    digest: String(pull % 10).repeat(64),
    sha: headOf(pull),
    ...more,
  });
  /** The run that made the plan of a head. */
  const planRun = (pull: number, more: Partial<RunSummary> = {}): RunSummary => ({
    ...run({ by: "approval", login: "ben", pull }, "succeeded"),
    id: `plan-${pull}`,
    kind: "plan",
    sha: headOf(pull),
    ...more,
  });
  const planFor = (
    pull: number,
    boxes: Parameters<typeof changesOf>[0],
    digest = onRecord(pull).digest,
  ): Plan => ({
    ...planOf(boxes).plan,
    digest,
  });
  const recordOf8 = {
    plans: { 8: onRecord(8) },
    runs: [now, planRun(8), run(command, "succeeded")],
    made: { "plan-8": planFor(8, A) },
    asks: { 8: A },
  };

  it("say what the bot's own plan of the merged head showed", async () => {
    const { found, planned, listed } = await seen(recordOf8);
    expect([found, planned]).toEqual([[8], [headOf(8)]]);
    expect(listed).toMatchObject([{ limit: 100, stack: { directory: ".", stage: "dev" } }]);
    expect((await seen({ ...recordOf8, made: { "plan-8": planFor(8, B) } })).found).toBeUndefined();
    expect((await seen({ ...recordOf8, asks: { 8: B } })).found).toBeUndefined();
  });

  it.each<[string, readonly RunSummary[]]>([
    ["that no run made", [now]],
    ["that a run of another commit made", [planRun(8, { sha: headOf(7) })]],
    ["that a run which was no plan made", [planRun(8, { kind: "drift" })]],
    ["of which the run is gone", [planRun(8, { id: "gone" })]],
  ])("say nothing by a plan %s", async (_what, runs) => {
    expect((await seen({ ...recordOf8, runs: [...runs, run(command, "succeeded")] })).found).toBeUndefined();
  });

  it("say nothing by another plan of the same head, and go on to the one that was reviewed", async () => {
    const other = planFor(8, A, "f".repeat(64));
    expect((await seen({ ...recordOf8, made: { "plan-8": other } })).found).toBeUndefined();
    const both = [planRun(8, { id: "later" }), ...recordOf8.runs];
    const made = { ...recordOf8.made, later: other };
    expect((await seen({ ...recordOf8, runs: both, made })).found).toEqual([8]);
  });

  it("say all that a comment shows by its digest, and nothing where it has none", async () => {
    const inComment = (digest: string | undefined) => ({
      ...recordOf8,
      plans: { 8: onRecord(8, { from: "comment" as const, seen: digest }) },
    });
    expect((await seen(inComment(planOf(A).digest))).found).toEqual([8]);
    expect((await seen(inComment(planOf(B).digest))).found).toBeUndefined();
    expect((await seen(inComment(undefined))).found).toBeUndefined();
  });

  it("say nothing once they are used up, and neither does what their head asks for", async () => {
    const apply = {
      ...run({ by: "command", login: "ana", pull: 8, commentId: 2 }, "succeeded"),
      planId: onRecord(8).digest,
    };
    const usedUp = { ...recordOf8, runs: [now, planRun(8), apply] };
    expect(await seen(usedUp)).toMatchObject({ found: undefined, planned: [] });
    const failed = { ...apply, state: "failed" as const, error: { code: "PLAN_STALE", message: "" } };
    const again = [now, planRun(8), failed, run(command, "succeeded")];
    expect((await seen({ ...recordOf8, runs: again })).found).toEqual([8]);
  });

  it("are stood for by the code of an approved head that nobody has planned, where approvals are asked for", async () => {
    expect(await seen({ asks: { 8: A } })).toMatchObject({ found: [8], planned: [headOf(8)] });
    expect(await seen({ asks: { 8: A }, gates: [] })).toMatchObject({ found: undefined, planned: [] });
  });

  it("count with those of the merges that were overtaken, since the apply before them", async () => {
    const overtaken = (commit: string, baseSha: string): RunSummary => ({
      ...run({ by: "merge", login: "ana", pull: 100, commit }, "overtaken"),
      baseSha,
    });
    const runs = [now, overtaken("newer", "middle"), overtaken("older", "first"), run(command, "failed")];
    const { found, asked } = await seen({ changing: [true, false], runs, asks: { 8: A, 100: {} } });
    expect(found).toEqual([8, 100]);
    const compared = asked.filter(([route]) => route.endsWith("/compare/{basehead}"));
    expect(compared.map(([, { basehead }]) => basehead)).toEqual(["first...abc"]);
  });

  it("are those of the merge alone where nothing was applied before", async () => {
    const { found, asked } = await seen({ changing: [true], runs: [now], asks: { 8: A } });
    expect(found).toEqual([8]);
    expect(asked.some(([route]) => route.endsWith("/compare/{basehead}"))).toBe(false);
  });

  it("are counted from GitHub's deployments where nothing is on record", async () => {
    const deployment = {
      id: 5,
      sha: "deployed",
      created_at: "2026-01-01T00:00:00Z",
      creator: { login: "gatewright[bot]" },
      payload: { run: "run-5", pull: 7, by: "ana" },
    };
    const answers = {
      "/deployments": [deployment],
      "/statuses": [{ state: "success" }],
      "/contents/{path}": undefined,
    };
    const { asked } = await seen({ changing: [true], runs: [now], keepsRecords: false, answers });
    const compared = asked.filter(([route]) => route.endsWith("/compare/{basehead}"));
    expect(compared.map(([, { basehead }]) => basehead)).toEqual(["deployed...abc"]);
  });

  it("ask for the files of other pull requests only", async () => {
    const answers = { "/commits/{commit_sha}/pulls": [{ number: 8, merge_commit_sha: "abc" }] };
    const { asked } = await seen({ changing: [true, true], asks: { 8: A }, answers });
    const files = asked.filter(([route]) => route.endsWith("/files")).map(([, given]) => given.pull_number);
    expect(files).toEqual([101, 100]);
  });
});
