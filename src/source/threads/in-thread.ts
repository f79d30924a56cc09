/**
 * Work on what a stranger wrote, in a thread that can be ended: it must neither keep the process from its other work nor go on for
 * ever. The threads are files of their own, in the sources and in dist/.
 */
import { Worker } from "node:worker_threads";
import { within } from "../../model/clock.ts";
import type { GatewrightError } from "../../model/errors.ts";

interface Deadline {
  readonly ms: number;
  /** The error once it has passed. */
  readonly late: () => GatewrightError;
}

/** Sends the message to `NAME-thread.ts` and gives what it answers. */
export async function inThread<Answer>(
  name: "zip" | "unzip" | "ignore",
  message: unknown,
  { ms, late }: Deadline,
): Promise<Answer> {
  const ending = import.meta.url.endsWith(".ts") ? "ts" : "mjs";
  const thread = new Worker(new URL(`./${name}-thread.${ending}`, import.meta.url), {
    env: {},
    argv: [],
    execArgv: [],
  });
  const answer = new Promise<Answer>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error(`the ${name} thread ended without a result`)));
    thread.postMessage(message);
  });
  try {
    return await within(ms, answer, late);
  } finally {
    await thread.terminate();
  }
}
