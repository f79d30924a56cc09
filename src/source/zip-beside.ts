/**
 * Zips in a worker thread. Compression is synchronous: a large folder in somebody's pull request would block the
 * process until it is done.
 */
import { Worker } from "node:worker_threads";
import { GatewrightError } from "../model/errors.ts";
import { type ZipEntry, zip } from "./zip.ts";

/** Below both limits, zipping takes a few milliseconds: less than a thread needs to start. */
const FEW = { files: 100, bytes: 1024 * 1024 };
const DEADLINE_MS = 60_000;

/** One path for the TypeScript sources, one for the bundles in dist/. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "./zip-thread.ts" : "./zip-thread.mjs",
  import.meta.url,
);

/**
 * @param what names the folder in messages: `the folder "fn"`
 * @throws CODE_ZIP_TIMEOUT after a minute
 */
export async function zipBeside(
  entries: readonly ZipEntry[],
  what: string,
  deadlineMs = DEADLINE_MS,
): Promise<Uint8Array> {
  const size = entries.reduce((total, { bytes }) => total + bytes.length, 0);
  if (entries.length <= FEW.files && size <= FEW.bytes) return zip(entries);
  const thread = new Worker(THREAD, { env: {}, argv: [], execArgv: [] });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      timer = setTimeout(() => {
        const accepted = `accepted: ${deadlineMs / 1000} s`;
        reject(
          new GatewrightError("CODE_ZIP_TIMEOUT", `zipping ${what} takes too long; ${accepted}`, {
            hint: "Leave out what the function does not need, use layers, or give Code.S3Bucket or Code.ImageUri.",
          }),
        );
      }, deadlineMs);
      thread.once("message", resolve);
      thread.once("error", reject);
      thread.once("exit", () => reject(new Error("the zip thread ended without a result")));
      thread.postMessage(entries);
    });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}
