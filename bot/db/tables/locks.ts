/** Who holds a stack: a person (`/lock`) or a run. One row per held stack. */
import { isEnded, RUN_STATES } from "../../../src/model/run-states.ts";
import { type Lock, type StackRef, stackKey } from "../../../src/model/run.ts";
import type { Sql } from "../sql/database.ts";
import { lockOf } from "./rows.ts";

const COLUMNS = "stack, owner, reason, since, run_id, pull";
const ENDED = RUN_STATES.filter(isEnded);

interface LockRequest {
  readonly stack: StackRef;
  readonly owner: string;
  readonly reason: string;
  readonly runId?: string | undefined;
  readonly pull?: number | undefined;
  readonly at: Date;
}

/**
 * Takes a free stack; for a run also its own lock again (its earlier process died), for a person too (another reason),
 * and the lock of a run that has ended without releasing it. A run of the person who locked, for the same pull request,
 * is let through: the person's lock comes back when the run's is released. Undefined when somebody else holds it.
 */
export async function acquire(sql: Sql, request: LockRequest): Promise<Lock | undefined> {
  const { stack, owner, reason, runId, pull, at } = request;
  const [row] = await sql.query(
    `insert into gatewright.stack_lock as l
       (stack_key, repository_id, stack, owner, reason, since, run_id, pull)
     values ($1, $2, $3::json, $4, $5, $6, $7::uuid, $8)
     on conflict (stack_key) do update set
       stack = excluded.stack,
       owner = excluded.owner,
       reason = excluded.reason,
       since = case when l.run_id = excluded.run_id then l.since else excluded.since end,
       run_id = excluded.run_id,
       pull = excluded.pull,
       beneath = case
         when l.run_id is null and excluded.run_id is not null
           then json_build_object('owner', l.owner, 'reason', l.reason, 'since', l.since, 'pull', l.pull)
         else l.beneath
       end
     where l.run_id = excluded.run_id
       or (l.run_id is null and lower(l.owner) = lower(excluded.owner)
         and (excluded.run_id is null or l.pull = excluded.pull))
       or exists (
         select 1 from gatewright.run r where r.id = l.run_id and r.state = any($9::text[])
       )
     returning ${COLUMNS}`,
    [
      stackKey(stack),
      stack.repository.id,
      JSON.stringify(stack),
      owner,
      reason,
      at,
      runId ?? null,
      pull ?? null,
      ENDED,
    ],
  );
  return row === undefined ? undefined : lockOf(row);
}

/** The stack is the person's again who had it before the run, or free. */
async function release(sql: Sql, where: string, values: readonly unknown[]): Promise<void> {
  await sql.query(
    `update gatewright.stack_lock set
       owner = beneath ->> 'owner',
       reason = beneath ->> 'reason',
       since = (beneath ->> 'since')::timestamptz,
       pull = (beneath ->> 'pull')::integer,
       run_id = null,
       beneath = null
     where ${where} and beneath is not null`,
    values,
  );
  // What was just given back to a person is no longer what `where` names.
  await sql.query(`delete from gatewright.stack_lock where ${where} and beneath is null`, values);
}

/** A person's lock, when it is still that one: a newer one of somebody else stays. */
export async function releasePersons(sql: Sql, { stack, owner, since }: Lock): Promise<void> {
  await release(sql, "stack_key = $1 and owner = $2 and since = $3 and run_id is null", [
    stackKey(stack),
    owner,
    since,
  ]);
}

/** Whatever stack a run still holds, when it ends. */
export async function releaseRuns(sql: Sql, runId: string): Promise<void> {
  await release(sql, "run_id = $1", [runId]);
}

export async function find(sql: Sql, stack: StackRef): Promise<Lock | undefined> {
  const [row] = await sql.query(`select ${COLUMNS} from gatewright.stack_lock where stack_key = $1`, [
    stackKey(stack),
  ]);
  return row === undefined ? undefined : lockOf(row);
}

export async function list(sql: Sql, repositoryIds?: readonly number[]): Promise<readonly Lock[]> {
  const rows = await sql.query(
    `select ${COLUMNS} from gatewright.stack_lock
     where ($1::bigint[] is null or repository_id = any($1::bigint[]))
     order by since, stack_key`,
    [repositoryIds ?? null],
  );
  return rows.map(lockOf);
}
