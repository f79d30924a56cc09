/** What the bot's database says when all is over. */
import { expect } from "vitest";
import { openDatabase } from "../../../bot/db/connect/open.ts";
import { createStore } from "../../../bot/db/store.ts";
import { dueParts } from "../../../bot/reports/decide/due.ts";
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
    const groups = Map.groupBy(runs, ({ group }) => group);
    for (const [group, own] of groups) expect(dueParts(own, await store.reportedParts(group))).toEqual([]);
  } finally {
    await db.close();
  }
}
