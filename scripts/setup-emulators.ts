/**
 * Installs the AWS emulators (MiniStack and moto) into .venv, in the versions of test/emulators/requirements.txt. Does nothing
 * if they are installed. Used by `npm test` and `npm run demo`; by hand: `node scripts/setup-emulators.ts`.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython, installPython, PYTHON_FORM } from "../src/cli/dev/python.ts";

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
function setUpEmulators(log: (line: string) => void): void {
  if (areEmulatorsInstalled()) return;
  const python = findPython(process.env);
  if (python === undefined) {
    throw new Error(
      `${PYTHON_FORM} was not found: on Debian, apt-get install python3 python3-venv, or set PYTHON.`,
    );
  }
  log(`Installing MiniStack and moto into .venv (about a minute, ${python})…`);
  rmSync(VENV, { recursive: true, force: true });
  installPython(python, VENV, ["-r", REQUIREMENTS]);
  writeFileSync(STAMP, readFileSync(REQUIREMENTS));
  log("Installed MiniStack and moto.");
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
