/** An emulator of .venv as a process: starts on a free port, waits until it is ready, stops by its own id. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { areEmulatorsInstalled, SETUP_COMMAND } from "../../scripts/setup-emulators.ts";
import { type Server, type ServerProgram, startServer } from "../../src/cli/dev/server.ts";

export type Emulator = Server;

/** `command` is the program's name in .venv/bin. */
export type EmulatorProgram = ServerProgram;

const VENV_BIN = fileURLToPath(new URL("../../.venv/bin/", import.meta.url));

/** Starts the emulator and waits until it is ready. Fails with its output if it is not. */
export async function startEmulator(emulator: EmulatorProgram): Promise<Emulator> {
  if (!areEmulatorsInstalled()) {
    throw new Error(`${emulator.name} is not installed; install it with: ${SETUP_COMMAND}`);
  }
  return startServer({ ...emulator, command: join(VENV_BIN, emulator.command) });
}
