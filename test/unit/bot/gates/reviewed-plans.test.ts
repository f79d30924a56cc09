import { describe, expect, it } from "vitest";
import {
  isPlanOf,
  removalLine,
  reviewedPlans,
  rollbackLine,
  shownRollbacks,
} from "../../../../bot/gates/reviewed-plans.ts";
import type { Services } from "../../../../bot/services/services.ts";
import type { PlanPurpose, ReviewedPlan } from "../../../../bot/services/store.ts";
import type { Target } from "../../../../bot/stacks/targets.ts";
import { planMarkerLine, type PlanMarker } from "../../../../src/report/markdown/marker.ts";
import type { RunCause, RunSummary, StackRef } from "../../../../src/model/run.ts";
import { settingsSchema } from "../../../../src/settings/schema.ts";
import { aStack } from "../../../fakes/store.ts";
import { recorded } from "./recorded.ts";

const HEAD = "1".repeat(40);
const OLD = "2".repeat(40);
const digest = (letter: string): string => letter.repeat(64);
const [stage] = Object.values(settingsSchema.parse({ projectName: "shop", stages: { dev: {} } }).stages);
if (stage === undefined) throw new Error("no stage");
const target = (directory = ".", name = "dev"): Target => ({
  stack: { ...aStack({ stage: name }), directory },
  stage,
});

type Shown = Partial<PlanMarker["stacks"][number]>;

/** The comment of a plan; `under` is what stands below its marker. */
function comment(
  shown: Shown | readonly Shown[],
  more: { login?: string; at?: number; under?: string; stage?: string } = {},
) {
  const { login = "gatewright[bot]", at = 0, under = "", stage: name = "dev" } = more;
  const stacks = [shown].flat().map((one) => ({ directory: ".", headSha: HEAD, ...one }));
  return {
    user: { login },
    body: `${planMarkerLine({ version: 1, stage: name, stacks })}\n${under}`,
    updated_at: `2026-01-01T00:00:0${at}Z`,
  };
}

interface Kept {
  readonly own?: ReviewedPlan | undefined;
  readonly keepsRecords?: boolean;
  readonly runs?: readonly RunSummary[];
  readonly plans?: Readonly<Record<string, string>>;
}

function context(
  comments: readonly unknown[],
  { own, keepsRecords = true, runs = [], plans = {} }: Kept = {},
) {
  const { request, asked } = recorded({ "/issues/{issue_number}/comments": comments });
  const looked: unknown[] = [];
  const services = {
    appSlug: "gatewright",
    keepsRecords,
    store: {
      reviewedPlan: async (stack: StackRef, pull: number, purpose: PlanPurpose) => {
        looked.push([stack.directory, pull, purpose]);
        return own;
      },
      listRuns: async (how: unknown) => {
        looked.push(how);
        return runs;
      },
      getRun: async (id: string) => ({ plan: plans[id] === undefined ? undefined : { digest: plans[id] } }),
    },
  } as unknown as Services;
  return { context: { services, request, repository: aStack().repository }, asked, looked };
}

const reviewed = async (
  comments: readonly unknown[],
  kept: Kept & { readonly purpose?: PlanPurpose; readonly targets?: readonly Target[] } = {},
) => {
  const { purpose = "apply", targets = [target()] } = kept;
  const found = await reviewedPlans(context(comments, kept).context, targets, 7, { purpose, sha: HEAD });
  return Object.fromEntries(found);
};
const A = { digest: digest("a") };
const inComment = (one: Shown) => ({ digest: A.digest, sha: HEAD, from: "comment", seen: undefined, ...one });

describe("the plan that was shown on a pull request", () => {
  it("is the bot's own record, whatever a comment of that head says", async () => {
    const own = { digest: digest("b"), sha: HEAD };
    expect(await reviewed([comment(A)], { own })).toEqual({ ".": own });
  });

  it("is a comment's of the head where the record is of an older one", async () => {
    const own = { digest: digest("b"), sha: OLD };
    expect(await reviewed([comment(A)], { own })).toEqual({ ".": inComment({}) });
  });

  it("is the record's, although that is old, where the comment's is of no head either", async () => {
    const own = { digest: digest("b"), sha: OLD };
    expect(await reviewed([comment({ ...A, headSha: OLD })], { own })).toEqual({ ".": own });
    expect(await reviewed([], { own })).toEqual({ ".": own });
  });

  it("is a comment's where the record has twelve digits only, and none where both have", async () => {
    const own = { digest: "b".repeat(12), sha: HEAD };
    expect(await reviewed([comment(A)], { own })).toEqual({ ".": inComment({}) });
    expect(await reviewed([comment({ digest: "a".repeat(12) })], { own })).toEqual({});
    expect(await reviewed([comment({ planId: "a".repeat(12) })], { own })).toEqual({});
  });

  it("is a comment's, with what that shows, where nothing is on record", async () => {
    const seen = digest("5");
    expect(await reviewed([comment({ ...A, seen })])).toEqual({ ".": inComment({ seen }) });
    expect(await reviewed([comment({ ...A, headSha: OLD })])).toMatchObject({ ".": { sha: OLD } });
  });

  it("is of the newest comment, by when it was edited last", async () => {
    const B = { digest: digest("b") };
    const newest = [comment(A, { at: 5 }), comment(B, { at: 3 })];
    expect(await reviewed(newest)).toMatchObject({ ".": A });
    expect(await reviewed(newest.toReversed())).toMatchObject({ ".": A });
    expect(await reviewed([comment(B, { at: 3 }), comment(A, { at: 3 })])).toMatchObject({ ".": A });
  });

  it("is of the bot's or the Action's comment alone", async () => {
    expect(await reviewed([comment(A, { login: "github-actions[bot]" })])).toMatchObject({ ".": A });
    for (const login of ["eve", "gatewright", "eve[bot]"])
      expect(await reviewed([comment(A, { login })])).toEqual({});
    expect(
      await reviewed([
        { ...comment(A), user: null },
        { user: { login: "gatewright[bot]" }, body: "Hi" },
      ]),
    ).toEqual({});
  });

  it("is of its own stage and directory", async () => {
    const targets = [target("a"), target("b"), target("c")];
    const stacks = [
      { ...A, directory: "a" },
      { digest: digest("b"), directory: "b" },
    ];
    expect(await reviewed([comment(stacks)], { targets })).toMatchObject({
      a: A,
      b: { digest: digest("b") },
    });
    expect(Object.keys(await reviewed([comment(stacks)], { targets }))).toEqual(["a", "b"]);
    expect(await reviewed([comment(A, { stage: "prod" })])).toEqual({});
  });

  it("is asked for of the pull request's comments, and of the record by stack and purpose", async () => {
    const { context: given, asked, looked } = context([]);
    await reviewedPlans(given, [target("a")], 7, { purpose: "apply", sha: HEAD });
    expect(asked).toEqual([
      [
        "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
        { owner: "acme", repo: "shop", issue_number: 7, per_page: 100, page: 1 },
      ],
    ]);
    expect(looked).toEqual([["a", 7, "apply"]]);
  });
});

