/**
 * The built Action as a process, on a pull request with the seed page's sample, with a fake GitHub and a fake AWS that answer at
 * once, so that only our own time is left. The median of several runs, after one that fills the disk cache.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { PACKAGE, startWorld, type World } from "../test/acceptance/world.ts";
import { actionEnvironment } from "../test/fakes/github/action/environment.ts";
import type { PullRequest } from "../test/fakes/github/state/types.ts";
import type { Measured } from "./result.ts";

const ROOT = join(import.meta.dirname, "..");
const ENTRY = join(ROOT, "dist/main.mjs");
const SEED = join(ROOT, "examples/seed");
const RUNS = 9;

interface Probe {
  readonly modules: readonly string[];
  readonly sandboxMs: number;
  readonly wholeMs: number;
}

interface Run {
  readonly firstLineMs: number;
  readonly wholeMs: number;
  readonly probe?: Probe;
}

function spawned(
  args: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<{ firstMs: number; wholeMs: number; output: string; code: number | null }> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: { PATH: process.env.PATH ?? "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let firstMs = 0;
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      if (firstMs === 0) firstMs = performance.now() - started;
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ firstMs, wholeMs: performance.now() - started, output, code }));
  });
}

async function act(world: World, pull: PullRequest, probed: boolean): Promise<Run> {
  const environment = actionEnvironment(world.github, pull, { checkout: true, env: world.awsEnv });
  const probeFile = join(environment.directory, "probe.json");
  try {
    const preload = probed ? ["--import", join(ROOT, "bench/probe.mjs")] : [];
    const { firstMs, wholeMs, output, code } = await spawned([...preload, ENTRY], {
      cwd: environment.workspace,
      env: { ...environment.env, HOME: "/nonexistent", BENCH_PROBE_FILE: probeFile },
    });
    if (code !== 0) throw new Error(`the Action ended with ${code}:\n${output}`);
    const run = { firstLineMs: firstMs, wholeMs };
    return probed ? { ...run, probe: JSON.parse(readFileSync(probeFile, "utf8")) as Probe } : run;
  } finally {
    rmSync(environment.directory, { recursive: true, force: true });
  }
}

/** How long the modules of a run take to load on their own. */
async function loadingMs(modules: readonly string[]): Promise<number> {
  const list = JSON.stringify(modules.filter((url) => basename(url) !== basename(ENTRY)));
  const code = `const started = performance.now();
for (const url of ${list}) await import(url);
console.log(performance.now() - started);`;
  const { output } = await spawned(["--input-type=module", "--eval", code]);
  return Number(output);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function times<Value>(count: number, make: () => Promise<Value>): Promise<Value[]> {
  const made: Value[] = [];
  for (let index = 0; index < count; index += 1) made.push(await make());
  return made;
}

export async function measureStart(): Promise<Measured[]> {
  const read = (path: string): string => readFileSync(join(SEED, path), "utf8");
  const files = Object.fromEntries(
    readdirSync(join(SEED, "my-function")).map((name) => [
      `my-function/${name}`,
      read(`my-function/${name}`),
    ]),
  );
  const world = await startWorld({ "package.json": PACKAGE });
  try {
    const pull = world.pullRequest({ ...files, "resources.js": read("resources.js") });
    await act(world, pull, false);
    const runs = await times(RUNS, () => act(world, pull, false));
    const probes = (await times(RUNS, () => act(world, pull, true))).flatMap(({ probe }) => probe ?? []);
    const loading = await times(RUNS, () => loadingMs(probes[0]?.modules ?? []));
    const bare = await times(RUNS, () => spawned(["--eval", "console.log()"]));
    const what = "dist/main.mjs, seed stack";
    return [
      { what: "Node itself: first line", unit: "ms", measured: median(bare.map(({ firstMs }) => firstMs)) },
      {
        what: `${what}: first line`,
        unit: "ms",
        measured: median(runs.map(({ firstLineMs }) => firstLineMs)),
      },
      {
        what: `${what}: whole plan with its comment`,
        unit: "ms",
        measured: median(runs.map(({ wholeMs }) => wholeMs)),
      },
      { what: `${what}: of it loading its modules`, unit: "ms", measured: median(loading) },
      {
        what: `${what}: of it the sandbox's thread (beside the main one)`,
        unit: "ms",
        measured: median(probes.map(({ sandboxMs }) => sandboxMs)),
      },
    ];
  } finally {
    await world.close();
  }
}
