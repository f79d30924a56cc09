/** One commit has one plan id: the Action, the terminal and the bot evaluate the same spec with the settings of its stage. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { checkout } from "../../fakes/github/action/checkout.ts";
import { actionEnvironment } from "../../fakes/github/action/environment.ts";
import { runAction } from "../../fakes/github/action/run.ts";
import type { PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { program, runCli } from "../process.ts";
import { codesIn, countsOf, planIdIn } from "../reading.ts";
import { awsEnvironment, proxyStack, REGION } from "../world.ts";
import { type BotWorld, startBotWorld } from "./world.ts";

const ACCOUNT = "111122223333";
let world: BotWorld;
let close: (() => Promise<void>) | undefined;
let awsEnv: Readonly<Record<string, string>>;
beforeAll(async () => {
  world = await startBotWorld({ aws: { account: ACCOUNT } });
  const server = await world.aws.listen();
  close = () => server.close();
  // Credentials whose own region is another one: the settings decide.
  awsEnv = { ...awsEnvironment(server.url), AWS_REGION: "us-east-1" };
});
afterAll(async () => {
  await close?.();
  await world?.close();
});
afterEach(() => expect(world.github.violations).toEqual([]));

const SPEC = `exports.createResources = () => [
  { type: "Api", group: "ApiGatewayV2", properties: ({ config }) => ({
      Name: process.env.API_NAME,
      ProtocolType: "HTTP",
      Description: [config.stage, config.region, config.projectName, process.env.STAGE, config.accountId()].join(" "),
  }) },
];
`;

const settings = (api: string, more = ""): string => `
projectName: ${api}-shop
spec: infra.js
stages:
  dev:
    region: ${REGION}
    account: "${ACCOUNT}"
    env: { API_NAME: ${api} }
  prod:
    region: ${REGION}
    env: { API_NAME: ${api} }
    names: "{name}-{stage}"
${more}`;

/** By the built Action on the pull request. */
async function inAction(pull: PullRequest, env: Readonly<Record<string, string>> = {}) {
  const environment = actionEnvironment(world.github, pull, { checkout: true, env: { ...awsEnv, ...env } });
  try {
    return await runAction(program("main"), environment);
  } finally {
    rmSync(environment.directory, { recursive: true, force: true });
  }
}

/** By the built terminal program in a working copy of the pull request's head. */
async function inTerminal(repository: Repository, pull: PullRequest, args: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "gatewright-copy-"));
  try {
    checkout(repository, pull.pull.head.sha, folder);
    mkdirSync(join(folder, ".git"));
    const ended = await runCli(["plan", "--json", "-", "--untracked", ...args], { cwd: folder, env: awsEnv });
    return { ...ended, id: ended.stdout === "" ? "" : String(JSON.parse(ended.stdout).id) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("Action, terminal and bot give one commit one id, in each stage, before and after an apply", async () => {
  const { repository, open } = world.scenario({ settings: settings("one-api") });
  const pull = open({ "infra.js": SPEC });
  const ids = async (stage: string): Promise<readonly string[]> => {
    const bot = planIdIn((await world.ask(pull, `/plan -s ${stage}`)).body);
    const action = await inAction(pull, { INPUT_STAGE: stage });
    expect(action.exitCode).toBe(0);
    return [bot, action.outputs["plan-id"] ?? "", (await inTerminal(repository, pull, ["-s", stage])).id];
  };
  const dev = await ids("dev");
  expect(dev[0]).toMatch(/^[0-9a-f]{12}$/);
  expect(new Set(dev).size).toBe(1);
  const prod = await ids("prod");
  expect(new Set(prod).size).toBe(1);
  expect(prod[0]).not.toBe(dev[0]);

  world.ben.approve(pull);
  expect((await world.ask(pull, `/apply ${dev[0]} -s dev`)).reaction).toBe("rocket");
  expect([...world.aws.state.apis.values()].map(({ api }) => api.Name)).toContain("one-api");
  const after = await ids("dev");
  expect(new Set(after).size).toBe(1);
  expect(after[0]).not.toBe(dev[0]);
}, 120_000);

test("Action and bot give a stack whose spec is gone one id, with the same caution", async () => {
  const { open, name } = world.scenario({
    settings: `stages:\n  dev:\n    region: ${REGION}\n    directories: ['stacks/*']\n`,
  });
  const made = open({
    "stacks/one/package.json": `{"name":"${name}-one"}`,
    "stacks/one/resources.js": proxyStack({ api: `${name}-one` }),
    "stacks/two/package.json": `{"name":"${name}-two"}`,
    "stacks/two/resources.js": proxyStack({ api: `${name}-two` }),
  });
  await world.ask(made, "/plan");
  world.ben.approve(made);
  expect((await world.ask(made, "/apply")).reaction).toBe("rocket");
  world.ana.merge(made);
  await world.quiet();
  const pull = open(
    { "stacks/one/package.json": null, "stacks/one/resources.js": null },
    { branch: "without" },
  );
  const bot = (await world.ask(pull, "/plan")).body;
  expect(countsOf(bot)).toEqual({ delete: 3 });
  const before = new Set(pull.comments);
  const action = await inAction(pull, { INPUT_DIRECTORY: "stacks/*" });
  expect(action.exitCode, action.log).toBe(0);
  expect(action.outputs["plan-id"]).toContain(`stacks/one=${planIdIn(bot, "stacks/one")}`);
  const shown = pull.comments.find((comment) => !before.has(comment))?.body ?? "";
  for (const body of [bot, shown]) expect(body).toMatch(/CAUTION[^#]*`stacks\/one` is gone/);
}, 120_000);

test("the pull request's own settings do not count for the Action", async () => {
  const { open } = world.scenario({ settings: settings("kept-api") });
  const pull = open({ "infra.js": SPEC, ".github/gatewright.yml": settings("other-api") });
  const bot = planIdIn((await world.ask(pull, "/plan -s dev")).body);
  const action = await inAction(pull);
  expect(action.outputs["plan-id"]).toBe(bot);
  expect(action.summary).toContain("kept-api");
});

test("an input or option that says something else than the settings is refused", async () => {
  const { repository, open } = world.scenario({ settings: settings("said-api") });
  const pull = open({ "infra.js": SPEC });
  const action = await inAction(pull, { "INPUT_AWS-REGION": "us-east-1" });
  expect(action.exitCode).toBe(1);
  expect(action.annotations.map(({ title }) => title)).toEqual(["SETTINGS_CONTRADICTED"]);
  const terminal = await inTerminal(repository, pull, ["--region", "us-east-1"]);
  expect([terminal.code, codesIn(terminal.stderr)]).toEqual([1, ["SETTINGS_CONTRADICTED"]]);
});

test("a broken file on the default branch is an annotation at its line", async () => {
  const { open } = world.scenario({ settings: "stages:\n  dev:\n    aply: on-merge\n" });
  const pull = open({ "infra.js": SPEC });
  const action = await inAction(pull);
  expect(action.exitCode).toBe(1);
  expect(action.annotations).toMatchObject([
    { title: "SETTINGS_INVALID", file: ".github/gatewright.yml", line: 3 },
  ]);
});
