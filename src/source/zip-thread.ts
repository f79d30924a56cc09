/** The thread that zips large folders: one zip, then it ends. */
import { parentPort } from "node:worker_threads";
import { type ZipEntry, zip } from "./zip.ts";

parentPort?.once("message", (entries: readonly ZipEntry[]) => {
  const bytes = zip(entries);
  parentPort?.postMessage(bytes);
});
