/** The step record of runs: what pages show live and what a resume reads. */
import type { RunEvent } from "../../../src/model/run.ts";
import type { Sql } from "../sql/database.ts";
import { eventOf } from "./rows.ts";

/** Numbers come from the run's row, so that two writers at once get two numbers and readers miss none. */
export async function append(sql: Sql, runId: string, event: RunEvent["event"], at: Date): Promise<void> {
  await sql.query(
    `with counted as (
       update gatewright.run set event_count = event_count + 1 where id = $1 returning id, event_count
     )
     insert into gatewright.run_event (run_id, sequence, at, event)
     select id, event_count, $2, $3::json from counted`,
    [runId, at, JSON.stringify(event)],
  );
}

export async function eventsAfter(sql: Sql, runId: string, after: number): Promise<readonly RunEvent[]> {
  const rows = await sql.query(
    `select run_id, sequence, at, event from gatewright.run_event
     where run_id = $1 and sequence > $2 order by sequence`,
    [runId, after],
  );
  return rows.map(eventOf);
}
