/** One command for several stages: each behind its own gates, in the order of `needs`. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Issue } from "../../fakes/github/state/types.ts";
import { closedGatesIn, codesIn, isMarked, stateOf } from "../reading.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, type Scenario, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  world.aws.faults.clear();
  expect(world.github.violations).toEqual([]);
});

const settings = (ofProd = ""): string => `stages:
  dev:
    gates: [permission, plan-current]
  prod:
    gates: [permission, plan-current]
    needs: [dev]
    region: us-east-1
${ofProd}`;

async function planned({ open, name }: Scenario) {
  const pull = open({ "resources.js": proxyStack({ api: name }) });
  for (const stage of ["dev", "prod"]) await world.ask(pull, `/plan -s ${stage}`);
  return pull;
}

const environments = ({ repository }: Scenario): readonly (readonly [string, string | undefined])[] =>
  repository.deployments.map(({ environment, statuses }) => [environment, statuses.at(-1)?.state]);
const results = (pull: Issue): readonly (string | undefined)[] =>
  ownComments(pull)
    .filter(({ body }) => isMarked(body, "apply"))
    .map(({ body }) => stateOf(body));

describe("/apply -s prod -s dev", () => {
  test("applies dev, then prod, which needs it, and reacts when both are done", async () => {
    const scenario = world.scenario({ settings: settings() });
    const pull = await planned(scenario);
    const answer = await world.ask(pull, "/apply -s prod -s dev");
    expect(answer.reaction).toBe("rocket");
    expect(environments(scenario)).toEqual([
      ["dev", "success"],
      ["prod", "success"],
    ]);
    expect(results(pull)).toEqual(["done", "done"]);
  });

  test("ends at the first stage that fails, and says which were not reached", async () => {
    const scenario = world.scenario({ settings: settings() });
    const pull = await planned(scenario);
    world.aws.faults.inject({ kind: "denied", operation: "CreateIntegration", times: 99 });
    const answer = await world.ask(pull, "/apply -s dev -s prod");
    expect(answer.reaction).toBe("confused");
    const said = await world.told(pull, "what was not reached", (body) =>
      codesIn(body).includes("STAGE_NOT_REACHED"),
    );
    expect(said).toContain("prod");
    expect(environments(scenario)).toEqual([["dev", "failure"]]);
  });

  test("asks the gates of each stage: prod stays closed to who may apply to dev alone", async () => {
    const scenario = world.scenario({ settings: settings("    allowed: [ben]\n") });
    const pull = await planned(scenario);
    const answer = await world.ask(pull, "/apply -s dev -s prod");
    expect(answer.reaction).toBe("confused");
    const refused = ownComments(pull).find(({ body }) => closedGatesIn(body).length > 0)?.body ?? "";
    expect(closedGatesIn(refused)).toEqual(["permission"]);
    expect(environments(scenario)).toEqual([["dev", "success"]]);
  });

  test("goes no further when something was pushed meanwhile", async () => {
    const scenario = world.scenario({ settings: settings() });
    const pull = await planned(scenario);
    // The first write of dev: its run does not look at the head again after it.
    const pushed = world.github.until("the API", () => scenario.apis().length > 0, 40_000);
    const asked = world.ask(pull, "/apply -s dev -s prod");
    await pushed;
    world.ana.push(scenario.repository, "topic", { "README.md": "newer" });
    expect((await asked).reaction).toBe("confused");
    await world.told(pull, "that the head moved", (body) => codesIn(body).includes("HEAD_MOVED"));
    expect(environments(scenario)).toEqual([["dev", "success"]]);
  });

  test("an unknown stage is named before anything is applied", async () => {
    const scenario = world.scenario({ settings: settings() });
    const pull = await planned(scenario);
    expect(codesIn((await world.ask(pull, "/apply -s dev -s live")).body)).toEqual(["STAGE_UNKNOWN"]);
    expect(environments(scenario)).toEqual([]);
  });
});
