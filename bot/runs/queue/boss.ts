/** pg-boss on the bot's database: embedded over the one connection, on a server with a pool of its own. */
import { type Db, fromPglite, PgBoss } from "pg-boss";
import type { Database, Sql } from "../../db/sql/database.ts";
import { QUEUE_SCHEMA } from "../../db/schema/migrations.ts";
import type { Log } from "../../services/services.ts";

/** How often lost heartbeats are looked for, over all replicas. Embedded, there is nobody who could lose one. */
const MONITOR_SECONDS = { embedded: 60, postgres: 4 } as const;

/** Not started yet. */
export function connect(db: Database, log: Log, complain: (error: unknown) => void): PgBoss {
  const { queueConnection } = db;
  const common = {
    schema: QUEUE_SCHEMA,
    // Embedded, the code that queues is in this process and wakes one worker (queue.ts); a notification would wake all.
    useListenNotify: queueConnection.kind === "server",
    // queue.ts asks for it, so that it can leave a living process alone after an outage of the database.
    supervise: false,
    monitorIntervalSeconds: MONITOR_SECONDS[db.kind],
    schedule: true,
    cronWorkerIntervalSeconds: 30,
    registerInstance: false,
    openTelemetry: { enabled: false },
  };
  const boss =
    queueConnection.kind === "shared"
      ? new PgBoss({
          ...common,
          db: fromPglite(queueConnection.instance),
          backend: "pglite",
          // Silences a warning about missing vacuums: db.maintain() runs them.
          monitorVacuum: false,
        })
      : new PgBoss({
          ...common,
          connectionString: queueConnection.url,
          application_name: "gatewright-queue",
          max: 6,
        });
  // Without a listener an error event ends the process; the next look for work tries again anyway.
  boss.on("error", complain);
  boss.on("warning", ({ message }) => log.warn({}, message));
  return boss;
}

/** The library's statements inside a transaction of ours. */
export function within(sql: Sql): Db {
  return {
    executeSql: async (text, values) => ({ rows: [...(await sql.query(text, values))] }),
  };
}
