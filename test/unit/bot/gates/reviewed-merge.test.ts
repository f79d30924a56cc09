import { describe, expect, it } from "vitest";
import { plansOfHead, reviewedNow, reviewedOfMerge } from "../../../../bot/gates/reviewed-merge.ts";
import type { RepositoryContext } from "../../../../bot/services/services.ts";
import type { ReviewedPlan } from "../../../../bot/services/store.ts";
import type { Target } from "../../../../bot/stacks/targets.ts";
import type { MergeCause, Run, RunSummary, StackRef } from "../../../../src/model/run.ts";
import { planMarkerLine } from "../../../../src/report/markdown/marker.ts";
import { settingsSchema } from "../../../../src/settings/schema.ts";
import { aStack } from "../../../fakes/store.ts";
import { aPull, recorded } from "./recorded.ts";

const { stages } = settingsSchema.parse({
  projectName: "shop",
  stages: { dev: {}, open: { gates: ["permission"] } },
});
const { dev, open } = stages;
if (dev === undefined || open === undefined) throw new Error("no stages");
const target = (directory = "."): Target => ({ stack: { ...aStack(), directory }, stage: dev });

const digest = (letter: string): string => letter.repeat(64);
/** The head of each pull request is its number, forty times. */
const headOf = (pull: number): string => String(pull).repeat(40);
const plan = (letter: string, pull: number, more: Partial<ReviewedPlan> = {}): ReviewedPlan => ({
  digest: digest(letter),
  sha: headOf(pull),
  ...more,
});

/** An apply of a plan that a pull request showed. */
const applied = (letter: string, pull: number, more: Partial<RunSummary> = {}) =>
  ({
    kind: "apply",
    state: "succeeded",
    planId: digest(letter),
    cause: { by: "command", login: "ana", pull, commentId: 1 },
    counts: { create: 0, update: 1, replace: 0, delete: 0, "no-op": 0, redeploy: 0 },
    ...more,
  }) as RunSummary;

interface World {
  /** What the bot has on record, by pull request and directory. */
  readonly plans?: Readonly<Record<string, ReviewedPlan>>;
  readonly runs?: readonly RunSummary[];
  readonly comments?: readonly unknown[];
  readonly keepsRecords?: boolean;
}

function world({ plans = {}, runs = [], comments = [], keepsRecords = true }: World) {
  const { request, asked } = recorded({
    "/pulls/{pull_number}": ({ pull_number: pull }: Readonly<Record<string, unknown>>) =>
      aPull("merged", headOf(Number(pull))),
    "/issues/{issue_number}/comments": comments,
  });
  const listed: unknown[] = [];
  const store = {
    reviewedPlan: async (stack: StackRef, pull: number, purpose: string) =>
      purpose === "apply" ? plans[`${pull} ${stack.directory}`] : undefined,
    listRuns: async (how: unknown) => {
      listed.push(how);
      return runs;
    },
  };
  const services = { store, keepsRecords, appSlug: "gatewright" };
  const context = { services, request, repository: aStack().repository } as unknown as RepositoryContext;
  return { context, asked, listed };
}

const ofMerge = async (made: World, pulls: readonly number[], directories = ["."]) => {
  const found = await reviewedOfMerge(world(made).context, directories.map(target), pulls);
  return Object.fromEntries(found);
};

describe("the plans that a merge is compared with", () => {
  it("are those of the merged heads, by the order of the pull requests, for each directory", async () => {
    const plans = { "7 a": plan("a", 7), "8 a": plan("b", 8), "8 b": plan("c", 8) };
    expect(await ofMerge({ plans }, [8, 7], ["a", "b", "c"])).toEqual({
      a: [digest("b"), digest("a")],
      b: [digest("c")],
    });
  });

  it("are none of a head that has moved on since it was planned", async () => {
    expect(await ofMerge({ plans: { "7 .": plan("a", 7, { sha: headOf(6) }) } }, [7])).toEqual({});
  });

  it("are none that an apply has used up, which is not the same as never planned", async () => {
    const plans = { "7 .": plan("a", 7), "8 .": plan("b", 8) };
    const made = { plans, runs: [applied("a", 7)] };
    expect(await ofMerge(made, [7])).toEqual({ ".": [] });
    expect(await ofMerge(made, [8, 7])).toEqual({ ".": [digest("b")] });
  });

  it("are used up by what succeeded alone: the store is asked for nothing else", async () => {
    const { context, listed } = world({ plans: { "7 .": plan("a", 7) } });
    await reviewedOfMerge(context, [target()], [7]);
    expect(listed).toEqual([{ stack: target().stack, states: ["succeeded"], limit: 100 }]);
  });

  it("may be those of a comment that shows the merged head", async () => {
    const shown = { directory: ".", digest: digest("e"), headSha: headOf(7) };
    const comment = {
      user: { login: "github-actions[bot]" },
      updated_at: "2026-01-01T00:00:00Z",
      body: planMarkerLine({ version: 1, stage: "dev", stacks: [shown] }),
    };
    const { context } = world({ comments: [comment] });
    expect(Object.fromEntries(await plansOfHead(context, [target()], 7))).toEqual({
      ".": { digest: digest("e"), sha: headOf(7), from: "comment", seen: undefined },
    });
    expect(await plansOfHead(context, [target()], 8)).toEqual(new Map());
  });
});

describe("what a run of a merge is compared with", () => {
  const cause: MergeCause = { by: "merge", login: "ana", pull: 7, commit: "c" };
  const planned: string[] = [];
  const now = async (made: World, run: Partial<Run>, stage = dev): Promise<readonly string[] | undefined> => {
    planned.length = 0;
    return reviewedNow(world(made).context, { stack: aStack(), cause, ...run } as Run, stage, async (sha) => {
      planned.push(sha);
      return digest("f");
    });
  };
  const unreviewed = { planId: "unreviewed" };

  it("is nothing where nobody is asked", async () => {
    expect(await now({}, { planId: undefined })).toBeUndefined();
  });

  it("is what was known when it was queued, with the plans of the push's other pull requests", async () => {
    expect(await now({}, { planId: digest("a") })).toEqual([digest("a")]);
    expect(await now({}, { planId: digest("a"), orPlanIds: [digest("b")] })).toEqual([
      digest("a"),
      digest("b"),
    ]);
  });

  it("is the plan that was made of its head since", async () => {
    expect(await now({ plans: { "7 .": plan("a", 7) } }, unreviewed)).toEqual([digest("a")]);
    expect(planned).toEqual([]);
  });

  it("is nothing that any plan is named by, where every review is used up", async () => {
    const made = { plans: { "7 .": plan("a", 7) }, runs: [applied("a", 7)] };
    expect(await now(made, unreviewed)).toEqual(["unreviewed"]);
    expect(planned).toEqual([]);
  });

  it("is a plan of the approved head, made now, where none was ever made", async () => {
    expect(await now({}, unreviewed)).toEqual([digest("f")]);
    expect(planned).toEqual([headOf(7)]);
  });

  it.each<[string, World, Partial<Run>, typeof dev]>([
    ["nobody need have approved the head", {}, {}, open],
    ["no record would hold it", { keepsRecords: false }, {}, dev],
    ["no pull request was merged", {}, { cause: { by: "merge", login: "ana", commit: "c" } }, dev],
  ])("is nothing that any plan is named by, where %s", async (_what, made, run, stage) => {
    expect(await now(made, { ...unreviewed, ...run }, stage)).toEqual(["unreviewed"]);
    expect(planned).toEqual([]);
  });
});
