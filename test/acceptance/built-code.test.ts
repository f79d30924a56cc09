/** Built code in the Action and in the terminal: the artifact of the head, or a folder of the same form, and one plan id. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { checkout } from "../fakes/github/action/checkout.ts";
import type { PullRequest } from "../fakes/github/state/types.ts";
import { runCli } from "./process.ts";
import { codesIn, planIdIn, stateOf } from "./reading.ts";
import { artifactStack, REGION, startWorld, type World, writes } from "./world.ts";

const SETTINGS = `code: { workflow: build.yml }
stages: { dev: { region: ${REGION} }, prod: { region: ${REGION}, attestation: required } }
`;
const CODE = { "handler.mjs": "export const handler = async () => 1;\n" };

let world: World;
beforeAll(async () => {
  world = await startWorld({
    "resources.js": artifactStack(),
    "package.json": '{ "name": "shop" }',
    ".github/gatewright.yml": SETTINGS,
  });
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

let made = 0;
function opened(): PullRequest {
  made += 1;
  return world.pullRequest({ "functions/orders.ts": `// ${made}` }, { branch: `topic-${made}` });
}

function built(pull: PullRequest, conclusion?: string) {
  return world.github.workflowRun(world.repository, {
    workflow: "build.yml",
    sha: pull.pull.head.sha,
    artifacts: { orders: CODE },
    ...(conclusion === undefined ? {} : { conclusion }),
  });
}

const commentOf = ({ comments }: PullRequest): string => comments.at(-1)?.body ?? "";

test("the Action plans the artifact of the head", async () => {
  const pull = opened();
  built(pull, "success");
  const run = await world.act(pull);
  expect(run.exitCode).toBe(0);
  expect(stateOf(commentOf(pull))).toBe("changes");
  expect(commentOf(pull)).toContain("run 1 of build.yml");
});

test("the Action's plan of a stage that wants attestations says what is missing", async () => {
  const pull = opened();
  built(pull, "success");
  const run = await world.act(pull, { inputs: { stage: "prod" } });
  expect([run.exitCode, codesIn(commentOf(pull))]).toEqual([1, ["CODE_NOT_ATTESTED"]]);
  expect(commentOf(pull)).toContain("actions/attest");
});

test("a job waits for the build with `needs`: its own run's artifact counts while it is under way, another's does not", async () => {
  const pull = opened();
  const run = built(pull);
  const early = await world.act(pull);
  expect([early.exitCode, codesIn(commentOf(pull))]).toEqual([1, ["CODE_NOT_BUILT"]]);
  const own = await world.act(pull, { env: { GITHUB_RUN_ID: String(run.id) } });
  expect([own.exitCode, stateOf(commentOf(pull))]).toEqual([0, "changes"]);
});

test("Action and terminal make one plan of one code, from the artifact and from a folder", async () => {
  const pull = opened();
  built(pull, "success");
  await world.act(pull);
  const remote = planIdIn(commentOf(pull));
  const folder = mkdtempSync(join(tmpdir(), "gatewright-built-"));
  try {
    checkout(world.repository, pull.pull.head.sha, folder);
    mkdirSync(join(folder, ".git"));
    mkdirSync(join(folder, "dist/orders"), { recursive: true });
    writeFileSync(join(folder, "dist/orders/handler.mjs"), CODE["handler.mjs"]);
    const env = { ...world.awsEnv, HOME: "/nonexistent" };
    const cli = (...args: readonly string[]) => runCli(args, { cwd: folder, env });
    const local = await cli(
      "plan",
      "--verbose",
      "--untracked",
      "--code",
      "dist",
      "--json",
      "plan.json",
      "--no-color",
    );
    expect(local.stdout).toContain(remote);
    expect(local.stdout).toContain("the folder dist/orders");
    const without = await cli("plan", "--untracked", "--no-color");
    expect([without.code, codesIn(without.stdout + without.stderr)]).toEqual([1, ["CODE_FOLDER_MISSING"]]);
    // The settings name the workflow: what is missing is the folder.
    expect(without.stdout + without.stderr).toContain("--code DIR");
    expect(without.stdout + without.stderr).not.toContain("gatewright.yml");
    const wrong = await cli("plan", "--untracked", "--code", "elsewhere", "--no-color");
    expect(codesIn(wrong.stdout + wrong.stderr)).toEqual(["DIRECTORY_NOT_FOUND"]);
    expect(writes(world)).toEqual([]);
    const applied = await cli(
      "apply",
      "--untracked",
      "--code",
      "dist",
      "--yes",
      "--plan-id",
      remote,
      "--no-color",
    );
    expect(applied.code).toBe(0);
    expect(world.aws.state.functions.has("orders")).toBe(true);
    const listed = await cli("destroy", "--untracked", "--yes", "--no-color");
    expect(listed.code).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("the Action plans a folder of its job", async () => {
  const pull = opened();
  const run = await world.act(pull, { inputs: { "code-folder": "functions" } });
  expect(codesIn(commentOf(pull))).toEqual(["CODE_FOLDER_MISSING"]);
  expect(run.exitCode).toBe(1);
  const wrong = await world.act(pull, { inputs: { "code-folder": "../x" } });
  expect(wrong.annotations.map(({ title }) => title)).toEqual(["INPUT_INVALID"]);
});
