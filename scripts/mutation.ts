/**
 * `npm run test:mutation [-- GROUP…]`: changes the sources in small ways and tries whether the tests beside them notice.
 * One run of Stryker per group, with the tests of that group; what did not change since the last run is not tried again.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GROUPS } from "./mutation-groups.ts";

const ROOT = join(import.meta.dirname, "..");
const STRYKER = join(ROOT, "node_modules/@stryker-mutator/core/bin/stryker.js");
const REPORTS = "reports/mutation";
/** `vitest` is Stryker's own runner: a worker per mutant, which takes hours, but has nothing in common with the mutant before. */
const RUNNER = process.env.MUTATION_RUNNER ?? "one-process";

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(GROUPS);
const unknown = names.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(", ")}. Groups: ${Object.keys(GROUPS).join(", ")}.`);
  process.exit(1);
}
mkdirSync(join(ROOT, REPORTS), { recursive: true });
const failed = names.filter((name) => !run(name));
if (failed.length > 0) {
  console.error(
    `Too many mutants survive in ${failed.join(", ")}. docs/decisions/0022 lists those that may.`,
  );
  process.exit(1);
}

function run(name: string): boolean {
  const group = GROUPS[name];
  if (group === undefined) return false;
  // The sandboxes find the packages in the folder above them.
  const folder = temporary(name);
  mkdirSync(folder, { recursive: true });
  const packages = join(folder, "node_modules");
  if (!existsSync(packages)) symlinkSync(join(ROOT, "node_modules"), packages);
  const config = join(ROOT, REPORTS, `${name}.json`);
  writeFileSync(config, JSON.stringify(optionsOf(name, group.mutate), undefined, 2));
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, [STRYKER, "run", config], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, MUTATION_TESTS: JSON.stringify(group.tests) },
  });
  return status === 0;
}

function optionsOf(name: string, mutate: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    mutate,
    testRunner: RUNNER,
    plugins: [join(ROOT, "scripts/mutation-runner.ts"), "@stryker-mutator/vitest-runner"],
    vitest: { configFile: "vitest.mutation.ts", related: false },
    coverageAnalysis: "perTest",
    ignorePatterns: ["/dist", "/docs", "/bench", "/.venv", "/reports", "/data"],
    // What is computed once when a file is loaded would need a new process per mutant.
    ignoreStatic: true,
    // TypeScript 7 has no API that Stryker could read the configuration with.
    tsconfigFile: "none",
    incremental: true,
    incrementalFile: `${REPORTS}/${name}.incremental.json`,
    // Outside of the repository: sources are read only where git tracks them.
    tempDirName: temporary(name),
    symlinkNodeModules: false,
    concurrency: Number(process.env.MUTATION_CONCURRENCY ?? "2"),
    // A test that a busy machine slows down must not count as one that noticed something.
    timeoutMS: 60_000,
    reporters: ["progress-append-only", "clear-text", "json"],
    jsonReporter: { fileName: `${REPORTS}/${name}.report.json` },
    clearTextReporter: { allowColor: false, logTests: false },
    thresholds: { high: 95, low: 90, break: 90 },
  };
}

function temporary(name: string): string {
  return join(tmpdir(), `gatewright-mutation-${name}`);
}
