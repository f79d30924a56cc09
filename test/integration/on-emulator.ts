/**
 * The engine over HTTP on a third-party AWS emulator: the ten resources, the examples, lives of types, and random stacks with random
 * edits. Whatever an emulator gets wrong must be listed in test/emulators/DIFFERENCES.md. Each has a test file of its own, so that
 * they run side by side.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import type { JsonObject } from "../../src/model/values.ts";
import { createLocalSource } from "../../src/source/local-source.ts";
import { type Excuse, judgeBy } from "../emulators/excuses.ts";
import { examples as typeExamples, livesOf } from "../type-examples/all.ts";
import { entry, trust } from "../type-examples/beside.ts";
import {
  type EmulatorName,
  namesIn,
  specOf,
  type TypeExample,
  type TypeLife,
} from "../type-examples/example.ts";
import type { Emulator } from "../emulators/process.ts";
import { type BuiltExample, buildExample } from "./built-example.ts";
import { valueAt, withProperty } from "../contract/type-life-paths.ts";
import { changesOf, engineOn, failuresOf, protectedIn } from "./harness.ts";
import { type RandomEntry, randomStack, specText } from "./random-stack.ts";
import { soakOf } from "./soak.ts";
import { tenResources } from "./ten-resources.ts";

/** The number of edits on each emulator; `npm run test:soak` makes some hundreds. */
const { edits, seed, title } = soakOf(24, 400);
const IN_A_ROW = 4;
export const EXAMPLES = join(import.meta.dirname, "../../examples");

export interface EmptyableEmulator extends Emulator {
  empty(): Promise<unknown>;
}

export interface EmulatorKind {
  readonly name: EmulatorName;
  readonly start: () => Promise<EmptyableEmulator>;
  readonly excuses: readonly Excuse[];
  /** Excuses that other tests on it need. */
  readonly otherExcuses?: readonly Excuse[];
  readonly suited: (entries: readonly RandomEntry[]) => readonly RandomEntry[];
  /** The examples to apply on it. */
  readonly examples: readonly string[];
  /** True for types whose lives are lived on it: those that no example has. */
  readonly isLived: (example: TypeExample) => boolean;
}

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

/** Defines the tests of an emulator, for a file of its own. */
export function testsOn(kind: EmulatorKind): void {
  const { name, start, excuses, otherExcuses = [], suited, examples, isLived } = kind;
  const lives = typeExamples
    .filter(isLived)
    .flatMap(livesOf)
    .filter(({ notOn = [] }) => !notOn.includes(name));
  const judge = judgeBy(excuses);
  let emulator: EmptyableEmulator;
  let built: BuiltExample | undefined;
  beforeAll(async () => {
    emulator = await start();
    if (examples.length > 0) built = buildExample();
  });
  afterAll(async () => {
    built?.remove();
    await emulator.stop();
  });

  const connection = () => ({
    region: "us-east-1",
    endpoint: emulator.url,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    budget: async () => {},
    attempts: 3,
    backoffMs: 20,
  });

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
      built: built?.codeFor(directory),
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
    for (const properties of timesOf(life, name)) {
      const files = { "resources.js": specOf(life, properties), ...life.files };
      const allowed = { allowDeletion: namesIn(life) };
      expect(judge.unexcused(failuresOf(await engine.apply(files, {}, allowed)))).toEqual([]);
      expect(judge.unexcused(changesOf(await engine.plan(files, allowed)))).toEqual([]);
    }
    await emulator.empty();
  });

  it(title, async () => {
    const rows = fc.array(randomStack, { minLength: IN_A_ROW, maxLength: IN_A_ROW });
    await fc.assert(
      fc.asyncProperty(rows, async (stacks) => {
        await emulator.empty();
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

  it("every excuse has a row in DIFFERENCES.md", () => {
    const text = readFileSync(new URL("../emulators/DIFFERENCES.md", import.meta.url), "utf8");
    const section = text.split(/^## /m).find((part) => part.startsWith(name)) ?? "";
    for (const { row } of [...excuses, ...otherExcuses]) expect(section, row).toContain(`\n| ${row}`);
  });
}
