/**
 * The embedded database: Postgres as WebAssembly in this process, its files in a folder. One process at a time, held
 * by a lock on the folder. What is committed survives the process's death; only a server survives a power cut, because
 * the embedded one leaves writing to disk to the operating system.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { fail, messageOf } from "../../../src/model/errors.ts";
import { type Database, type Row, type SharedInstance, type Sql, storable } from "../sql/database.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { createStatements, type Statements } from "./prepared.ts";
import { QUEUE_SCHEMA, SCHEMA } from "../schema/migrations.ts";
import { type Space, spaceOf } from "./space.ts";
import { turn } from "../sql/event-loop.ts";
import { once } from "../../../src/model/promises/once.ts";

/** 128 MB of cache, the default, is memory that a bot's few thousand rows never use. */
const SETTINGS = { postgresqlconf: ["shared_buffers = 16MB"] };

interface EmbeddedOptions {
  /** Without one, nothing is kept: for tests. */
  readonly folder?: string | undefined;
  /** Another process took the folder although this one held it: stop at once. */
  readonly onLockLost?: ((reason: string) => void) | undefined;
}

/** Opens (or makes) the database in the folder. Throws DATABASE_LOCKED when another process has it. */
export async function openEmbedded({ folder, onLockLost }: EmbeddedOptions): Promise<Database> {
  const lock = folder === undefined ? undefined : await takeFolder(folder, onLockLost);
  try {
    const space: Space = folder === undefined ? { check: () => {} } : spaceOf(folder);
    space.check();
    const instance = await open(folder === undefined ? undefined : join(folder, "postgres"));
    return wrap(instance, lock, space);
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

/** Opens the files, or makes them beside their place first: a process killed while it makes them leaves none behind. */
async function open(dataDir: string | undefined): Promise<PGlite> {
  if (dataDir === undefined) return PGlite.create(SETTINGS);
  if (!existsSync(dataDir)) {
    const draft = `${dataDir}.new`;
    rmSync(draft, { recursive: true, force: true });
    // Making them takes 250 MB that are given back when it is closed; opening takes 0.1 s.
    await (await PGlite.create({ ...SETTINGS, dataDir: draft })).close();
    renameSync(draft, dataDir);
  }
  return PGlite.create({ ...SETTINGS, dataDir });
}

async function takeFolder(folder: string, onLockLost: EmbeddedOptions["onLockLost"]): Promise<FolderLock> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    fail("DATABASE_FOLDER", `the data folder ${folder} cannot be made: ${messageOf(error)}`, {
      hint: "Set DATA_DIRECTORY to a folder this process may write to.",
      cause: error,
    });
  }
  return lockFolder(folder, { onLost: onLockLost });
}

function wrap(instance: PGlite, lock: FolderLock | undefined, space: Space): Database {
  const statements = createStatements(instance);
  const guarded =
    (run: Statements["query"]): Sql["query"] =>
    async (text, values = []) => {
      if (!READS.test(text)) space.check();
      return run<Row>(text, values.map(storable));
    };
  const query = guarded(statements.query);
  return {
    kind: "embedded",
    queueConnection: { kind: "shared", instance: sparing(instance, statements, space) },
    query: async (text, values) => {
      await turn();
      return query(text, values);
    },
    script: async (text) => {
      space.check();
      await statements.exec(text);
    },
    maintain: () => tidy(instance),
    ping: async () => {
      await statements.query("select 1");
      space.check();
    },
    transaction: async (work) => {
      await turn();
      return instance.transaction((inner) => work({ query: guarded(statements.within(inner)) }));
    },
    close: once(async () => {
      await instance.close();
      await lock?.release();
    }),
  };
}

/** Locking and counting still go on with a full disk. `with` may write. */
const READS = /^\s*select\b(?![\s\S]*\bfor update\b)/i;

/** The queue's way to the database, under the same guard; it asks again by itself. */
function sparing(instance: PGlite, statements: Statements, space: Space): SharedInstance {
  return {
    query: async (text, values) => {
      await turn();
      space.check();
      return { rows: await statements.query(text, values) };
    },
    exec: async (text) => {
      await turn();
      space.check();
      return statements.exec(text);
    },
    listen: (channel, callback) => instance.listen(channel, callback),
  };
}

/** There are no background processes: nothing vacuums, and the write-ahead log grows until a checkpoint is requested. */
async function tidy(instance: PGlite): Promise<void> {
  const { rows } = await instance.query<{ readonly name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('${SCHEMA}', '${QUEUE_SCHEMA}')`,
  );
  // Table by table: each holds everything else up while it goes on.
  for (const { name } of rows) await instance.exec(`vacuum (analyze) ${name}`);
  await instance.exec("checkpoint");
}
