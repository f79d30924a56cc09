/**
 * Builds the programs that the acceptance tests start into temporary folders: the bot as in its image, and the others, because dist/ is the
 * committed build. `npm test` has already compared dist/ with the sources, and passes it in GATEWRIGHT_DIST instead.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export default function setup(): (() => void) | undefined {
  if (process.env.GATEWRIGHT_FROM_SOURCES === "1") return undefined;
  const folders: string[] = [];
  const built = (...options: readonly string[]): string => {
    mkdirSync(`${ROOT}.cache`, { recursive: true });
    const folder = mkdtempSync(`${ROOT}.cache/built-`);
    folders.push(folder);
    execFileSync(process.execPath, ["scripts/build.ts", folder, ...options], { cwd: ROOT, stdio: "inherit" });
    return folder;
  };
  process.env.GATEWRIGHT_DIST ??= built();
  process.env.GATEWRIGHT_BOT = built("--bot");
  return () => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  };
}
