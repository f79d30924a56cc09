/**
 * The files beside the code: the worker, the WebAssembly file, the guest's code, rubico. Two layouts: TypeScript
 * sources (development, tests) and the bundles in dist/, where this file is in some chunk at the top of dist/.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { packRubico } from "./rubico.ts";
import { once } from "../../model/promises/once.ts";

const fromSources = import.meta.url.endsWith(".ts");
const require = createRequire(import.meta.url);

function beside(name: string): URL {
  return new URL(name, import.meta.url);
}

export function workerUrl(): URL {
  return beside(fromSources ? "./thread/start.mjs" : "./sandbox-worker.mjs");
}

export function wasmFile(): string | URL {
  if (!fromSources) return beside("./quickjs.wasm");
  return require.resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
}

const GUEST = "gatewright:guest/";
/** The guest's entry, as the name of a module. */
export const GUEST_ENTRY = `${GUEST}start.ts`;

/** The guest's modules by their names; in dist/ they are one file without imports. Read once in a process, by the host. */
export const guestModules = once((): ReadonlyMap<string, string> => {
  if (!fromSources) return new Map([[GUEST_ENTRY, readFileSync(beside("./sandbox-guest.js"), "utf8")]]);
  const names = readdirSync(beside("./guest/"));
  return new Map(names.map((name) => [`${GUEST}${name}`, withoutTypes(`./guest/${name}`)]));
});

const withoutTypes = (path: string): string =>
  loadSucrase().transform(readFileSync(beside(path), "utf8"), {
    transforms: ["typescript"],
    disableESTransforms: true,
  }).code;

/** A package that is served to the guest: an expression whose value maps each module's name to what makes its exports. */
export function builtinPackage(name: string): string | undefined {
  if (name !== "rubico") return undefined;
  return fromSources ? packRubico() : readFileSync(beside("./rubico.js"), "utf8");
}

/** Loaded synchronously, in the middle of the guest's `require`, and only for specs that need it (and for the guest's sources). */
export function loadSucrase(): Pick<typeof import("sucrase"), "transform"> {
  return require(fromSources ? "sucrase" : "./sucrase.cjs") as Pick<typeof import("sucrase"), "transform">;
}
