/**
 * Installs actionlint, which checks workflows, into .cache, where Go is on the machine: `node scripts/setup-actionlint.ts`. Used by
 * `npm test`. Without Go, or without a network, the workflows are only compared with each other.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VERSION = "v1.7.12";
const FOLDER = join(ROOT, `.cache/actionlint-${VERSION}`);
export const ACTIONLINT = join(FOLDER, "actionlint");

function setUpActionlint(log: (line: string) => void): void {
  if (existsSync(ACTIONLINT)) return;
  if (spawnSync("go", ["version"]).status !== 0) {
    log("Go is not on this machine: workflows are not linted by actionlint.");
    return;
  }
  const { status, stderr } = spawnSync(
    "go",
    ["install", `github.com/rhysd/actionlint/cmd/actionlint@${VERSION}`],
    { env: { ...process.env, GOBIN: FOLDER }, encoding: "utf8" },
  );
  log(status === 0 ? `Installed actionlint ${VERSION}.` : `actionlint could not be installed: ${stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUpActionlint(console.log);
