/** Every folder of examples/ as it is: its types, then plan, apply, no changes left, destroy. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { IAM, type IAMClientConfig } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSettings } from "../../src/settings/parse.ts";
import { type ConnectOptions, connectAws } from "../../src/aws/connect.ts";
import { applyStack, destroyStack } from "../../src/engine/apply-stack.ts";
import { planStack } from "../../src/engine/plan-stack.ts";
import type { StackOptions } from "../../src/engine/stack.ts";
import type { SpecSource } from "../../src/source/source.ts";
import { createLocalSource } from "../../src/source/local-source.ts";
import { judgeBy, ministackExampleExcuses } from "../emulators/excuses.ts";
import { startMiniStackAndMoto } from "../emulators/ministack-and-moto.ts";
import type { Emulator } from "../emulators/process.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { registeredDomains } from "../fakes/aws/route53domains/service.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { buildExample } from "./built-example.ts";
import { BEFORE, CALLS } from "./example-calls.ts";
import { changesOf, failuresOf, protectedIn } from "./harness.ts";

const ROOT = join(import.meta.dirname, "../..");
const EXAMPLES = join(ROOT, "examples");
const REGION = "eu-west-2";

const stacks = globSync("**/resources.{js,ts}", { cwd: EXAMPLES }).map(dirname).sort();

const built = buildExample();
afterAll(() => built.remove());

/** Plans, applies, plans again and destroys a stack. Returns what the second plan would still change. */
async function play(
  directory: string,
  aws: ConnectOptions,
  use?: (endpoint: string) => Promise<void> | undefined,
  own: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const stack: StackOptions = {
    source: withFiles(createLocalSource(EXAMPLES), own),
    directory,
    stage: "dev",
    region: REGION,
    built: built.codeFor(directory),
  };
  // Every run of the product makes a new connection.
  const connect = () => connectAws(aws);
  const { plan } = await planStack(stack, connect());
  expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const made = plan.changes.filter(({ action }) => action !== "no-op");
  expect(plan.counts.create).toBe(made.length);
  const applied = await applyStack(stack, connect(), { planId: plan.id });
  expect(failuresOf(applied)).toEqual([]);
  const outputs = directory.endsWith("/access") ? ["RoleArn"] : ["ApiId", "ApiEndpoint", "IntegrationId"];
  expect(applied.outputs.map(({ name }) => name)).toEqual(expect.arrayContaining(outputs));
  await use?.(applied.outputs.find(({ name }) => name === "ApiEndpoint")?.value ?? "");
  const left = changesOf((await planStack(stack, connect())).plan);
  const leaving = { ...stack, allowDeletion: protectedIn(plan) };
  expect(failuresOf(await destroyStack(leaving, connect()))).toEqual([]);
  expect(changesOf((await planStack(stack, connect())).plan)).toHaveLength(made.length);
  return left;
}

/** The source with these files in place of its own. */
function withFiles(source: SpecSource, files: Readonly<Record<string, string>>): SpecSource {
  return {
    ...source,
    read: async (path) => {
      const text = files[path];
      return text === undefined ? source.read(path) : new TextEncoder().encode(text);
    },
  };
}

/** The boundary that the roles of `several-accounts` have is of the stack beside it. */
async function withBoundary<Value>(
  directory: string,
  config: IAMClientConfig,
  use: () => Promise<Value>,
): Promise<Value> {
  if (directory !== "several-accounts") return use();
  const iam = new IAM(config);
  const Statement = [{ Effect: "Allow", Action: "logs:*", Resource: "*" }];
  const { Policy } = await iam.createPolicy({
    PolicyName: "gatewright-boundary",
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
  try {
    return await use();
  } finally {
    await iam.deletePolicy({ PolicyArn: Policy?.Arn });
  }
}

it("the README lists all examples", () => {
  expect(stacks).toEqual([
    "bot-hosting",
    "built-code",
    "chat",
    "http-lambda",
    "http-lambda-domain",
    "jwt-authorizer",
    "observability",
    "private-integration",
    "queue-worker",
    "seed",
    "service-integration",
    "several-accounts",
    "several-accounts/access",
    "several-stacks/orders",
    "several-stacks/users",
    "two-stages",
    "user-pool",
    "websocket",
  ]);
  const readme = readFileSync(join(EXAMPLES, "README.md"), "utf8");
  for (const [, path = ""] of readme.matchAll(/\]\(([^)]+)\)/g))
    expect(existsSync(join(EXAMPLES, path)), path).toBe(true);
  for (const stack of stacks) expect(readme).toContain(`(${stack.split("/")[0]}`);
});

