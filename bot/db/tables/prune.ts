/** Retention: what is old and of no use to anybody goes. */
import type { Sql } from "../sql/database.ts";

const DAY = 86_400_000;
/** Rows of one statement: small enough to stay below the statement timeout, whatever has piled up. */
const AT_ONCE = 2000;

export interface Retention {
  /** GitHub offers deliveries for redelivery for three days; a replay older than this would be taken for new. */
  readonly deliveryDays?: number | undefined;
  readonly commandDays?: number | undefined;
  /** The step record; the run itself, its plan and its result stay. */
  readonly eventDays?: number | undefined;
  readonly runDays?: number | undefined;
}

export interface Pruned {
  readonly deliveries: number;
  readonly commands: number;
  readonly events: number;
  readonly runs: number;
}

/** Safe to run on every replica at the same time. Runs that have not ended are never touched. */
export async function prune(sql: Sql, now: number, retention: Retention = {}): Promise<Pruned> {
  const { deliveryDays = 30, commandDays = 180, eventDays = 90, runDays = 365 } = retention;
  const ended = "select id from gatewright.run where ended_at is not null";
  const before = (days: number): Date => new Date(now - days * DAY);
  return {
    deliveries: await remove(sql, "delivery", "id", "received_at < $1", before(deliveryDays)),
    commands: await remove(
      sql,
      "command",
      "repository_id, comment_id, command",
      "claimed_at < $1",
      before(commandDays),
    ),
    events: await remove(
      sql,
      "run_event",
      "run_id, sequence",
      `at < $1 and run_id in (${ended})`,
      before(eventDays),
    ),
    runs: await remove(sql, "run", "id", "ended_at < $1", before(runDays)),
  };
}

async function remove(sql: Sql, table: string, key: string, where: string, before: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const gone = await sql.query(
      `delete from gatewright.${table}
       where (${key}) in (select ${key} from gatewright.${table} where ${where} limit ${AT_ONCE})
       returning 1 as gone`,
      [before],
    );
    total += gone.length;
    if (gone.length < AT_ONCE) return total;
  }
}
