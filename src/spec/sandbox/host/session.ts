/** The host's side of one worker thread: start it, answer it, end it in time. */
// The default import: Node 20 has no getCompileCacheDir.
import nodeModule from "node:module";
import { type MessagePort, MessageChannel, Worker } from "node:worker_threads";
import { workerUrl } from "../assets.ts";
import type { Answer, Begun, Finished, Outcome, Question, RunRequest, WorkerSetup } from "../protocol.ts";

/**
 * Time for the sandbox to start, before the spec's time begins: usually a tenth of a second, more on a busy machine.
 */
const START_MS = 30_000;
/**
 * At the deadline, the worker interrupts the guest and reports where it was; if it does not, it is terminated after
 * this time.
 */
const GRACE_MS = 1500;
/** The most evaluations at once in one process, because each may use its full memory. */
const MAX_WORKERS = 4;

/** For the worker's own JavaScript; the guest's memory is the WebAssembly's. The stack must hold the guest's (vm.ts). */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 8 };

interface Session {
  run(request: RunRequest, answer: (question: Question) => Promise<Answer>): Promise<Finished>;
  /** Ends the thread, whatever it is doing. */
  close(): void;
}

let running = 0;
const waiting: (() => void)[] = [];

let ahead: Started | undefined;

/**
 * Starts the first thread before there is anything to evaluate, so that it starts while this one loads the rest. It is given nothing until
 * then, and does not keep the process alive.
 */
export function startAhead(): void {
  if (running > 0) return;
  running++;
  ahead = startWorker();
  ahead.worker.unref();
}

/** Starts a thread, when there is room for one. */
export async function openSession(): Promise<Session> {
  if (ahead !== undefined) {
    const { worker, session } = ahead;
    ahead = undefined;
    worker.ref();
    return session;
  }
  if (running >= MAX_WORKERS) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return startWorker().session;
  } catch (error) {
    makeRoom();
    throw error;
  }
}

interface Started {
  readonly worker: Worker;
  readonly session: Session;
}

function startWorker(): Started {
  const { port1: port, port2: answers } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(workerUrl(), {
    workerData: { answers, signal, compileCache: nodeModule.getCompileCacheDir?.() } satisfies WorkerSetup,
    transferList: [answers],
    // It gets no environment, flags or output streams from this process.
    env: {},
    argv: [],
    execArgv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: RESOURCE_LIMITS,
  });
  port.unref();
  // Listen from the start: an unhandled error would end this process.
  const broken = new Promise<Outcome>((resolve) => {
    worker.on("error", (error: Error & { code?: string }) => {
      const memory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      resolve({ ended: memory ? "memory" : "crash", detail: error.message });
    });
    worker.on("exit", () => resolve({ ended: "crash", detail: "its thread ended without a word" }));
  });
  let open = true;
  const session: Session = {
    run: (request, answer) => converse({ worker, port, signal, broken }, request, answer),
    close: () => {
      if (!open) return;
      open = false;
      // The slot becomes free only when the thread has ended, because its memory is in use until then.
      void worker.terminate().finally(makeRoom);
      port.close();
    },
  };
  return { worker, session };
}

/** Passes the slot to the next in line, or frees it. */
function makeRoom(): void {
  const next = waiting.shift();
  if (next === undefined) running--;
  else next();
}

interface Line {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly signal: Int32Array;
  /** What happened to the thread, if it does not report it itself. */
  readonly broken: Promise<Outcome>;
}

function converse(
  { worker, port, signal, broken }: Line,
  request: RunRequest,
  answer: (question: Question) => Promise<Answer>,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const end = (outcome: Outcome): void => {
      deadline.halt();
      resolve({ outcome, console: [] });
    };
    const notInTime = (): void => end({ ended: "timeout", detail: "" });
    let deadline = makeDeadline(START_MS, notInTime);
    const reply = (message: Answer): void => {
      port.postMessage(message);
      Atomics.store(signal, 0, 1);
      Atomics.notify(signal, 0);
    };
    worker.on("message", (message: Question | Begun | Finished) => {
      deadline.halt();
      if ("begun" in message) {
        deadline = makeDeadline(request.timeoutMs + GRACE_MS, notInTime);
        return deadline.go();
      }
      if (!("ask" in message)) return resolve(message);
      answer(message).then(
        (answered) => {
          deadline.go();
          reply(answered);
        },
        (error: unknown) => {
          reject(error);
          reply({ stop: true });
        },
      );
    });
    void broken.then(end);
    deadline.go();
    worker.postMessage(request);
  });
}

/** A timer that fires once: `halt` pauses it, `go` resumes it. */
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
