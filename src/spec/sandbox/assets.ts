/**
 * The files beside the code: the worker, the WebAssembly file, the guest's code, rubico. Two layouts: TypeScript
 * sources (development, tests) and the bundles in dist/, where this file is in some chunk at the top of dist/.
 */
import { readFileSync } from "node:fs";
// The default import: Node 20 has no stripTypeScriptTypes, and does not need it, since it runs from dist/ only.
import nodeModule from "node:module";
import { packRubico } from "./rubico.ts";

const fromSources = import.meta.url.endsWith(".ts");
const require = nodeModule.createRequire(import.meta.url);

function beside(name: string): URL {
  return new URL(name, import.meta.url);
}

export function workerUrl(): URL {
  return beside(fromSources ? "./thread/worker.ts" : "./sandbox-worker.mjs");
}

export function wasmFile(): string | URL {
  if (!fromSources) return beside("./quickjs.wasm");
  return require.resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
}

/** The guest's entry, as the name of a module; in dist/ it is one file without imports. */
export const GUEST_ENTRY = "gatewright:guest/start.ts";

/** A module of the guest by its name, or `undefined`. */
export function guestModule(name: string): string | undefined {
  const path = /^gatewright:guest\/([a-z]+\.ts)$/.exec(name)?.[1];
  if (path === undefined) return undefined;
  if (!fromSources)
    return path === "start.ts" ? readFileSync(beside("./sandbox-guest.js"), "utf8") : undefined;
  return nodeModule.stripTypeScriptTypes(readFileSync(beside(`./guest/${path}`), "utf8"));
}

/** A package that is served to the guest: an expression whose value maps each module's name to what makes its exports. */
export function builtinPackage(name: string): string | undefined {
  if (name !== "rubico") return undefined;
  return fromSources ? packRubico() : readFileSync(beside("./rubico.js"), "utf8");
}

/** Loaded synchronously, in the middle of the guest's `require`, and only for specs that need it. */
export function loadSucrase(): Pick<typeof import("sucrase"), "transform"> {
  return require(fromSources ? "sucrase" : "./sucrase.cjs") as Pick<typeof import("sucrase"), "transform">;
}
