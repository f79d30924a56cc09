/** Ids of what was written at GitHub. Forgotten ones are found again there by author and marker. */
import type { Posted } from "../../services/posted.ts";
import type { Sql } from "../sql/database.ts";
import { numberOf } from "./rows.ts";

const WHERE = "repository_id = $1 and kind = $2 and key = $3";
const placeOf = ({ repositoryId, kind, key }: Posted): readonly unknown[] => [repositoryId, kind, key];

export async function find(sql: Sql, posted: Posted): Promise<number | undefined> {
  const [row] = await sql.query(`select github_id from gatewright.posted where ${WHERE}`, placeOf(posted));
  return row === undefined ? undefined : numberOf(row.github_id);
}

export async function keep(sql: Sql, posted: Posted, id: number, at: Date): Promise<void> {
  await sql.query(
    `insert into gatewright.posted (repository_id, kind, key, github_id, used_at) values ($1, $2, $3, $4, $5)
     on conflict (repository_id, kind, key) do update
       set github_id = excluded.github_id, used_at = excluded.used_at`,
    [...placeOf(posted), id, at],
  );
}

export async function forget(sql: Sql, posted: Posted): Promise<void> {
  await sql.query(`delete from gatewright.posted where ${WHERE}`, placeOf(posted));
}