it("the examples have no type errors", () => {
  const tsc = join(ROOT, "node_modules/.bin/tsc");
  const { stdout, status } = spawnSync(tsc, ["-p", "test/fixtures/examples/tsconfig.json"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

it("the bot accepts their settings", () => {
  const files = globSync("**/.github/gatewright.yml", { cwd: EXAMPLES });
  expect(files.toSorted()).toEqual([
    "built-code/.github/gatewright.yml",
    "several-accounts/.github/gatewright.yml",
    "several-stacks/.github/gatewright.yml",
    "two-stages/.github/gatewright.yml",
  ]);
  for (const file of files) {
    const settings = parseSettings(readFileSync(join(EXAMPLES, file), "utf8"));
    expect(Object.keys(settings.stages)).toEqual(["dev", "prod"]);
  }
});

it("their functions may write logs, also the first one, for which Lambda makes the group", () => {
  const silent = globSync("**/resources.{js,ts}", { cwd: EXAMPLES }).filter((file) => {
    const spec = readFileSync(join(EXAMPLES, file), "utf8");
    const writes = /service-role\/AWSLambda(Basic|SQSQueue)ExecutionRole|"logs:(\*|CreateLogGroup)"/;
    return spec.includes('type: "Function"') && !writes.test(spec);
  });
  expect(silent).toEqual([]);
});

describe("on the strict fake", () => {
  it.each(stacks)("%s plans and applies, and then has no changes", async (directory) => {
    const clock = createFakeClock();
    const fake = createFakeAws({
      region: REGION,
      clock: clock.now,
      managedPolicies: [
        "service-role/AWSLambdaBasicExecutionRole",
        "service-role/AWSLambdaSQSQueueExecutionRole",
      ],
    });
    registeredDomains(fake.region(REGION)).set("example.com", { DomainName: "example.com" });
    const aws = { region: REGION, clientConfig: fake.clientConfig(), clock, backoffMs: 1 };
    const left = await withBoundary(directory, fake.clientConfig(), () => play(directory, aws));
    expect(left).toEqual([]);
  });
});

it("two-stages has both of its stages in one account, each with names of its own", async () => {
  const clock = createFakeClock();
  const fake = createFakeAws({
    region: REGION,
    clock: clock.now,
    managedPolicies: ["service-role/AWSLambdaBasicExecutionRole"],
  });
  const { stages } = parseSettings(readFileSync(join(EXAMPLES, "two-stages/.github/gatewright.yml"), "utf8"));
  const connect = () =>
    connectAws({ region: REGION, clientConfig: fake.clientConfig(), clock, backoffMs: 1 });
  const source = createLocalSource(EXAMPLES);
  const of = (stage: string): StackOptions => ({
    source,
    directory: "two-stages",
    stage,
    region: REGION,
    names: stages[stage]?.names,
  });
  for (const stage of ["dev", "prod"])
    expect(failuresOf(await applyStack(of(stage), connect())), stage).toEqual([]);
  expect(fake.keys()).toEqual(expect.arrayContaining(["hello-dev", "hello-prod"]));
  for (const stage of ["dev", "prod"])
    expect(changesOf((await planStack(of(stage), connect())).plan), stage).toEqual([]);
  expect(failuresOf(await destroyStack(of("dev"), connect()))).toEqual([]);
  expect(changesOf((await planStack(of("prod"), connect())).plan)).toEqual([]);
});

describe("on MiniStack", () => {
  const judge = judgeBy(ministackExampleExcuses);
  /** It keeps no tags of dashboards, so that after an apply they look like somebody else's. */
  const able = stacks.filter((directory) => directory !== "observability");
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startMiniStackAndMoto(["example.com"]);
  });
  afterAll(() => emulator.stop());

  it.each(able)("%s plans and applies", async (directory) => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const aws = { region: REGION, endpoint: emulator.url, credentials };
    const own = await BEFORE[directory]?.(aws);
    const left = await withBoundary(directory, aws, () =>
      play(directory, aws, (endpoint) => CALLS[directory]?.({ endpoint, aws }), own),
    );
    expect(judge.unexcused(left)).toEqual([]);
  });

  it("no excuse of it is left that none of them needs", () => {
    expect(judge.unneeded()).toEqual([]);
  });
});
