/**
 * Builds the programs that the acceptance tests start into a temporary folder, because dist/ is the committed build.
 * `npm test` has already compared dist/ with the sources, and passes it in GATEWRIGHT_DIST instead.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export default function setup(): (() => void) | undefined {
  if (process.env.GATEWRIGHT_DIST !== undefined || process.env.GATEWRIGHT_FROM_SOURCES === "1")
    return undefined;
  mkdirSync(`${ROOT}.cache`, { recursive: true });
  const folder = mkdtempSync(`${ROOT}.cache/dist-`);
  execFileSync(process.execPath, ["scripts/build.ts", folder], { cwd: ROOT, stdio: "inherit" });
  process.env.GATEWRIGHT_DIST = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
