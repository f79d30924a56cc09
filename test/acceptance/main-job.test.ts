/**
 * The product's main job from end to end: the built Action and the bot as processes, a fake GitHub and a strict fake AWS over
 * HTTP, signed webhooks between them. It is one story; each part continues where the previous one ended.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFakeAws, type FakeAws } from "../fakes/aws/fake-aws.ts";
import { actionEnvironment } from "../fakes/github/action/environment.ts";
import { type ActionRun, runAction } from "../fakes/github/action/run.ts";
import { createFakeGitHub, type FakeGitHub } from "../fakes/github/fake-github.ts";
import type { Person } from "../fakes/github/person.ts";
import type { Comment, PullRequest, Repository } from "../fakes/github/state/types.ts";
import { freePort } from "../free-port.ts";
import { APP, appEnvironment, type BotProcess, startBot } from "./bot-process.ts";
import { program } from "./process.ts";
import {
  closedGatesIn,
  codesIn,
  countsOf,
  gatesIn,
  outputsIn,
  planIdIn,
  rowsIn,
  stateOf,
} from "./reading.ts";
import { awsEnvironment, REGION } from "./world.ts";

const PATIENCE_MS = 60_000;
const BOT = "gatewright[bot]";
const SECRET = "the webhook secret of this test";
const EXAMPLE = new URL("../../examples/http-lambda/", import.meta.url);
const example = (name: string): string => readFileSync(new URL(name, EXAMPLE), "utf8");
const SPEC = example("resources.js");

const aws: FakeAws = createFakeAws({
  region: REGION,
  clock: Date.now,
  consistency: { functionActive: 1, functionUpdate: 1, roleAssumable: 1 },
});
const github: FakeGitHub = createFakeGitHub();
const folder = mkdtempSync(join(tmpdir(), "main-job-"));
let awsEnv: Readonly<Record<string, string>>;
let closeAws: () => Promise<void>;
let repository: Repository;
let ana: Person;
let ben: Person;
let bot: BotProcess;

beforeAll(async () => {
  await github.listen();
  const server = await aws.listen();
  closeAws = () => server.close();
  awsEnv = awsEnvironment(server.url);
  repository = github.repository("acme/shop", {
    files: { "README.md": "# shop\n", ".github/gatewright.yml": `stages:\n  dev:\n    region: ${REGION}\n` },
    collaborators: { ana: "write", ben: "write" },
  });
  [ana, ben] = [github.person("ana"), github.person("ben")];
  const port = await freePort();
  const webhookUrl = `http://127.0.0.1:${port}/api/github/webhooks`;
  const app = github.app({ ...APP, webhookUrl, webhookSecret: SECRET });
  github.install(app, "acme");
  const env = { ...appEnvironment(github, app, port), ...awsEnv, DATA_DIRECTORY: join(folder, "data") };
  bot = await startBot({ port, env });
});
afterAll(async () => {
  await bot?.stop();
  await Promise.all([github.close(), closeAws()]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => aws.resetCalls());
afterEach(() => expect(github.violations).toEqual([]));

const writes = (): readonly string[] =>
  aws.calls.filter(({ write }) => write).map(({ operation }) => operation);
const ofBot = (pull: PullRequest): readonly Comment[] =>
  pull.comments.filter(({ author }) => author.login === BOT);

function open(head: string, files: Readonly<Record<string, string>>): PullRequest {
  ana.push(repository, head, files);
  return ana.openPullRequest(repository, { head, title: head });
}

/** Runs a pull request's workflow: starts its check, runs the Action, completes the check. */
async function act(pull: PullRequest): Promise<ActionRun> {
  const check = github.check(repository, pull.pull.head.sha, "plan");
  const environment = actionEnvironment(github, pull, { checkout: true, env: { ...awsEnv, HOME: folder } });
  const run = await runAction(program("main"), environment);
  rmSync(environment.directory, { recursive: true, force: true });
  github.completeCheck(repository, check, run.exitCode === 0 ? "success" : "failure");
  expect(run.stderr).toBe("");
  expect(run.exitCode).toBe(0);
  return run;
}

