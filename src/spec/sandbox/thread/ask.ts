/**
 * The worker's side of a question to the host: it blocks until the answer arrives, because `require` is synchronous.
 */
import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import type { Answer, Question, WorkerSetup } from "../protocol.ts";

/** The host cannot continue. The guest may catch this, but is interrupted anyway (see worker.ts). */
export class HostStopped extends Error {}

export interface Asker {
  ask(question: Question): Answer;
  /** Milliseconds spent waiting, which do not count as the guest's time. */
  waited(): number;
  /** True once the host could not continue. */
  stopped(): boolean;
}

export function makeAsker({ answers, signal }: WorkerSetup, now: () => number): Asker {
  let waited = 0;
  let stopped = false;
  return {
    waited: () => waited,
    stopped: () => stopped,
    ask: (question) => {
      const since = now();
      Atomics.store(signal, 0, 0);
      parentPort?.postMessage(question);
      Atomics.wait(signal, 0, 0);
      waited += now() - since;
      const message = receiveMessageOnPort(answers)?.message as Answer | undefined;
      if (message !== undefined && !("stop" in message)) return message;
      stopped = true;
      throw new HostStopped();
    },
  };
}
