/**
 * Who holds a stack. One row per stack that is never removed, so that its token, the fence before every write, only
 * ever grows: a process that believes it still holds an older token is refused, whatever happened meanwhile.
 */
import { type Lock, type StackRef, stackKey } from "../../../src/model/run.ts";
import type { Sql } from "../sql/database.ts";
import { lockOf } from "./rows.ts";

const COLUMNS = "stack, owner, reason, since, run_id, pull, token";

export interface LockRequest {
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
 * is let through: the person's lock comes back when the run's is released. Each time with a new token. Undefined when
 * somebody else holds it.
 */
export async function acquire(sql: Sql, request: LockRequest): Promise<Lock | undefined> {
  const { stack, owner, reason, runId, pull, at } = request;
  const [row] = await sql.query(
    `insert into gatewright.stack_lock as l
       (stack_key, repository_id, stack, token, held, owner, reason, since, run_id, pull)
     values ($1, $2, $3::json, 1, true, $4, $5, $6, $7::uuid, $8)
     on conflict (stack_key) do update set
       token = l.token + 1,
       held = true,
       stack = excluded.stack,
       owner = excluded.owner,
       reason = excluded.reason,
       since = case when l.held and l.run_id = excluded.run_id then l.since else excluded.since end,
       run_id = excluded.run_id,
       pull = excluded.pull,
       beneath = case
         when not l.held then null
         when l.run_id is null and excluded.run_id is not null
           then json_build_object('owner', l.owner, 'reason', l.reason, 'since', l.since, 'pull', l.pull)
         else l.beneath
       end
     where not l.held
       or l.run_id = excluded.run_id
       or (l.run_id is null and lower(l.owner) = lower(excluded.owner)
         and (excluded.run_id is null or l.pull = excluded.pull))
       or exists (
         select 1 from gatewright.run r
         where r.id = l.run_id and r.state in ('succeeded', 'failed', 'cancelled')
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
    ],
  );
  return row === undefined ? undefined : lockOf(row);
}

export async function holds(sql: Sql, stack: StackRef, token: number): Promise<boolean> {
  const rows = await sql.query(
    "select 1 as held from gatewright.stack_lock where stack_key = $1 and token = $2 and held",
    [stackKey(stack), token],
  );
  return rows.length > 0;
}

/** The stack is free, or the person's again who had it before the run. The released token holds nothing any more. */
const RELEASE = `update gatewright.stack_lock set
  held = beneath is not null,
  token = token + (case when beneath is null then 0 else 1 end),
  owner = coalesce(beneath ->> 'owner', owner),
  reason = coalesce(beneath ->> 'reason', reason),
  since = coalesce((beneath ->> 'since')::timestamptz, since),
  pull = coalesce((beneath ->> 'pull')::integer, pull),
  run_id = case when beneath is null then run_id else null end,
  beneath = null`;

/** Does nothing when the token is not the current one: somebody else's lock stays. */
export async function release(sql: Sql, stack: StackRef, token: number): Promise<void> {
  await sql.query(`${RELEASE} where stack_key = $1 and token = $2 and held`, [stackKey(stack), token]);
}

/** Whatever stack a run still holds, when it ends. */
export async function releaseOf(sql: Sql, runId: string): Promise<void> {
  await sql.query(`${RELEASE} where run_id = $1 and held`, [runId]);
}

export async function find(sql: Sql, stack: StackRef): Promise<Lock | undefined> {
  const [row] = await sql.query(
    `select ${COLUMNS} from gatewright.stack_lock where stack_key = $1 and held`,
    [stackKey(stack)],
  );
  return row === undefined ? undefined : lockOf(row);
}

export async function list(sql: Sql, repositoryIds?: readonly number[]): Promise<readonly Lock[]> {
  const rows = await sql.query(
    `select ${COLUMNS} from gatewright.stack_lock
     where held and ($1::bigint[] is null or repository_id = any($1::bigint[]))
     order by since, stack_key`,
    [repositoryIds ?? null],
  );
  return rows.map(lockOf);
}
