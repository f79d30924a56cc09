/** Runs: stored before anything happens, changed only the way src/model/run-states.ts allows. */
import { randomUUID } from "node:crypto";
import { fail } from "../../../src/model/errors.ts";
import { stackKey, type Run, type RunRequest, type RunSummary } from "../../../src/model/run.ts";
import { runKey } from "../../services/idempotency-keys.ts";
import type { Store } from "../../services/store.ts";
import type { Database, Sql } from "../sql/database.ts";
import { numberOf, RUN_COLUMNS, runOf, SUMMARY_COLUMNS, summaryOf } from "./rows.ts";

export interface QueuedRun {
  readonly id: string;
  readonly stackKey: string;
  readonly repositoryId: number;
  /** Lower is earlier: the order in which runs were asked for. */
  readonly place: number;
}

export type EnqueueRun = (sql: Sql, run: QueuedRun) => Promise<void>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PLACE = "(sequence % 2000000000)::integer as place";

/** All of them or none: a group is never seen by half. */
export function create(
  db: Database,
  requests: readonly RunRequest[],
  at: Date,
  enqueue: EnqueueRun,
): Promise<readonly Run[]> {
  // Made before the transaction: when it is done again after a cut connection, it makes no second run.
  const asked = requests.map((request) => ({ id: randomUUID(), request }));
  return db.transaction(async (sql) => {
    const runs: Run[] = [];
    for (const { id, request } of asked) runs.push(await createOne(sql, id, request, at, enqueue));
    return runs;
  });
}

async function createOne(
  sql: Sql,
  id: string,
  request: RunRequest,
  at: Date,
  enqueue: EnqueueRun,
): Promise<Run> {
  const key = stackKey(request.stack);
  const once = runKey(request) ?? null;
  const [made] = await sql.query(
    `insert into gatewright.run
       (id, cause_key, group_id, stack_key, repository_id, request, state, created_at, kind)
     values ($1, $2, $3, $4, $5, $6::json, 'queued', $7, $8)
     on conflict do nothing
     returning ${RUN_COLUMNS}, ${PLACE}`,
    [id, once, request.group, key, request.stack.repository.id, JSON.stringify(request), at, request.kind],
  );
  if (made !== undefined) {
    await enqueue(sql, {
      id,
      stackKey: key,
      repositoryId: request.stack.repository.id,
      place: numberOf(made.place),
    });
    return runOf(made);
  }
  const [there] = await sql.query(
    `select ${RUN_COLUMNS} from gatewright.run where id = $1 or cause_key = $2 limit 1`,
    [id, once],
  );
  return there === undefined
    ? fail("RUN_UNKNOWN", "a run was neither stored nor found: it was pruned at this moment")
    : runOf(there);
}

export async function find(sql: Sql, id: string): Promise<Run | undefined> {
  if (!UUID.test(id)) return undefined;
  const [row] = await sql.query(`select ${RUN_COLUMNS} from gatewright.run where id = $1`, [id]);
  return row === undefined ? undefined : runOf(row);
}

/** Every run of a group with its plan and result, in the order they were asked for. */
export async function ofGroup(sql: Sql, group: string): Promise<readonly Run[]> {
  const rows = await sql.query(
    `select ${RUN_COLUMNS} from gatewright.run where group_id = $1 order by sequence`,
    [group],
  );
  return rows.map(runOf);
}

/** Newest first. */
export async function list(
  sql: Sql,
  filter: Parameters<Store["listRuns"]>[0],
): Promise<readonly RunSummary[]> {
  const { group, repositoryIds, stack, states, kinds, blocked, before, limit = 50 } = filter;
  if (before !== undefined && !UUID.test(before)) return [];
  const rows = await sql.query(
    `select ${SUMMARY_COLUMNS} from gatewright.run
     where ($1::text is null or group_id = $1)
       and ($2::bigint[] is null or repository_id = any($2::bigint[]))
       and ($3::text is null or stack_key = $3)
       and ($4::text[] is null or state = any($4::text[]))
       and ($6::text[] is null or kind = any($6::text[]))
       and ($8::boolean is null or coalesce(blocked, false) = $8::boolean)
       and ($7::uuid is null or sequence < (select sequence from gatewright.run where id = $7::uuid))
     order by sequence desc limit $5`,
    [
      group ?? null,
      repositoryIds ?? null,
      stack === undefined ? null : stackKey(stack),
      states ?? null,
      limit,
      kinds ?? null,
      before ?? null,
      blocked ?? null,
    ],
  );
  return rows.map(summaryOf);
}
