/** Programs that run beside each other, and end together. */
import { type ChildProcess, spawn } from "node:child_process";

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

interface SideBySide {
  /** Runs a program to its end: what it says is kept together. */
  start(command: string, args: readonly string[]): Promise<Ended>;
  /** Ends all that still run, with what they started. */
  end(): void;
}

/** Starts with none, for programs in this folder. */
export function sideBySide(cwd: string): SideBySide {
  const running = new Set<ChildProcess>();
  return {
    start: (command, args) => {
      // Each leads a group of its own: npm and the installers start programs in turn.
      const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], detached: true });
      running.add(child);
      const said: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => said.push(data));
      const output = (): string => Buffer.concat(said).toString();
      return new Promise<Ended>((resolve) => {
        child.once("error", (error) => resolve({ status: null, output: `${output()}${error.message}\n` }));
        child.once("close", (status) => resolve({ status, output: output() }));
      }).finally(() => running.delete(child));
    },
    end: () => {
      for (const { pid, exitCode, signalCode } of running)
        if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGTERM");
    },
  };
}