/** Sends a command and returns the bot's final reaction and comment. */
async function command(pull: PullRequest, text: string): Promise<{ reactions: string[]; body: string }> {
  const before = ofBot(pull).length;
  const asked = ana.comment(pull, text);
  await github.until(
    `the end of ${text}`,
    () => asked.reactions.some(({ content }) => content !== "eyes"),
    PATIENCE_MS,
  );
  const comments = ofBot(pull).slice(before);
  expect(comments).toHaveLength(1);
  return { reactions: asked.reactions.map(({ content }) => content), body: comments[0]?.body ?? "" };
}

/** Merges, and returns the bot's comment on the merged pull request once its runs have ended. */
async function merge(pull: PullRequest): Promise<string> {
  const before = ofBot(pull).length;
  ana.merge(pull);
  const ended = (): Comment | undefined =>
    ofBot(pull)
      .slice(before)
      .find(({ body }) => !["queued", "running"].includes(stateOf(body) ?? "queued"));
  const { body } = await github.until("the end of the merge's run", ended, PATIENCE_MS);
  await github.until("its check run", () => checkOfBot(repository.refs.get("refs/heads/main")), PATIENCE_MS);
  return body;
}

function checkOfBot(sha: string | undefined): string | undefined {
  const runs = repository.suites
    .filter((suite) => suite.sha === sha && suite.app.slug === APP.slug)
    .flatMap((suite) => suite.runs);
  return runs.at(-1)?.conclusion ?? undefined;
}

describe("a pull request with a new API", () => {
  let pull: PullRequest;
  let planId: string;

  it("gets its plan as a comment, and nothing is written to AWS", async () => {
    pull = open("hello", {
      "package.json": example("package.json"),
      "resources.js": SPEC,
      "my-function/my-function.js": example("my-function/my-function.js"),
    });
    const run = await act(pull);
    expect(run.outputs).toMatchObject({ create: "9", update: "0", replace: "0", delete: "0" });
    planId = run.outputs["plan-id"] ?? "";
    expect(pull.comments).toHaveLength(1);
    const [comment] = pull.comments;
    expect(stateOf(comment?.body ?? "")).toBe("changes");
    expect(countsOf(comment?.body ?? "")).toEqual({ create: 9 });
    expect(planIdIn(comment?.body ?? "")).toBe(planId);
    expect(comment?.body).toContain(`/apply ${planId}`);
    expect(comment?.body).toContain("*integration of my-api*");
    expect(writes()).toEqual([]);
  });

  it("is refused before it is approved: the refusal lists every gate, and nothing is written", async () => {
    const { reactions, body } = await command(pull, `/apply ${planId}`);
    expect(reactions).toEqual(["eyes", "confused"]);
    expect(stateOf(body)).toBe("refused");
    expect(Object.keys(gatesIn(body))).toEqual([
      "permission",
      "approved",
      "checks",
      "up-to-date",
      "unlocked",
      "plan-current",
    ]);
    expect(closedGatesIn(body)).toEqual(["approved"]);
    expect(aws.calls).toEqual([]);
    expect(repository.deployments).toEqual([]);
  });

  it("is applied once approved, with ids, endpoint, deployment and check", async () => {
    ben.approve(pull);
    const { reactions, body } = await command(pull, `/apply ${planId}`);
    expect(reactions).toEqual(["eyes", "rocket"]);
    expect(stateOf(body)).toBe("done");
    expect(countsOf(body)).toEqual({ create: 9 });
    const apis = [...aws.state.apis.values()];
    expect(apis).toHaveLength(1);
    const [api] = apis;
    const id = String(api?.api.ApiId);
    const endpoint = `https://${id}.execute-api.${REGION}.amazonaws.com`;
    const [integration] = [...(api?.integrations.keys() ?? [])];
    const outputs = outputsIn(body);
    expect(outputs.get("ApiId my-api")).toBe(id);
    expect(outputs.get("IntegrationId my-function")).toBe(integration);
    expect(outputs.get("Endpoint")).toBe(endpoint);
    expect(rowsIn(body).filter(([result = ""]) => result.includes("\u00a0"))).toHaveLength(9);
    expect(
      rowsIn(body).filter((cells) => cells.some((cell) => cell.includes(`\`${endpoint}/hello\``))),
    ).toHaveLength(1);
    expect([...(api?.routes.values() ?? [])].map((route) => route.RouteKey).sort()).toEqual([
      "GET /hello",
      "GET /hello/{name}",
    ]);
    const [deployment, ...others] = repository.deployments;
    expect(others).toEqual([]);
    expect(deployment).toMatchObject({ environment: "dev", sha: pull.pull.head.sha });
    expect(deployment?.statuses.at(-1)).toMatchObject({ state: "success", environmentUrl: endpoint });
    expect(checkOfBot(pull.pull.head.sha)).toBe("success");
    const creates = writes().filter((operation) => operation.startsWith("Create"));
    expect([...creates].sort()).toEqual(
      [
        "CreateApi",
        "CreateIntegration",
        "CreateRoute",
        "CreateRoute",
        "CreateStage",
        // Refused once, because the role could not be assumed yet.
        "CreateFunction",
        "CreateFunction",
        "CreateRole",
        "CreatePolicy",
      ].sort(),
    );
  });

  it("shows no changes when planned again, in the same comment", async () => {
    const run = await act(pull);
    expect(run.outputs["has-changes"]).toBe("false");
    const ofAction = pull.comments.filter(({ author }) => author.login === "github-actions[bot]");
    expect(ofAction.map(({ body }) => stateOf(body))).toEqual(["unchanged"]);
  });

  it("has nothing left to apply after the merge, and gets no second deployment", async () => {
    expect(stateOf(await merge(pull))).toBe("nothing");
    expect(writes()).toEqual([]);
    expect(repository.deployments).toHaveLength(1);
  });
});

