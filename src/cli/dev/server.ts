/** A local server as a child process: starts on a free port, waits until it answers, stops by its own id. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServerProgram {
  readonly name: string;
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  readonly env: (port: number) => Readonly<Record<string, string>>;
  /** A path that answers 2xx when the server is ready. */
  readonly ready: string;
}

const READY_MS = 60_000;

/** Starts it and waits until it is ready. Fails with its output if it is not. */
export async function startServer(program: ServerProgram): Promise<Server> {
  const { name, command, args, env, ready } = program;
  const port = await freePort();
  const output: string[] = [];
  const child = spawn(command, args(port), {
    env: { ...process.env, ...env(port) },
    stdio: ["ignore", "pipe", "pipe"],
    // In its own process group, so that what it starts itself ends with it.
    detached: true,
  });
  const started = new Promise<never>((_, reject) => child.once("error", reject));
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
    await stopProcess(child);
    process.off("exit", killWithUs);
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([started, untilReady(name, child, `${url}${ready}`)]);
  } catch (error) {
    await stop();
    throw new Error(`${name} did not start: ${String(error)}\n${output.join("")}`);
  }
  return { url, port, pid: child.pid ?? 0, stop };
}

async function untilReady(name: string, child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${name} ended with exit code ${child.exitCode}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error(`no answer from ${url} within ${READY_MS / 1000} s`);
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
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
