/** What `npm run test:mutation` changes, and the tests that have to notice. */

interface MutationGroup {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

const GATES = ["test/unit/bot/gates/*.test.ts", "test/unit/bot/gates/facts/!(built).test.ts"];

export const GROUPS: Readonly<Record<string, MutationGroup>> = {
  escaping: {
    mutate: [
      "src/text/escape.ts",
      "src/text/hidden.ts",
      "src/text/link.ts",
      "src/text/prose.ts",
      "bot/reports/reply.ts",
      "src/report/markdown/marker.ts",
    ],
    tests: [
      // Not any-text.test.ts: its properties take seconds, and what they find is in these tables.
      "test/unit/text/escape.test.ts",
      "test/unit/text/hidden.test.ts",
      "test/unit/text/link.test.ts",
      "test/unit/text/prose.test.ts",
      "test/unit/bot/reports/reply.test.ts",
      "test/unit/report/markdown/marker.test.ts",
    ],
  },
  gates: {
    // evaluate.ts puts together what the other files read and decide; built.test.ts and the acceptance tests hold it.
    mutate: ["bot/gates/*.ts", "!bot/gates/evaluate.ts"],
    tests: GATES,
  },
  facts: {
    mutate: ["bot/gates/facts/*.ts", "!bot/gates/facts/built.ts"],
    tests: GATES,
  },
  built: {
    // Its tests evaluate a spec each.
    mutate: ["bot/gates/facts/built.ts"],
    tests: ["test/unit/bot/gates/facts/built.test.ts"],
  },
  holds: {
    // The table is SQL: test/integration holds it with a real PostgreSQL.
    mutate: ["bot/services/holds.ts", "bot/events/holds.ts"],
    tests: ["test/unit/bot/gates/hold.test.ts", "test/unit/bot/events/holds.test.ts"],
  },
  order: {
    mutate: ["bot/runs/checks/order.ts", "bot/runs/outcome.ts", "bot/runs/resume.ts"],
    tests: [
      "test/unit/bot/runs/checks/order.test.ts",
      "test/unit/bot/runs/{outcome,resume,resume-result}.test.ts",
    ],
  },
  plan: {
    mutate: ["src/engine/plan/**/*.ts"],
    tests: ["test/unit/engine/plan/**/*.test.ts"],
  },
  grammar: {
    mutate: ["bot/commands/grammar/**/*.ts"],
    tests: ["test/unit/bot/commands/grammar.test.ts", "test/unit/bot/commands/grammar/**/*.test.ts"],
  },
  sandbox: {
    // What starts threads (evaluate, session) is held by tests that evaluate whole specs: too slow for a run per mutant.
    mutate: [
      "src/spec/sandbox/host/**/*.ts",
      "!src/spec/sandbox/host/evaluate.ts",
      "!src/spec/sandbox/host/session.ts",
    ],
    tests: ["test/unit/spec/sandbox/host/{files,resolve,unset}.test.ts"],
  },
};
