/** The two ways to run a bot on one machine: with the embedded database, and with a Postgres server beside it. */
import { startPostgres } from "../../test/fakes/postgres.ts";

export type Kind = "embedded" | "postgres";

export interface Setting {
  readonly kind: Kind;
  readonly what: string;
  /** Undefined for the embedded database. */
  readonly databaseUrl: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  stop(): void;
}

export async function setting(kind: Kind): Promise<Setting> {
  if (kind === "embedded") return { kind, what: "embedded", databaseUrl: undefined, env: {}, stop: () => {} };
  const server = await startPostgres();
  const databaseUrl = server.database("bench");
  return { kind, what: "Postgres", databaseUrl, env: { DATABASE_URL: databaseUrl }, stop: server.stop };
}
