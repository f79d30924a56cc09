/** The worker thread that zips one large folder and then exits. */
import { parentPort } from "node:worker_threads";
import { type ZipEntry, zip } from "./zip.ts";

parentPort?.once("message", (entries: readonly ZipEntry[]) => {
  const bytes = zip(entries);
  parentPort?.postMessage(bytes);
});
