import { describe, expect, it } from "vitest";
import { isAllSeen, type MergedPlans, seenOn } from "../../../../bot/gates/seen-merge.ts";
import type { ReviewContext } from "../../../../bot/gates/reviewed-plans.ts";
import { changeFacts, seenDigest, shownFacts } from "../../../../src/engine/plan/identity/facts.ts";
import type { Change, Plan, ShownPropertyChange } from "../../../../src/model/plan.ts";
import type { Run, RunCause, RunSummary } from "../../../../src/model/run.ts";
import type { StageSettings } from "../../../../src/settings/schema.ts";
import { aStack } from "../../../fakes/store.ts";
import { aPull, recorded } from "./recorded.ts";

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
    } as unknown as ReviewContext;
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

  /** A merge after an apply of `before`, with as many others as the list says; true for those that change the stack. */
  async function asked(others: readonly boolean[]) {
    const commits = others.map((_, index) => ({ sha: `commit-${index}` }));
    const pulls = others.map((_, index) => ({
      number: 100 + index,
      merge_commit_sha: `commit-${index}`,
      merged_at: "2026-01-01T00:00:00Z",
    }));
    const { request, asked: routes } = recorded({
      "/commits/{commit_sha}/pulls": [],
      "/compare/{basehead}": { commits },
      "GET /repos/{owner}/{repo}/pulls": pulls,
      "/files": ({ pull_number: pull }: Readonly<Record<string, unknown>>) => [
        { filename: others[Number(pull) - 100] === true ? "resources.js" : "docs/words.md" },
      ],
      "/pulls/{pull_number}": aPull("merged"),
      "/issues/{issue_number}/comments": [],
    });
    const store = {
      listRuns: async () => [now, run(command, "succeeded")],
      reviewedPlan: async () => undefined,
    };
    const context = { services: { store, keepsRecords: true }, request, repository: stack.repository };
    await seenOn(context as unknown as ReviewContext, now, planOf(A) as never, {
      stage: { gates: [] as readonly string[] } as StageSettings,
      planOf: () => Promise.reject(new Error("planned")),
    });
    const heads = routes.filter(([route]) => route.endsWith("/pulls/{pull_number}"));
    return heads.map(([, given]) => given.pull_number).sort();
  }

  it("are those that change the stack, however many others were merged meanwhile", async () => {
    const many = Array.from({ length: 60 }, (_, index) => index === 3 || index === 40);
    expect(await asked(many)).toEqual([103, 140, 8]);
  });

  it("are too many for anybody but a person above ten of the stack itself", async () => {
    expect(await asked(Array.from({ length: 9 }, () => true))).toHaveLength(10);
    expect(await asked(Array.from({ length: 10 }, () => true))).toEqual([]);
  });
});
