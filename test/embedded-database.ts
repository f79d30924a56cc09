/**
 * A data folder whose embedded database is made already. To make one takes seconds of computing, and is the same every time: it is
 * made once, and copied. What makes it is tried where folders are empty: test/integration/bot/embedded.test.ts, the demo.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CACHE = join(ROOT, ".cache");

interface Kind {
  readonly name: string;
  /** The files and folders that decide what is made. */
  readonly sources: readonly string[];
  /** Makes it in an empty data folder. What is imported is needed once, not in every test's process. */
  readonly make: (folder: string) => Promise<void>;
}

const EMPTY: Kind = {
  name: "embedded",
  sources: ["bot/db/connect/embedded.ts", "node_modules/@electric-sql/pglite/package.json"],
  make: async (folder) => {
    const { openEmbedded } = await import("../bot/db/connect/embedded.ts");
    await (await openEmbedded({ folder })).close();
  },
};

const WITH_TABLES: Kind = {
  name: "bot",
  sources: [...EMPTY.sources, "bot/db/schema", "bot/runs/queue", "node_modules/pg-boss/package.json"],
  make: async (folder) => {
    await makeDatabaseIn(folder);
    const { openDatabase } = await import("../bot/db/connect/open.ts");
    const { createQueue } = await import("../bot/runs/queue/queue.ts");
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const db = await openDatabase({ folder, log });
    const queue = createQueue({ db, log });
    await queue.open();
    await queue.stop();
    await db.close();
  },
};

/** Puts an empty database, without the bot's tables, into the folder. */
export const makeDatabaseIn = (folder: string): Promise<void> => copy(EMPTY, folder);

/** Puts a database into the folder as a bot leaves it that was started and had nothing to do. */
export const makeBotDatabaseIn = (folder: string): Promise<void> => copy(WITH_TABLES, folder);

async function copy(kind: Kind, folder: string): Promise<void> {
  const made = await template(kind);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  cpSync(join(made, "postgres"), join(folder, "postgres"), { recursive: true });
}

async function template({ name, sources, make }: Kind): Promise<string> {
  const hash = createHash("sha256");
  for (const path of sources.flatMap(filesAt)) hash.update(readFileSync(path));
  const place = join(CACHE, `${name}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(place)) return place;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, `${name}-draft-`));
  await make(draft);
  try {
    renameSync(draft, place);
  } catch (error) {
    // Another worker was faster.
    if (!existsSync(place)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return place;
}

function filesAt(source: string): readonly string[] {
  const path = join(ROOT, source);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .map((file) => join(path, file));
}
