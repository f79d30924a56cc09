/** Specs are evaluated once, and plain ones without a sandbox, in the tests of the projects that name this file (vitest.config.ts). */
import { vi } from "vitest";

vi.mock("../../src/spec/sandbox/host/evaluate.ts", async (original) =>
  (await import("./remember.ts")).remembering(await original()),
);
