/** Starts the sender of webhooks, and the baseline that receives them first, as separate processes. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Load, Sent } from "./generator.ts";

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Sends all webhooks and returns the result. Fails if any was refused. */
export async function send(load: Load): Promise<Sent> {
  const child = spawn(process.execPath, [beside("generator.ts"), JSON.stringify(load)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  const sent = JSON.parse(output) as Sent;
  if (sent.refused > 0) throw new Error(`${sent.refused} webhooks were refused`);
  return sent;
}

interface Yardstick {
  readonly port: number;
  readonly pid: number;
  stop(): void;
}

/** Probot alone: its middleware with a handler that does nothing. */
export async function startProbot(secret: string): Promise<Yardstick> {
  const child = spawn(process.execPath, [beside("probot-alone.ts"), secret], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  const port = await new Promise<number>((resolve, reject) => {
    child.once("close", () => reject(new Error("Probot did not start")));
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(Number(text)));
  });
  return { port, pid: child.pid ?? 0, stop };
}
