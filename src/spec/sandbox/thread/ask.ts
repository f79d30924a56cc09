/** The worker's side of asking the host: it sleeps until the answer is there, because `require` cannot wait otherwise. */
import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import type { Answer, Question, WorkerSetup } from "../protocol.ts";

/** The host cannot go on. The guest may catch this; it is interrupted all the same (see worker.ts). */
export class HostStopped extends Error {}

export interface Asker {
  ask(question: Question): Answer;
  /** Milliseconds spent waiting: not the guest's fault. */
  waited(): number;
  /** True once the host could not go on. */
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
