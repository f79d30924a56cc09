/**
 * A data folder whose embedded database is made already. To make one takes seconds of computing, and is the same every time: it is
 * made once, and copied. What makes it is tried where folders are empty: test/integration/bot/embedded.test.ts, the demo.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEmbedded } from "../bot/db/connect/embedded.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CACHE = join(ROOT, ".cache");

/** What decides what is made. */
const SOURCES = ["bot/db/connect/embedded.ts", "node_modules/@electric-sql/pglite/package.json"];

/** Puts an empty database, without the bot's tables, into the folder. */
export async function makeDatabaseIn(folder: string): Promise<void> {
  const made = await template();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  cpSync(join(made, "postgres"), join(folder, "postgres"), { recursive: true });
}

async function template(): Promise<string> {
  const hash = createHash("sha256");
  for (const path of SOURCES) hash.update(readFileSync(join(ROOT, path)));
  const place = join(CACHE, `embedded-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(place)) return place;
  mkdirSync(CACHE, { recursive: true });
  const draft = mkdtempSync(join(CACHE, "embedded-draft-"));
  await (await openEmbedded({ folder: draft })).close();
  try {
    renameSync(draft, place);
  } catch (error) {
    // Another worker was faster.
    if (!existsSync(place)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return place;
}
