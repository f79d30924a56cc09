/** Which comment shows a plan when several jobs plan the same pull request. */
import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { actionEnvironment } from "../fakes/github/action/environment.ts";
import { runAction } from "../fakes/github/action/run.ts";
import type { PullRequest } from "../fakes/github/state/types.ts";
import { planIdIn } from "./reading.ts";
import { program } from "./process.ts";
import { PACKAGE, proxyStack, startWorld, type World } from "./world.ts";

const base = { "package.json": PACKAGE, "resources.js": proxyStack() };
const changed = { "resources.js": proxyStack({ target: "https://changed.example/" }) };

let world: World | undefined;
afterEach(() => world?.close());

async function start(): Promise<World> {
  world = await startWorld(base);
  return world;
}

function plansOn(pull: PullRequest): readonly string[] {
  return pull.comments.map(({ body }) => body).filter((body) => body.startsWith("<!-- gatewright:plan"));
}

describe("a matrix", () => {
  it.each([
    ["regions", { "aws-region": "eu-west-2" }, { "aws-region": "us-east-1" }],
    ["spec files", { spec: "resources.js" }, { spec: "second.js" }],
    ["project names", { "project-name": "one" }, { "project-name": "two" }],
  ])("over %s has one comment each, edited by its own job", async (_what, one, two) => {
    const here = await start();
    const pull = here.pullRequest({ ...changed, "second.js": proxyStack({ api: "second" }) });
    for (const inputs of [one, two]) await here.act(pull, { inputs });
    const first = plansOn(pull);
    expect(first).toHaveLength(2);
    expect(new Set(first.map((body) => planIdIn(body))).size).toBe(2);
    for (const inputs of [two, one]) await here.act(pull, { inputs });
    expect(plansOn(pull).map((body) => planIdIn(body))).toEqual(first.map((body) => planIdIn(body)));
  });
});

describe("two first runs at once", () => {
  it("leave one comment", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    // Each has looked for a comment before the other has posted its own.
    here.github.faults.add({ on: "issues/create-comment", delayMs: 1500 });
    here.github.faults.add({ on: "issues/create-comment", delayMs: 1500 });
    await Promise.all([here.act(pull), here.act(pull)]);
    expect(plansOn(pull)).toHaveLength(1);
  });
});

describe("an old job that is run again", () => {
  it("does not replace the plan of the same head with a newer commit of the base branch", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    const old = actionEnvironment(here.github, pull, { checkout: true, env: here.awsEnv });
    here.github.person("ben").push(here.repository, "main", { "README.md": "newer" });
    await here.act(pull);
    const shown = plansOn(pull);
    const again = await runAction(program("main"), old);
    rmSync(old.directory, { recursive: true, force: true });
    expect(plansOn(pull)).toEqual(shown);
    expect(again.exitCode).toBe(0);
    expect(again.annotations).toContainEqual(
      expect.objectContaining({ level: "notice", title: "COMMENT_OVERTAKEN" }),
    );
  });

  it("replaces a plan with the same commit of the base branch", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    await here.act(pull);
    const [first] = pull.comments;
    await here.act(pull);
    expect(plansOn(pull)).toHaveLength(1);
    expect(first?.updatedAt.getTime()).toBeGreaterThan(first?.createdAt.getTime() ?? 0);
  });
});
