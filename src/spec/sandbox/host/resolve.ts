/** Resolves what `require` names: what to look for, or why it is refused. Pure. */
import { posix } from "node:path";
import { isWithin, tryNormalise } from "../../../source/path.ts";

type Resolution =
  | { readonly builtin: string }
  /** Paths to try, in this order. */
  | { readonly candidates: readonly string[]; readonly within: string }
  | { readonly refused: { readonly code: string; readonly message: string; readonly hint: string } };

const BUILTINS: ReadonlyMap<string, string> = new Map([
  ["rubico", "rubico"],
  ["rubico/x", "rubico/x"],
  ["path", "path"],
  ["node:path", "path"],
]);

const EXTENSIONS = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".json"];

const ALLOWED = `Allowed are files in the spec's directory, such as "./other", and "rubico", "rubico/x" and "path".`;

/** @param directory the stack's directory in the source, normal; nothing outside it may be named, but one file */
export function resolveRequire(specifier: string, from: string, directory: string): Resolution {
  const builtin = BUILTINS.get(specifier);
  if (builtin !== undefined) return { builtin };
  if (!/^\.\.?(\/|$)/.test(specifier)) return { refused: forbidden(specifier) };
  const base = posix.dirname(from);
  const path = tryNormalise(`${base === "." ? "" : `${base}/`}${specifier}`);
  if (path !== undefined && path === packageAbove(directory))
    return { candidates: [path], within: posix.dirname(path) };
  if (path === undefined || !isWithin(path, directory)) {
    return {
      refused: {
        code: "REQUIRE_OUTSIDE",
        message: `require("${specifier}") leaves the spec's directory${directory === "" ? "" : ` "${directory}"`}`,
        hint: `${ALLOWED} The only readable file above it is "../package.json".`,
      },
    };
  }
  return { candidates: candidatesOf(path, specifier), within: directory };
}

/** GruCloud's examples take their name from the package above them. Inside the repository that reveals nothing secret. */
export function packageAbove(directory: string): string | undefined {
  return directory === "" ? undefined : tryNormalise(`${directory}/../package.json`);
}

function candidatesOf(path: string, specifier: string): readonly string[] {
  const folder = path === "" ? "" : `${path}/`;
  const index = EXTENSIONS.map((extension) => `${folder}index${extension}`);
  if (path === "" || /(^|\/)\.{0,2}$/.test(specifier)) return index;
  // TypeScript imports name the compiled file: "./other.js" is other.ts.
  const typescript = /\.([mc]?)js$/.exec(path);
  const source = typescript === null ? [] : [path.replace(/js$/, "ts")];
  return [path, ...EXTENSIONS.map((extension) => path + extension), ...source, ...index];
}

function forbidden(specifier: string): { code: string; message: string; hint: string } {
  const name = specifier.replace(/^node:/, "");
  const [first = name] = name.split("/");
  const what =
    specifier.startsWith("/") || specifier.includes("://") || specifier.startsWith("file:")
      ? "names a file by an absolute path"
      : NODE_MODULES.has(first)
        ? "names a Node.js module, which a spec cannot use"
        : "names a package, which a spec cannot use";
  return { code: "REQUIRE_FORBIDDEN", message: `require("${specifier}") ${what}`, hint: ALLOWED };
}

const NODE_MODULES: ReadonlySet<string> = new Set(
  "assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os perf_hooks process punycode querystring readline repl sea sqlite stream string_decoder sys test timers tls trace_events tty url util v8 vm wasi worker_threads zlib".split(
    " ",
  ),
);
