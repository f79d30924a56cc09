/** A Postgres server by URL: a pool that survives the server's restart. */
import pg from "pg";
import { type Database, type Row, type Sql, storable } from "../sql/database.ts";
import { breaksConnection, retryTransient } from "../sql/transient.ts";
import { once } from "../../../src/model/promises/once.ts";

/** Below GitHub's 10 s, which a webhook has to be answered in. */
export const PATIENCE_MS = 8000;

interface PostgresOptions {
  readonly url: string;
  readonly connections?: number | undefined;
  /** How long a statement waits for a server that restarts. Default: {@link PATIENCE_MS}. */
  readonly patienceMs?: number | undefined;
  readonly onProblem?: ((error: Error) => void) | undefined;
}

/** Connects on first use. Statements and transactions are done again when the connection broke under them. */
export function connectPostgres(options: PostgresOptions): Database {
  const { url, connections = 10, patienceMs = PATIENCE_MS, onProblem } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: "gatewright",
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    // A server that vanished without a word must not hold a statement for ever.
    statement_timeout: 15_000,
    query_timeout: 20_000,
  });
  // An idle connection that the server closed; without a listener it would end the process.
  pool.on("error", (error) => onProblem?.(error));

  const withClient = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    // A connection cut while it is checked out says so here, and nowhere else.
    client.on("error", onError);
    try {
      return await work(client);
    } catch (error) {
      if (breaksConnection(error) && error instanceof Error) broken ??= error;
      throw error;
    } finally {
      // A broken one is thrown away and may still complain: without a listener that would end the process.
      if (broken === undefined) client.off("error", onError);
      client.release(broken);
    }
  };
  const again = <T>(work: () => Promise<T>): Promise<T> =>
    retryTransient(work, {
      forMs: patienceMs,
      onRetry: (error) => error instanceof Error && onProblem?.(error),
    });

  return {
    kind: "postgres",
    queueConnection: { kind: "server", url },
    query: (text, values) => again(() => withClient((client) => run(client, text, values))),
    script: async (text) => {
      await withClient((client) => client.query(text));
    },
    maintain: async () => {},
    ping: async () => {
      await withClient((client) => client.query("select 1"));
    },
    transaction: <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
      again(() =>
        withClient(async (client) => {
          await client.query("begin");
          try {
            const done = await work({ query: (text, values) => run(client, text, values) });
            await client.query("commit");
            return done;
          } catch (error) {
            await client.query("rollback").catch(() => {});
            throw error;
          }
        }),
      ),
    close: once(() => pool.end()),
  };
}

async function run(
  client: pg.PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(text, values.map(storable));
  return rows;
}
