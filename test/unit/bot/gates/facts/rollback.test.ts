import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deploy } from "../../../../../bot/gates/facts/deployed.ts";
import { deploysOf, isTakenBack, readRollback, rollbackOf } from "../../../../../bot/gates/facts/rollback.ts";
import type { Services } from "../../../../../bot/services/services.ts";
import type { RunSummary } from "../../../../../src/model/run.ts";
import { DEFAULT_SETTINGS, settingsSchema } from "../../../../../src/settings/schema.ts";
import { aStack, createMemoryStore } from "../../../../fakes/store.ts";
import { recorded } from "../recorded.ts";

/** `+b` a good deploy of b, `-b` one that failed half done, `~b` one whose smoke test failed, `x` a removal; `<` marks a rollback. */
function deploys(newestFirst: string): readonly Deploy[] {
  return newestFirst.split(" ").map((word) => {
    const isRollback = word.startsWith("<");
    const [how, sha] = isRollback ? [word[1], word.slice(2)] : [word[0], word.slice(1)];
    return { sha: how === "x" ? undefined : sha, good: how === "+", complete: how !== "-", isRollback };
  });
}

describe("a rollback goes back to", () => {
  it.each([
    ["+b +a", "a", "the commit before"],
    ["~c +b +a", "b", "the last good one, after a smoke test that failed"],
    ["-c ~b +a", "a", "what was good, past what was not"],
    ["+b +b +a", "a", "another commit than the one AWS has"],
    ["<+b ~c +b +a", "a", "further back, the second time"],
    ["<+b +c +b +a", "a", "further back, never forward to what it undid"],
    ["<-b ~c +b +a", "b", "where it was left half done"],
    ["<~b ~c +b +a", "a", "further back when what it went back to is not good either"],
    ["+d <+b ~c +b +a", "b", "what the last rollback ended at"],
    ["x +b +a", "b", "what was there before all was deleted"],
  ])("%s → %s: %s", (history, to) => {
    expect(rollbackOf(deploys(history))?.to).toBe(to);
  });

  // In the last three the deploy that the rollback went back to is older than what is still known.
  it.each(["+a", "~a", "+a +a", "+b -a", "x", "<+a +b", "<+a +c +b", "<+a +c <+a +b"])(
    "nothing in %s",
    (history) => {
      expect(rollbackOf(deploys(history))).toBeUndefined();
    },
  );

  it("a commit that was deployed well, and ends: going back again and again never repeats one", () => {
    const deploy = fc.record({
      sha: fc.constantFrom("a", "b", "c", "d"),
      good: fc.boolean(),
      complete: fc.constant(true),
      isRollback: fc.constant(false),
    });
    fc.assert(
      fc.property(fc.array(deploy, { maxLength: 8 }), (history) => {
        let now: readonly Deploy[] = history;
        const seen: string[] = [];
        for (let back = rollbackOf(now); back !== undefined; back = rollbackOf(now)) {
          const { to } = back;
          expect(history.some(({ sha, good }) => good && sha === to)).toBe(true);
          seen.push(to);
          expect(seen.length).toBeLessThanOrEqual(history.length);
          now = [{ sha: to, good: true, complete: true, isRollback: true }, ...now];
        }
      }),
    );
  });
});

describe("the deploys among a stack's runs", () => {
  const counts = { create: 0, update: 1, replace: 0, delete: 0, "no-op": 0, redeploy: 0 };
  const run = (sha: string, more: Partial<RunSummary> = {}): RunSummary =>
    ({
      sha,
      kind: "apply",
      state: "succeeded",
      cause: { by: "command" },
      counts,
      startedAt: new Date(0),
      ...more,
    }) as RunSummary;
  const of = (...runs: readonly RunSummary[]): readonly unknown[] =>
    deploysOf(runs, () => false).map(({ sha, good }) => [sha, good]);

  it("are neither plans, nor applies that stopped at once, nor those with nothing to do", () => {
    const error = { code: "PLAN_STALE", message: "" };
    const idle = { counts: { ...counts, update: 0 } };
    expect(
      of(run("d", idle), run("c", { kind: "plan" }), run("b", { state: "failed", error }), run("a")),
    ).toEqual([["a", true]]);
  });

  it("are good once a later apply had nothing left to do and passed", () => {
    const idle = run("b", { counts: { ...counts, update: 0 } });
    expect(of(idle, run("b", { state: "failed" }), run("a"))).toEqual([
      ["b", true],
      ["a", true],
    ]);
  });

  it("are not good by an apply that had nothing left to do and did not pass either", () => {
    const idle = run("b", { counts: { ...counts, update: 0 }, state: "failed" });
    expect(of(idle, run("b", { state: "failed" }), run("a"))).toEqual([
      ["b", false],
      ["a", true],
    ]);
  });

  it("are no plan that is under way", () => {
    expect(of(run("c", { kind: "plan", state: "running", counts: undefined }), run("a"))).toEqual([
      ["a", true],
    ]);
  });

  it("are what is under way, and the removal of everything, without being good", () => {
    expect(
      of(
        run("d", { state: "running", counts: undefined }),
        run("c", { kind: "destroy" }),
        run("b", { goneFrom: "a" }),
      ),
    ).toEqual([
      ["d", false],
      [undefined, false],
      [undefined, false],
    ]);
  });

  it("tell a rollback that is not well from one that is half done, whatever was refused or tried since", async () => {
    const failed = { state: "failed" } as const;
    const rollback = { cause: { by: "command", rollback: true } as RunSummary["cause"], ...failed };
    const runs = [
      run("e", { id: "refused", ...failed, error: { code: "PLAN_STALE", message: "" } }),
      run("b", { id: "again", ...rollback, counts: { ...counts, update: 0 } }),
      run("b", { id: "back", ...rollback }),
      run("c", { id: "c" }),
      run("b", { id: "b" }),
      run("a", { id: "a" }),
    ];
    const to = async (succeeded: boolean) => {
      const services = {
        keepsRecords: true,
        store: {
          listRuns: async () => runs,
          getRun: async (id: string) => ({ ...runs.find((one) => one.id === id), result: { succeeded } }),
        },
      } as unknown as Services;
      const never = () => Promise.reject(new Error("asked GitHub"));
      return (await readRollback(services, never, DEFAULT_SETTINGS, aStack()))?.to;
    };
    expect(await to(true)).toBe("a");
    expect(await to(false)).toBe("b");
  });
});

