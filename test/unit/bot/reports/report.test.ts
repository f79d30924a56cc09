/** One report per change of a group, against a GitHub that counts. */
import { beforeEach, describe, expect, it } from "vitest";
import { reportChange } from "../../../../bot/reports/report.ts";
import type { Services } from "../../../../bot/services/services.ts";
import { fail } from "../../../../src/model/errors.ts";
import type { Run } from "../../../../src/model/run.ts";
import { aStack, createMemoryStore, type MemoryStore } from "../../../fakes/store.ts";

const plan = {
  id: "0123456789ab",
  changes: [],
  counts: { create: 0, update: 0, replace: 0, delete: 0, "no-op": 0 },
  problems: [],
  stack: { projectName: "shop", stage: "dev", account: "123456789012", region: "eu-central-1" },
} as unknown as NonNullable<Run["plan"]>;
const result: NonNullable<Run["result"]> = {
  plan,
  succeeded: true,
  results: [],
  outputs: [],
  durationMs: 1,
  awsCalls: 1,
  cancelled: false,
};

let store: MemoryStore;
let calls: string[];
let refusing: RegExp | undefined;
let continued: number;
let services: Services;
beforeEach(() => {
  store = createMemoryStore();
  calls = [];
  refusing = undefined;
  continued = 0;
  const request = async (route: string) => {
    calls.push(route);
    if (refusing?.test(route)) fail("GITHUB_RATE_LIMITED", "GitHub asks to wait");
    const found = route.endsWith("/check-runs") ? { check_runs: [] } : [];
    return { status: 200, headers: {}, data: route.startsWith("GET") ? found : { id: calls.length } };
  };
  services = {
    store,
    clock: { now: () => 0, sleep: async () => {} },
    log: { info: () => {}, warn: () => {}, error: () => {} },
    github: async () => request,
    appSlug: "gatewright",
    serverUrl: "https://github.com",
  } as unknown as Services;
});

async function aGroup(size: number): Promise<readonly Run[]> {
  return store.createRuns(
    Array.from({ length: size }, (_, index) => ({
      group: "7d444840-9dc0-8d24-9d5c-0123456789ab",
      text: "/apply",
      stack: { ...aStack(), directory: `apps/${index}` },
      kind: "apply",
      cause: { by: "command", login: "ann", pull: 7, commentId: 5 },
      sha: "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
      adopt: [],
    })),
  );
}

async function end(run: Run | undefined): Promise<void> {
  await store.beginRun(run?.id ?? "");
  await store.endRun(run?.id ?? "", 1, { state: "succeeded", result });
}

const report = (run: Run | undefined): Promise<void> =>
  reportChange(services, run?.group ?? "", async () => {
    continued += 1;
  });

/** Writes to GitHub, by what they write. */
const writes = (what: RegExp): number =>
  calls.filter((route) => !route.startsWith("GET") && what.test(route)).length;
const COMMENT = /issues\/.*comments(\/\{comment_id\})?$/;
const CHECK = /check-runs/;
const REACTION = /reactions/;

describe("the report of a group", () => {
  it("tells runs that ended together in one comment, and asks nothing for the others", async () => {
    const runs = await aGroup(10);
    for (const run of runs) await end(run);
    for (const run of runs) await report(run);
    expect(writes(COMMENT)).toBe(1);
    expect(writes(CHECK)).toBe(10);
    expect(writes(REACTION)).toBe(1);
    expect(continued).toBe(1);
    const asked = calls.length;
    for (const run of runs) await report(run);
    expect(calls).toHaveLength(asked);
  });

  it("edits the comment once per change, and reacts and goes on at the end only", async () => {
    const runs = await aGroup(3);
    for (const [index, run] of runs.entries()) {
      await end(run);
      await report(run);
      expect(writes(COMMENT)).toBe(index + 1);
      expect(writes(CHECK)).toBe(index + 1);
      expect(writes(REACTION)).toBe(index === 2 ? 1 : 0);
    }
    expect(continued).toBe(1);
  });

  it("tells again what could not be told, and only that", async () => {
    const [one, other] = await aGroup(2);
    await end(one);
    await end(other);
    refusing = COMMENT;
    await expect(report(one)).rejects.toMatchObject({ code: "GITHUB_RATE_LIMITED" });
    expect(writes(CHECK)).toBe(2);
    // No reaction before its answer is there.
    expect(writes(REACTION)).toBe(0);
    refusing = undefined;
    calls = [];
    await report(one);
    expect(writes(COMMENT)).toBe(1);
    expect(writes(CHECK)).toBe(0);
    expect(writes(REACTION)).toBe(1);
    expect(continued).toBe(1);
  });

  it("after a crash between telling and recording edits what it wrote", async () => {
    const [run] = await aGroup(1);
    await end(run);
    const { recordReported } = store;
    services = { ...services, store: { ...store, recordReported: async () => fail("KILLED", "here") } };
    await expect(report(run)).rejects.toMatchObject({ code: "KILLED" });
    services = { ...services, store: { ...services.store, recordReported } };
    calls = [];
    await report(run);
    expect(calls.filter((route) => route.startsWith("POST") && COMMENT.test(route))).toEqual([]);
    expect(calls.filter((route) => route.startsWith("PATCH"))).toHaveLength(2);
  });
});
