/** Databases for the bot's tests: an embedded one and a Postgres server, started once per test file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Database } from "../../../bot/db/sql/database.ts";
import { openDatabase } from "../../../bot/db/connect/open.ts";
import type { Log } from "../../../bot/services/services.ts";
import type { RunRequest, StackRef } from "../../../src/model/run.ts";
import { makeDatabaseIn } from "../../embedded-database.ts";
import { type FakePostgres, startPostgres } from "../../fakes/postgres.ts";

export interface TestLog extends Log {
  readonly lines: readonly string[];
}

/** Keeps what was logged, as one text per line. */
export function collectingLog(): TestLog {
  const lines: string[] = [];
  const keep =
    (level: string) =>
    (fields: Readonly<Record<string, unknown>>, text: string): void => {
      lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
    };
  return { lines, info: keep("info"), warn: keep("warn"), error: keep("error") };
}

let server: Promise<FakePostgres> | undefined;
const opened: Database[] = [];
const folders: string[] = [];

/** The file's one Postgres server. */
export function postgres(): Promise<FakePostgres> {
  server ??= startPostgres();
  return server;
}

let counter = 0;

/** A fresh, migrated database. */
export async function freshDatabase(kind: Database["kind"], log: Log = collectingLog()): Promise<Database> {
  counter += 1;
  const where =
    kind === "embedded"
      ? { folder: await madeFolder() }
      : { databaseUrl: (await postgres()).database(`test${counter}`) };
  const db = await openDatabase({ ...where, log, startMs: 10_000 });
  opened.push(db);
  return db;
}

async function madeFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-database-"));
  folders.push(folder);
  await makeDatabaseIn(folder);
  return folder;
}

afterAll(async () => {
  await Promise.allSettled(opened.map((db) => db.close()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  (await server)?.stop();
});

let comments = 1000;

/** A request nobody made before. */
export function aRequest(stack: StackRef, more: Partial<RunRequest> = {}): RunRequest {
  comments += 1;
  return {
    group: crypto.randomUUID(),
    stack,
    kind: "apply",
    cause: { by: "command", login: "ann", pull: 7, commentId: comments },
    sha: "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d",
    adopt: [],
    ...more,
  };
}
