/**
 * A test runner for Stryker that loads sources and tests once and runs the tests of each mutant in the same process. Stryker's
 * runner for vitest starts a worker per mutant, which loads everything again: seconds each. docs/decisions/0022.
 */
import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";

type Vitest = typeof import("./mutation-vitest.ts");
type Kept = Vitest["kept"][number];

const VITEST = new URL("./mutation-vitest.ts", import.meta.url).href;

export class OneProcessRunner implements TestRunner {
  static readonly inject = [] as const;
  readonly #tests = new Map<string, Kept>();
  readonly #context: InstrumenterContext;
  /** How often each test noticed a mutant: who noticed many is asked first. */
  readonly #kills = new Map<string, number>();
  #vitest: Vitest | undefined;

  constructor() {
    const context: InstrumenterContext = {};
    this.#context = context;
    Object.assign(globalThis, { [INSTRUMENTER_CONSTANTS.NAMESPACE]: context });
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === "vitest" && context.parentURL !== VITEST
          ? { url: VITEST, shortCircuit: true }
          : next(specifier, context),
    });
    // A mutant that forgets to wait for something fails by what the test sees.
    process.on("unhandledRejection", () => {});
    const vitest: Vitest = await import(VITEST);
    this.#vitest = vitest;
    for (const file of globSync(JSON.parse(process.env.MUTATION_TESTS ?? "[]")).sort()) {
      vitest.loading.file = file;
      await import(pathToFileURL(resolve(file)).href);
    }
    for (const test of vitest.kept) this.#tests.set(`${test.file}#${test.name}`, test);
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const [id, test] of this.#tests) {
      this.#context.currentTestId = id;
      const first = await this.#run(id, test);
      // Again, because a test that cannot be repeated would seem to notice every mutant.
      tests.push(first.status === TestStatus.Failed ? first : await this.#run(id, test));
    }
    Object.assign(this.#context, { currentTestId: undefined });
    return {
      status: DryRunStatus.Complete,
      tests,
      mutantCoverage: this.#context.mutantCoverage ?? { static: {}, perTest: {} },
    };
  }

  async mutantRun({ testFilter, activeMutant, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    const ids = testFilter ?? [...this.#tests.keys()];
    const tests: TestResult[] = [];
    for (const id of ids.toSorted((a, b) => (this.#kills.get(b) ?? 0) - (this.#kills.get(a) ?? 0))) {
      const test = this.#tests.get(id);
      if (test === undefined) throw new Error(`There is no test ${id}.`);
      Object.assign(this.#context, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
      const result = await this.#run(id, test);
      tests.push(result);
      const timeOut = determineHitLimitReached(this.#context.hitCount, hitLimit);
      Object.assign(this.#context, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
      if (timeOut !== undefined) return { ...timeOut, status: MutantRunStatus.Timeout };
      if (result.status !== TestStatus.Failed) continue;
      this.#kills.set(id, (this.#kills.get(id) ?? 0) + 1);
      // Stryker answers an error with a new process and tries this mutant again: an earlier one has left something behind.
      const without = await this.#run(id, test);
      if (without.status === TestStatus.Failed) throw new Error(`${id} fails without a mutant too.`);
      break;
    }
    return toMutantRunResult({ status: DryRunStatus.Complete, tests });
  }

  async #run(id: string, test: Kept): Promise<TestResult> {
    const start = performance.now();
    const seen = { id, name: test.name, fileName: resolve(test.file) };
    try {
      await this.#vitest?.runKept(test);
      return { ...seen, timeSpentMs: performance.now() - start, status: TestStatus.Success };
    } catch (error) {
      const failureMessage = error instanceof Error ? error.message : String(error);
      return { ...seen, timeSpentMs: performance.now() - start, status: TestStatus.Failed, failureMessage };
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, "one-process", OneProcessRunner)];
