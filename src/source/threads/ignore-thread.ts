/** The worker thread that matches a folder's paths against its .gatewrightignore and then exits: patterns with many stars take long. */
import { parentPort } from "node:worker_threads";
import ignore from "ignore";

export interface IgnoreMessage {
  /** The text of the file. */
  readonly rules: string;
  readonly paths: readonly string[];
}

/** Answers the paths that stay. */
parentPort?.once("message", ({ rules, paths }: IgnoreMessage) => {
  parentPort?.postMessage(ignore().add(rules).filter(paths));
});
