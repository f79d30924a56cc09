/** The functions that the guest may call, as QuickJS values. Only text crosses, never the host's own objects. */
import type { QuickJSContext, QuickJSHandle, VmCallResult } from "quickjs-emscripten-core";
import { type Asker, HostStopped } from "./ask.ts";
import { builtinPackage } from "../assets.ts";
import type { LoadAnswer, Question } from "../protocol.ts";
import type { Scripts } from "./scripts.ts";
import type { ConsoleLevel, ConsoleLine } from "../types.ts";
import { WRAPPER } from "../wrapper.ts";

type CallResult = QuickJSHandle | VmCallResult<QuickJSHandle>;

const MAX_LINES = 200;
const MAX_CHARACTERS = 64 * 1024;
/** JSON of the largest result that the limits allow, with its positions and escapes. */
const MAX_RESULT = 16 * 1024 * 1024;
const LEVELS: readonly string[] = ["debug", "log", "info", "warn", "error"] satisfies ConsoleLevel[];

interface Bridge {
  /** The object that the prelude's `start` takes. */
  readonly host: QuickJSHandle;
  readonly console: readonly ConsoleLine[];
  /** The prelude's result. */
  result(): string | undefined;
}

export function makeBridge(context: QuickJSContext, asker: Asker, scripts: Scripts): Bridge {
  const host = context.newObject();
  const lines: ConsoleLine[] = [];
  let characters = 0;
  let result: string | undefined;
  const define = (name: string, call: (...parameters: QuickJSHandle[]) => CallResult | undefined): void => {
    context
      .newFunction(name, (...parameters) => call(...parameters) ?? context.undefined)
      .consume((handle) => context.setProp(host, name, handle));
  };
  define("load", (specifier, from) =>
    context.newString(JSON.stringify(load(asker, scripts, text(context, specifier), text(context, from)))),
  );
  define("compile", (path) => compile(context, scripts, text(context, path)));
  define("builtin", (name) => {
    const code = builtinPackage(text(context, name));
    if (code === undefined) throw new Error("no such package");
    return context.evalCode(code, "gatewright:rubico.js");
  });
  define("account", () => context.newString(account(asker)));
  define("print", (level, words) => {
    const name = text(context, level);
    if (lines.length > MAX_LINES || characters > MAX_CHARACTERS || !LEVELS.includes(name)) return undefined;
    const full = lines.length === MAX_LINES;
    const line = full
      ? "… and more, which is not kept"
      : text(context, words).slice(0, MAX_CHARACTERS - characters);
    characters += line.length + 1;
    lines.push({ level: full ? "warn" : (name as ConsoleLevel), text: line });
    return undefined;
  });
  define("done", (json) => {
    result ??= text(context, json, MAX_RESULT);
    return undefined;
  });
  return { host, console: lines, result: () => result };
}

/** A string from the guest, limited in length so that it cannot fill the thread's memory. */
function text(context: QuickJSContext, handle: QuickJSHandle | undefined, limit = 1024 * 1024): string {
  if (handle === undefined || context.typeof(handle) !== "string") throw new Error("text was expected");
  const length = context.getProp(handle, "length").consume((value) => context.getNumber(value));
  if (length > limit) throw new Error("the text is too long");
  return context.getString(handle);
}

function load(asker: Asker, scripts: Scripts, specifier: string, from: string): LoadAnswer {
  const known = scripts.resolved(specifier, from);
  if (known !== undefined) return known;
  const question: Question = { ask: "load", specifier, from };
  const answer = asker.ask(question);
  if ("refused" in answer) return answer;
  if (!("loaded" in answer)) throw new HostStopped();
  return scripts.add(specifier, from, answer.loaded);
}

function account(asker: Asker): string {
  const answer = asker.ask({ ask: "account" });
  if (!("account" in answer)) throw new HostStopped();
  return answer.account;
}

/** The script as a function; a mistake in it is the guest's own SyntaxError, with its place. */
function compile(context: QuickJSContext, scripts: Scripts, path: string): CallResult {
  const { code, error } = scripts.translated(path);
  if (error !== undefined) {
    const thrown = context.newError({ name: "SyntaxError", message: error.message });
    const stack = context.newString(`    at ${path}:${error.line}:${error.column}\n`);
    context.defineProp(thrown, "stack", { value: stack, configurable: true });
    return { error: thrown };
  }
  return context.evalCode(`${WRAPPER}${code}\n})`, path);
}
