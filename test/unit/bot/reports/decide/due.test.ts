import { describe, expect, it } from "vitest";
import { dueParts } from "../../../../../bot/reports/decide/due.ts";
import type { RunKind, RunState, RunSummary } from "../../../../../src/model/run.ts";
import { aStack } from "../../../../fakes/store.ts";

const NOTHING: ReadonlyMap<string, number> = new Map();

function aGroup(kind: RunKind, ...states: readonly RunState[]): readonly RunSummary[] {
  return states.map((state, index) => ({
    id: `${index}`,
    group: "g",
    stack: { ...aStack(), directory: `${index}` },
    kind,
    cause: { by: "command", login: "ann", pull: 7, commentId: 1 },
    sha: "1a2b",
    adopt: [],
    state,
    createdAt: new Date(0),
    attempts: 1,
    cancelRequested: false,
  }));
}

/** As if everything that is due had been told. */
function told(runs: readonly RunSummary[], before = NOTHING): ReadonlyMap<string, number> {
  return new Map([...before, ...dueParts(runs, before).map(({ name, version }) => [name, version] as const)]);
}

const names = (runs: readonly RunSummary[], before = NOTHING): readonly string[] =>
  dueParts(runs, before).map(({ name }) => name);

describe("what a group of runs has to tell", () => {
  it("is nothing before one of them has ended", () => {
    expect(names([])).toEqual([]);
    expect(names(aGroup("apply", "queued", "running"))).toEqual([]);
  });

  it("is nothing for what was asked on a page, which answers itself", () => {
    const asked = aGroup("plan", "succeeded").map((run) => ({
      ...run,
      cause: { by: "page", login: "ann", of: "x", slot: 1 } as const,
    }));
    expect(names(asked)).toEqual([]);
  });

  it("is a run's own parts and the comment when it has ended, and the rest when all have", () => {
    const first = aGroup("apply", "succeeded", "running");
    expect(names(first)).toEqual(["check/0", "deployment/0", "answer"]);
    const after = told(first);
    expect(names(first, after)).toEqual([]);
    expect(names(aGroup("apply", "succeeded", "failed"), after)).toEqual([
      "check/1",
      "deployment/1",
      "answer",
      "head",
      "applied-plans",
      "failed-merge",
      "reaction",
      "next",
    ]);
  });

  it("is told once, whoever asks again", () => {
    for (const kind of ["plan", "apply", "destroy", "drift"] as const) {
      const runs = aGroup(kind, "succeeded", "cancelled", "failed");
      expect(names(runs, told(runs))).toEqual([]);
    }
  });

  it("of plans is one answer, when all are made", () => {
    expect(names(aGroup("plan", "succeeded", "queued"))).toEqual(["check/0"]);
    expect(names(aGroup("plan", "succeeded", "failed"))).toEqual([
      "check/0",
      "check/1",
      "answer",
      "head",
      "reaction",
      "next",
    ]);
  });

  it("is told anew when a run came to the group later", () => {
    const alone = aGroup("apply", "succeeded");
    const both = aGroup("apply", "succeeded", "succeeded");
    expect(names(both, told(alone))).toEqual([
      "check/1",
      "deployment/1",
      "answer",
      "head",
      "applied-plans",
      "failed-merge",
      "reaction",
      "next",
    ]);
  });
});
