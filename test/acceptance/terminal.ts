/** The built terminal program on a pseudo-terminal, where it asks questions and uses colours. */
import { fileURLToPath } from "node:url";
import { areEmulatorsInstalled, SETUP_COMMAND } from "../../scripts/setup-emulators.ts";
import { type Ended, program, run, type Start } from "./process.ts";

const PYTHON = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
const TERMINAL = fileURLToPath(new URL("./terminal.py", import.meta.url));

/** Types `answer` once `prompt` is on the screen. Everything on the screen is returned as standard output. */
export function runOnTerminal(
  args: readonly string[],
  { prompt, answer, ...start }: Start & { readonly prompt: string; readonly answer: string },
): Promise<Ended> {
  if (!areEmulatorsInstalled()) throw new Error(`.venv is missing; make it with: ${SETUP_COMMAND}`);
  return run(PYTHON, [TERMINAL, prompt, answer, process.execPath, program("cli"), ...args], start);
}
