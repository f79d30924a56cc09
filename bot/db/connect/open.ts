/** The bot's database: a folder by default, a server by URL. */
import { fail, reasonOf } from "../../../src/model/errors.ts";
import type { Log } from "../../services/services.ts";
import type { Database } from "../sql/database.ts";
import { openEmbedded } from "./embedded.ts";
import { migrate } from "../schema/migrate.ts";
import { connectPostgres } from "./postgres.ts";
import { rateLimitedLog } from "../../services/rate-limited-log.ts";
import { isTransient, retryTransient } from "../sql/transient.ts";

interface OpenOptions {
  /** `postgres://…`; without it the embedded database in `folder`. */
  readonly databaseUrl?: string | undefined;
  /** The embedded database's. Undefined keeps nothing: for tests. */
  readonly folder?: string | undefined;
  readonly log: Log;
  /** Connections of this process to a server, besides the queue's own. */
  readonly connections?: number | undefined;
  /** How long a server that is not there yet is waited for at the start. */
  readonly startMs?: number | undefined;
  /** Another process took the embedded folder: end this one. */
  readonly onLockLost?: ((reason: string) => void) | undefined;
}

/** Opens the database and brings its tables up to date. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { databaseUrl, folder, log, startMs = 60_000 } = options;
  if (databaseUrl === undefined) {
    const db = await openEmbedded({ folder, onLockLost: options.onLockLost });
    return migrated(db, () => migrate(db));
  }
  const server = placeOf(databaseUrl);
  const db = connectPostgres({
    url: databaseUrl,
    connections: options.connections,
    onProblem: rateLimitedLog((error: Error, leftOut) =>
      log.warn({ error: error.message, leftOut, server }, "the database does not answer as it should"),
    ),
  });
  // A compose file starts both at once: the database may need a while.
  return migrated(db, () =>
    retryTransient(() => migrate(db), { forMs: startMs }).catch((error: unknown) => {
      if (!isTransient(error) && !refusesLogin(error)) throw error;
      return fail("DATABASE_UNAVAILABLE", `the database ${server} does not answer: ${reasonOf(error)}`, {
        hint: "Check DATABASE_URL, and that the server runs and can be reached from here.",
        cause: error,
      });
    }),
  );
}

async function migrated(db: Database, work: () => Promise<void>): Promise<Database> {
  try {
    await work();
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** 28…: the user or the password; 3D000: no such database. */
function refusesLogin(error: unknown): boolean {
  const code = error instanceof Error ? (error as Error & { readonly code?: unknown }).code : undefined;
  return typeof code === "string" && (code.startsWith("28") || code === "3D000");
}

/** Host and database of a URL, without what is secret in it. */
function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
  } catch {
    return "(DATABASE_URL)";
  }
}
