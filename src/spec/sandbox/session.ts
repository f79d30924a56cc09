/** The host's side of one worker thread: start it, answer it, end it in time. */
import { type MessagePort, MessageChannel, Worker } from "node:worker_threads";
import { workerUrl } from "./assets.ts";
import type { Answer, Finished, Outcome, Question, RunRequest, WorkerSetup } from "./protocol.ts";

/** The worker interrupts the guest at the deadline and can say where it was; when it cannot, it is ended this much later. */
const GRACE_MS = 500;
/** Evaluations at the same time in one process: each may take its whole memory. */
const MAX_WORKERS = 4;

/** For the worker's own JavaScript; the guest's memory is the WebAssembly's. The stack must hold the guest's (vm.ts). */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 8 };

export interface Session {
  run(request: RunRequest, answer: (question: Question) => Promise<Answer>): Promise<Finished>;
  /** Ends the thread, whatever it is doing. */
  close(): void;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Starts a thread, when there is room for one. */
export async function openSession(): Promise<Session> {
  if (running >= MAX_WORKERS) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  const { port1: port, port2: answers } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(workerUrl(), {
    workerData: { answers, signal } satisfies WorkerSetup,
    transferList: [answers],
    // Nothing of this process: no environment, no flags, no output of its own.
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: RESOURCE_LIMITS,
  });
  port.unref();
  let open = true;
  return {
    run: (request, answer) => converse(worker, port, signal, request, answer),
    close: () => {
      if (!open) return;
      open = false;
      // The place is free when the thread is gone, not before: its memory counts until then.
      void worker.terminate().finally(makeRoom);
      port.close();
    },
  };
}

/** A place passes on to the next in line, or becomes free. */
function makeRoom(): void {
  const next = waiting.shift();
  if (next === undefined) running--;
  else next();
}

function converse(
  worker: Worker,
  port: MessagePort,
  signal: Int32Array,
  request: RunRequest,
  answer: (question: Question) => Promise<Answer>,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const end = (outcome: Outcome): void => resolve({ outcome, console: [], mappings: {} });
    const deadline = makeDeadline(request.timeoutMs + GRACE_MS, () => end({ ended: "timeout", detail: "" }));
    const reply = (message: Answer): void => {
      deadline.go();
      port.postMessage(message);
      Atomics.store(signal, 0, 1);
      Atomics.notify(signal, 0);
    };
    worker.on("message", (message: Question | Finished) => {
      deadline.halt();
      if (!("ask" in message)) return resolve(message);
      answer(message).then(reply, (error: unknown) => {
        reject(error);
        reply({ stop: true });
        deadline.halt();
      });
    });
    worker.on("error", (error: Error & { code?: string }) => {
      deadline.halt();
      const memory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      end({ ended: memory ? "memory" : "crash", detail: error.stack ?? error.message });
    });
    worker.on("exit", () => {
      deadline.halt();
      end({ ended: "crash", detail: "the thread ended without a word" });
    });
    deadline.go();
    worker.postMessage(request);
  });
}

/** A stopwatch that rings once: `halt` stops it, `go` lets it run on. */
function makeDeadline(budgetMs: number, ring: () => void): { go(): void; halt(): void } {
  let left = budgetMs;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  const halt = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    left -= performance.now() - since;
  };
  return {
    halt,
    go: () => {
      halt();
      since = performance.now();
      timer = setTimeout(ring, Math.max(0, left));
    },
  };
}
