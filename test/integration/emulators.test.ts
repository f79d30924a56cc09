/**
 * The engine over HTTP on third-party AWS emulators: the ten resources, the examples (on moto; for MiniStack they are in
 * examples.test.ts), and random stacks with random edits. Whatever an emulator gets wrong must be listed in
 * test/emulators/DIFFERENCES.md.
 */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import { createLocalSource } from "../../src/source/local-source.ts";
import { type Excuse, ministackExcuses, motoExcuses, unexcused } from "../emulators/excuses.ts";
import { examples as typeExamples, livesOf } from "../type-examples/all.ts";
import { namesIn, specOf, type TypeLife } from "../type-examples/example.ts";
import { startMiniStack } from "../emulators/ministack.ts";
import { startMotoWithLists } from "../emulators/moto-lists.ts";
import type { Emulator } from "../emulators/process.ts";
import { suitedToMiniStack, suitedToMoto } from "../emulators/suited.ts";
import { buildExample } from "./built-example.ts";
import { changesOf, engineOn, failuresOf, protectedIn } from "./harness.ts";
import { type RandomEntry, randomStack, specText } from "./random-stack.ts";
import { soakOf } from "./soak.ts";
import { tenResources } from "./ten-resources.ts";

/** The number of edits on each emulator; `npm run test:soak` makes some hundreds. */
const { edits, seed, title } = soakOf(24, 400);
const IN_A_ROW = 4;
const EXAMPLES = join(import.meta.dirname, "../../examples");

interface Kind {
  readonly name: string;
  readonly start: () => Promise<Emulator>;
  readonly reset: string;
  /** moto reads all that AWS owns again, which takes it seconds. */
  readonly resetIsQuick: boolean;
  readonly excuses: readonly Excuse[];
  readonly suited: (entries: readonly RandomEntry[]) => readonly RandomEntry[];
  /** The examples to apply on it. */
  readonly examples: readonly string[];
  /** Lives of types that no example has. */
  readonly lives: readonly TypeLife[];
}

const kinds: readonly Kind[] = [
  {
    name: "MiniStack",
    start: startMiniStack,
    reset: "/_ministack/reset",
    resetIsQuick: true,
    excuses: ministackExcuses,
    suited: suitedToMiniStack,
    examples: [],
    lives: typeExamples.filter(({ onMiniStack }) => onMiniStack === true).flatMap(livesOf),
  },
  {
    name: "moto",
    start: startMotoWithLists,
    reset: "/moto-api/reset",
    resetIsQuick: false,
    excuses: motoExcuses,
    suited: suitedToMoto,
    // Certificates stay pending there: an apply would wait for its deadline.
    examples: globSync("**/resources.{js,ts}", { cwd: EXAMPLES })
      .map(dirname)
      .filter((one) => !["bot-hosting", "http-lambda-domain"].includes(one))
      .sort(),
    lives: typeExamples.filter(({ onMoto }) => onMoto === true).flatMap(livesOf),
  },
];

const built = buildExample();
afterAll(() => built.remove());

describe.each(kinds)("on $name", (kind) => {
  const { start, reset, resetIsQuick, excuses, suited, examples, lives } = kind;
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await start();
  });
  afterAll(() => emulator.stop());

  const connection = () => ({
    region: "us-east-1",
    endpoint: emulator.url,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    budget: async () => {},
    attempts: 3,
    backoffMs: 20,
  });
  const empty = () => fetch(`${emulator.url}${reset}`, { method: "POST" });

  it("applies and destroys the ten resources", async () => {
    const engine = engineOn(connection());
    expect(unexcused(failuresOf(await engine.apply(tenResources)), excuses)).toEqual([]);
    expect(unexcused(changesOf(await engine.plan(tenResources)), excuses)).toEqual([]);
    expect(failuresOf(await engine.destroy(tenResources))).toEqual([]);
  });

  it.runIf(examples.length > 0).each(examples)("applies and destroys example %s", async (directory) => {
    const stack = {
      source: createLocalSource(EXAMPLES),
      directory,
      stage: "dev",
      region: "us-east-1",
      built: built.codeFor(directory),
    };
    const connect = () => connectAws(connection());
    expect(unexcused(failuresOf(await applyStack(stack, connect())), excuses)).toEqual([]);
    const { plan } = await planStack(stack, connect());
    expect(unexcused(changesOf(plan), excuses)).toEqual([]);
    const leaving = { ...stack, allowDeletion: protectedIn(plan) };
    expect(failuresOf(await destroyStack(leaving, connect()))).toEqual([]);
  });

  it.runIf(lives.length > 0).each(lives)("the life of $type", async (life) => {
    const engine = engineOn(connection());
    for (const properties of [life.full, life.minimal, life.full, undefined]) {
      const files = { "resources.js": specOf(life, properties) };
      const allowed = { allowDeletion: namesIn(life) };
      expect(unexcused(failuresOf(await engine.apply(files, {}, allowed)), excuses)).toEqual([]);
      expect(unexcused(changesOf(await engine.plan(files, allowed)), excuses)).toEqual([]);
    }
    if (resetIsQuick) await empty();
    else {
      const beside = { "resources.js": specOf(life, undefined) };
      expect(failuresOf(await engine.destroy(beside, { allowDeletion: namesIn(life) }))).toEqual([]);
    }
  });

  it(title, async () => {
    const rows = fc.array(randomStack, { minLength: IN_A_ROW, maxLength: IN_A_ROW });
    await fc.assert(
      fc.asyncProperty(rows, async (stacks) => {
        await empty();
        const engine = engineOn(connection());
        for (const stack of stacks) {
          const entries = suited(stack.entries);
          const files = { "resources.js": specText({ ...stack, entries }), ...stack.files };
          expect(unexcused(failuresOf(await engine.apply(files)), excuses)).toEqual([]);
          expect(unexcused(changesOf(await engine.plan(files)), excuses)).toEqual([]);
        }
      }),
      {
        numRuns: Math.ceil(edits / IN_A_ROW),
        endOnFailure: true,
        interruptAfterTimeLimit: 3_500_000,
        seed,
      },
    );
  }, 3_600_000);
});

it("every excuse has a row in DIFFERENCES.md", () => {
  const text = readFileSync(new URL("../emulators/DIFFERENCES.md", import.meta.url), "utf8");
  for (const [heading, excuses] of [
    ["MiniStack", ministackExcuses],
    ["moto", motoExcuses],
  ] as const) {
    const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
    for (const { row } of excuses) expect(section, row).toContain(`\n| ${row}`);
  }
});
