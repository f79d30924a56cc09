/**
 * Two questions that the queue's library has no answer to in one statement. Its table is only read; every change goes
 * through the library, fenced to the attempt that was seen.
 */
import type { Sql } from "../sql/database.ts";
import { QUEUE_SCHEMA } from "../schema/migrations.ts";
import { numberOf, textOf } from "./rows.ts";
import type { QueuedRun } from "./runs.ts";

interface ActiveJob {
  readonly id: string;
  readonly name: string;
  readonly retryCount: number;
}

/** Jobs that are being worked on. At an embedded start nobody does: their process is gone. */
export async function activeJobs(sql: Sql, names: readonly string[]): Promise<readonly ActiveJob[]> {
  const rows = await sql.query(
    `select id, name, retry_count from ${QUEUE_SCHEMA}.job where name = any($1::text[]) and state = 'active'`,
    [names],
  );
  return rows.map((row) => ({
    id: textOf(row.id),
    name: textOf(row.name),
    retryCount: numberOf(row.retry_count),
  }));
}

/** Open runs that no job would ever carry out: a job that was deleted by hand, or ran out of its retention. */
export async function runsWithoutJob(sql: Sql, queues: readonly string[]): Promise<readonly QueuedRun[]> {
  const rows = await sql.query(
    `select r.id, r.stack_key, r.repository_id, (r.sequence % 2000000000)::integer as place from gatewright.run r
     where r.state in ('queued', 'running') and not exists (
       select 1 from ${QUEUE_SCHEMA}.job j
       where j.name = any($1::text[]) and j.state in ('created', 'retry', 'active') and j.data ->> 'runId' = r.id::text
     )
     order by r.sequence`,
    [queues],
  );
  return rows.map((row) => ({
    id: textOf(row.id),
    stackKey: textOf(row.stack_key),
    repositoryId: numberOf(row.repository_id),
    place: numberOf(row.place),
  }));
}
