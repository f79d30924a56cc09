/** Attempts to carry a run out, each fenced by its number: the word of one that was taken over does not count. */
import { type EndState, statesBefore } from "../../../src/model/run-states.ts";
import { type Run, type RunState, type StackRef, stackKey } from "../../../src/model/run.ts";
import type { Database, Sql } from "../sql/database.ts";
import { releaseOf } from "./locks.ts";
import { numberOf, RUN_COLUMNS, runOf, textOf } from "./rows.ts";

export interface QueuedReport {
  readonly runId: string;
  readonly group: string;
}

export type EnqueueReport = (sql: Sql, report: QueuedReport) => Promise<void>;

/** Starts an attempt: the run as it is now, with its number of attempts; undefined when it has ended. */
export async function begin(sql: Sql, id: string, at: Date): Promise<Run | undefined> {
  const [row] = await sql.query(
    `update gatewright.run
     set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $2)
     where id = $1 and state = any($3::text[])
     returning ${RUN_COLUMNS}`,
    [id, at, statesBefore("running")],
  );
  return row === undefined ? undefined : runOf(row);
}

export interface RunOutcome extends Pick<Run, "plan" | "result" | "error"> {
  readonly state: EndState;
  readonly at: Date;
}

/** Ends it, if this attempt is still the one that counts. False for an attempt that was taken over. */
export function end(
  db: Database,
  id: string,
  attempt: number,
  outcome: RunOutcome,
  report: EnqueueReport,
): Promise<boolean> {
  const { state, at, plan, result, error } = outcome;
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  return db.transaction(async (sql) => {
    const [row] = await sql.query(
      `update gatewright.run
       set state = $3, ended_at = $4, plan = coalesce($5::json, plan), result = $6::json, error = $7::json
       where id = $1 and attempts = $2 and state = any($8::text[]) returning group_id`,
      [id, attempt, state, at, json(plan), json(result), json(error), statesBefore(state)],
    );
    if (row === undefined) return false;
    await afterEnd(sql, id, textOf(row.group_id), report);
    return true;
  });
}

/** With the end, in one transaction: nothing is locked by a run that is over, and its result will be told. */
export async function afterEnd(sql: Sql, id: string, group: string, report: EnqueueReport): Promise<void> {
  await releaseOf(sql, id);
  await report(sql, { runId: id, group });
}

/** Back to the queue, by a process that drains. The lock stays the run's: what it began is not for others. */
export async function handBack(sql: Sql, id: string, attempt: number): Promise<boolean> {
  const rows = await sql.query(
    `update gatewright.run set state = 'queued'
     where id = $1 and attempts = $2 and state = 'running' returning 1 as done`,
    [id, attempt],
  );
  return rows.length > 0;
}

export interface Watched {
  readonly state: RunState;
  readonly attempts: number;
  readonly cancelRequested: boolean;
  /** True without a token. */
  readonly holdsLock: boolean;
}

/** What a running attempt has to know every second. */
export async function watch(
  sql: Sql,
  id: string,
  lock?: { readonly stack: StackRef; readonly token: number },
): Promise<Watched | undefined> {
  const [row] = await sql.query(
    `select state, attempts, cancel_requested,
       $2::text is null or exists (
         select 1 from gatewright.stack_lock where stack_key = $2 and token = $3 and held
       ) as holds_lock
     from gatewright.run where id = $1`,
    [id, lock === undefined ? null : stackKey(lock.stack), lock?.token ?? null],
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

/** True for the first who asks. */
export async function claimReport(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql.query(
    "update gatewright.run set reported = true where id = $1 and not reported returning 1 as done",
    [id],
  );
  return rows.length > 0;
}

export async function isReported(sql: Sql, id: string): Promise<boolean> {
  const [row] = await sql.query("select reported from gatewright.run where id = $1", [id]);
  return row?.reported === true;
}

/** True when every other run of the group has been told: this one's telling completes it. */
export async function isLastUntold(sql: Sql, id: string, group: string): Promise<boolean> {
  const others = await sql.query(
    "select 1 as other from gatewright.run where group_id = $1 and id <> $2 and not reported limit 1",
    [group, id],
  );
  return others.length === 0;
}
