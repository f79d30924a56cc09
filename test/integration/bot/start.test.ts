/** Everything together, as main.ts opens it. */
import { describe, expect, it, onTestFinished } from "vitest";
import { openWork } from "../../../bot/runs/start.ts";
import type { Run } from "../../../src/model/run.ts";
import { systemClock } from "../../../src/index.ts";
import { aStack, createRun } from "../../fakes/store.ts";
import { until } from "./bots.ts";
import { anApplyResult } from "./steps.ts";
import { aRequest, collectingLog, postgres } from "./stores.ts";

describe("a bot's work", () => {
  it("is stored before it starts, handled after, and each end of a run is told, one at a time per group", async () => {
    const counted: string[] = [];
    const log = collectingLog();
    const work = await openWork({
      databaseUrl: (await postgres()).database("work"),
      clock: systemClock,
      log,
      metrics: {
        run: (kind, state) => counted.push(`${kind} ${state}`),
        runDuration: (kind, state, seconds) => counted.push(`${kind} ${state} took ${seconds >= 0}`),
      },
    });
    onTestFinished(() => work.stop());
    const group = crypto.randomUUID();
    const runs: Run[] = [];
    for (const directory of ["a", "b", "c"])
      runs.push(await createRun(work.store, aRequest({ ...aStack(), directory }, { group })));
    await work.store.acceptDelivery({ id: "d", event: "push", payload: '{"a":1}', receivedAt: new Date() });

    const handled: string[] = [];
    const told: string[] = [];
    let telling = 0;
    await work.start({
      delivery: async ({ id, event, payload }) => void handled.push(`${id} ${event} ${payload}`),
      carryOut: async () => ({ result: anApplyResult() }),
      drift: async () => {},
      report: async ({ runId, group: ended }) => {
        telling += 1;
        expect(telling).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 30));
        telling -= 1;
        expect(ended).toBe(group);
        expect(await work.store.getRun(runId)).toMatchObject({ state: "succeeded" });
        told.push(runId);
        // The first try of the last one fails after it was told: it is told again.
        if (told.length === 3) throw new Error("killed here");
      },
    });
    await until("the group is complete", () => told.length === 4);
    expect(told[2]).toBe(told[3]);
    expect(new Set(told).size).toBe(3);
    await until("the delivery is handled", () => handled.length === 1);
    expect(handled).toEqual(['d push {"a":1}']);
    expect([...counted].sort()).toEqual(
      ["apply running", "apply succeeded", "apply succeeded took true"].flatMap((one) => [one, one, one]),
    );
    await Promise.all([work.stop(), work.stop()]);
    await expect(work.db.ping()).rejects.toThrow();
  });

  it("says where the database is that does not answer, without its password", async () => {
    const opening = openWork({
      databaseUrl: "postgres://gatewright:geheim@127.0.0.1:1/gatewright",
      clock: systemClock,
      log: collectingLog(),
      startMs: 300,
    });
    const error: unknown = await opening.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      message: expect.stringContaining("127.0.0.1:1/gatewright does not answer"),
    });
    expect(String(error)).not.toContain("geheim");
  });

  it("says so at once when the database refuses the name", async () => {
    const url = (await postgres()).database("there").replace(/there$/, "not_there");
    const opening = openWork({ databaseUrl: url, clock: systemClock, log: collectingLog() });
    await expect(opening).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
  });
});
