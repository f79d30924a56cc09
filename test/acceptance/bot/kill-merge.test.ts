/**
 * The bot is ended by SIGKILL within merges, a `/destroy` and an apply that holds its stack. Started again on the same folder
 * it comes to the end that an undisturbed one comes to.
 */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { closedGatesIn, isMarked, planIdIn, stateOf } from "../reading.ts";
import { proxyStack, stackPerStage } from "../world.ts";
import { expectNothingOpen } from "./kill-database.ts";
import type { Point } from "./kill-gate.ts";
import { killed } from "./kill-play.ts";
import { type KillWorld, nameOfPoint, startKillWorld, type Story } from "./kill-world.ts";
import { ownComments } from "./world.ts";

const PATIENCE_MS = 60_000;

let kill: KillWorld;
const again = (): Promise<unknown> => kill.world.start(kill.env);
beforeAll(async () => {
  kill = await startKillWorld();
  await again();
});
afterAll(() => kill?.close());

const after = (write: string): Point => ({ write, nth: 1, when: "after" });
const before = (write: string): Point => ({ write, nth: 1, when: "before" });

const results = (pull: PullRequest): readonly (string | undefined)[] =>
  ownComments(pull)
    .filter(({ body }) => isMarked(body, "apply"))
    .map(({ body }) => stateOf(body));

/** Ends the process once every story waits at its point. */
async function killAt(stories: readonly (Story & { readonly at: Point })[]): Promise<void> {
  for (const { name, at } of stories)
    await kill.world.github.until(
      `${name} comes to ${nameOfPoint(at)}`,
      () => kill.gate.holds(name),
      PATIENCE_MS,
    );
  await killed(kill, again)(kill.world.bot(), stories);
}

test("merges: each is applied once and told once, wherever the process died", async () => {
  const points = [
    after("github POST issues/comments"),
    before("aws CreateApi"),
    after("aws CreateRoute"),
    after("github POST deployments"),
  ];
  const stories = (await kill.applies(points.length)).map((story, index) => ({
    ...story,
    at: points[index] ?? before("aws CreateApi"),
  }));
  for (const { name, pull, at } of stories) {
    kill.gate.watch(name, at);
    kill.world.ana.merge(pull);
  }
  await killAt(stories);
  for (const { name, pull, scenario, at } of stories) {
    await kill.world.github.until(
      `the end of ${name}, killed ${nameOfPoint(at)}`,
      () =>
        results(pull).includes("done") &&
        scenario.repository.deployments[0]?.statuses.at(-1)?.state === "success",
      PATIENCE_MS,
    );
    expect(results(pull), nameOfPoint(at)).toEqual(["done"]);
    expect(scenario.apis(), nameOfPoint(at)).toHaveLength(1);
    expect(scenario.repository.deployments, nameOfPoint(at)).toHaveLength(1);
    // No issue about a merge that failed.
    expect(scenario.repository.issues.filter((issue) => issue.pull === undefined)).toEqual([]);
  }
}, 300_000);

test("an apply before the merge still holds its stack; /destroy deletes all of it, once", async () => {
  const { world } = kill;
  const [story] = await kill.applies(1);
  if (story === undefined) throw new Error("no story");
  const { scenario, name, pull } = story;
  const applying = after("aws CreateApi");
  await kill.ask(story, applying);
  await killAt([{ ...story, at: applying }]);
  await kill.over(story);
  expect(results(pull)).toEqual(["done"]);

  const other = scenario.open({ "resources.js": proxyStack({ api: name }) }, { branch: "other" });
  const otherId = planIdIn((await world.ask(other, "/plan")).body);
  world.ben.approve(other);
  expect(closedGatesIn((await world.ask(other, `/apply ${otherId}`)).body)).toEqual(["hold"]);

  const planId = planIdIn((await world.ask(pull, "/destroy")).body);
  const destroying: Story = { ...story, text: `/destroy ${planId}` };
  const deleting = after("aws DeleteApi");
  await kill.ask(destroying, deleting);
  await killAt([{ ...destroying, at: deleting }]);
  await kill.over(destroying);
  expect(destroying.asked?.reactions.map(({ content }) => content).sort()).toEqual(["eyes", "rocket"]);
  expect(scenario.apis()).toEqual([]);
  expect(results(pull)).toEqual(["done", "done"]);
}, 300_000);

