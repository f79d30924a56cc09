/** `require` as CommonJS has it, over what the host hands out. */
import type { GuestHost, LoadAnswer } from "../protocol.ts";
import { pathModule } from "./path.ts";
import { Problem, shown } from "./problem.ts";

export interface Modules {
  /** Runs a script that the host has named, and gives its exports. */
  run(path: string): unknown;
  /** The number of the host's refusal, for an error that a refused `require` threw. */
  refusalOf(thrown: unknown): number | undefined;
}

interface Module {
  exports: unknown;
  readonly id: string;
  readonly filename: string;
}

export function makeModules(host: GuestHost): Modules {
  const modules = new Map<string, Module>();
  const builtins = new Map<string, object>();
  const refusals = new WeakMap<object, number>();

  const requireFrom = (from: string) => (specifier: unknown) => {
    if (typeof specifier !== "string" || specifier === "") {
      throw new Problem(
        "REQUIRE_INVALID",
        `require was called with ${shown(specifier)}; accepted: text such as "./other"`,
      );
    }
    const answer = JSON.parse(host.load(specifier, from)) as LoadAnswer;
    if ("refused" in answer) {
      const { id, code, message } = answer.refused;
      // Node's own code for a missing module: specs that try a module and go on without it look at it.
      const error = Object.assign(new Error(message), {
        code: code === "REQUIRE_NOT_FOUND" ? "MODULE_NOT_FOUND" : code,
      });
      refusals.set(error, id);
      throw error;
    }
    if ("builtin" in answer) return builtin(answer.builtin);
    const known = modules.get(answer.module);
    if (known !== undefined) return known.exports;
    return answer.json === undefined ? run(answer.module) : runJson(answer.module, answer.json);
  };

  const begin = (path: string): Module => {
    const module = { exports: {}, id: `/${path}`, filename: `/${path}` };
    modules.set(path, module);
    return module;
  };

  const run = (path: string): unknown => {
    const code = host.compile(path);
    const module = begin(path);
    try {
      const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      code.call(module.exports, module.exports, requireFrom(path), module, module.filename, `/${folder}`);
    } catch (error) {
      modules.delete(path);
      throw error;
    }
    return module.exports;
  };

  const runJson = (path: string, text: string): unknown => {
    const module = begin(path);
    try {
      module.exports = JSON.parse(text);
    } catch (error) {
      modules.delete(path);
      throw inJsonFile(error, path);
    }
    return module.exports;
  };

  const builtin = (name: string): object => {
    const known = builtins.get(name);
    if (known !== undefined) return known;
    const made = name === "path" ? pathModule : lazily(() => loadBuiltin(host, name));
    builtins.set(name, made);
    return made;
  };

  return {
    run: (path) => modules.get(path)?.exports ?? run(path),
    refusalOf: (thrown) => (typeof thrown === "object" && thrown !== null ? refusals.get(thrown) : undefined),
  };
}

/** JSON.parse reports a place in its own text; this turns it into a place in the file. */
function inJsonFile(error: unknown, path: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const stack = (error.stack ?? "").replace("<input>", path);
  return Object.defineProperty(error, "stack", { value: stack });
}

function loadBuiltin(host: GuestHost, name: string): object {
  const [packageName = name] = name.split("/");
  const make = host.builtin(packageName)[name];
  if (make === undefined) throw new Error(`"${name}" is not in this build`);
  return make();
}

/**
 * Nearly every generated spec has `const {} = require("rubico")` and uses nothing from it, so the package is parsed
 * on first use.
 */
function lazily(load: () => object): object {
  let loaded: object | undefined;
  const real = (): object => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(
    {},
    {
      get: (_target, key) => (key === "__esModule" ? undefined : (Reflect.get(real(), key) as unknown)),
      has: (_target, key) => Reflect.has(real(), key),
      ownKeys: () => Reflect.ownKeys(real()),
      getOwnPropertyDescriptor: (_target, key) => Reflect.getOwnPropertyDescriptor(real(), key),
    },
  );
}
