/** The built terminal program as a process, as users start it. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compileCache } from "../compile-cache.ts";

/** Tests run what users run: the bundles. During development, GATEWRIGHT_FROM_SOURCES=1 avoids the build. */
export function program(name: "main" | "cli" | "bot-workflow"): string {
  if (process.env.GATEWRIGHT_FROM_SOURCES === "1") {
    const source = name === "bot-workflow" ? "bot/workflow/main" : `src/${name}`;
    return fileURLToPath(new URL(`../../${source}.ts`, import.meta.url));
  }
  const folder = process.env.GATEWRIGHT_DIST;
  if (folder === undefined) throw new Error("GATEWRIGHT_DIST is not set: global-setup.ts does that");
  return resolve(folder, `${name}.mjs`);
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  kill(signal: NodeJS.Signals): void;
  /** Everything written so far to standard output and standard error. */
  output(): string;
}

export interface Start {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** It is killed if it takes longer. */
  readonly timeoutMs?: number;
  /** Its standard input. */
  readonly input?: string;
  /** Called with everything written so far, whenever there is more. */
  readonly onOutput?: (text: string) => void;
  /** Called once it has started. */
  readonly onStart?: (running: Running) => void;
  /** The Node to run it with. Default: the one that runs the tests. */
  readonly node?: string;
}

/** Keeps the machine's own AWS and GitHub settings out of the tests. */
function cleanEnvironment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    HOME: "/nonexistent",
    TZ: "UTC",
    ...compileCache(),
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nonexistent/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
  };
}

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], start: Start): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: start.cwd,
      env: { ...cleanEnvironment(), ...start.env },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: start.timeoutMs ?? 60_000,
      killSignal: "SIGKILL",
    });
    const written = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8");
      child[name].on("data", (text: string) => {
        written[name] += text;
        start.onOutput?.(written.stdout + written.stderr);
      });
    }
    child.stdin.end(start.input ?? "");
    start.onStart?.({
      kill: (signal) => void child.kill(signal),
      output: () => written.stdout + written.stderr,
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...written }));
  });
}

/** The machine's own Node, 20 or newer, beside the one that the project installs. */
export function machineNode(): string {
  const own = join("node_modules", ".bin");
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((directory) => !directory.includes(own))
    .map((directory) => join(directory, "node"))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error("there is no Node on PATH beside the project's own");
  return found;
}

/** `gatewright …` */
export function runCli(args: readonly string[], start: Start): Promise<Ended> {
  return run(start.node ?? process.execPath, [program("cli"), ...args], start);
}
