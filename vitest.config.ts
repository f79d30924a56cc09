import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const ACCEPTANCE = "test/acceptance/**/*.test.ts";

// Workers, and the programs that tests start by the hundred, compile the same modules: https://nodejs.org/api/module.html#module-compile-cache
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL(".cache/compiled", import.meta.url));

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "test", include: ["test/**/*.test.ts"], exclude: [ACCEPTANCE] } },
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
