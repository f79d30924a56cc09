/**
 * Which file and which name in it a handler means. Pure.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html, python-handler.html, ruby-handler.html
 */

export interface Named {
  readonly language: "node" | "python" | "ruby" | "custom";
  /** Paths in the folder, in the order in which the runtime looks for them. */
  readonly files: readonly string[];
  /** What the file has to give; nothing for a program. */
  readonly name: string | undefined;
}

const NODE_FILES = [".js", ".mjs", ".cjs"];

/** Undefined for runtimes whose code cannot be looked into (Java, .NET), and for a file outside the folder (a layer's). */
export function namedBy(runtime: string, handler: string): Named | undefined {
  if (runtime.startsWith("provided")) return { language: "custom", files: ["bootstrap"], name: undefined };
  if (handler.startsWith("/")) return undefined;
  if (runtime.startsWith("nodejs")) {
    const [file, name] = split(handler, "first");
    return { language: "node", files: NODE_FILES.map((ending) => file + ending), name };
  }
  if (runtime.startsWith("python")) {
    const [module, name] = split(handler, "last");
    const file = module.replaceAll(".", "/");
    return { language: "python", files: [`${file}.py`, `${file}/__init__.py`], name };
  }
  if (runtime.startsWith("ruby")) {
    const [file, name] = split(handler, "first");
    return { language: "ruby", files: [`${file}.rb`], name };
  }
  return undefined;
}

/** `lib/index.handler`: the dot is looked for behind the last slash. Of several names, `v1.handler`, the file gives the first. */
function split(handler: string, which: "first" | "last"): [file: string, name: string | undefined] {
  const base = handler.lastIndexOf("/") + 1;
  const dot = which === "first" ? handler.indexOf(".", base) : handler.lastIndexOf(".");
  if (dot < base) return [handler, undefined];
  const [name = ""] = handler.slice(dot + 1).split(".");
  return [handler.slice(0, dot), name === "" ? undefined : name];
}
