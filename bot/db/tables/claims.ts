/** What must be done once, by key: the first caller gets it, and may ask again after a crash. */
import type { Claim } from "../../services/store.ts";
import type { Sql } from "../sql/database.ts";
import { optional, textOf } from "./rows.ts";

interface ClaimRequest {
  readonly key: string;
  readonly by: string | undefined;
  readonly at: Date;
}

/** The claim, for the first who asks and for the same one again; undefined for everybody else. */
export async function claim(sql: Sql, { key, by, at }: ClaimRequest): Promise<Claim | undefined> {
  const [row] = await sql.query(
    `insert into gatewright.claim as known (key, claimed_by, claimed_at)
     values ($1, $2, $3)
     on conflict (key) do update set claimed_by = known.claimed_by
       where known.claimed_by is not null and known.claimed_by = excluded.claimed_by
     returning outcome`,
    [key, by ?? null, at],
  );
  return row === undefined ? undefined : optional("outcome", row.outcome, textOf);
}

export async function settle(sql: Sql, key: string, outcome: string): Promise<void> {
  await sql.query("update gatewright.claim set outcome = $2 where key = $1", [key, outcome]);
}
