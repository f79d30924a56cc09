/** Retention: what is old and of no use to anybody goes. */
import type { Sql } from "../sql/database.ts";

const DAY = 86_400_000;
/** Rows of one statement: small enough to stay below the statement timeout, whatever has piled up. */
const AT_ONCE = 2000;

/** Of a name that was only ever planned, or whose stack is deleted. */
const NOT_DEPLOYED = `not exists (
  select 1 from gatewright.stack_claim as claim
  where claim.repository_id = project.repository_id and claim.stage = project.stage and claim.name = project.name)`;

export interface Retention {
  /** GitHub offers deliveries for redelivery for three days; a replay older than this would be taken for new. */
  readonly deliveryDays?: number | undefined;
  readonly claimDays?: number | undefined;
  /** The step record; the run itself, its plan and its result stay. */
  readonly eventDays?: number | undefined;
  readonly runDays?: number | undefined;
  /** What was written at GitHub, reviewed on a pull request, or planned by a project's name that nothing in AWS has, and was not used since. */
  readonly unusedDays?: number | undefined;
}

export interface Pruned {
  readonly deliveries: number;
  readonly claims: number;
  readonly events: number;
  readonly runs: number;
  readonly reported: number;
  readonly posted: number;
  readonly pullStacks: number;
  readonly projects: number;
  readonly previews: number;
}

/** Safe to run on every replica at the same time. Runs that have not ended are never touched. */
export async function prune(sql: Sql, now: number, retention: Retention = {}): Promise<Pruned> {
  const { deliveryDays = 30, claimDays = 180, eventDays = 90, runDays = 365, unusedDays = 365 } = retention;
  const ended = "select id from gatewright.run where ended_at is not null";
  const before = (days: number): Date => new Date(now - days * DAY);
  const gone = (table: string, key: string, where: string, days: number): Promise<number> =>
    remove(sql, table, key, where, before(days));
  return {
    deliveries: await gone("delivery", "id", "received_at < $1", deliveryDays),
    claims: await gone("claim", "key", "claimed_at < $1", claimDays),
    events: await gone("run_event", "run_id, sequence", `at < $1 and run_id in (${ended})`, eventDays),
    runs: await gone("run", "id", "ended_at < $1", runDays),
    reported: await gone("reported", "group_id, part", "reported_at < $1", runDays),
    posted: await gone("posted", "repository_id, kind, key", "used_at < $1", unusedDays),
    pullStacks: await gone(
      "pull_stack",
      "repository_id, pull, stage, directory",
      "changed_at < $1",
      unusedDays,
    ),
    // Whose stack it is, and which directory's, is kept for as long as it is in AWS: `/destroy` and a removal give it free.
    projects: await gone(
      "project",
      "repository_id, stage, name",
      `used_at < $1 and ${NOT_DEPLOYED}`,
      unusedDays,
    ),
    previews: await gone("preview", "repository_id, pull", "gone_at < $1", unusedDays),
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
