import { describe, expect, test } from "vitest";
import { runBody, runParts } from "../../../../../bot/http/pages/run-page.ts";
import { viewOf } from "../../../../../bot/http/pages/run-view.ts";
import type { Run, RunEvent } from "../../../../../src/model/run.ts";
import { aStack } from "../../../../fakes/store.ts";
import { aChange, aPlan, everyday, firstDeploy, halfFailed, succeeded } from "../../../../fixtures/plans.ts";

const NOW = Date.UTC(2026, 10, 2, 12, 0, 0);

function aRun(more: Partial<Run> = {}): Run {
  return {
    id: "5b0c7f5e-2b0e-4a57-9b0e-1f4f2c8d9e10",
    group: "g",
    stack: aStack(),
    kind: "apply",
    cause: { by: "command", login: "ana", pull: 12, commentId: 5 },
    sha: "1a2b3c4d",
    adopt: [],
    state: "running",
    createdAt: new Date(NOW),
    startedAt: new Date(NOW),
    attempts: 1,
    cancelRequested: false,
    ...more,
  };
}

function events(...list: readonly RunEvent["event"][]): readonly RunEvent[] {
  return list.map((event, index) => ({ runId: "r", sequence: index + 1, at: new Date(NOW), event }));
}

const plan = firstDeploy();
const [api = aChange("create", "a", "b")] = plan.changes;
const started = { kind: "step-started", key: api.key, action: "create", at: NOW } as const;
const [result] = succeeded(plan).results;
if (result === undefined) throw new Error("no result");
const finished = { kind: "step-finished", result, at: NOW } as const;

describe("how a run stands", () => {
  test("without a plan has no steps", () => {
    expect(viewOf(aRun(), []).steps).toEqual([]);
  });

  test("with a plan, waits", () => {
    const view = viewOf(aRun({ plan }), []);
    expect(view.counts).toMatchObject({ waiting: 8, running: 0 });
  });

  test("follows its events", () => {
    expect(viewOf(aRun({ plan }), events(started)).steps[0]).toMatchObject({ state: "running" });
    expect(viewOf(aRun({ plan }), events(started, finished)).steps[0]).toMatchObject({
      state: "succeeded",
      id: "7a38wlw431",
      durationMs: 300,
    });
  });

  test("knows what a running step waits for, since when and until when", () => {
    const waiting = {
      kind: "step-waiting",
      key: api.key,
      action: "create",
      awaiting: "the role",
      at: NOW + 1,
      until: NOW + 900_000,
    } as const;
    expect(viewOf(aRun({ plan }), events(started, waiting)).steps[0]).toMatchObject({
      state: "running",
      startedAt: NOW,
      waiting: { awaiting: "the role", at: NOW + 1, until: NOW + 900_000 },
    });
    expect(viewOf(aRun({ plan }), events(started, waiting, finished)).steps[0]).not.toHaveProperty("waiting");
  });

  test("begins a step again after a resume", () => {
    const view = viewOf(aRun({ plan, attempts: 2 }), events(started, finished, started));
    expect(view.steps[0]?.state).toBe("running");
  });

  test("has what was under way when its process died as not done", () => {
    const view = viewOf(aRun({ plan, state: "failed" }), events(started));
    expect(view.counts).toMatchObject({ unfinished: 8, running: 0 });
  });

  test("believes the stored result more than events", () => {
    const halves = halfFailed();
    const view = viewOf(aRun({ plan: halves.plan, state: "failed", result: halves }), events(started));
    expect(view.counts).toMatchObject({ succeeded: 4, failed: 1, skipped: 3, unfinished: 0 });
  });

  test("leaves unchanged resources out of the steps, and keeps the ids of what is there", () => {
    const view = viewOf(aRun({ plan: everyday() }), []);
    expect(view.unchanged).toHaveLength(3);
    expect(view.steps.find(({ change }) => change.action === "delete")?.id).toBe("r4m9t2k");
  });

  test("of a plan has nothing that waits to be done", () => {
    const view = viewOf(aRun({ kind: "plan", state: "succeeded", plan }), []);
    expect([view.writes, view.counts.unfinished]).toEqual([false, 0]);
  });
});

