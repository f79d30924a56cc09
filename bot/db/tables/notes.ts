/** Small facts by key. */
import type { Sql } from "../sql/database.ts";
import { textOf } from "./rows.ts";

export async function get(sql: Sql, key: string): Promise<string | undefined> {
  const [row] = await sql.query("select value from gatewright.note where key = $1", [key]);
  return row === undefined ? undefined : textOf(row.value);
}

export async function set(sql: Sql, key: string, value: string, at: Date): Promise<void> {
  await sql.query(
    `insert into gatewright.note (key, value, changed_at) values ($1, $2, $3)
     on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`,
    [key, value, at],
  );
}

export async function remove(sql: Sql, key: string): Promise<void> {
  await sql.query("delete from gatewright.note where key = $1", [key]);
}
