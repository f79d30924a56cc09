/** A plan says which files of a function differ from those that AWS runs, which AWS hands out for some minutes. */
import { describe, expect, it } from "vitest";
import { connectAws } from "../../src/aws/connect.ts";
import type { Download } from "../../src/engine/changed-code.ts";
import { applyStack } from "../../src/engine/apply-stack.ts";
import { planToShow } from "../../src/engine/plan-stack.ts";
import { archiveFolder } from "../../src/source/code-archive.ts";
import { createFakeAws } from "../fakes/aws/fake-aws.ts";
import { createFakeClock } from "../fakes/clock.ts";
import { failuresOf, memorySource } from "./harness.ts";

const files = (code: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  "package.json": '{"name": "shop"}',
  "resources.js": `exports.createResources = () => [
  { type: "Role", group: "IAM", properties: () => ({ RoleName: "orders", AssumeRolePolicyDocument: { Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] } }) },
  { type: "Function", group: "Lambda", properties: () => ({ FunctionName: "orders", Runtime: "nodejs22.x", Handler: "index.handler" }),
    dependencies: () => ({ role: "orders" }) },
];`,
  ...Object.fromEntries(Object.entries(code).map(([name, text]) => [`orders/${name}`, text])),
});
const FIRST = files({ "index.mjs": "export const handler = () => 1;\n", "lib.mjs": "a\nb\n" });
const SECOND = files({
  "index.mjs": "export const handler = () => 2;\n",
  "lib.mjs": "a\nb\n",
  "new.mjs": "",
});

const layer = (code: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  "package.json": '{"name": "shop"}',
  "resources.js": `exports.createResources = () => [
  { type: "Layer", group: "Lambda", properties: () => ({ LayerName: "tools", CompatibleRuntimes: ["nodejs22.x"] }) },
];`,
  ...Object.fromEntries(
    Object.entries(code).map(([name, text]) => [`tools/nodejs/node_modules/log/${name}`, text]),
  ),
});

async function bench({
  first = FIRST,
  names,
}: {
  first?: Readonly<Record<string, string>>;
  names?: string;
} = {}) {
  const clock = createFakeClock();
  const fake = createFakeAws({ clock: clock.now });
  const { region, ...clientConfig } = fake.clientConfig();
  const connect = () => connectAws({ region, clientConfig, clock, budget: async () => {}, attempts: 1 });
  const stack = (spec: Readonly<Record<string, string>>) => ({
    source: memorySource(spec),
    directory: ".",
    stage: "dev",
    region,
    names,
  });
  const applied = await applyStack(stack(first), connect());
  expect(failuresOf(applied)).toEqual([]);
  const asked: string[] = [];
  const plan = async (spec: Readonly<Record<string, string>>, answer: () => Promise<Response>) => {
    const download: Download = (url) => {
      asked.push(url.hostname);
      return answer();
    };
    return planToShow(stack(spec), connect(), download);
  };
  const folder = first === FIRST ? "orders" : "tools";
  return { plan, asked, deployed: await archiveFolder(memorySource(first), folder) };
}

const changed = async (made: Awaited<ReturnType<typeof bench>>, answer: () => Promise<Response>) =>
  (await made.plan(SECOND, answer)).plan.changes.flatMap(({ codeFiles }) => codeFiles ?? []);

describe("the files of changed code", () => {
  it("are compared with what AWS runs, and are no part of the plan's id", async () => {
    const made = await bench();
    const answer = async () => new Response(Buffer.from(made.deployed.bytes));
    expect(await changed(made, answer)).toEqual([
      {
        changed: 2,
        of: 3,
        files: [
          { path: "index.mjs", change: "changed", added: 1, removed: 1 },
          { path: "new.mjs", change: "added" },
        ],
      },
    ]);
    expect(made.asked).toEqual(["awslambda-us-east-1-tasks.s3.us-east-1.amazonaws.com"]);
    const silent = await made.plan(SECOND, () => Promise.reject(new Error("not reached")));
    const told = await made.plan(SECOND, answer);
    expect(silent.plan.digest).toBe(told.plan.digest);
  });

  it("are told of a layer, which AWS hands out the same way", async () => {
    const made = await bench({ first: layer({ "index.js": "a\n", "more.js": "b\n" }) });
    const next = layer({ "index.js": "a\nc\n", "more.js": "b\n" });
    const { plan } = await made.plan(next, async () => new Response(Buffer.from(made.deployed.bytes)));
    const [change] = plan.changes;
    expect(change).toMatchObject({
      action: "replace",
      codeFiles: {
        changed: 1,
        of: 2,
        files: [{ path: "nodejs/node_modules/log/index.js", change: "changed", added: 1, removed: 0 }],
      },
    });
    expect(change?.codeSize?.before).toBe(made.deployed.bytes.length);
  });

  it.each([
    ["a function", FIRST, SECOND],
    ["a layer", layer({ "index.js": "a\n" }), layer({ "index.js": "b\n" })],
  ])("are told of %s in a stage with names of its own", async (_what, first, second) => {
    const made = await bench({ first, names: "{name}-{stage}" });
    const { plan } = await made.plan(second, async () => new Response(Buffer.from(made.deployed.bytes)));
    expect(plan.changes.flatMap(({ codeFiles }) => codeFiles ?? [])).toHaveLength(1);
    expect(made.asked).toHaveLength(1);
  });

  it("are not asked for where the code stays", async () => {
    const made = await bench();
    await made.plan(FIRST, async () => new Response(""));
    expect(made.asked).toEqual([]);
  });

  it.each<[string, () => Promise<Response>]>([
    ["AWS's storage is not reached", () => Promise.reject(new Error("ENOTFOUND"))],
    ["it refuses", async () => new Response("no", { status: 403 })],
    ["what it sends is no zip", async () => new Response("no zip")],
    ["it sends more than is looked into", async () => new Response(new Uint8Array(21 * 1024 * 1024))],
  ])("are not told when %s", async (_what, answer) => {
    expect(await changed(await bench(), answer)).toEqual([]);
  });
});
