/**
 * Installs the AWS emulators (MiniStack and moto) into .venv, in the versions of test/emulators/requirements.txt. Does nothing
 * if they are installed. Used by `npm test` and `npm run demo`; by hand: `node scripts/setup-emulators.ts`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VENV = join(ROOT, ".venv");
const REQUIREMENTS = join(ROOT, "test/emulators/requirements.txt");
/** Records what is installed. Written last, so that an interrupted installation is repeated. */
const STAMP = join(VENV, "gatewright-requirements.txt");
export const SETUP_COMMAND = "node_modules/.bin/node scripts/setup-emulators.ts";

/** True when the emulators are installed as required. */
export function areEmulatorsInstalled(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === readFileSync(REQUIREMENTS, "utf8");
}

/** Installs what is missing, or throws an error that says what to install by hand. */
export function setUpEmulators(log: (line: string) => void): void {
  if (areEmulatorsInstalled()) return;
  const python = findPython();
  log(`Installing MiniStack and moto into .venv (about a minute, ${python})…`);
  rmSync(VENV, { recursive: true, force: true });
  run(
    python,
    ["-m", "venv", VENV],
    "Python's venv module is missing: on Debian, apt-get install python3-venv.",
  );
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS];
  run(
    join(VENV, "bin/python"),
    pip,
    "Check that PyPI can be reached (pip's own settings and proxies apply).",
  );
  writeFileSync(STAMP, readFileSync(REQUIREMENTS));
  log("Installed MiniStack and moto.");
}

/** The first Python that is new enough, or the one in `PYTHON`. */
function findPython(): string {
  const candidates = [
    process.env.PYTHON,
    "python3",
    "/usr/bin/python3",
    "python3.13",
    "python3.12",
    "python3.11",
  ];
  for (const candidate of candidates) {
    if (candidate === undefined || candidate === "") continue;
    const check = "import sys; sys.exit(0 if sys.version_info >= (3, 10) else 1)";
    if (spawnSync(candidate, ["-c", check]).status === 0) return candidate;
  }
  throw new Error(
    "Python 3.10 or newer was not found: on Debian, apt-get install python3 python3-venv, or set PYTHON.",
  );
}

function run(command: string, args: readonly string[], hint: string): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: "utf8" });
  if (status === 0) return;
  throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}\n${hint}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    setUpEmulators(console.log);
    console.log("The emulators are ready.");
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
