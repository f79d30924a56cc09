import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { compileCache } from "../../../compile-cache.ts";
import type { ActionEnvironment } from "./environment.ts";
import { type ActionResult, readActionResult } from "./result.ts";

export interface ActionRun extends ActionResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** The Node the project is developed with, whatever runs the tests. */
const node = fileURLToPath(new URL("../../../../node_modules/.bin/node", import.meta.url));

export interface RunOptions {
  readonly timeoutMs?: number;
  /** Gets what sends the process a signal: a runner that cancels a job does. */
  readonly onStart?: ((kill: (signal: NodeJS.Signals) => void) => void) | undefined;
}

/**
 * Runs a step's program (`dist/main.mjs`) the way the runner does: in the workspace, with the run's variables
 * and none of ours but `PATH` and `HOME`. Does not throw when the program fails: see `exitCode`.
 */
export function runAction(
  entry: string,
  environment: ActionEnvironment,
  { timeoutMs = 120_000, onStart }: RunOptions = {},
): Promise<ActionRun> {
  const started = Date.now();
  const child = spawn(node, [entry], {
    cwd: environment.workspace,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      ...compileCache(),
      ...environment.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  onStart?.((signal) => child.kill(signal));
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      const stdout = Buffer.concat(out).toString();
      const stderr = Buffer.concat(err).toString();
      try {
        const result = readActionResult(environment, stdout);
        resolve({ ...result, exitCode, stdout, stderr, durationMs: Date.now() - started });
      } catch (error) {
        reject(error);
      }
    });
  });
}
