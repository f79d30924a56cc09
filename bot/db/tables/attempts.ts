/**
 * Attempts to carry a run out. The attempt's number is the run's one fence: what an attempt that was taken over wants to
 * write, in AWS or here, is refused.
 */
import { isApplicable } from "../../../src/model/plan.ts";
import { statesBefore } from "../../../src/model/run-states.ts";
import type { Run, RunState } from "../../../src/model/run.ts";
import { countsOf } from "../../services/counts.ts";
import { isHeldFrom } from "../../services/holds.ts";
import type { Begun, RunOutcome, StackClaim } from "../../services/store.ts";
import type { Database, Sql } from "../sql/database.ts";
import { find as findHold } from "./holds.ts";
import { acquire, find, releaseRuns } from "./locks.ts";
import { numberOf, RUN_COLUMNS, runOf, textOf } from "./rows.ts";

export interface QueuedReport {
  readonly runId: string;
  readonly group: string;
}

export type EnqueueReport = (sql: Sql, report: QueuedReport) => Promise<void>;

/**
 * Starts an attempt, with the stack's lock when one is wanted; both or neither. A stack that another pull request holds is not
 * taken: a merge waits from then on, without its job.
 */
export function begin(
  db: Database,
  id: string,
  at: Date,
  claim: StackClaim | undefined,
  report: EnqueueReport,
): Promise<Begun> {
  return db.transaction(async (sql) => {
    const [row] = await sql.query(
      `select ${RUN_COLUMNS} from gatewright.run where id = $1 and state = any($2::text[]) for update`,
      [id, statesBefore("running")],
    );
    if (row === undefined) return { kind: "over" };
    const { stack, cause, group, attempts } = runOf(row);
    const held = claim === undefined ? undefined : await findHold(sql, stack);
    // Who began before the hold goes on: its stack was its own all the time.
    if (held !== undefined && attempts === 0 && isHeldFrom(held, cause)) {
      if (cause.by === "merge") {
        await sql.query("update gatewright.run set state = 'waiting' where id = $1", [id]);
        await report(sql, { runId: id, group });
      }
      return { kind: "held", by: held };
    }
    if (claim !== undefined && (await acquire(sql, { ...claim, stack, runId: id, at })) === undefined)
      return { kind: "locked", by: await find(sql, stack) };
    const [begun] = await sql.query(
      `update gatewright.run
       set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $2)
       where id = $1 returning ${RUN_COLUMNS}, attempts - 1 - handed_back as died`,
      [id, at],
    );
    return begun === undefined
      ? { kind: "over" }
      : { kind: "begun", run: runOf(begun), died: numberOf(begun.died) };
  });
}

/** What the run will do, as soon as it is known. Nothing for an attempt that was taken over. */
export async function recordPlan(
  sql: Sql,
  id: string,
  attempt: number,
  plan: NonNullable<Run["plan"]>,
): Promise<void> {
  await sql.query(
    `update gatewright.run set plan = $3::json, counts = $4::json, blocked = $5
     where id = $1 and attempts = $2`,
    [id, attempt, JSON.stringify(plan), JSON.stringify(countsOf(plan)), !isApplicable(plan)],
  );
}

/** Ends it, if this attempt is still the one that counts. False for an attempt that was taken over. */
export function end(
  db: Database,
  id: string,
  attempt: number,
  outcome: RunOutcome & { readonly at: Date },
  report: EnqueueReport,
): Promise<boolean> {
  const { state, at, plan, result, error } = outcome;
  const last = result?.plan ?? plan;
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  return db.transaction(async (sql) => {
    const [row] = await sql.query(
      `update gatewright.run
       set state = $3, ended_at = $4, plan = coalesce($5::json, plan), result = $6::json, error = $7::json,
         counts = coalesce($9::json, counts), blocked = coalesce($10::boolean, blocked)
       where id = $1 and attempts = $2 and state = any($8::text[]) returning group_id`,
      [
        id,
        attempt,
        state,
        at,
        json(plan),
        json(result),
        json(error),
        statesBefore(state),
        json(countsOf(last)),
        last === undefined ? null : !isApplicable(last),
      ],
    );
    if (row === undefined) return false;
    await afterEnd(sql, id, textOf(row.group_id), report);
    return true;
  });
}

/** With the end, in one transaction: a finished run locks nothing, and its result will be reported. */
async function afterEnd(sql: Sql, id: string, group: string, report: EnqueueReport): Promise<void> {
  await releaseRuns(sql, id);
  await report(sql, { runId: id, group });
}

/** Back to the queue, by a process that drains. The lock stays the run's: what it began is not for others. */
export async function handBack(sql: Sql, id: string, attempt: number): Promise<boolean> {
  const rows = await sql.query(
    `update gatewright.run set state = 'queued', handed_back = handed_back + 1
     where id = $1 and attempts = $2 and state = 'running' returning 1 as done`,
    [id, attempt],
  );
  return rows.length > 0;
}

/** How a run stands, for who carries it out. */
export interface Watched {
  readonly state: RunState;
  readonly attempts: number;
  readonly cancelRequested: boolean;
  /** The run holds its stack. */
  readonly holdsLock: boolean;
}

/** Asked every second and before every write. */
export async function watch(sql: Sql, id: string): Promise<Watched | undefined> {
  const [row] = await sql.query(
    `select state, attempts, cancel_requested,
       exists (select 1 from gatewright.stack_lock l where l.run_id = r.id) as holds_lock
     from gatewright.run r where id = $1`,
    [id],
  );
  return row === undefined
    ? undefined
    : {
        state: textOf(row.state) as RunState,
        attempts: numberOf(row.attempts),
        cancelRequested: row.cancel_requested === true,
        holdsLock: row.holds_lock === true,
      };
}

/** Asks a run to stop: one that waits ends at once, it need not get its turn for that. False when it has ended. */
export function cancel(db: Database, id: string, at: Date, report: EnqueueReport): Promise<boolean> {
  return db.transaction(async (sql) => {
    const [row] = await sql.query(
      `update gatewright.run set
         cancel_requested = true,
         ended_at = case when state in ('queued', 'waiting') then $2::timestamptz end,
         state = case when state in ('queued', 'waiting') then 'cancelled' else state end
       where id = $1 and state = any($3::text[]) returning state, group_id`,
      [id, at, statesBefore("cancelled")],
    );
    if (row?.state === "cancelled") await afterEnd(sql, id, textOf(row.group_id), report);
    return row !== undefined;
  });
}

/** How many runs wait and how many are under way, over all replicas. */
export async function openRuns(sql: Sql): Promise<{ readonly queued: number; readonly running: number }> {
  const rows = await sql.query(
    "select state, count(*)::integer as runs from gatewright.run where state in ('queued', 'running') group by state",
  );
  const of = (state: string): number => Number(rows.find((row) => row.state === state)?.runs ?? 0);
  return { queued: of("queued"), running: of("running") };
}
