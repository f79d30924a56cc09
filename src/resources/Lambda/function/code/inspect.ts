/** What of a function's folder would only fail when it is called: a handler that is not there, code that Lambda cannot load. */
import type { CodeFolder, Entry, Finding } from "../../../../spec/type-rules.ts";
import { joinPath, tryNormalise } from "../../../../source/path.ts";
import { inWords } from "../../../../text/words.ts";
import { doubtful } from "../../../findings.ts";
import { textOf } from "../../../live-values.ts";
import { isEmpty } from "../../../../model/values.ts";
import { type Named, namedBy } from "./handler.ts";
import { detectsModules, isInRuntime, packageOf, readScript } from "./javascript.ts";

/**
 * A handler's own files; what a package in node_modules imports is its own concern. The folder is a stranger's: what is looked into is
 * bounded, and what is looked up costs the same however many files there are.
 */
const MOST_FILES = 50;
/** Of one file. */
const MOST_IMPORTS = 1000;
const MOST_FINDINGS = 10;
const TYPESCRIPT = /\.[cm]?tsx?$/;

export async function inspectCode(entry: Entry, folder: CodeFolder): Promise<readonly Finding[]> {
  const { Runtime, Handler, Layers } = entry.properties;
  const runtime = textOf(Runtime);
  const handler = textOf(Handler);
  const named = namedBy(runtime, handler);
  if (named === undefined) return [];
  const hasLayers = !isEmpty(Layers) || (entry.dependencies.layers ?? []).length > 0;
  const file = named.files.find((path) => folder.files.includes(path));
  if (file === undefined) return hasLayers ? [] : [missing(handler, named, folder)];
  if (named.language === "node")
    return inspectNode({ runtime, handler, file, name: named.name, hasLayers }, folder);
  if (named.language === "python") return inspectPython(handler, file, named.name, folder);
  return [];
}

function missing(handler: string, { language, files, name }: Named, folder: CodeFolder): Finding {
  if (language === "custom")
    return doubtful(
      "CODE_HANDLER_MISSING",
      "Runtime",
      `a custom runtime starts the file bootstrap, which is not in ${folder.what}`,
      "Build the program under that name, into the root of the folder.",
    );
  const [first = ""] = files;
  const stem = first.replace(/\.\w+$/, "");
  const source = folder.files.find((path) => TYPESCRIPT.test(path) && path.replace(TYPESCRIPT, "") === stem);
  if (language === "node" && source !== undefined)
    return doubtful(
      "CODE_TYPESCRIPT",
      "Handler",
      `${JSON.stringify(handler)} is ${source}, and Lambda runs JavaScript only`,
      "Build it (esbuild, tsc) and let the function's folder hold what was built.",
    );
  const other = language === "node" && name !== undefined ? onlyScript(folder) : undefined;
  return doubtful(
    "CODE_HANDLER_MISSING",
    "Handler",
    `${JSON.stringify(handler)} means the file ${inWords(files, "or")}, which is not in ${folder.what}`,
    other === undefined
      ? `The folder has: ${folder.files.slice(0, 5).join(", ")}${folder.files.length > 5 ? ", …" : ""}.`
      : `Write "${other}.${name}", or rename the file.`,
  );
}

/** The only JavaScript file in the folder's root, without its ending. */
function onlyScript({ files }: CodeFolder): string | undefined {
  const scripts = files.filter((path) => /^[^/]+\.[cm]?js$/.test(path));
  const [only, another] = scripts;
  return another === undefined ? only?.replace(/\.[cm]?js$/, "") : undefined;
}

interface NodeHandler {
  readonly runtime: string;
  readonly handler: string;
  readonly file: string;
  readonly name: string | undefined;
  readonly hasLayers: boolean;
}

