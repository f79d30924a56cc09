/** A pull request that was applied and is not merged holds its stack: nobody undoes it without saying so. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { closedGatesIn, codesIn, factsIn, gatesIn, isMarked, planIdIn, stateOf } from "../reading.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, type Scenario, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

const ON_MERGE = "stages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n";

const stack = (name: string, description: string): string => proxyStack({ api: name, description });

const applied = ({ name }: Scenario): string | undefined =>
  [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;

/** A pull request that was applied to a stack which the default branch has in another form. */
async function held(settings?: string): Promise<{ readonly scenario: Scenario; readonly pull: PullRequest }> {
  const scenario = world.scenario(settings === undefined ? {} : { settings });
  const first = await scenario.reviewed({
    files: { "resources.js": stack(scenario.name, "main") },
    branch: "first",
  });
  world.ana.merge(first.pull);
  await world.told(
    first.pull,
    "the first apply",
    (body) => isMarked(body, "apply") && stateOf(body) === "done",
  );
  const { pull, planId } = await scenario.reviewed({
    files: { "resources.js": stack(scenario.name, "of the pull request") },
    branch: "held",
  });
  expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
  expect(applied(scenario)).toBe("of the pull request");
  return { scenario, pull };
}

const isApply =
  (state: string) =>
  (body: string): boolean =>
    isMarked(body, "apply") && stateOf(body) === state;

describe("a merge of somebody else", () => {
  test("waits, says so, and runs when the pull request is closed without a merge; the way back is offered", async () => {
    const { scenario, pull } = await held(ON_MERGE);
    const other = scenario.open({ "README.md": "unrelated" }, { branch: "readme" });
    world.ana.merge(other);
    const waits = await world.told(other, "that it waits", (body) => body.includes(`#${pull.number}`));
    expect(stateOf(waits)).toBe("queued");
    expect(applied(scenario)).toBe("of the pull request");
    const status = await world.ask(other, "/status");
    expect(factsIn(status.body, "status")).toMatchObject([
      { runs: expect.arrayContaining([expect.objectContaining({ state: "waiting" })]) },
    ]);

    world.ana.close(pull);
    const left = await world.told(pull, "what is left", (body) => isMarked(body, "left-behind"));
    expect(left).toContain("/plan -s dev");
    await world.told(other, "the apply", isApply("done"));
    expect(applied(scenario)).toBe("main");
  });

  test("is overtaken by the merge of the pull request itself", async () => {
    const { scenario, pull } = await held(ON_MERGE);
    const other = scenario.open({ "README.md": "unrelated" }, { branch: "readme" });
    world.ana.merge(other);
    await world.told(other, "that it waits", (body) => body.includes(`#${pull.number}`));
    world.ana.merge(pull);
    await world.told(other, "the end", isApply("overtaken"));
    await world.told(pull, "that nothing was left to do", isApply("nothing"));
    expect(applied(scenario)).toBe("of the pull request");
  });
});

test("closed without a merge: /plan there plans the branch, /apply with its id takes the stack back", async () => {
  const { scenario, pull } = await held();
  world.ana.close(pull);
  await world.told(pull, "what is left", (body) => isMarked(body, "left-behind"));
  expect(codesIn((await world.ask(pull, "/apply")).body)).toEqual(["PLAN_ID_NEEDED"]);
  const planId = planIdIn((await world.ask(pull, "/plan")).body);
  expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
  expect(applied(scenario)).toBe("main");
  // Nothing is left: the pull request is closed like any other.
  expect(codesIn((await world.ask(pull, "/plan")).body)).toEqual(["PULL_CLOSED"]);
});

describe("a command of somebody else", () => {
  test("can plan but not apply; /release ends the hold, by those who may apply", async () => {
    const { scenario, pull } = await held();
    const { pull: other, planId } = await scenario.reviewed({
      files: { "resources.js": stack(scenario.name, "of the other") },
      branch: "other",
    });
    // The plan says who holds the stack, and does not take what was applied for drift.
    const shown = ownComments(other).find(({ body }) => isMarked(body, "plan"))?.body ?? "";
    expect(codesIn(shown)).toContain("HELD");
    expect(codesIn(shown)).not.toContain("DRIFT");
    const refused = await world.ask(other, `/apply ${planId}`);
    expect(closedGatesIn(refused.body)).toEqual(["hold"]);
    expect(refused.body).toContain(`#${pull.number}`);
    expect(applied(scenario)).toBe("of the pull request");
    // Its own pull request may apply again.
    const own = await world.ask(pull, "/status");
    expect(gatesIn(own.body)).toMatchObject({ hold: true });

    const denied = await world.ask(other, "/release", world.rea);
    expect(codesIn(denied.body)).toEqual(["GATE_PERMISSION"]);
    const released = await world.ask(other, "/release");
    expect(factsIn(released.body, "holds")).toEqual([
      { directory: ".", stage: "dev", released: pull.number },
    ]);
    const done = await world.ask(other, `/apply ${planId}`);
    expect(stateOf(done.body)).toBe("done");
    expect(applied(scenario)).toBe("of the other");
  });

  test("a hold whose end nobody heard of ends when it is looked at", async () => {
    const { scenario, pull } = await held();
    world.github.hooks.setLost(true);
    world.ana.close(pull);
    await world.quiet();
    world.github.hooks.setLost(false);
    const { pull: other, planId } = await scenario.reviewed({
      files: { "resources.js": stack(scenario.name, "of the other") },
      branch: "other",
    });
    expect(stateOf((await world.ask(other, `/apply ${planId}`)).body)).toBe("done");
  });
});
