/** The file that holds the App's credentials: written once by the set-up, readable by the bot's user only. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";

export const ENV_FILE = ".env";

/** What the file of a data directory holds; nothing when there is none. */
export async function readEnvFile(directory: string): Promise<Readonly<Record<string, string>>> {
  try {
    const found = parseEnv(await readFile(join(directory, ENV_FILE), "utf8"));
    return Object.fromEntries(
      Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // A folder that cannot be one is told by whoever needs it.
    if (code === "ENOENT" || code === "ENOTDIR") return {};
    throw error;
  }
}

/**
 * Writes the values and gives the path. What a person keeps in the file stays; an App's values that are there already
 * are never overwritten: the new ones then stand beside them, because GitHub shows them only once.
 */
export async function writeEnvFile(
  directory: string,
  values: Readonly<Record<string, string>>,
): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, ENV_FILE);
  const known = await readEnvFile(directory);
  const taken = Object.keys(values).some((name) => known[name] !== undefined);
  const kept =
    taken || Object.keys(known).length === 0 ? "" : `${(await readFile(path, "utf8")).trimEnd()}\n`;
  const lines = Object.entries(values).map(([name, value]) => `${name}="${value.replaceAll("\n", "\\n")}"\n`);
  const written = `${path}.${randomBytes(6).toString("hex")}`;
  const file = await open(written, "wx", 0o600);
  try {
    await file.writeFile(kept + lines.join(""));
    await file.sync();
  } finally {
    await file.close();
  }
  if (taken) return written;
  // A crash leaves the old file or the whole new one.
  await rename(written, path);
  return path;
}
