/** Runs: stored before anything happens, changed only the way bot/runs/run-states.ts allows. */
import { randomUUID } from "node:crypto";
import { fail } from "../../src/index.ts";
import { type EndState, statesBefore } from "../runs/run-states.ts";
import { type Run, type RunRequest, type RunState, type StackRef, stackKey, type Store } from "../types.ts";
import type { Database, Sql } from "./database.ts";
import { numberOf, RUN_COLUMNS, runOf, textOf } from "./rows.ts";

export interface QueuedRun {
  readonly id: string;
  readonly stackKey: string;
  /** Higher is earlier: the order in which runs were asked for. */
  readonly priority: number;
}

export type EnqueueRun = (sql: Sql, run: QueuedRun) => Promise<void>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PRIORITY = "(-(sequence % 2000000000))::integer as priority";

/** What makes two requests the same one. A schedule may ask again and again. */
function causeKey({ cause, kind, stack }: RunRequest): string | null {
  const what = `${kind}/${stackKey(stack)}`;
  if (cause.by === "command") return `command/${stack.repository.id}/${cause.commentId}/${what}`;
  return cause.by === "merge" ? `merge/${cause.commit}/${what}` : null;
}

export async function create(db: Database, request: RunRequest, at: Date, enqueue: EnqueueRun): Promise<Run> {
  // Made before the transaction: when it is done again after a cut connection, it makes no second run.
  const id = randomUUID();
  const key = stackKey(request.stack);
  return db.transaction(async (sql) => {
    const [made] = await sql.query(
      `insert into gatewright.run
         (id, cause_key, group_id, stack_key, repository_id, request, state, created_at)
       values ($1, $2, $3, $4, $5, $6::json, 'queued', $7)
       on conflict do nothing
       returning ${RUN_COLUMNS}, ${PRIORITY}`,
      [id, causeKey(request), request.group, key, request.stack.repository.id, JSON.stringify(request), at],
    );
    if (made !== undefined) {
      await enqueue(sql, { id, stackKey: key, priority: numberOf(made.priority) });
      return runOf(made);
    }
    const [there] = await sql.query(
      `select ${RUN_COLUMNS} from gatewright.run where id = $1 or cause_key = $2 limit 1`,
      [id, causeKey(request)],
    );
    return there === undefined
      ? fail("RUN_UNKNOWN", "a run was neither stored nor found: it was pruned at this moment")
      : runOf(there);
  });
}

export async function find(sql: Sql, id: string): Promise<Run | undefined> {
  if (!UUID.test(id)) return undefined;
  const [row] = await sql.query(`select ${RUN_COLUMNS} from gatewright.run where id = $1`, [id]);
  return row === undefined ? undefined : runOf(row);
}

/** Newest first. */
export async function list(sql: Sql, filter: Parameters<Store["listRuns"]>[0]): Promise<readonly Run[]> {
  const { group, repositoryIds, stack, states, limit = 50 } = filter;
  const rows = await sql.query(
    `select ${RUN_COLUMNS} from gatewright.run
     where ($1::text is null or group_id = $1)
       and ($2::bigint[] is null or repository_id = any($2::bigint[]))
       and ($3::text is null or stack_key = $3)
       and ($4::text[] is null or state = any($4::text[]))
     order by sequence desc limit $5`,
    [
      group ?? null,
      repositoryIds ?? null,
      stack === undefined ? null : stackKey(stack),
      states ?? null,
      limit,
    ],
  );
  return rows.map(runOf);
}

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

/** Throws RUN_STATE for a move that must not be; a run that is in the state already is left so. */
export async function update(sql: Sql, id: string, change: RunChange): Promise<void> {
  const entries = Object.entries(WRITERS).flatMap(([name, { column, json }]) => {
    const value = change[name as keyof RunChange];
    return value === undefined ? [] : [{ column, json, value: json ? JSON.stringify(value) : value }];
  });
  if (entries.length === 0) return;
  const sets = entries.map(({ column, json }, index) => `${column} = $${index + 3}${json ? "::json" : ""}`);
  const before = change.state === undefined ? null : [...statesBefore(change.state), change.state];
  const rows = await sql.query(
    `update gatewright.run set ${sets.join(", ")}
     where id = $1 and ($2::text[] is null or state = any($2::text[])) returning 1 as done`,
    [id, before, ...entries.map(({ value }) => value)],
  );
  if (rows.length > 0) return;
  const run = await find(sql, id);
  if (run === undefined) fail("RUN_UNKNOWN", `there is no run ${id}`);
  else fail("RUN_STATE", `run ${id} is ${run.state} and cannot become ${change.state}`);
}

/** Starts an attempt: the run as it is now, with its number of attempts; undefined when it has ended. */
export async function begin(sql: Sql, id: string, at: Date): Promise<Run | undefined> {
  const [row] = await sql.query(
    `update gatewright.run
     set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, $2)
     where id = $1 and state in ('queued', 'running')
     returning ${RUN_COLUMNS}`,
    [id, at],
  );
  return row === undefined ? undefined : runOf(row);
}

export interface Ending extends Pick<Run, "plan" | "result" | "error"> {
  readonly state: EndState;
  readonly at: Date;
}

/** Ends it, if this attempt is still the one that counts. False for an attempt that was taken over. */
export async function end(sql: Sql, id: string, attempt: number, ending: Ending): Promise<boolean> {
  const { state, at, plan, result, error } = ending;
  const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
  const rows = await sql.query(
    `update gatewright.run
     set state = $3, ended_at = $4, plan = coalesce($5::json, plan), result = $6::json, error = $7::json
     where id = $1 and attempts = $2 and state = any($8::text[]) returning 1 as done`,
    [id, attempt, state, at, json(plan), json(result), json(error), statesBefore(state)],
  );
  return rows.length > 0;
}

/** Back to the queue, by a process that drains. */
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
