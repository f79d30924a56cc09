/** `/rollback`: back to the last commit that was deployed well, and what waits until somebody says that it may go on. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { closedGatesIn, codesIn, isMarked, planIdIn, stateOf } from "../reading.ts";
import { stagedStack } from "../world.ts";
import { type BotWorld, type Scenario, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  world.aws.answers.clear();
  expect(world.github.violations).toEqual([]);
});

const SETTINGS = `stages:
  dev:
    apply: on-merge
    gates: [permission, plan-current]
    smoke: {GET /hello: {timeout: 1}}
`;
const files = ({ name }: Scenario, description: string) => ({
  "resources.js": stagedStack({ api: name, description }),
});
const inAws = ({ name }: Scenario): string | undefined =>
  [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;
const good = (): unknown => world.aws.answers.set("GET /hello", { status: 200 });
const bad = (): unknown => world.aws.answers.set("GET /hello", { status: 500 });

/** Merges a change, and waits until its apply has come to this. */
async function merged(scenario: Scenario, description: string, state: string): Promise<PullRequest> {
  const pull = scenario.open(files(scenario, description), { branch: description.replaceAll(" ", "-") });
  world.ana.merge(pull);
  await world.told(
    pull,
    `the apply of ${description}`,
    (body) => isMarked(body, "apply") && stateOf(body) === state,
  );
  await world.quiet();
  return pull;
}

/** Two merges were good, the third one is not. */
async function outage(): Promise<{ readonly scenario: Scenario; readonly pull: PullRequest }> {
  const scenario = world.scenario({ settings: SETTINGS });
  good();
  await merged(scenario, "first", "done");
  await merged(scenario, "second", "done");
  bad();
  const pull = await merged(scenario, "broken", "failed");
  return { scenario, pull };
}

async function goneBack(scenario: Scenario, pull: PullRequest): Promise<string> {
  const planned = await world.ask(pull, "/rollback");
  expect([planned.reaction, stateOf(planned.body)]).toEqual(["rocket", "changes"]);
  good();
  const answer = await world.ask(pull, `/rollback ${planIdIn(planned.body)} -s dev`);
  expect([answer.reaction, stateOf(answer.body)]).toEqual(["rocket", "done"]);
  return inAws(scenario) ?? "";
}

describe("/rollback", () => {
  test("plans the last good commit, and by the plan's id goes back to it; a second one goes further", async () => {
    const { scenario, pull } = await outage();
    expect(inAws(scenario)).toBe("broken");
    expect(await goneBack(scenario, pull)).toBe("second");
    expect(scenario.repository.deployments.at(-1)?.statuses.at(-1)?.state).toBe("success");
    expect(await goneBack(scenario, pull)).toBe("first");
    const none = await world.ask(pull, "/rollback");
    expect([none.reaction, codesIn(none.body)]).toEqual(["confused", ["ROLLBACK_NOTHING"]]);
  });

  test("holds the stack: merges wait until /release, also that of the pull request it was sent on", async () => {
    const { scenario, pull } = await outage();
    await goneBack(scenario, pull);
    const fix = scenario.open(files(scenario, "fixed"), { branch: "fix" });
    const planned = await world.ask(fix, "/plan");
    const refused = await world.ask(fix, `/apply ${planIdIn(planned.body)}`);
    expect(closedGatesIn(refused.body)).toEqual(["hold"]);
    world.ana.merge(fix);
    const waits = await world.told(
      fix,
      "that it waits",
      (body) => body.includes("/release") && stateOf(body) === "queued",
    );
    expect(waits).toContain(`#${pull.number}`);
    expect(inAws(scenario)).toBe("second");
    expect((await world.ask(fix, "/release")).reaction).toBe("rocket");
    await world.told(fix, "its apply", (body) => isMarked(body, "apply") && stateOf(body) === "done");
    expect(inAws(scenario)).toBe("fixed");
  });

  test("is only for the plan that was shown, and for those who may apply", async () => {
    const { scenario, pull } = await outage();
    const unseen = await world.ask(pull, "/rollback 0123456789ab");
    expect(closedGatesIn(unseen.body)).toEqual(["plan-current"]);
    expect((await world.ask(pull, "/rollback", world.rea)).reaction).toBe("confused");
    const planned = await world.ask(pull, "/rollback");
    const other = await world.ask(pull, "/rollback 0123456789ab");
    expect(closedGatesIn(other.body)).toEqual(["plan-current"]);
    // Something else was deployed since: the plan is not what it was.
    good();
    await merged(scenario, "newer", "done");
    const stale = await world.ask(pull, `/rollback ${planIdIn(planned.body)}`);
    expect([stale.reaction, inAws(scenario)]).toEqual(["confused", "newer"]);
  });

  test("on a pull request that was applied before its merge takes back what that applied", async () => {
    const scenario = world.scenario({ settings: SETTINGS });
    good();
    await merged(scenario, "first", "done");
    const pull = scenario.open(files(scenario, "tried"), { branch: "tried" });
    await world.ask(pull, "/plan");
    bad();
    expect((await world.ask(pull, "/apply")).reaction).toBe("confused");
    expect(await goneBack(scenario, pull)).toBe("first");
    // It holds the stack as it did: its next commit may be applied.
    world.ana.push(scenario.repository, "tried", files(scenario, "tried again"));
    await world.ask(pull, "/plan");
    expect((await world.ask(pull, "/apply")).reaction).toBe("rocket");
    expect(inAws(scenario)).toBe("tried again");
  });
});
