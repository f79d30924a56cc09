/** What the rest of bot/db sees of a database: the same for the embedded one and for a server. */

export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement with `$1` parameters. Inside a transaction, or on its own. */
export interface Sql {
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

export interface Database extends Sql {
  readonly kind: "embedded" | "postgres";
  /**
   * All of it or nothing. On a server it is done again when the connection broke or two transactions collided, so the
   * work must not change anything but the database, and must be the same when done twice.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Several statements without parameters, as migrations have them. */
  script(text: string): Promise<void>;
  /** What a server does by itself and the embedded database does not: tidying up. Now and then. */
  maintain(): Promise<void>;
  /** Resolves when the database answers: for /readyz. */
  ping(): Promise<void>;
  /** How the queue reaches the same database. */
  readonly queueConnection: QueueConnection;
  /** Tolerates being called twice and at the same time. */
  close(): Promise<void>;
}

/** Embedded: the queue shares the one connection. A server: the queue keeps its own pool, which reconnects by itself. */
type QueueConnection =
  | { readonly kind: "shared"; readonly instance: SharedInstance }
  | { readonly kind: "server"; readonly url: string };

/** The part of PGlite that the queue's adapter asks for. */
export interface SharedInstance {
  query<T>(text: string, values?: unknown[]): Promise<{ rows: T[] }>;
  exec(text: string): Promise<Array<{ rows: Record<string, unknown>[] }>>;
  listen(channel: string, callback: (payload: string) => void): Promise<() => Promise<void>>;
}

/** Postgres cannot store NUL in text; a payload or a reason that holds one must not be refused for it. */
export function storable(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}
