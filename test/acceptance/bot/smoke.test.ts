/** The smoke test after an apply: calls to the stack's own endpoints, their result on GitHub, and what it keeps from happening. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { codesIn, closedGatesIn, isMarked, stateOf } from "../reading.ts";
import { stagedStack } from "../world.ts";
import { type BotWorld, ownComments, type Scenario, startBotWorld } from "./world.ts";

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
    gates: [permission, plan-current]
    smoke:
      GET /hello: {json: {$.message: hello}, timeout: 1}
      GET /gone: 404
  prod:
    gates: [permission, plan-current]
    region: us-east-1
    needs: [dev]
`;

async function planned(scenario: Scenario) {
  const pull = scenario.open({ "resources.js": stagedStack({ api: scenario.name }) });
  await world.ask(pull, "/plan -s dev");
  return pull;
}
const deployments = ({ repository }: Scenario): readonly unknown[] =>
  repository.deployments.map(({ environment, statuses }) => {
    const { state, description } = statuses.at(-1) ?? {};
    return [environment, state, description];
  });

describe("an apply with a smoke test", () => {
  test("calls the stack's endpoints, and says so in the comment and the deployment", async () => {
    world.aws.answers.set("GET /hello", { status: 200, body: '{"message":"hello"}' });
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = await planned(scenario);
    const answer = await world.ask(pull, "/apply -s dev");
    expect([answer.reaction, stateOf(answer.body)]).toEqual(["rocket", "done"]);
    expect(answer.body).toContain("`GET /hello` answered 200");
    expect(deployments(scenario)).toEqual([["dev", "success", "smoke test: 2 of 2 calls passed"]]);
  });

  test("fails when an endpoint does not answer as expected: what was applied stays, what needs it waits", async () => {
    world.aws.answers.set("GET /hello", { status: 302, headers: { location: "http://169.254.169.254/" } });
    const scenario = world.scenario({ settings: SETTINGS });
    const pull = await planned(scenario);
    const answer = await world.ask(pull, "/apply -s dev");
    expect([answer.reaction, stateOf(answer.body)]).toEqual(["confused", "failed"]);
    expect(answer.body).toContain("answered 302, not 200");
    expect(scenario.apis()).toHaveLength(1);
    expect(deployments(scenario)).toEqual([
      ["dev", "failure", "smoke test: 1 of 2 calls passed; GET /hello: answered 302, not 200"],
    ]);
    await world.ask(pull, "/plan -s prod");
    expect(closedGatesIn((await world.ask(pull, "/apply -s prod")).body)).toEqual(["needs"]);

    // Repaired outside of the spec: there is nothing left to apply, and the calls pass.
    world.aws.answers.set("GET /hello", { status: 200, body: '{"message":"hello"}' });
    const again = await world.ask(pull, "/apply -s dev");
    expect([again.reaction, stateOf(again.body)]).toEqual(["rocket", "nothing"]);
    expect(deployments(scenario)).toEqual([["dev", "success", "smoke test: 2 of 2 calls passed"]]);
    expect((await world.ask(pull, "/apply -s prod")).reaction).toBe("rocket");
  });

  test("after a merge opens the stage's issue, which the next apply that passes closes", async () => {
    const scenario = world.scenario({
      settings: SETTINGS.replace("dev:", "dev:\n    apply: on-merge").replace(
        "needs: [dev]",
        "apply: before-merge",
      ),
    });
    const pull = await planned(scenario);
    world.ana.merge(pull);
    const said = await world.told(pull, "the failed smoke test", (body) => stateOf(body) === "failed");
    expect(said).toContain("answered 404, not 200");
    await world.quiet();
    const issue = await world.github.until("the issue", () =>
      scenario.repository.issues.find((one) => isMarked(one.body, "failed-merge")),
    );
    expect(codesIn(issue.body ?? "")).toContain("SMOKE_FAILED");
    expect(ownComments(pull).length).toBeGreaterThan(0);
  });
});