describe("a pull request that changes a property", () => {
  const files = { "resources.js": SPEC.replace("MemorySize: 128", "MemorySize: 256") };

  it("is applied by the merge, which changes only that property", async () => {
    const pull = open("memory", files);
    expect((await act(pull)).outputs).toMatchObject({ create: "0", update: "1", delete: "0" });
    expect(pull.comments[0]?.body).toContain("- MemorySize: 128\n+ MemorySize: 256");
    ben.approve(pull);
    const body = await merge(pull);
    expect(stateOf(body)).toBe("done");
    expect(countsOf(body)).toEqual({ update: 1 });
    expect(writes()).toEqual(["UpdateFunctionConfiguration"]);
    // Written after the comment, because people wait for the comment.
    const status = () => repository.deployments[1]?.statuses.at(-1)?.state;
    expect(await github.until("its deployment", status, PATIENCE_MS)).toBe("success");
  });
});

describe("a pull request that removes a route", () => {
  const files = {
    "resources.js": SPEC.replace("MemorySize: 128", "MemorySize: 256").replace(
      / {2}\{\n {4}type: "Route",\n.*\n.*hello\/\{name\}.*\n.*\n {2}\},\n/,
      "",
    ),
  };

  it("gets a warning, is refused after AWS changed, and is applied after another review", async () => {
    const pull = open("no-names", files);
    const first = await act(pull);
    expect(first.outputs).toMatchObject({ create: "0", update: "0", delete: "1" });
    expect(pull.comments[0]?.body).toContain("> [!CAUTION]");
    ben.approve(pull);

    // Somebody changes the function in the console.
    const fn = aws.state.functions.get("my-function");
    if (fn !== undefined) fn.config.MemorySize = 1024;
    const stale = await command(pull, `/apply ${first.outputs["plan-id"]}`);
    expect(stale.reactions).toEqual(["eyes", "confused"]);
    expect(stateOf(stale.body)).toBe("stopped");
    expect(codesIn(stale.body)).toEqual(["PLAN_STALE"]);
    expect(writes()).toEqual([]);

    const second = await act(pull);
    expect(second.outputs).toMatchObject({ create: "0", update: "1", delete: "1" });
    const applied = await command(pull, `/apply ${second.outputs["plan-id"]}`);
    expect(stateOf(applied.body)).toBe("done");
    expect(countsOf(applied.body)).toEqual({ update: 1, delete: 1 });
    expect([...writes()].sort()).toEqual(["DeleteRoute", "UpdateFunctionConfiguration"]);
    expect(stateOf(await merge(pull))).toBe("nothing");
  });
});

describe("the bot", () => {
  it("exits cleanly, and logged no secrets and no errors", async () => {
    expect(await bot.stop()).toBe(0);
    const log = bot.log();
    for (const secret of [SECRET, "secret-access-key", "PRIVATE KEY", "ghs_"])
      expect(log).not.toContain(secret);
    const lines = log.trim().split("\n");
    expect(lines.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
  });
});
