/**
 * The thread that holds the sandbox: one evaluation, then it ends. It starts before the host knows the files, so that
 * starting and reading overlap. Whatever happens here, the host has the last word: it can end this thread at any time.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { QuickJSContext } from "quickjs-emscripten-core";
import { type Asker, makeAsker } from "./ask.ts";
import { makeBridge } from "./bridge.ts";
import type { Finished, Outcome, RunRequest, WorkerSetup } from "./protocol.ts";
import { makeScripts } from "./scripts.ts";
import { loadGuest, makeVm, type Vm } from "./vm.ts";

/** Jobs between two looks at the clock. */
const JOBS = 100;

const clock = performance.now.bind(performance);

parentPort?.once("message", (request: RunRequest) => {
  void run(request, workerData as WorkerSetup).then((finished) => parentPort?.postMessage(finished));
});

async function run(request: RunRequest, setup: WorkerSetup): Promise<Finished> {
  stopTheClock();
  const asker = makeAsker(setup, clock);
  const scripts = makeScripts(request.files);
  const started = clock();
  let late = false;
  const shouldInterrupt = (): boolean => {
    late ||= clock() - started - asker.waited() > request.timeoutMs;
    return late || asker.stopped();
  };
  const vm = await makeVm(request.wasm, request.memoryBytes, shouldInterrupt);
  const bridge = makeBridge(vm.context, asker, scripts);
  let outcome: Outcome;
  try {
    const failed = evaluate(vm, bridge.host, request, asker, () => late);
    const result = bridge.result();
    outcome = failed ?? (result === undefined ? { ended: "pending", detail: "" } : { result });
  } catch (error) {
    outcome = crashed(vm, error);
  }
  return { outcome, console: bridge.console, mappings: scripts.mappings() };
}

/** Runs the prelude and then its jobs until none is left. */
function evaluate(
  vm: Vm,
  host: ReturnType<typeof makeBridge>["host"],
  request: RunRequest,
  asker: Asker,
  late: () => boolean,
): Outcome | undefined {
  const { context, runtime } = vm;
  const start = loadGuest(vm);
  const options = context.newString(JSON.stringify(request.guest));
  const called = context.callFunction(start, context.undefined, host, options);
  if (called.error) return ended(context, called.error, late());
  while (runtime.hasPendingJob()) {
    const jobs = runtime.executePendingJobs(JOBS);
    if (jobs.error) return ended(context, jobs.error, late());
    if (late() || asker.stopped()) return { ended: "timeout", detail: "" };
  }
  return undefined;
}

/** What not even the prelude could catch: an interrupt, or no memory left for catching. */
function ended(
  context: QuickJSContext,
  error: Parameters<QuickJSContext["dump"]>[0],
  late: boolean,
): Outcome {
  const stack = context.getProp(error, "stack").consume((value) => context.dump(value) as unknown);
  const message = context.getProp(error, "message").consume((value) => context.dump(value) as unknown);
  if (late) return { ended: "timeout", detail: String(stack) };
  if (String(message).includes("out of memory")) return { ended: "memory", detail: String(stack) };
  return { ended: "crash", detail: `${String(message)}\n${String(stack)}` };
}

/** The WebAssembly instance itself gave up; with its memory used up that is the reason. */
function crashed({ memory }: Vm, error: unknown): Outcome {
  const detail = error instanceof Error ? error.message : String(error);
  const grown = memory.buffer.byteLength;
  try {
    memory.grow(16);
  } catch {
    return { ended: "memory", detail: `${detail} at ${grown} bytes` };
  }
  return { ended: "crash", detail };
}

/**
 * QuickJS takes the time, the time zone and the seed of Math.random from this thread's Date. Stopped and in UTC, a
 * spec gives the same in every evaluation and on every machine.
 */
function stopTheClock(): void {
  Date.now = () => Date.UTC(2020, 0, 1);
  const prototype = Date.prototype as unknown as Record<string, unknown>;
  prototype.getTimezoneOffset = () => 0;
  for (const part of ["Date", "Day", "FullYear", "Hours", "Minutes", "Month", "Seconds"]) {
    prototype[`get${part}`] = prototype[`getUTC${part}`];
  }
}
