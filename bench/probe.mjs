// Loaded before dist/main.mjs (`node --import`): reports how long the sandbox's thread lived and which modules were loaded.
// In JavaScript, because stripping types in the measured process would cost more than what is measured.
import { writeFileSync } from "node:fs";
import nodeModule, { createRequire } from "node:module";

const threads = createRequire(import.meta.url)("node:worker_threads");
if (threads.isMainThread) {
  const modules = [];
  let sandboxMs = 0;
  nodeModule.registerHooks({
    load(url, context, next) {
      if (url.startsWith("file:") && !url.endsWith("/bench/probe.mjs")) modules.push(url);
      return next(url, context);
    },
  });
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(...given) {
      const started = performance.now();
      super(...given);
      // The thread's last message is the result. Nobody waits for the thread to end.
      this.on("message", () => {
        sandboxMs = performance.now() - started;
      });
    }
  };
  nodeModule.syncBuiltinESMExports();
  process.on("exit", () => {
    const wholeMs = performance.now();
    writeFileSync(process.env.BENCH_PROBE_FILE, JSON.stringify({ modules, sandboxMs, wholeMs }));
  });
}
