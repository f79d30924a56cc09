/**
 * The thread of one evaluation. It starts before the host has read the files, so that both overlap. The host can
 * terminate it at any time.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { QuickJSHandle } from "quickjs-emscripten-core";
import { makeAsker } from "./ask.ts";
import { makeBridge } from "./bridge.ts";
import { conclude, type Ending } from "./conclude.ts";
import type { Begun, Finished, RunRequest, WorkerSetup } from "../protocol.ts";
import { makeScripts } from "./scripts.ts";
import { loadGuest, makeVm, type Vm } from "./vm.ts";
import { messageOf } from "../../../model/errors.ts";

/** Jobs between two checks of the clock. */
const JOBS = 100;
const MAX_DETAIL = 4_000;

const clock = performance.now.bind(performance);

parentPort?.once("message", (request: RunRequest) => {
  void run(request, workerData as WorkerSetup).then((finished) => parentPort?.postMessage(finished));
});

async function run(request: RunRequest, setup: WorkerSetup): Promise<Finished> {
  stopTheClock();
  const asker = makeAsker(setup, clock);
  const scripts = makeScripts(request.files);
  // Not from the thread's start: on a busy machine the sandbox itself may need longer than a spec is given.
  let started: number | undefined;
  let late = false;
  const shouldInterrupt = (): boolean => {
    late ||= started !== undefined && clock() - started - asker.waited() > request.timeoutMs;
    return late || asker.stopped();
  };
  const vm = await makeVm(request.wasm, request.memoryBytes, shouldInterrupt);
  const bridge = makeBridge(vm.context, asker, scripts);
  return { outcome: conclude(evaluate(), request, scripts), console: bridge.console };

  /** Runs the prelude and then its jobs, until it has handed its result over or nothing is left to run. */
  function evaluate(): Ending {
    const { context, runtime } = vm;
    try {
      const start = loadGuest(vm, request.prelude);
      parentPort?.postMessage({ begun: true } satisfies Begun);
      started = clock();
      const called = context.callFunction(
        start,
        context.undefined,
        bridge.host,
        context.newString(JSON.stringify(request.guest)),
      );
      if (called.error) return ended(vm, called.error, late);
      while (bridge.result() === undefined && runtime.hasPendingJob()) {
        const jobs = runtime.executePendingJobs(JOBS);
        if (jobs.error) return ended(vm, jobs.error, late);
        if (shouldInterrupt()) break;
      }
      const result = bridge.result();
      if (result !== undefined) return { result, full: vm.isFull() };
      const state = context.getPromiseState(called.value);
      if (state.type === "rejected") return ended(vm, state.error, late);
      // A promise that could not be made is never settled.
      return { ended: late ? "timeout" : vm.isFull() ? "memory" : "pending", detail: "" };
    } catch (error) {
      return crashed(vm, error);
    }
  }
}

/** Errors that the prelude cannot catch: an interrupt, or no memory left. */
function ended({ context, isFull }: Vm, error: QuickJSHandle, late: boolean): Ending {
  const text = (key: string): string =>
    context
      .getProp(error, key)
      .consume((value) => (context.typeof(value) === "string" ? context.getString(value) : ""));
  const stack = text("stack").slice(0, MAX_DETAIL);
  if (late) return { ended: "timeout", detail: stack };
  const message = text("message").slice(0, MAX_DETAIL);
  // QuickJS throws null, without a message, if there is no memory left for an error.
  if (message.includes("out of memory") || (message === "" && isFull())) {
    return { ended: "memory", detail: stack };
  }
  return { ended: "crash", detail: `${message}\n${stack}` };
}

/** The WebAssembly instance itself aborted; if its memory is used up, that is the reason. */
function crashed({ memory, isFull }: Vm, error: unknown): Ending {
  const detail = messageOf(error);
  const grown = memory.buffer.byteLength;
  if (isFull()) return { ended: "memory", detail: `${detail} at ${grown} bytes` };
  try {
    memory.grow(16);
  } catch {
    return { ended: "memory", detail: `${detail} at ${grown} bytes` };
  }
  return { ended: "crash", detail };
}

/**
 * QuickJS takes the time, the time zone and the seed of Math.random from this thread's Date. With a fixed Date in
 * UTC, a spec gives the same result in every evaluation and on every machine.
 */
function stopTheClock(): void {
  Date.now = () => Date.UTC(2020, 0, 1);
  const prototype = Date.prototype as unknown as Record<string, unknown>;
  prototype.getTimezoneOffset = () => 0;
  for (const part of ["Date", "Day", "FullYear", "Hours", "Minutes", "Month", "Seconds"]) {
    prototype[`get${part}`] = prototype[`getUTC${part}`];
  }
}
