/** The tests of one group of mutants: see scripts/mutation.ts. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: JSON.parse(process.env.MUTATION_TESTS ?? '["test/unit/**/*.test.ts"]'),
    testTimeout: 60_000,
  },
});
