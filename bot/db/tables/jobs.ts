/**
 * What the queue's library does not say itself: which of its jobs nobody works on any more, and which runs have no job.
 * Reads the library's table only; every change goes through the library, fenced to the attempt that was seen.
 */
import type { Sql } from "../sql/database.ts";
import { QUEUE_SCHEMA } from "../schema/migrations.ts";
import { numberOf, textOf } from "./rows.ts";
import type { QueuedRun } from "./runs.ts";

export interface ActiveJob {
  readonly id: string;
  readonly name: string;
  readonly retryCount: number;
}

/** Active jobs whose worker has not been heard of for longer than their heartbeat; all active ones with `all`. */
export async function silentJobs(
  sql: Sql,
  names: readonly string[],
  all: boolean,
): Promise<readonly ActiveJob[]> {
  const rows = await sql.query(
    `select id, name, retry_count from ${QUEUE_SCHEMA}.job
     where name = any($1::text[]) and state = 'active'
       and ($2::boolean or heartbeat_on + heartbeat_seconds * interval '1 second' < now())`,
    [names, all],
  );
  return rows.map((row) => ({
    id: textOf(row.id),
    name: textOf(row.name),
    retryCount: numberOf(row.retry_count),
  }));
}

/** Open runs that no job would ever carry out: a job that was deleted by hand, or ran out of its retention. */
export async function runsWithoutJob(sql: Sql, queue: string): Promise<readonly QueuedRun[]> {
  const rows = await sql.query(
    `select r.id, r.stack_key, (r.sequence % 2000000000)::integer as place from gatewright.run r
     where r.state in ('queued', 'running') and not exists (
       select 1 from ${QUEUE_SCHEMA}.job j
       where j.name = $1 and j.state in ('created', 'retry', 'active') and j.data ->> 'runId' = r.id::text
     )
     order by r.sequence`,
    [queue],
  );
  return rows.map((row) => ({
    id: textOf(row.id),
    stackKey: textOf(row.stack_key),
    place: numberOf(row.place),
  }));
}

/** Waiting and active jobs of each queue, for metrics. */
export async function depths(
  sql: Sql,
  names: readonly string[],
): Promise<readonly { readonly name: string; readonly waiting: number; readonly active: number }[]> {
  const rows = await sql.query(
    `select n.name,
       count(*) filter (where j.state in ('created', 'retry')) as waiting,
       count(*) filter (where j.state = 'active') as active
     from unnest($1::text[]) as n (name)
     left join ${QUEUE_SCHEMA}.job j on j.name = n.name and j.state in ('created', 'retry', 'active')
     group by n.name`,
    [names],
  );
  return rows.map((row) => ({
    name: textOf(row.name),
    waiting: numberOf(row.waiting),
    active: numberOf(row.active),
  }));
}