async function inspectNode(
  { runtime, handler, file, name, hasLayers }: NodeHandler,
  folder: CodeFolder,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const told = new Set<string>();
  const there = new Set(folder.files);
  const packages = packagesOf(folder);
  // A set is gone through in the order in which it grows.
  const waiting = new Set([file]);
  let looked = 0;
  for (const path of waiting) {
    looked += 1;
    if (looked > MOST_FILES) break;
    const text = await folder.read(path);
    const script = text === undefined ? undefined : await readScript(text);
    if (script === undefined) continue;
    if (script.isModule && !detectsModules(runtime) && !(await isModuleFile(path, folder)))
      findings.push(
        doubtful(
          "CODE_MODULE_SYNTAX",
          "Handler",
          `${path} has import or export, but ${runtime} runs it as CommonJS`,
          `Name it ${path.replace(/\.c?js$/, ".mjs")}, or put a package.json with "type": "module" into the folder.`,
        ),
      );
    if (path === file && name !== undefined && !script.exportsMore && !script.exports.includes(name))
      findings.push(
        doubtful(
          "CODE_HANDLER_MISSING",
          "Handler",
          `${JSON.stringify(handler)} means the export ${JSON.stringify(name)} of ${file}, which exports ${inWords(script.exports, "and") || "nothing"}`,
          `Export a function of that name, or change Handler.`,
        ),
      );
    for (const specifier of script.imports.slice(0, MOST_IMPORTS)) {
      if (/^\.\.?(\/|$)/.test(specifier)) {
        const found = resolve(path, specifier, there);
        if (found !== undefined && /\.[cm]?js$/.test(found)) waiting.add(found);
        if (found === undefined && !told.has(specifier)) findings.push(unresolved(path, specifier));
        told.add(specifier);
        continue;
      }
      const wanted = packageOf(specifier);
      if (wanted === undefined || told.has(wanted)) continue;
      told.add(wanted);
      if (!hasLayers && !isInRuntime(runtime, wanted) && !hasPackage(path, wanted, packages))
        findings.push(unresolved(path, wanted));
    }
  }
  return findings.slice(0, MOST_FINDINGS);
}

function unresolved(path: string, wanted: string): Finding {
  const isPath = wanted.startsWith(".");
  return doubtful(
    "CODE_MODULE_MISSING",
    "Handler",
    `${path} imports ${JSON.stringify(wanted)}, which is not in the folder${isPath ? "" : " and not part of the runtime"}`,
    isPath
      ? "Add the file, or bundle the function (esbuild)."
      : "Bundle the function (esbuild), put node_modules into its folder, or add a layer that has the package.",
  );
}

/** The file that a relative specifier means; undefined when the folder has none. */
function resolve(from: string, specifier: string, there: ReadonlySet<string>): string | undefined {
  const [above = ""] = foldersAbove(from);
  const target = tryNormalise(above === "" ? specifier : `${above}/${specifier}`);
  if (target === undefined) return undefined;
  const endings = ["", ".js", ".mjs", ".cjs", ".json", ".node", "/index.js", "/package.json"];
  return endings.map((ending) => (target + ending).replace(/^\//, "")).find((path) => there.has(path));
}

/** `node_modules/lodash`, `lib/node_modules/@acme/db`: the folders of packages that have a file. */
function packagesOf({ files }: CodeFolder): ReadonlySet<string> {
  const found = files.map((path) => /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? "");
  return new Set(found);
}

/** Node looks into node_modules of every folder above the file. */
function hasPackage(from: string, name: string, packages: ReadonlySet<string>): boolean {
  const prefix = (folder: string): string => (folder === "" ? "" : `${folder}/`);
  return foldersAbove(from).some((folder) => packages.has(`${prefix(folder)}node_modules/${name}`));
}

/** The nearest package.json says what a `.js` file is. */
async function isModuleFile(path: string, folder: CodeFolder): Promise<boolean> {
  if (!path.endsWith(".js")) return path.endsWith(".mjs");
  for (const above of foldersAbove(path)) {
    const text = await folder.read(joinPath(above, "package.json"));
    if (text !== undefined) return /"type"\s*:\s*"module"/.test(text);
  }
  return false;
}

/** `a/b/c.js` → `a/b`, `a`, and the root. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, count) =>
    parts.slice(0, parts.length - count).join("/"),
  );
}

async function inspectPython(
  handler: string,
  file: string,
  name: string | undefined,
  folder: CodeFolder,
): Promise<readonly Finding[]> {
  const text = await folder.read(file);
  // Whatever binds the name may stand anywhere: def, import, assignment.
  if (text === undefined || name === undefined || new RegExp(`\\b${name.replace(/\W/g, "")}\\b`).test(text))
    return [];
  return [
    doubtful(
      "CODE_HANDLER_MISSING",
      "Handler",
      `${JSON.stringify(handler)} means the function ${JSON.stringify(name)} in ${file}, which does not name it`,
      `Define it: def ${name}(event, context).`,
    ),
  ];
}
