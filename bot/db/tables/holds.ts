/** Which pull request holds a stack, because it was applied before its merge. One row per held stack. */
import { type Hold, type StackRef, stackKey } from "../../../src/model/run.ts";
import type { Database, Sql } from "../sql/database.ts";
import { holdOf, numberOf, textOf } from "./rows.ts";
import type { EnqueueRun } from "./runs.ts";

const COLUMNS = "stack, pull, login, sha, since, closed_at, rollback";

/** Takes the stack for the pull request, or again for its newer commit. False when another open pull request holds it, or a rollback that this is not. */
export async function take(sql: Sql, hold: Hold): Promise<boolean> {
  const rows = await sql.query(
    `insert into gatewright.hold as h (stack_key, repository_id, stack, pull, login, sha, since, rollback)
     values ($1, $2, $3::json, $4, $5, $6, $7, $8)
     on conflict (stack_key) do update set
       stack = excluded.stack,
       login = excluded.login,
       sha = excluded.sha,
       since = case when h.pull = excluded.pull and h.closed_at is null then h.since else excluded.since end,
       pull = excluded.pull,
       rollback = excluded.rollback,
       closed_at = null
     where h.closed_at is not null
       or (h.pull = excluded.pull and (excluded.rollback or not h.rollback))
       or (h.rollback and excluded.rollback)
     returning 1 as taken`,
    [
      stackKey(hold.stack),
      hold.stack.repository.id,
      JSON.stringify(hold.stack),
      hold.pull,
      hold.login,
      hold.sha,
      hold.since,
      hold.rollback === true,
    ],
  );
  return rows.length > 0;
}

export async function find(sql: Sql, stack: StackRef): Promise<Hold | undefined> {
  const [row] = await sql.query(`select ${COLUMNS} from gatewright.hold where stack_key = $1`, [
    stackKey(stack),
  ]);
  return row === undefined ? undefined : holdOf(row);
}

/** Of all repositories without a list. */
export async function list(sql: Sql, repositoryIds?: readonly number[]): Promise<readonly Hold[]> {
  const rows = await sql.query(
    `select ${COLUMNS} from gatewright.hold
     where ($1::bigint[] is null or repository_id = any($1::bigint[]))
     order by since, stack_key`,
    [repositoryIds ?? null],
  );
  return rows.map(holdOf);
}

/**
 * Ends a hold, if it is still the pull request's: forgotten, or kept as closed while what it applied is still there. The runs
 * that waited for it are queued in the same transaction, in the order they were asked for. Returns how many.
 */
export function end(
  db: Database,
  { stack, pull }: Pick<Hold, "stack" | "pull">,
  closedAt: Date | undefined,
  enqueue: EnqueueRun,
): Promise<number> {
  const key = stackKey(stack);
  return db.transaction(async (sql) => {
    if (closedAt === undefined)
      await sql.query("delete from gatewright.hold where stack_key = $1 and pull = $2", [key, pull]);
    else
      await sql.query(
        `update gatewright.hold set closed_at = coalesce(closed_at, $3) where stack_key = $1 and pull = $2`,
        [key, pull, closedAt],
      );
    const [held] = await sql.query(
      "select 1 as held from gatewright.hold where stack_key = $1 and closed_at is null",
      [key],
    );
    if (held !== undefined) return 0;
    const rows = await sql.query(
      `update gatewright.run set state = 'queued' where stack_key = $1 and state = 'waiting'
       returning id, (sequence % 2000000000)::integer as place`,
      [key],
    );
    const waiting = rows.map((row) => ({
      id: textOf(row.id),
      stackKey: key,
      repositoryId: stack.repository.id,
      place: numberOf(row.place),
    }));
    for (const run of waiting.sort((one, other) => one.place - other.place)) await enqueue(sql, run);
    return waiting.length;
  });
}
