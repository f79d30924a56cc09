/** The worker thread that unzips one artifact and then exits. */
import { parentPort } from "node:worker_threads";
import { GatewrightError } from "../../model/errors.ts";
import { type UnzipLimits, unzip } from "./unzip.ts";
import type { ZipEntry } from "./zip.ts";

export interface UnzipMessage {
  readonly zip: Uint8Array;
  readonly what: string;
  readonly limits: UnzipLimits;
}

/** An error keeps its class within its thread only. */
export type UnzipAnswer =
  | { readonly entries: readonly ZipEntry[] }
  | { readonly refused: { readonly code: string; readonly message: string; readonly hint: string } };

parentPort?.once("message", ({ zip, what, limits }: UnzipMessage) => {
  parentPort?.postMessage(answer(zip, what, limits));
});

function answer(zip: Uint8Array, what: string, limits: UnzipLimits): UnzipAnswer {
  try {
    return { entries: unzip(zip, what, limits) };
  } catch (error) {
    if (!(error instanceof GatewrightError)) throw error;
    return { refused: { code: error.code, message: error.message, hint: error.hint ?? "" } };
  }
}
