/**
 * A merge waits for its build, and the bot is ended by SIGKILL once it has the artifact and AWS does not have it yet, or has it and could not
 * say so; or while the artifact's bytes arrive. GitHub tells of the build again before and after: the code is uploaded once, with the bytes
 * that were built.
 */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PullRequest, WorkflowRun } from "../../fakes/github/state/types.ts";
import { codesIn, isMarked, stateOf } from "../reading.ts";
import { artifactStack } from "../world.ts";
import { deployedCode } from "./deployed-code.ts";
import { expectNothingOpen } from "./kill-database.ts";
import type { Point } from "./kill-gate.ts";
import { killed } from "./kill-play.ts";
import { type KillWorld, nameOfPoint, startKillWorld, type Story } from "./kill-world.ts";
import { ownComments } from "./world.ts";

const PATIENCE_MS = 60_000;
const SETTINGS = `code: { workflow: build.yml, sources: [functions] }
stages:
  dev:
    apply: on-merge
    gates: [permission, plan-current]
`;
const CODE = { "handler.mjs": "export const handler = async () => 1;\n" };
const POINTS: readonly Point[] = [
  // The news has come, and nothing was queued yet.
  { write: "github POST issues/comments", nth: 1, when: "before" },
  { write: "aws CreateFunction", nth: 1, when: "before" },
  // The first is refused: Lambda cannot assume a new role at once.
  { write: "aws CreateFunction", nth: 2, when: "after" },
];

let kill: KillWorld;
const again = (): Promise<unknown> => kill.world.start(kill.env);
beforeAll(async () => {
  kill = await startKillWorld();
  await again();
});
afterAll(() => kill?.close());

interface BuiltStory extends Story {
  readonly at: Point;
  readonly build: WorkflowRun;
}

/** A merge whose build is under way. */
function merged(at: Point): BuiltStory {
  const { github, ana } = kill.world;
  const scenario = kill.world.scenario({
    settings: SETTINGS,
    files: { ".github/workflows/build.yml": "on: push\n" },
  });
  const { name, repository } = scenario;
  const pull = scenario.open({ "resources.js": artifactStack(name), "functions/orders.ts": "code" });
  ana.merge(pull);
  const sha = repository.refs.get("refs/heads/main") ?? "";
  const build = github.workflowRun(repository, { workflow: "build.yml", sha, event: "push" });
  return { name, scenario, pull, text: "", asked: undefined, point: at, at, build };
}

const results = (pull: PullRequest): readonly (string | undefined)[] =>
  ownComments(pull)
    .filter(({ body }) => isMarked(body, "apply"))
    .map(({ body }) => stateOf(body));

/** GitHub sends the news of every build once more. */
async function tellAgain(stories: readonly BuiltStory[]): Promise<void> {
  const { github } = kill.world;
  const names = new Set(stories.map(({ name }) => name));
  const news = github.hooks.deliveries.filter(
    ({ event, action, repository, redelivery }) =>
      event === "workflow_run" && action === "completed" && !redelivery && names.has(repository?.name ?? ""),
  );
  expect(news).toHaveLength(stories.length);
  for (const delivery of news) github.hooks.redeliver(delivery);
  await kill.world.quiet();
}

/** One apply, one function, one upload, of the bytes that were built; nobody is told of a failure. */
function expectOnce({ name, scenario, pull }: BuiltStory, where: string): void {
  const { aws } = kill.world;
  expect(results(pull), where).toEqual(["stopped", "done"]);
  const uploads = aws.calls.filter(
    ({ operation, input, error }) =>
      /^(Create|Update)Function/.test(operation) &&
      error === undefined &&
      JSON.stringify(input).includes(`"${name}"`),
  );
  expect(
    uploads.map(({ operation }) => operation),
    where,
  ).toEqual(["CreateFunction"]);
  expect(deployedCode(aws, name), where).toEqual(CODE);
  expect(scenario.repository.issues.filter((issue) => issue.pull === undefined)).toEqual([]);
}

test("the code of a build is uploaded once, whenever the process died and however often the news comes", async () => {
  const { github } = kill.world;
  const until = (what: string, check: () => boolean): Promise<unknown> =>
    github.until(what, check, PATIENCE_MS);
  const stories = POINTS.map(merged);
  for (const { name, pull } of stories)
    await until(`${name} waits for its build`, () => results(pull).includes("stopped"));
  await kill.world.quiet();
  for (const { name, scenario, build, at, pull } of stories) {
    expect(ownComments(pull).flatMap(({ body }) => codesIn(body))).toContain("CODE_NOT_BUILT");
    kill.gate.watch(name, at);
    github.upload(build, "orders", CODE);
    github.endWorkflowRun(scenario.repository, build, "success");
  }
  for (const { name, at } of stories)
    await until(`${name} comes to ${nameOfPoint(at)}`, () => kill.gate.holds(name));
  await tellAgain(stories);
  await killed(kill, again)(kill.world.bot(), stories);
  await tellAgain(stories);
  for (const { name, pull, at } of stories)
    await until(`the end of ${name}, killed ${nameOfPoint(at)}`, () => results(pull).includes("done"));
  expect(await kill.world.bot().stop()).toBe(0);
  for (const story of stories) expectOnce(story, nameOfPoint(story.at));
  await expectNothingOpen({ folder: join(kill.world.folder, "data") });
}, 300_000);

test("a process that dies while the bytes arrive has taken none of them: the next one gets them all, and uploads them once", async () => {
  const { github } = kill.world;
  await again();
  const story = merged({ write: "", nth: 1, when: "before" });
  const { name, scenario, build, pull } = story;
  const until = (what: string, check: () => boolean): Promise<unknown> =>
    github.until(what, check, PATIENCE_MS);
  await until(`${name} waits for its build`, () => results(pull).includes("stopped"));
  await kill.world.quiet();
  github.upload(build, "orders", CODE);
  const [artifact] = build.artifacts;
  const { id = 0, zip = Buffer.alloc(0) } = artifact ?? {};
  github.faults.add({ on: /artifact-storage/, hang: true, bytes: Math.floor(zip.length / 2) });
  const half = (): boolean =>
    github.requests.some(({ path, status }) => path === `/artifact-storage/${id}` && status === 200);
  github.endWorkflowRun(scenario.repository, build, "success");
  await until("half of the artifact", half);
  await tellAgain([story]);
  await killed(kill, again)(kill.world.bot(), [story]);
  await tellAgain([story]);
  await until(`the end of ${name}`, () => results(pull).includes("done"));
  expect(await kill.world.bot().stop()).toBe(0);
  expectOnce(story, "killed within the download");
  await expectNothingOpen({ folder: join(kill.world.folder, "data") });
}, 300_000);
