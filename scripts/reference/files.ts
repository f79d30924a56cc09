/** Generated files: written, or compared with what is there. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Generated {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** Those that are not what they should be. */
export function stale(files: readonly Generated[]): readonly string[] {
  return files
    .filter(
      ({ path, text }) => !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), "utf8") !== text,
    )
    .map(({ path }) => path);
}

/** Writes them; with `--check` on the command line it only looks, and fails when one is stale. */
export function writeOrCheck(files: readonly Generated[]): void {
  const old = stale(files);
  if (process.argv.includes("--check")) {
    if (old.length === 0) return;
    process.stderr.write(`Not up to date: ${old.join(", ")}. Run: npm run docs\n`);
    process.exitCode = 1;
    return;
  }
  for (const { path, text } of files.filter((file) => old.includes(file.path))) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
}

/** Formatted as the house formats code. */
export function formatted(path: string, text: string): string {
  const biome = join(ROOT, "node_modules/.bin/biome");
  const { status, stdout, stderr } = spawnSync(biome, ["format", `--stdin-file-path=${path}`], {
    cwd: ROOT,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`biome cannot format ${path}: ${stderr}`);
  return stdout;
}
