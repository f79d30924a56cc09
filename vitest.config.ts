import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const ACCEPTANCE = "test/acceptance/**/*.test.ts";

/**
 * Tests of the engine and of types, which would spend most of their time in the sandbox; that has tests of its own. Without those that
 * compare with the sandbox or count the calls of an evaluation.
 */
const ENGINE = [
  "test/unit/resources/**/*.test.ts",
  "test/contract/**/*.test.ts",
  "test/integration/!(plain-spec|call-counts).test.ts",
];

// Workers, and the programs that tests start by the hundred, compile the same modules: https://nodejs.org/api/module.html#module-compile-cache
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL(".cache/compiled", import.meta.url));

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    // More than cores: a third of the tests' time is waiting, for processes, pauses and deadlines.
    maxWorkers: Math.min(8, Math.ceil(availableParallelism() * 1.5)),
    projects: [
      {
        extends: true,
        test: {
          name: "engine",
          include: ENGINE,
          setupFiles: ["test/integration/remember-setup.ts"],
        },
      },
      {
        extends: true,
        test: { name: "test", include: ["test/**/*.test.ts"], exclude: [ACCEPTANCE, ...ENGINE] },
      },
      {
        extends: true,
        test: {
          name: "acceptance",
          include: [ACCEPTANCE],
          // Builds what it tries: only when one of these tests runs.
          globalSetup: ["test/acceptance/global-setup.ts"],
        },
      },
    ],
  },
});