describe("the page of a run", () => {
  const facts = (run: Run, list: readonly RunEvent[] = []) => ({
    view: viewOf(run, list),
    serverUrl: "https://github.example",
    now: NOW + 5000,
  });
  const text = (run: Run, list: readonly RunEvent[] = []): string =>
    String(runBody(facts(run, list), { siblings: [run], deployed: {} }));

  test.each<[string, Partial<Run>, string]>([
    ["queued", { state: "queued", startedAt: undefined }, "Waiting for its turn."],
    ["planning", {}, "Reading AWS and planning…"],
    ["running", { plan }, "0 of 8 changes made."],
    ["being cancelled", { plan, cancelRequested: true }, "Stopping once the current steps finish."],
    ["done", { plan, state: "succeeded", result: succeeded(plan) }, "All 8 changes were made."],
    ["half done", { state: "failed", result: halfFailed() }, "4 of 8 changes made, 1 failed, 3 skipped."],
    ["empty", { state: "succeeded", plan: aPlan([]) }, "Nothing had to change"],
    ["cancelled early", { state: "cancelled" }, "Cancelled before its first step."],
    ["a plan", { kind: "plan", state: "succeeded", plan }, "8 changes would be made."],
    ["resumed", { attempts: 3, plan }, "3 times: an earlier process ended before the run did"],
  ])("that is %s says so", (_, more, words) => {
    expect(text(aRun(more))).toContain(words);
  });

  test("lists what is as the spec says, and nobody else's resources among it", () => {
    const left = [
      aChange("no-op", "ApiGatewayV2::Api", "ours"),
      aChange("no-op", "ApiGatewayV2::Api", "theirs", { reason: { kind: "foreign" } }),
    ];
    const body = text(aRun({ state: "succeeded", plan: aPlan(left) }));
    expect(body).toContain("1 resource matches the spec");
    expect(body).not.toContain("theirs");
  });

  test("links to where it comes from", () => {
    const body = text(aRun({ text: "/apply <b>" }));
    expect(body).toContain('href="https://github.example/acme/shop/pull/12#issuecomment-5"');
    expect(body).toContain("/apply &lt;b&gt;");
  });

  test("has an element for each part that moves", () => {
    const run = aRun({ plan });
    const body = text(run);
    for (const { id } of runParts(facts(run))) expect(body.split(`id="${id}"`)).toHaveLength(2);
  });

  test("holds no markup of spec, AWS or people", () => {
    const evil = "<img src=x onerror=alert(1)>\"'&";
    const hostile = aPlan(
      [
        aChange("update", evil, evil, {
          id: evil,
          reason: { kind: "failed", why: evil },
          consequence: evil,
          properties: [
            { path: evil, before: evil, after: `${evil}\n${evil}`, replaces: true, sensitive: false },
          ],
          at: { file: evil, line: 1 },
        }),
        aChange("no-op", evil, `${evil}2`, { id: evil }),
      ],
      { problems: [{ severity: "error", code: evil, message: evil, hint: evil }] },
    );
    const [change = aChange("create", "a", "b")] = hostile.changes;
    const bad = {
      ...result,
      key: change.key,
      outcome: "failed",
      error: { code: evil, message: evil, hint: evil, requestId: evil },
    } as const;
    const run = aRun({
      plan: hostile,
      state: "failed",
      text: evil,
      stack: { ...aStack(), stage: evil, directory: evil },
      cause: { by: "command", login: evil, pull: 1, commentId: 1 },
      error: { code: evil, message: evil, hint: evil },
      result: succeeded(hostile, {
        results: [bad],
        outputs: [{ type: evil, resource: evil, name: evil, value: `javascript:${evil}` }],
      }),
    });
    const log = events({ kind: "log", text: evil }, { kind: "step-finished", result: bad, at: NOW });
    const body = String(
      runBody(facts(run, log), { siblings: [run, { ...run, id: "other" }], deployed: {}, refresh: 5 }),
    );
    expect(body).not.toContain("<img");
    expect(body).not.toContain('href="javascript');
    expect(body).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });
});
