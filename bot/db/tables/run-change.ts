/** Changes that handlers make to a run: cancelling, mostly. */
import { fail } from "../../../src/model/errors.ts";
import { canMove, isEnded } from "../../../src/model/run-states.ts";
import type { RunState } from "../../../src/model/run.ts";
import type { Store } from "../../services/store.ts";
import { afterEnd, type EnqueueReport } from "./attempts.ts";
import type { Database, Row, Sql } from "../sql/database.ts";
import { textOf } from "./rows.ts";

type RunChange = Parameters<Store["updateRun"]>[1];

/** The columns that may be changed, and how their values are written. */
const WRITERS: Readonly<Record<keyof RunChange, { readonly column: string; readonly json?: true }>> = {
  state: { column: "state" },
  startedAt: { column: "started_at" },
  endedAt: { column: "ended_at" },
  attempts: { column: "attempts" },
  cancelRequested: { column: "cancel_requested" },
  plan: { column: "plan", json: true },
  result: { column: "result", json: true },
  error: { column: "error", json: true },
};

/**
 * Throws RUN_STATE for a move that must not be. A run that is cancelled while it waits ends at once: it need not get
 * its turn for that.
 */
export function change(
  db: Database,
  id: string,
  wanted: RunChange,
  now: Date,
  report: EnqueueReport,
): Promise<void> {
  return db.transaction(async (sql) => {
    const [row] = await sql.query("select state, group_id from gatewright.run where id = $1 for update", [
      id,
    ]);
    if (row === undefined) return fail("RUN_UNKNOWN", `there is no run ${id}`);
    const from = textOf(row.state) as RunState;
    const full = completed(from, wanted, now);
    const { state = from } = full;
    if (state !== from && !canMove(from, state))
      fail("RUN_STATE", `run ${id} is ${from} and cannot become ${state}`);
    await write(sql, id, full);
    if (isEnded(state) && !isEnded(from)) await afterEnd(sql, id, groupOf(row), report);
  });
}

const groupOf = (row: Row): string => textOf(row.group_id);

function completed(from: RunState, wanted: RunChange, now: Date): RunChange {
  if (wanted.cancelRequested === true && isEnded(from)) {
    // It ended before the cancel arrived: its result stands.
    const { cancelRequested: _, ...rest } = wanted;
    return rest;
  }
  const state =
    wanted.state ?? (wanted.cancelRequested === true && from === "queued" ? "cancelled" : undefined);
  return {
    ...wanted,
    ...(state === undefined ? {} : { state }),
    ...(state !== undefined && isEnded(state) && wanted.endedAt === undefined ? { endedAt: now } : {}),
  };
}

async function write(sql: Sql, id: string, full: RunChange): Promise<void> {
  const entries = Object.entries(WRITERS).flatMap(([name, { column, json }]) => {
    const value = full[name as keyof RunChange];
    return value === undefined ? [] : [{ column, json, value: json ? JSON.stringify(value) : value }];
  });
  if (entries.length === 0) return;
  const sets = entries.map(({ column, json }, index) => `${column} = $${index + 2}${json ? "::json" : ""}`);
  await sql.query(`update gatewright.run set ${sets.join(", ")} where id = $1`, [
    id,
    ...entries.map(({ value }) => value),
  ]);
}

/** How many runs wait and how many are under way, over all replicas. */
export async function openRuns(sql: Sql): Promise<{ readonly queued: number; readonly running: number }> {
  const rows = await sql.query(
    "select state, count(*)::integer as runs from gatewright.run where state in ('queued', 'running') group by state",
  );
  const of = (state: string): number => Number(rows.find((row) => row.state === state)?.runs ?? 0);
  return { queued: of("queued"), running: of("running") };
}
