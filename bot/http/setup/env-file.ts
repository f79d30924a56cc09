/** The file with the App's credentials: written once by setup, readable only by the bot's user. */
import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";

const ENV_FILE = ".env";

/** Reads the file in a data directory; empty if it does not exist. */
export async function readEnvFile(directory: string): Promise<Readonly<Record<string, string>>> {
  try {
    const found = parseEnv(await readFile(join(directory, ENV_FILE), "utf8"));
    return Object.fromEntries(
      Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // An unusable data directory is reported by the code that writes to it.
    if (code === "ENOENT" || code === "ENOTDIR") return {};
    throw error;
  }
}

/**
 * Writes the values and returns the path. Other content of the file stays; existing values of an App
 * are never overwritten: the new ones go to a second file, because GitHub shows them only once.
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
  // Write and rename: a crash leaves either the old file or the complete new one.
  await rename(written, path);
  return path;
}
