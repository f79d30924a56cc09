/** An emulator as a process: starts on a free port, waits until it is ready, stops by its own id. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { areEmulatorsInstalled, SETUP_COMMAND } from "../../scripts/setup-emulators.ts";

export interface Emulator {
  /** The AWS endpoint. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface EmulatorProgram {
  readonly name: string;
  /** The program in .venv/bin, its arguments and its environment. */
  readonly program: string;
  readonly args: (port: number) => readonly string[];
  readonly env: (port: number) => Readonly<Record<string, string>>;
  /** Returns 2xx when the emulator is ready. */
  readonly ready: string;
}

const VENV_BIN = fileURLToPath(new URL("../../.venv/bin/", import.meta.url));
const READY_MS = 60_000;

/** Starts the emulator and waits until it is ready. Fails with its output if it is not. */
export async function startEmulator(emulator: EmulatorProgram): Promise<Emulator> {
  if (!areEmulatorsInstalled()) {
    throw new Error(`${emulator.name} is not installed; install it with: ${SETUP_COMMAND}`);
  }
  const port = await freePort();
  const output: string[] = [];
  const child = spawn(join(VENV_BIN, emulator.program), emulator.args(port), {
    env: { ...process.env, ...emulator.env(port) },
    stdio: ["ignore", "pipe", "pipe"],
    // In its own process group, so that MiniStack's function workers end with it.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    // Only the end of the output matters, and only if the process dies.
    stream.on("data", (text: string) => {
      output.push(text);
      if (output.length > 50) output.shift();
    });
  }
  const killWithUs = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", killWithUs);
  const stop = async (): Promise<void> => {
    process.off("exit", killWithUs);
    await stopProcess(child);
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(emulator, child, `${url}${emulator.ready}`);
  } catch (error) {
    await stop();
    throw new Error(`${emulator.name} did not start: ${String(error)}\n${output.join("")}`);
  }
  return { url, port, pid: child.pid ?? 0, stop };
}

async function untilReady({ name }: EmulatorProgram, child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with exit code ${child.exitCode}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`no answer from ${url} within ${READY_MS / 1000} s`);
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), 3_000);
  await ended;
  clearTimeout(timer);
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has already exited.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
