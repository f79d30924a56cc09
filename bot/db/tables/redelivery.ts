/** Until when GitHub was asked for deliveries that never arrived. One row. */
import type { Sql } from "../sql/database.ts";
import { dateOf } from "./rows.ts";

export async function lookedUntil(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql.query("select looked_until from gatewright.redelivery");
  return row === undefined ? undefined : dateOf(row.looked_until);
}

export async function lookUntil(sql: Sql, until: Date): Promise<void> {
  await sql.query(
    `insert into gatewright.redelivery (looked_until) values ($1)
     on conflict (one) do update set looked_until = excluded.looked_until`,
    [until],
  );
}
