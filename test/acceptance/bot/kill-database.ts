/** What the bot's database says when all is over. */
import { expect } from "vitest";
import { openDatabase } from "../../../bot/db/connect/open.ts";
import { createStore } from "../../../bot/db/store.ts";
import { systemClock } from "../../../src/index.ts";
import { collectingLog } from "../../integration/bot/stores.ts";

/** Opens it beside no bot, or beside replicas. */
export async function expectNothingOpen(where: {
  readonly folder?: string;
  readonly databaseUrl?: string;
}): Promise<void> {
  const db = await openDatabase({ ...where, log: collectingLog() });
  try {
    const store = createStore(db, systemClock);
    expect(await store.openRuns()).toEqual({ queued: 0, running: 0 });
    expect(await store.listLocks()).toEqual([]);
    const runs = await store.listRuns({ limit: 1000 });
    expect(runs.length).toBeGreaterThan(0);
    const untold = await Promise.all(runs.map(async ({ id }) => ((await store.isReported(id)) ? [] : [id])));
    expect(untold.flat()).toEqual([]);
  } finally {
    await db.close();
  }
}
