/** What of a function's folder would only fail when it is called: a handler that is not there, code that Lambda cannot load. */
import type { CodeFolder, Entry, Finding } from "../../../../spec/type-rules.ts";
import { joinPath, tryNormalise } from "../../../../source/path.ts";
import { inWords } from "../../../../text/words.ts";
import { doubtful } from "../../../findings.ts";
import { textOf } from "../../../live-values.ts";
import { isEmpty } from "../../../../model/values.ts";
import { type Named, namedBy } from "./handler.ts";
import { detectsModules, isInRuntime, packageOf, readScript } from "./javascript.ts";

/** A handler's own files; what a package in node_modules imports is its own concern. */
const MOST_FILES = 50;
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
      `a custom runtime starts the file bootstrap, which is not in the folder "${folder.name}"`,
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
    `${JSON.stringify(handler)} means the file ${inWords(files, "or")}, which is not in the folder "${folder.name}"`,
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
  const waiting = [file];
  for (let index = 0; index < waiting.length && index < MOST_FILES; index += 1) {
    const path = waiting[index] ?? "";
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
    for (const specifier of script.imports) {
      if (/^\.\.?(\/|$)/.test(specifier)) {
        const found = resolve(path, specifier, folder);
        if (found !== undefined && /\.[cm]?js$/.test(found) && !waiting.includes(found)) waiting.push(found);
        if (found === undefined && !told.has(specifier)) findings.push(unresolved(path, specifier));
        told.add(specifier);
        continue;
      }
      const wanted = packageOf(specifier);
      if (wanted === undefined || told.has(wanted)) continue;
      told.add(wanted);
      if (!hasLayers && !isInRuntime(runtime, wanted) && !hasPackage(path, wanted, folder))
        findings.push(unresolved(path, wanted));
    }
  }
  return findings;
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
function resolve(from: string, specifier: string, { files }: CodeFolder): string | undefined {
  const [above = ""] = foldersAbove(from);
  const target = tryNormalise(above === "" ? specifier : `${above}/${specifier}`);
  if (target === undefined) return undefined;
  const endings = ["", ".js", ".mjs", ".cjs", ".json", ".node", "/index.js", "/package.json"];
  return endings.map((ending) => (target + ending).replace(/^\//, "")).find((path) => files.includes(path));
}

/** Node looks into node_modules of every folder above the file. */
function hasPackage(from: string, name: string, { files }: CodeFolder): boolean {
  return foldersAbove(from).some((folder) => {
    const place = joinPath(folder, `node_modules/${name}`);
    return files.some((path) => path.startsWith(`${place}/`));
  });
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
