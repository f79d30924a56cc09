/** A stack never goes back: whatever order pushes arrive in, AWS ends at the newest commit. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { isMarked, stateOf } from "../reading.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, type Scenario, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  world.github.hooks.setLost(false);
  expect(world.github.violations).toEqual([]);
});

const ON_MERGE = "stages:\n  dev:\n    apply: on-merge\n";

/** A stack whose API says which version of it AWS has. */
const stack = (name: string, version: number): string =>
  proxyStack({ api: name, description: `version ${version}` });

/** What AWS has of the scenario's API. */
const versionOf = ({ name }: Scenario): string | undefined =>
  [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;

/** Opens and merges three pull requests, versions 1 to 3 of the stack. */
function mergeThree({ open, name }: Scenario): readonly PullRequest[] {
  return [1, 2, 3].map((version) => {
    const pull = open({ "resources.js": stack(name, version) }, { branch: `topic-${version}` });
    world.ana.merge(pull);
    return pull;
  });
}

const applyIs =
  (...states: readonly string[]) =>
  (body: string): boolean =>
    isMarked(body, "apply") && states.includes(stateOf(body) ?? "");

const head = ({ refs }: Repository): string => refs.get("refs/heads/main") ?? "";

describe("the newest commit wins", () => {
  test("three merges while the bot is down: it catches up and AWS ends at the last; the others are told that they were overtaken", async () => {
    const scenario = world.scenario({ settings: ON_MERGE });
    world.github.hooks.setLost(true);
    const pulls = mergeThree(scenario);
    await world.quiet();
    world.github.hooks.setLost(false);
    await world.bot().stop();
    await world.start({ REDELIVERY_SECONDS: "1" });
    const [first, second, third] = pulls;
    if (first === undefined || second === undefined || third === undefined) throw new Error("no pulls");
    await world.told(third, "the apply", applyIs("done"));
    for (const pull of [first, second]) {
      const body = await world.told(pull, "that it was overtaken", applyIs("overtaken"));
      expect(body).toContain(head(scenario.repository).slice(0, 7));
    }
    expect(versionOf(scenario)).toBe("version 3");
    // No failure: no issue, and no check that is red.
    expect(scenario.repository.issues.filter(({ pull }) => pull === undefined)).toEqual([]);
    const conclusions = scenario.repository.suites
      .flatMap(({ runs }) => runs)
      .filter(({ name }) => name.startsWith("gatewright apply"))
      .map(({ conclusion }) => conclusion);
    expect(conclusions.filter((one) => one !== "success" && one !== "neutral")).toEqual([]);
    await world.bot().stop();
    await world.start();
  });

  test("two pushes delivered in reverse: AWS ends at the newer one", async () => {
    const scenario = world.scenario({ settings: ON_MERGE });
    world.github.hooks.pause();
    const pulls = mergeThree(scenario);
    world.github.hooks.resume((held) => held.toReversed());
    const [first, second, third] = pulls;
    if (first === undefined || second === undefined || third === undefined) throw new Error("no pulls");
    await world.told(third, "the apply", applyIs("done"));
    for (const pull of [first, second]) await world.told(pull, "the end", applyIs("overtaken"));
    expect(versionOf(scenario)).toBe("version 3");
  });
});
