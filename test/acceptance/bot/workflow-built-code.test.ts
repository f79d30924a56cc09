/** Built code with the bot inside a workflow: nobody wakes it when a build ends, so its job is one of the build's own workflow. */
import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { actionEnvironment } from "../../fakes/github/action/environment.ts";
import { type ActionRun, runAction } from "../../fakes/github/action/run.ts";
import type { Repository } from "../../fakes/github/state/types.ts";
import { program } from "../process.ts";
import { closedGatesIn, codesIn, stateOf } from "../reading.ts";
import { artifactStack, startWorld, type World } from "../world.ts";

const SETTINGS = `code: { workflow: build.yml, sources: [functions] }
stages:
  dev:
    apply: on-merge
    gates: [permission, plan-current]
`;
const artifacts = { orders: { "handler.mjs": "export const handler = async () => 1;\n" } };

let world: World;
beforeAll(async () => {
  world = await startWorld({
    "package.json": '{ "name": "shop" }',
    ".github/gatewright.yml": SETTINGS,
    ".github/workflows/build.yml": "on: push\n",
  });
  world.repository.collaborators.set("ana", "write");
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

/** The job of a push, or of a comment, as a job of this workflow run. */
async function job(
  subject: Parameters<typeof actionEnvironment>[1],
  options: object,
  run = 1,
): Promise<ActionRun> {
  const environment = actionEnvironment(world.github, subject, {
    ...options,
    env: { ...world.awsEnv, HOME: "/nonexistent", GITHUB_RUN_ID: String(run) },
  });
  const ended = await runAction(program("bot-workflow"), environment);
  rmSync(environment.directory, { recursive: true, force: true });
  return ended;
}

const main = ({ refs }: Repository): string => refs.get("refs/heads/main") ?? "";

test("a command finds the finished build of the head, a merge that of its own workflow run", async () => {
  const { github, repository, aws } = world;
  const ana = github.person("ana");
  const pull = world.pullRequest({ "resources.js": artifactStack(), "functions/orders.ts": "code" });
  const last = (): string => pull.comments.at(-1)?.body ?? "";
  const command = (text: string) => job(pull, { event: "issue_comment", comment: ana.comment(pull, text) });

  expect((await command("/plan")).exitCode).toBe(1);
  expect(codesIn(last())).toEqual(["CODE_NOT_BUILT"]);
  await command("/apply");
  expect(closedGatesIn(last())).toEqual(["plan-current", "built"]);
  github.workflowRun(repository, {
    workflow: "build.yml",
    sha: pull.pull.head.sha,
    artifacts,
    conclusion: "success",
  });
  expect((await command("/plan")).exitCode).toBe(0);

  github.person("olga").push(repository, "main", { "functions/other.ts": "more" });
  ana.merge(pull, "squash");
  const sha = main(repository);
  const run = github.workflowRun(repository, { workflow: "build.yml", sha, event: "push", artifacts });
  const early = await job(repository, { event: "push" });
  expect([early.exitCode, aws.state.functions.size]).toEqual([1, 0]);
  const own = await job(repository, { event: "push" }, run.id);
  expect(own.exitCode, own.log).toBe(0);
  expect(aws.state.functions.has("orders")).toBe(true);
  expect(pull.comments.some(({ body }) => stateOf(body) === "done")).toBe(true);
});
