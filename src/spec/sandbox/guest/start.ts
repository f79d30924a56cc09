/**
 * The first code in the sandbox. It runs `config.js` and the spec, calls the functions of every entry and hands JSON
 * to the host. The user's code runs in the same world and can break all of this, but only for itself: the host checks
 * what comes out.
 */
import type { JsonValue } from "../../../model/values.ts";
import type { Failure, GuestEntry, GuestHost, GuestMark, GuestOptions, GuestResult } from "../protocol.ts";
import { type EntryContext, evaluateEntry } from "./entry.ts";
import { prepareGlobals } from "./environment.ts";
import { makeFunctions, makeMark, makeStored, type StoredFunctions } from "./functions.ts";
import { toJson } from "./json.ts";
import { makeModules, type Modules } from "./modules.ts";
import { positionOf } from "./position.ts";
import { type Doing, Problem, shown } from "./problem.ts";

/** Called once by the worker. */
export async function start(host: GuestHost, optionsText: string): Promise<void> {
  const options = JSON.parse(optionsText) as GuestOptions;
  const stringify = JSON.stringify;
  const modules = makeModules(host);
  const doing: Doing = { what: options.main };
  const unread: string[] = [];
  let result: GuestResult;
  try {
    prepareGlobals(host, options, unread);
    result = await evaluate(host, options, modules, doing, unread);
  } catch (thrown) {
    result = { failure: { ...describeSafely(thrown, modules, doing), unread } };
  }
  host.done(stringify(result));
}

async function evaluate(
  host: GuestHost,
  options: GuestOptions,
  modules: Modules,
  doing: Doing,
  unread: readonly string[],
): Promise<GuestResult> {
  const budget = { characters: options.limits.characters, depth: options.limits.depth };
  const marks: GuestMark[] = [];
  const mark = makeMark(options.nonce, marks, options.limits.entries * 4);
  const config = await readConfig(host, options, modules, doing, makeStored(mark));
  doing.what = options.main;
  const createResources = findCreateResources(modules.run(options.main), options.main);
  doing.what = "createResources";
  doing.position = positionOf(createResources);
  const created = doing.position;
  const list: unknown = await createResources({ config, stage: options.stage, region: options.region });
  if (!Array.isArray(list)) {
    throw new Problem(
      "SPEC_NOT_ARRAY",
      `createResources returned ${shown(list)}; accepted: an array of resources`,
      "Write exports.createResources = () => [{ type, group, properties, dependencies }, …].",
    );
  }
  if (list.length > options.limits.entries) {
    throw new Problem(
      "SPEC_TOO_LARGE",
      `createResources returned ${list.length} resources; accepted: ${options.limits.entries}`,
    );
  }
  const context: EntryContext = {
    config,
    functions: makeFunctions(mark),
    budget,
    doing,
    created,
  };
  const entries: GuestEntry[] = [];
  for (let index = 0; index < list.length; index++)
    entries.push(await evaluateEntry(list[index], index, context));
  doing.what = "config";
  return {
    entries,
    config: toJson(config, "config", budget) ?? {},
    projectName: (config.projectName as JsonValue | undefined) ?? null,
    marks,
    unread,
    ...(created === undefined ? {} : { created }),
  };
}

/** `config.js` is an object or a function of the stage; defaults fill in what it leaves out. */
async function readConfig(
  host: GuestHost,
  { config: path, stage, region, partition, packageName, projectName }: GuestOptions,
  modules: Modules,
  doing: Doing,
  stored: StoredFunctions,
): Promise<Record<string, unknown>> {
  let account: string | undefined;
  const accountId = (): string => {
    account ??= host.account();
    return account;
  };
  const around = { stage, region, partition, accountId };
  let own: unknown = {};
  if (path !== undefined) {
    doing.what = path;
    const exported = unwrapDefault(modules.run(path));
    own = typeof exported === "function" ? await exported(around) : exported;
    if (typeof own !== "object" || own === null || Array.isArray(own)) {
      throw new Problem(
        "CONFIG_INVALID",
        `${path} exports ${shown(own)}; accepted: an object, or a function that returns one`,
      );
    }
  }
  const given = own as Record<string, unknown>;
  // A config.js from before may use these names itself.
  return { ...stored, ...given, ...around, projectName: projectName ?? given.projectName ?? packageName };
}

function findCreateResources(exported: unknown, main: string): (given: object) => unknown {
  for (const from of [exported, unwrapDefault(exported)]) {
    if (typeof from !== "object" && typeof from !== "function") continue;
    const found = (from as { createResources?: unknown } | null)?.createResources;
    if (typeof found === "function") return found as (given: object) => unknown;
    if (found !== undefined) {
      throw new Problem(
        "SPEC_NO_CREATE_RESOURCES",
        `createResources of ${main} is ${shown(found)}; accepted: a function that returns an array of resources`,
      );
    }
  }
  const names = typeof exported === "object" && exported !== null ? Object.keys(exported) : [];
  throw new Problem(
    "SPEC_NO_CREATE_RESOURCES",
    `${main} does not export createResources; it exports ${names.length === 0 ? "nothing" : names.slice(0, 10).join(", ")}`,
    "Write exports.createResources = () => [...], or export const createResources = () => [...].",
  );
}

function unwrapDefault(exported: unknown): unknown {
  if (typeof exported !== "object" || exported === null) return exported;
  return "__esModule" in exported && "default" in exported ? exported.default : exported;
}

/** Even inspecting a thrown value can throw. */
function describeSafely(thrown: unknown, modules: Modules, doing: Doing): Omit<Failure, "unread"> {
  try {
    return describe(thrown, modules, doing);
  } catch {
    return { name: "", message: "something that cannot be inspected", stack: "", doing: doing.what };
  }
}

function describe(thrown: unknown, modules: Modules, { what, position }: Doing): Omit<Failure, "unread"> {
  const isError = thrown instanceof Error;
  const of = (key: "name" | "message" | "stack"): string => {
    try {
      return isError ? String(thrown[key] ?? "").slice(0, 4_000) : "";
    } catch {
      return "";
    }
  };
  const refused = modules.refusalOf(thrown);
  return {
    ...(thrown instanceof Problem ? { code: thrown.code } : {}),
    ...(thrown instanceof Problem && thrown.hint !== undefined ? { hint: thrown.hint } : {}),
    ...(refused === undefined ? {} : { refused }),
    name: of("name"),
    message: isError ? of("message") : shown(thrown),
    stack: of("stack"),
    doing: what,
    ...(position === undefined ? {} : { position }),
  };
}
