/** What is known of a running bot from outside: its memory, its processor time, its metrics; and how it is killed. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { BotProcess } from "../../test/acceptance/bot-process.ts";

/** Resident memory in MB. Linux tells it. */
export function memoryOf({ pid }: Pick<BotProcess, "pid">): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1000;
}

/** Milliseconds of processor time it has used. Linux counts in hundredths of a second. */
export function processorOf({ pid }: Pick<BotProcess, "pid">): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export function portOf({ url }: Pick<BotProcess, "url">): number {
  return Number(new URL(url).port);
}

/** One number of its metrics page; labels in the order they are printed. */
export async function metricOf({ url }: Pick<BotProcess, "url">, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}

/** As a machine that is gone: nothing is finished. */
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