describe("plans of other commands", () => {
  const removal = comment(A, { under: removalLine(12) });
  const back = comment(A, { under: rollbackLine("12") });

  it("are not those of the pull request", async () => {
    expect(await reviewed([removal, back])).toEqual({});
    for (const { body } of [removal, back]) expect(isPlanOf("dev", body)).toBe(false);
    expect(isPlanOf("dev", comment(A).body)).toBe(true);
    expect(isPlanOf("prod", comment(A).body)).toBe(false);
    expect(isPlanOf("dev", "Hello")).toBe(false);
  });

  it("to delete everything go by the record where one is kept, by their comment elsewhere", async () => {
    const how = { purpose: "destroy" as const };
    const { context: given, asked } = context([removal]);
    expect(await reviewedPlans(given, [target()], 7, { ...how, sha: HEAD })).toEqual(new Map());
    expect(asked).toEqual([]);
    const own = { digest: digest("b"), sha: HEAD };
    expect(await reviewed([removal], { ...how, own })).toEqual({ ".": own });
    expect(await reviewed([removal], { ...how, keepsRecords: false })).toEqual({ ".": inComment({}) });
    expect(await reviewed([comment(A), back], { ...how, keepsRecords: false })).toEqual({});
  });
});

describe("the plan of a rollback", () => {
  const back = comment({ ...A, headSha: OLD }, { under: rollbackLine("12") });
  const command: RunCause = { by: "command", login: "ana", pull: 7, commentId: 1, rollback: true };
  const run = (id: string, more: Partial<RunSummary> = {}) =>
    ({ id, kind: "plan", sha: OLD, cause: command, ...more }) as RunSummary;
  const shown = async (comments: readonly unknown[], kept: Kept, targets = [target()]) =>
    Object.fromEntries(await shownRollbacks(context(comments, kept).context, targets, 7));

  it("is inside a workflow the one that a comment shows for the stack", async () => {
    const kept = { keepsRecords: false };
    expect(await shown([back], kept)).toEqual({ ".": { digest: A.digest, sha: OLD, from: "comment" } });
    expect(await shown([back], kept, [target("other")])).toEqual({});
    expect(await shown([back], kept, [target(".", "prod")])).toEqual({});
    expect(await shown([comment(A), comment(A, { under: removalLine(1) })], kept)).toEqual({});
    const newer = comment({ digest: digest("b") }, { under: rollbackLine("13"), at: 4 });
    expect(await shown([newer, back], kept)).toMatchObject({ ".": { digest: digest("b") } });
  });

  it("is the bot's own newest one, never a comment's", async () => {
    const kept = { runs: [run("new"), run("old")], plans: { new: digest("c"), old: digest("d") } };
    expect(await shown([back], kept)).toEqual({ ".": { digest: digest("c"), sha: OLD } });
    const { context: given, asked, looked } = context([back], kept);
    await shownRollbacks(given, [target()], 7);
    expect(asked).toEqual([]);
    expect(looked).toEqual([{ stack: target().stack, states: ["succeeded"], limit: 100 }]);
  });

  it.each<[string, Partial<RunSummary>]>([
    ["another pull request", { cause: { ...command, pull: 8 } }],
    ["a plan that is none of a rollback", { cause: { by: "command", login: "ana", pull: 7, commentId: 1 } }],
    ["an apply", { kind: "apply" }],
  ])("is not of %s", async (_what, more) => {
    expect(await shown([back], { runs: [run("one", more)], plans: { one: digest("c") } })).toEqual({});
  });

  it("is none where the run has no plan any more", async () => {
    expect(await shown([back], { runs: [run("one")] })).toEqual({});
  });
});
