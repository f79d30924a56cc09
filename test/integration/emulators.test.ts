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
import type { JsonObject } from "../../src/model/values.ts";
import { createLocalSource } from "../../src/source/local-source.ts";
import {
  type Excuse,
  judgeBy,
  ministackExampleExcuses,
  ministackExcuses,
  motoExcuses,
} from "../emulators/excuses.ts";
import { examples as typeExamples, livesOf } from "../type-examples/all.ts";
import { entry, trust } from "../type-examples/beside.ts";
import { type EmulatorName, namesIn, specOf, type TypeLife } from "../type-examples/example.ts";
import { startMiniStack } from "../emulators/ministack.ts";
import { startMotoWithLists } from "../emulators/moto-lists.ts";
import type { Emulator } from "../emulators/process.ts";
import { suitedToMiniStack, suitedToMoto } from "../emulators/suited.ts";
import { buildExample } from "./built-example.ts";
import { valueAt, withProperty } from "../contract/type-life-paths.ts";
import { changesOf, engineOn, failuresOf, protectedIn } from "./harness.ts";
import { type RandomEntry, randomStack, specText } from "./random-stack.ts";
import { soakOf } from "./soak.ts";
import { tenResources } from "./ten-resources.ts";

/** The number of edits on each emulator; `npm run test:soak` makes some hundreds. */
const { edits, seed, title } = soakOf(24, 400);
const IN_A_ROW = 4;
const EXAMPLES = join(import.meta.dirname, "../../examples");

interface Kind {
  readonly name: EmulatorName;
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

const livedOn =
  (name: EmulatorName) =>
  ({ notOn = [] }: TypeLife): boolean =>
    !notOn.includes(name);

const withEnvironment = {
  "resources.js": specText({
    entries: [
      entry("IAM", "Role", { RoleName: "remade", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") }),
      entry(
        "Lambda",
        "Function",
        {
          Configuration: {
            FunctionName: "remade",
            Handler: "remade.handler",
            Runtime: "nodejs22.x",
            Environment: { Variables: { KEY: "x" } },
          },
        },
        { role: "remade" },
      ),
    ],
    files: {},
  }),
  "remade/remade.js": "exports.handler = async () => ({});\n",
};

/** What a life goes through here: everything, only what is needed, and every property changed. */
function timesOf(
  { full, minimal, changed, keptOn = {} }: TypeLife,
  name: EmulatorName,
): readonly (JsonObject | undefined)[] {
  const kept = keptOn[name] ?? [];
  const others = Object.entries(changed)
    .filter(([path]) => !kept.includes(path))
    .map(([path, value]) => withProperty(full, path, value));
  const least = kept.reduce((some, path) => withProperty(some, path, valueAt(full, path)), minimal);
  return [full, least, full, ...others, undefined];
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
    lives: typeExamples
      .filter(({ onMiniStack }) => onMiniStack === true)
      .flatMap(livesOf)
      .filter(livedOn("MiniStack")),
  },
  {
    name: "moto",
    start: startMotoWithLists,
    reset: "/moto-api/reset",
    resetIsQuick: false,
    excuses: motoExcuses,
    suited: suitedToMoto,
    // Certificates stay pending there: an apply would wait for its deadline. Dashboards have no tags there.
    examples: globSync("**/resources.{js,ts}", { cwd: EXAMPLES })
      .map(dirname)
      .filter((one) => !["bot-hosting", "http-lambda-domain", "observability"].includes(one))
      .sort(),
    lives: typeExamples
      .filter(({ onMoto }) => onMoto === true)
      .flatMap(livesOf)
      .filter(livedOn("moto")),
  },
];

const built = buildExample();
afterAll(() => built.remove());

describe.each(kinds)("on $name", (kind) => {
  const { start, reset, resetIsQuick, excuses, suited, examples, lives } = kind;
  const judge = judgeBy(excuses);
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
    expect(judge.unexcused(failuresOf(await engine.apply(tenResources)))).toEqual([]);
    expect(judge.unexcused(changesOf(await engine.plan(tenResources)))).toEqual([]);
    expect(failuresOf(await engine.destroy(tenResources))).toEqual([]);
  });

  it("gives a function a role anew that somebody deleted", async () => {
    const { IAM } = await import("@aws-sdk/client-iam");
    const iam = new IAM(connection());
    const engine = engineOn(connection());
    expect(failuresOf(await engine.apply(withEnvironment))).toEqual([]);
    await iam.deleteRole({ RoleName: "remade" });
    expect(changesOf(await engine.plan(withEnvironment)).map((line) => line.split(" ", 2).join(" "))).toEqual(
      ["create IAM::Role::remade", "update Lambda::Function::remade"],
    );
    expect(failuresOf(await engine.apply(withEnvironment))).toEqual([]);
    expect(judge.unexcused(changesOf(await engine.plan(withEnvironment)))).toEqual([]);
    expect(failuresOf(await engine.destroy(withEnvironment))).toEqual([]);
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
    expect(judge.unexcused(failuresOf(await applyStack(stack, connect())))).toEqual([]);
    const { plan } = await planStack(stack, connect());
    expect(judge.unexcused(changesOf(plan))).toEqual([]);
    const leaving = { ...stack, allowDeletion: protectedIn(plan) };
    expect(failuresOf(await destroyStack(leaving, connect()))).toEqual([]);
  });

  it.runIf(lives.length > 0).each(lives)("the life of $type as $as", async (life) => {
    const engine = engineOn(connection());
    for (const properties of timesOf(life, kind.name)) {
      const files = { "resources.js": specOf(life, properties), ...life.files };
      const allowed = { allowDeletion: namesIn(life) };
      expect(judge.unexcused(failuresOf(await engine.apply(files, {}, allowed)))).toEqual([]);
      expect(judge.unexcused(changesOf(await engine.plan(files, allowed)))).toEqual([]);
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
          expect(judge.unexcused(failuresOf(await engine.apply(files)))).toEqual([]);
          expect(judge.unexcused(changesOf(await engine.plan(files)))).toEqual([]);
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

  // A soak draws other edits, which may not need all of them.
  it.runIf(process.env.SOAK_EDITS === undefined)("no excuse of it is left that nothing above needs", () => {
    expect(judge.unneeded()).toEqual([]);
  });
});

it("every excuse has a row in DIFFERENCES.md", () => {
  const text = readFileSync(new URL("../emulators/DIFFERENCES.md", import.meta.url), "utf8");
  for (const [heading, excuses] of [
    ["MiniStack", [...ministackExcuses, ...ministackExampleExcuses]],
    ["moto", motoExcuses],
  ] as const) {
    const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
    for (const { row } of excuses) expect(section, row).toContain(`\n| ${row}`);
  }
});
