/** Brings the tables to the newest version. Replicas that start at the same time wait for each other. */
import { fail } from "../../../src/model/errors.ts";
import type { Database } from "../sql/database.ts";
import type { Migration } from "./migration.ts";
import { MIGRATIONS } from "./migrations.ts";

/** Any number: all replicas of all versions have to use the same. */
const ADVISORY_LOCK = 7_426_001;

/** Idempotent. Throws DATABASE_NEWER when a newer bot has been here: an old one would misread its tables. */
export async function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const newest = migrations.at(-1)?.version ?? 0;
  await db.transaction(async (sql) => {
    await sql.query("set local statement_timeout = 0");
    // Held to the end of the transaction, so also by one that dies.
    await sql.query("select pg_advisory_xact_lock($1)", [ADVISORY_LOCK]);
    await sql.query("create schema if not exists gatewright");
    await sql.query(
      "create table if not exists gatewright.migration (version integer primary key, applied_at timestamptz not null default now())",
    );
    const [row] = await sql.query(
      "select coalesce(max(version), 0)::integer as version from gatewright.migration",
    );
    const current = typeof row?.version === "number" ? row.version : 0;
    if (current > newest) {
      fail("DATABASE_NEWER", `the database is at version ${current}, this bot knows versions to ${newest}`, {
        hint: "Start the newer Gatewright that was used with this database, or give this one a database of its own.",
      });
    }
    for (const { version, sql: text } of migrations) {
      if (version <= current) continue;
      for (const statement of statementsOf(text)) await sql.query(statement);
      await sql.query("insert into gatewright.migration (version) values ($1)", [version]);
    }
  });
}

/** One statement at a time, because that is what a parameterised query takes. Migrations hold no `;` inside one. */
function statementsOf(text: string): readonly string[] {
  return text
    .replaceAll(/--.*$/gm, "")
    .split(";")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
