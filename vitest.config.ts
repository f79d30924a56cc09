import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

/** Tests of the engine and of types, which would spend most of their time in the sandbox; that has tests of its own. */
const ENGINE = ["test/unit/resources/**/*.test.ts", "test/contract/**/*.test.ts"];
/** The same on whole stacks. Without those that compare with the sandbox or count the calls of an evaluation. */
const STACKS = ["test/integration/!(plain-spec|call-counts).test.ts"];
const EVALUATED_ONCE = { setupFiles: ["test/integration/remember-setup.ts"] };

/** They replace a module that others have loaded by then. */
const ALONE = "test/unit/spec/sandbox/host/session.test.ts";
const STACKS_ALONE = ["test/integration/{allow-deletion,foreign-parent}.test.ts"];

/**
 * Nothing that they load keeps anything between two files, so the files of a project follow each other in one process: to start it and
 * to load the modules took half of their time. They run in any order: `--sequence.shuffle.files`.
 */
const TOGETHER = { isolate: false };

// Workers, and the programs that tests start by the hundred, compile the same modules: https://nodejs.org/api/module.html#module-compile-cache
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL(".cache/compiled", import.meta.url));

const project = (
  name: string,
  include: string[],
  test: TestProjectInlineConfiguration["test"] = {},
): TestProjectInlineConfiguration => ({ extends: true, test: { name, include, ...test } });

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    // More than cores: a third of the tests' time is waiting, for processes, pauses and deadlines. With half as many more, a fifth of the
    // cores' time was left over.
    maxWorkers: Math.min(8, availableParallelism() * 2),
    projects: [
      project("unit", ["test/unit/**/*.test.ts", "test/fakes/**/*.test.ts"], {
        ...TOGETHER,
        exclude: [...ENGINE, ALONE],
      }),
      project("engine", ENGINE, { ...TOGETHER, ...EVALUATED_ONCE }),
      project("stacks", STACKS, { ...TOGETHER, ...EVALUATED_ONCE, exclude: STACKS_ALONE }),
      project("stacks-alone", STACKS_ALONE, EVALUATED_ONCE),
      project("integration", ["test/integration/**/*.test.ts", ALONE], { exclude: STACKS }),
      // Builds what it tries: only when one of these tests runs.
      project("acceptance", ["test/acceptance/**/*.test.ts"], {
        globalSetup: ["test/acceptance/global-setup.ts"],
      }),
    ],
  },
});
