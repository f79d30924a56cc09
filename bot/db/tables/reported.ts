/** What was reported of a group of runs: part by part, with how many of its runs had ended. */
import type { Sql } from "../sql/database.ts";
import { numberOf, textOf } from "./rows.ts";

export async function reportedParts(sql: Sql, group: string): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query("select part, version from gatewright.reported where group_id = $1", [group]);
  return new Map(rows.map(({ part, version }) => [textOf(part), numberOf(version)]));
}

export async function recordReported(
  sql: Sql,
  group: string,
  part: string,
  version: number,
  at: Date,
): Promise<void> {
  await sql.query(
    `insert into gatewright.reported as known (group_id, part, version, reported_at) values ($1, $2, $3, $4)
     on conflict (group_id, part) do update set
       version = greatest(known.version, excluded.version), reported_at = excluded.reported_at`,
    [group, part, version, at],
  );
}