const ON_MERGE = "apply: on-merge, gates: [permission, plan-current]";
const STAGES = `stages:\n  dev: {${ON_MERGE}}\n  prod: {${ON_MERGE}, needs: [dev]}\n`;

test("between two stages: the one that needs the other is applied, once, after it", async () => {
  const { world } = kill;
  const second = (write: string, when: Point["when"]): Point => ({ write, nth: 2, when });
  const points = [
    // dev is applied and told; prod is not announced, announced, half done.
    second("github POST deployments/statuses", "after"),
    second("github POST issues/comments", "after"),
    second("aws CreateApi", "after"),
  ];
  const stories = points.map((at) => {
    const scenario = world.scenario({ settings: STAGES });
    const { name } = scenario;
    const pull = scenario.open({ "resources.js": stackPerStage(name) });
    return { name, scenario, pull, text: "", asked: undefined, point: undefined, at };
  });
  for (const { name, pull, at } of stories) {
    kill.gate.watch(name, at);
    world.ana.merge(pull);
  }
  await killAt(stories);
  for (const { name, pull, at } of stories)
    await world.github.until(
      `both stages of ${name}, killed ${nameOfPoint(at)}`,
      () => results(pull).filter((state) => state === "done").length === 2,
      PATIENCE_MS,
    );
  for (const { name, pull, scenario, at } of stories) {
    expect(results(pull), nameOfPoint(at)).toEqual(["done", "done"]);
    expect(
      scenario.apis().map((api) => api.name),
      nameOfPoint(at),
    ).toEqual([`${name}-dev`, `${name}-prod`]);
    const environments = scenario.repository.deployments.map(({ environment }) => environment);
    expect(environments.toSorted(), nameOfPoint(at)).toEqual(["dev", "prod"]);
  }
}, 300_000);

test("while it catches up with merges that it missed: AWS ends at the newest, the other is told that it was overtaken", async () => {
  const { world } = kill;
  const { hooks } = world.github;
  const catchUp = (): Promise<unknown> => world.start({ ...kill.env, REDELIVERY_SECONDS: "1" });
  const scenario = world.scenario({ settings: `stages:\n  dev: {${ON_MERGE}}\n` });
  const { name } = scenario;
  const at = after("aws CreateApi");
  hooks.setLost(true);
  const [first, second] = [1, 2].map((version) => {
    const files = { "resources.js": proxyStack({ api: name, description: `version ${version}` }) };
    const pull = scenario.open(files, { branch: `topic-${version}` });
    world.ana.merge(pull);
    return pull;
  });
  if (first === undefined || second === undefined) throw new Error("no pull requests");
  await world.quiet();
  hooks.setLost(false);
  await world.bot().stop();
  kill.gate.watch(name, at);
  await catchUp();
  await world.github.until(`${name} comes to ${nameOfPoint(at)}`, () => kill.gate.holds(name), PATIENCE_MS);
  const story = { name, scenario, pull: second, text: "", asked: undefined, point: at };
  await killed(kill, catchUp)(world.bot(), [story]);
  await world.github.until(
    "the results of both",
    () => results(second).includes("done") && results(first).includes("overtaken"),
    PATIENCE_MS,
  );
  expect([results(first), results(second)]).toEqual([["overtaken"], ["done"]]);
  const [only, ...others] = [...world.aws.state.apis.values()].filter(({ api }) => api.Name === name);
  expect([only?.api.Description, others]).toEqual(["version 2", []]);
  expect(scenario.repository.deployments).toHaveLength(1);
}, 300_000);

test("in the end no run is open, no stack is locked, no result is untold", async () => {
  expect(await kill.world.bot().stop()).toBe(0);
  await expectNothingOpen({ folder: join(kill.world.folder, "data") });
});
