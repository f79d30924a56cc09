import { describe, expect, test } from "vitest";
import { runProgress } from "../../../../bot/services/run-progress.ts";
import type { RunEvent, RunSummary } from "../../../../src/model/run.ts";

const NOON = Date.parse("2026-03-01T12:00:00Z");
const minute = (minutes: number): Date => new Date(NOON + minutes * 60_000);

const run = (more: Partial<RunSummary>): RunSummary => ({
  id: "r",
  group: "g",
  kind: "plan",
  state: "running",
  stack: {
    repository: { id: 1, owner: "acme", name: "shop", defaultBranch: "main" },
    directory: ".",
    stage: "dev",
  },
  cause: { by: "schedule" },
  sha: "a".repeat(40),
  adopt: [],
  createdAt: minute(0),
  startedAt: minute(0),
  attempts: 1,
  cancelRequested: false,
  ...more,
});
const event = (at: Date): RunEvent => ({
  runId: "r",
  sequence: 1,
  at,
  event: { kind: "log", text: "hello" },
});

describe("of a run", () => {
  test("that hangs, it is said for how long nothing was heard of it, and how to stop it", () => {
    const { text, silentMs } = runProgress(run({}), event(minute(1)), NOON + 6 * 60_000);
    expect(silentMs).toBe(300_000);
    expect(text).toMatch(/^running for 6 min 00 s\. No progress for 5 min 00 s.*`\/cancel`/);
  });

  test("that never said anything, its start counts", () => {
    expect(runProgress(run({}), undefined, NOON + 600_000).silentMs).toBe(600_000);
  });

  test("that goes on, only its time is said", () => {
    expect(runProgress(run({}), event(minute(5)), NOON + 5.5 * 60_000)).toEqual({
      text: "running for 5 min 30 s",
    });
  });

  test("that was asked to stop, that too", () => {
    expect(runProgress(run({ cancelRequested: true }), undefined, NOON + 10_000).text).toBe(
      "running for 10.0 s, stopping",
    );
  });

  test("that waits for its turn, since when", () => {
    const waiting = run({ state: "queued", startedAt: undefined });
    expect(runProgress(waiting, undefined, NOON + 600_000)).toEqual({ text: "queued 10 minutes ago" });
  });

  test("that has ended, how", () => {
    expect(runProgress(run({ state: "failed" }), undefined, NOON + 600_000)).toEqual({ text: "failed" });
  });
});
