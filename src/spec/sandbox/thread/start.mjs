/**
 * The sandbox's thread, from the sources. A thread does not inherit Node's compile cache, and would take the types out of thirty files for
 * every evaluation: https://nodejs.org/api/module.html#module-compile-cache. In JavaScript, because that is what takes so long.
 */
import { enableCompileCache, flushCompileCache } from "node:module";
import { workerData } from "node:worker_threads";

const { compileCache } = workerData;
if (compileCache !== undefined) enableCompileCache(compileCache);
await import("./worker.ts");
// Now, because a thread that is terminated writes nothing.
if (compileCache !== undefined) flushCompileCache();
