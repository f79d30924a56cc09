/** Bot processes that can be killed, and the journal they write into. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { until } from "./bots.ts";

export interface Journal {
  readonly path: string;
  lines(): readonly string[];
  /** Lines that begin with this. */
  of(start: string): readonly string[];
}

export interface BotProcess {
  readonly name: string;
  kill(signal: NodeJS.Signals): void;
  /** What it said on its error output. */
  errors(): string;
  exited(): Promise<number | null>;
}

export interface ProcessOptions {
  readonly databaseUrl?: string | undefined;
  readonly folder?: string | undefined;
  readonly steps?: number;
  readonly stepMs?: number;
  /** After how long a silent process has lost its jobs. */
  readonly heartbeatSeconds?: number;
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-bot-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function aJournal(folder: string): Journal {
  const path = join(folder, "journal");
  const lines = (): readonly string[] =>
    existsSync(path)
      ? readFileSync(path, "utf8")
          .split("\n")
          .filter((line) => line !== "")
      : [];
  return { path, lines, of: (start) => lines().filter((line) => line.startsWith(start)) };
}

/** Starts a bot and waits until it takes work. */
export async function startProcess(
  name: string,
  journal: Journal,
  options: ProcessOptions,
): Promise<BotProcess> {
  const settings = { name, journal: journal.path, steps: 20, stepMs: 100, ...options };
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, "worker-process.ts"), JSON.stringify(settings)],
    { stdio: ["ignore", "inherit", "pipe"] },
  );
  let said = "";
  child.stderr?.on("data", (data) => {
    said += String(data);
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  await until(`${name} is ready\n${said}`, () => {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${said}`);
    return journal.lines().includes(`ready ${name}`);
  });
  return { name, kill: (signal) => child.kill(signal), errors: () => said, exited: () => exited };
}
