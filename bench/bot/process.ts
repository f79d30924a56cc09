/** Measures a running bot from outside (memory, processor time, metrics), and kills it. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { BotProcess } from "../../test/acceptance/bot-process.ts";

/** Resident memory in MB (Linux only). */
export function memoryOf({ pid }: Pick<BotProcess, "pid">): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1000;
}

/** Processor time used so far in milliseconds. Linux counts in hundredths of a second. */
export function processorOf({ pid }: Pick<BotProcess, "pid">): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export function portOf({ url }: Pick<BotProcess, "url">): number {
  return Number(new URL(url).port);
}

/** One number from its metrics page; labels in the order in which they are printed. */
export async function metricOf({ url }: Pick<BotProcess, "url">, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

/** Kills the process as if the machine were gone: it finishes nothing. */
export async function kill({ pid, ended }: Pick<BotProcess, "pid" | "ended">): Promise<void> {
  process.kill(pid, "SIGKILL");
  await ended;
}

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited two minutes: ${what}`);
    await sleep(5);
  }
}
