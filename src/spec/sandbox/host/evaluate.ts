/**
 * Evaluates a spec. The user's code, which may be a stranger's, runs in QuickJS, in a WebAssembly instance of its own
 * with bounded memory, in a thread of its own that is ended at the deadline. It sees the files of its directory and
 * what it was given; what comes out is JSON, and is checked in that thread before anything here looks at it.
 *
 * The same files give the same result every time: the clock stands still and Math.random repeats itself in a spec.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fail, GatewrightError } from "../../../model/errors.ts";
import { partitionOf } from "../../../model/stage.ts";
import { type Answers, makeAnswers } from "./answers.ts";
import { guestModules, wasmFile } from "../assets.ts";
import { findEntryPoints } from "./packages.ts";
import { endedError } from "./ended.ts";
import { makeSpecFiles, type SpecFiles } from "./files.ts";
import { DEFAULTS, RESULT } from "../limits.ts";
import type { GuestOptions, Outcome, RunRequest } from "../protocol.ts";
import { openSession } from "./session.ts";
import type { EvaluatedSpec, EvaluateOptions, RawEntry, UnsetValue } from "../types.ts";
import { hasUndefined, makeProbes } from "./unset.ts";
import { once } from "../../../model/promises/once.ts";

/**
 * Runs `config.js` and `createResources`, and every entry's functions; notes which values come from unset variables. Throws
 * GatewrightError for a bad spec.
 */
export async function evaluateSpec(options: EvaluateOptions): Promise<EvaluatedSpec> {
  const files = makeSpecFiles(options.source);
  const { unread, ...spec } = await evaluateOnce(options, files);
  if (options.unsetAllowed === true || unread.length === 0 || !hasUndefined(spec.entries)) return spec;
  const unset = await unsetValues(spec.entries, unread, async (probes) => {
    const probed = await evaluateOnce({ ...options, env: { ...options.env, ...probes } }, files);
    return probed.entries;
  });
  return {
    ...spec,
    entries: spec.entries.map((entry, index) => {
      const of = unset[index] ?? [];
      return of.length === 0 ? entry : { ...entry, unset: of };
    }),
  };
}

/** A probe may be what the spec cannot work with: then the variables are tried in halves, so many times at most. */
const MOST_ATTEMPTS = 12;
/** What takes too long or too much is not tried with fewer of them. */
const TOO_MUCH: ReadonlySet<string> = new Set(["SPEC_TIMEOUT", "SPEC_MEMORY", "SPEC_TOO_LARGE"]);

async function unsetValues(
  first: readonly RawEntry[],
  unread: readonly string[],
  evaluate: (env: Readonly<Record<string, string>>) => Promise<readonly RawEntry[]>,
): Promise<readonly (readonly UnsetValue[])[]> {
  const found: (readonly (readonly UnsetValue[])[])[] = [];
  const groups: (readonly string[])[] = [unread];
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const names = groups.shift();
    if (names === undefined) break;
    const probes = makeProbes(names, randomBytes(8).toString("hex"));
    try {
      found.push(probes.find(first, await evaluate(probes.env)));
    } catch (error) {
      if (!(error instanceof GatewrightError)) throw error;
      if (TOO_MUCH.has(error.code)) break;
      const half = Math.ceil(names.length / 2);
      if (names.length > 1) groups.push(names.slice(0, half), names.slice(half));
    }
  }
  return first.map((_, index) => found.flatMap((one) => one[index] ?? []));
}

/** What one evaluation says, and which variables it has read that nobody has set. */
interface Once extends EvaluatedSpec {
  readonly unread: readonly string[];
}

async function evaluateOnce(options: EvaluateOptions, files: SpecFiles): Promise<Once> {
  const limits = {
    timeoutMs: options.timeoutMs ?? DEFAULTS.timeoutMs,
    memoryBytes: options.memoryBytes ?? DEFAULTS.memoryBytes,
  };
  const nonce = randomBytes(12).toString("base64url");
  // The thread starts, the files are read and the WebAssembly is compiled at the same time.
  const opening = openSession();
  try {
    const [session, guest, wasm] = await Promise.all([
      opening,
      guestOptions(options, files, nonce),
      compiledWasm(),
    ]);
    const answers = makeAnswers(options, files);
    const request: RunRequest = {
      wasm,
      prelude: guestModules(),
      guest,
      files: Object.fromEntries(files.texts),
      ...limits,
    };
    const running = session.run(request, answers.answer);
    options.onTexts?.(files.texts.values());
    const { outcome, console } = await running;
    if ("ended" in outcome) throw endedError(outcome, limits);
    if ("error" in outcome) throw errorOf(outcome, answers);
    const { entries, config, projectName, unread } = outcome.checked;
    return {
      entries,
      config,
      projectName: projectName ?? failNoProjectName(),
      console,
      files: [...files.texts.keys()].sort(),
      unread,
    };
  } finally {
    void opening.then(
      (session) => session.close(),
      () => {},
    );
  }
}

/** A refusal by the host is reported in the host's own words, whatever the spec did with it. */
function errorOf(
  { error, refused }: Extract<Outcome, { error: object }>,
  { refusals }: Answers,
): GatewrightError {
  const { code, message, hint } = (refused === undefined ? undefined : refusals[refused]) ?? error;
  return new GatewrightError(code, message, { hint, at: error.at });
}

async function guestOptions(
  options: EvaluateOptions,
  files: SpecFiles,
  nonce: string,
): Promise<GuestOptions> {
  const { stage, region, projectName, env } = options;
  const entryPoints = await findEntryPoints(options, files);
  return {
    ...entryPoints,
    nonce,
    stage,
    region,
    partition: partitionOf(region),
    projectName,
    env,
    limits: RESULT,
  };
}

/** Compiled once per process; every evaluation gets its own instance and memory. */
const compiledWasm = once(async () => WebAssembly.compile(await readFile(wasmFile())));

function failNoProjectName(): never {
  return fail("PROJECT_NAME_MISSING", "the project has no name", {
    hint: "Set projectName in config.js, name in package.json, or the project-name input.",
  });
}