describe("what a stack has", () => {
  const counts = { create: 0, update: 1, replace: 0, delete: 0, "no-op": 0, redeploy: 0 };
  const run = (back: boolean, more: Partial<RunSummary> = {}): RunSummary =>
    ({
      sha: "a",
      kind: "apply",
      state: "succeeded",
      cause: { by: "command", rollback: back },
      counts,
      startedAt: new Date(0),
      ...more,
    }) as RunSummary;

  it.each<[string, boolean, readonly RunSummary[]]>([
    ["was never applied", false, []],
    ["a rollback left", true, [run(true), run(false)]],
    ["was applied after a rollback", false, [run(false), run(true)]],
    [
      "a rollback left, beside an apply that is under way",
      true,
      [run(false, { state: "running" }), run(true)],
    ],
    ["a rollback left, which a plan looked at", true, [run(false, { kind: "plan" }), run(true)]],
    ["a rollback is still making", false, [run(true, { state: "running" }), run(false)]],
    ["a rollback left half done", true, [run(true, { state: "failed" }), run(false)]],
  ])("is what %s: taken back %s", (_what, expected, runs) => {
    expect(isTakenBack(runs)).toBe(expected);
  });
});

describe("inside a workflow a rollback goes back to", () => {
  const [NEW, OLD] = ["2".repeat(40), "1".repeat(40)];
  const deployment = (id: number, sha: string) => ({
    id,
    sha,
    creator: { login: "github-actions[bot]" },
    payload: { run: `run-${id}`, pull: 7, by: "ana" },
  });
  const pull = (more: object = {}) => ({
    merged_at: "2026-01-01T00:00:00Z",
    head: { sha: OLD },
    base: { ref: "main" },
    ...more,
  });

  async function backTo(aheadBy: number, pulls: readonly unknown[] = [], stages: object = { dev: {} }) {
    const { request, asked } = recorded({
      "GET /repos/{owner}/{repo}/deployments": [deployment(2, NEW), deployment(1, OLD)],
      "/statuses": [{ state: "success" }],
      "/compare/{basehead}": { ahead_by: aheadBy },
      "/commits/{commit_sha}/pulls": pulls,
      "/contents/{path}": undefined,
    });
    const services = {
      keepsRecords: false,
      appSlug: "github-actions",
      store: createMemoryStore(),
      github: async () => request,
    } as unknown as Services;
    const settings = settingsSchema.parse({ projectName: "shop", stages });
    return { rollback: await readRollback(services, request, settings, aStack()), asked };
  }

  it("the commit that the branch has", async () => {
    const { rollback, asked } = await backTo(0);
    expect(rollback).toEqual({ from: NEW, to: OLD });
    const compared = asked.filter(([route]) => route.endsWith("/compare/{basehead}"));
    expect(compared.map(([, { basehead }]) => basehead)).toEqual([`main...${OLD}`]);
    expect(asked.some(([route]) => route.endsWith("/pulls"))).toBe(false);
  });

  it("the head of a pull request that was merged into it", async () => {
    const { rollback, asked } = await backTo(1, [pull({ merged_at: null }), pull()]);
    expect(rollback).toEqual({ from: NEW, to: OLD });
    expect(asked.at(-1)).toEqual([
      "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
      { owner: "acme", repo: "shop", commit_sha: OLD },
    ]);
  });

  it.each([
    ["no pull request has", []],
    ["only a pull request has that is not merged", [pull({ merged_at: null })]],
    ["a pull request has somewhere below its head", [pull({ head: { sha: NEW } })]],
    ["was merged into another branch", [pull({ base: { ref: "release" } })]],
    ["is known of no pull request of its own", [pull({ merged_at: undefined, base: {}, head: {} })]],
  ])("no commit that %s", async (_what, pulls) => {
    expect((await backTo(1, pulls)).rollback).toBeUndefined();
  });

  it("what the stage's own branch has", async () => {
    const release = { dev: { branch: "release" } };
    const { rollback, asked } = await backTo(1, [pull({ base: { ref: "release" } })], release);
    expect(rollback).toEqual({ from: NEW, to: OLD });
    const compared = asked.filter(([route]) => route.endsWith("/compare/{basehead}"));
    expect(compared.map(([, { basehead }]) => basehead)).toEqual([`release...${OLD}`]);
  });
});
