/** What was told of a group of runs: part by part, with how far its runs had come. */
import type { Sql } from "../sql/database.ts";
import { numberOf, textOf } from "./rows.ts";

export async function toldOf(sql: Sql, group: string): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query("select part, version from gatewright.told where group_id = $1", [group]);
  return new Map(rows.map(({ part, version }) => [textOf(part), numberOf(version)]));
}

export async function tell(sql: Sql, group: string, part: string, version: number, at: Date): Promise<void> {
  await sql.query(
    `insert into gatewright.told as known (group_id, part, version, told_at) values ($1, $2, $3, $4)
     on conflict (group_id, part) do update set
       version = greatest(known.version, excluded.version), told_at = excluded.told_at`,
    [group, part, version, at],
  );
}
