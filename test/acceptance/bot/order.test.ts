/** A stack never goes back: whatever order pushes arrive in, AWS ends at the newest commit. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { codesIn, isMarked, planIdIn, stateOf } from "../reading.ts";
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

const ON_MERGE = "stages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n";

/** A stack whose API says which version of it AWS has. */
const stack = (name: string, version: number): string =>
  proxyStack({ api: name, description: `version ${version}` });

/** What AWS has of the scenario's API. */
const recordOf = ({ name }: Scenario) =>
  [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
const versionOf = (scenario: Scenario): string | undefined => recordOf(scenario)?.api.Description;
const routesOf = (scenario: Scenario): readonly (string | undefined)[] =>
  [...(recordOf(scenario)?.routes.values() ?? [])].map(({ RouteKey }) => RouteKey);

function apiOf(scenario: Scenario): { Description?: string | undefined } {
  const record = recordOf(scenario);
  if (record === undefined) throw new Error("no API");
  return record.api;
}

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

  test("the branch moves between the start of a run and its first write: the run writes nothing", async () => {
    const scenario = world.scenario({ settings: ON_MERGE });
    const { open, name } = scenario;
    const older = open({ "resources.js": stack(name, 1) });
    // It has looked at the branch when it begins to read AWS.
    world.aws.resetCalls();
    world.aws.faults.inject({ kind: "delay", delayMs: 1500, operation: "GetApis" });
    world.ana.merge(older);
    await world.github.until(
      "the run has begun to read",
      () => world.aws.calls.some(({ operation }) => operation === "GetApis"),
      40_000,
    );
    world.ben.push(scenario.repository, "main", { "resources.js": stack(name, 2) });
    const body = await world.told(older, "that it was overtaken", applyIs("overtaken"));
    expect(body).toContain(head(scenario.repository).slice(0, 7));
    await world.github.until("version 2", () => versionOf(scenario) === "version 2", 40_000);
    expect(world.aws.calls.filter(({ operation }) => operation === "CreateApi")).toHaveLength(1);
    world.aws.faults.clear();
  });

  test("a merge does not count a review again whose apply was undone since", async () => {
    const scenario = world.scenario();
    const first = await scenario.reviewed({
      files: { "resources.js": stack(scenario.name, 1) },
      branch: "first",
    });
    world.ana.merge(first.pull);
    await world.told(first.pull, "the apply", applyIs("done"));
    const { pull, planId } = await scenario.reviewed({
      files: { "resources.js": stack(scenario.name, 2) },
      branch: "second",
    });
    expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
    // Somebody takes it back by hand: the plan that was reviewed is what a merge would do once more.
    apiOf(scenario).Description = "version 1";
    world.ana.merge(pull);
    await world.told(pull, "that nobody reviewed it", applyIs("stopped"));
    expect(versionOf(scenario)).toBe("version 1");
  });
});

describe("one push with several pull requests", () => {
  /** Merges them all in one push, as a merge queue does. */
  function mergeAtOnce(pulls: readonly PullRequest[]): void {
    world.github.hooks.pause();
    for (const pull of pulls) world.ana.merge(pull);
    world.github.hooks.resume((held) => {
      const pushes = held.filter(({ event }) => event === "push");
      const [oldest, newest] = [pushes[0], pushes.at(-1)];
      const first = oldest?.payload as { readonly before: string } | undefined;
      return held.flatMap((delivery) => {
        if (delivery.event !== "push") return [delivery];
        if (delivery !== newest) return [];
        const payload = delivery.payload as Record<string, string>;
        return [{ ...delivery, payload: { ...payload, before: first?.before ?? "" } }];
      });
    });
  }

  test("each one's stacks are applied by its own review, and each is answered", async () => {
    const scenario = world.scenario({ settings: "stages:\n  dev:\n    directories: ['stacks/*']\n" });
    const { name } = scenario;
    const files = (which: string, version: number) => ({
      [`stacks/${which}/package.json`]: `{"name":"${name}-${which}"}`,
      [`stacks/${which}/resources.js`]: stack(`${name}-${which}`, version),
    });
    const both = await scenario.reviewed({
      files: { ...files("one", 1), ...files("two", 1) },
      branch: "both",
    });
    world.ana.merge(both.pull);
    await world.told(both.pull, "the apply", applyIs("done"));
    const one = await scenario.reviewed({ files: files("one", 2), branch: "one" });
    const two = await scenario.reviewed({ files: files("two", 2), branch: "two" });
    mergeAtOnce([one.pull, two.pull]);
    for (const { pull } of [one, two]) await world.told(pull, "the apply", applyIs("done"));
    const versions = [...world.aws.state.apis.values()]
      .filter(({ api }) => api.Name?.startsWith(`${name}-`))
      .map(({ api }) => api.Description);
    expect(versions).toEqual(["version 2", "version 2"]);
  });

  test("is applied when each thing that it does was seen on one of them", async () => {
    const scenario = world.scenario();
    const { one, two } = await twoAfterFirst(scenario);
    mergeAtOnce([one, two]);
    for (const pull of [one, two]) await world.told(pull, "the apply", applyIs("done"));
    expect([versionOf(scenario), routesOf(scenario)]).toEqual(["version 2", ["GET /bye"]]);
  });

  test("waits, on both, when it does what nobody saw", async () => {
    const scenario = world.scenario();
    const { one, two } = await twoAfterFirst(scenario);
    apiOf(scenario).Description = "by hand";
    mergeAtOnce([one, two]);
    for (const pull of [one, two]) await world.told(pull, "that it waits", applyIs("stopped"));
    expect([versionOf(scenario), routesOf(scenario)]).toEqual(["by hand", ["GET /hello"]]);
  });
});

/** A stack that is applied, and two reviewed pull requests on it: of its description and of its route. */
async function twoAfterFirst(
  scenario: Scenario,
): Promise<{ readonly one: PullRequest; readonly two: PullRequest }> {
  const spec = stack(scenario.name, 1);
  const first = await scenario.reviewed({ files: { "resources.js": spec }, branch: "first" });
  world.ana.merge(first.pull);
  await world.told(first.pull, "the apply", applyIs("done"));
  const one = await scenario.reviewed({
    files: { "resources.js": spec.replace("version 1", "version 2") },
    branch: "one",
  });
  const two = await scenario.reviewed({
    files: { "resources.js": spec.replace("GET /hello", "GET /bye") },
    branch: "two",
  });
  return { one: one.pull, two: two.pull };
}

describe("a merge right after another one of the same stack", () => {
  test("is applied when it does what its reviewer saw, although the first has changed the stack meanwhile", async () => {
    const scenario = world.scenario();
    const { one, two } = await twoAfterFirst(scenario);
    world.ana.merge(one);
    await world.told(one, "the apply", applyIs("done"));
    expect(versionOf(scenario)).toBe("version 2");
    world.ana.merge(two);
    await world.told(two, "the apply", applyIs("done"));
    expect([versionOf(scenario), routesOf(scenario)]).toEqual(["version 2", ["GET /bye"]]);
  });

  test("is applied with the first, whose run it has overtaken, and by the gates of both", async () => {
    const scenario = world.scenario();
    const { one, two } = await twoAfterFirst(scenario);
    world.github.hooks.pause();
    world.ana.merge(one);
    world.ana.merge(two);
    world.github.hooks.resume();
    await world.told(two, "the apply", applyIs("done"));
    await world.told(one, "that it was overtaken", applyIs("overtaken"));
    expect([versionOf(scenario), routesOf(scenario)]).toEqual(["version 2", ["GET /bye"]]);
  });

  test("waits where the first, which it has overtaken, lost its approval", async () => {
    const scenario = world.scenario();
    const { one, two } = await twoAfterFirst(scenario);
    world.ben.requestChanges(one);
    world.github.hooks.pause();
    world.ana.merge(one);
    world.ana.merge(two);
    world.github.hooks.resume();
    await world.told(two, "that it waits", applyIs("stopped"));
    expect([versionOf(scenario), routesOf(scenario)]).toEqual(["version 1", ["GET /hello"]]);
  });

  test("is, after more than ten others, shown with the reason, and applied by its plan's id", async () => {
    const scenario = world.scenario();
    const { one, two } = await twoAfterFirst(scenario);
    world.github.hooks.pause();
    for (let merge = 1; merge <= 9; merge += 1) {
      const pull = scenario.open({ [`file-${merge}.js`]: "// more" }, { branch: `more-${merge}` });
      world.ben.approve(pull);
      world.ana.merge(pull);
    }
    world.ana.merge(two);
    world.ana.merge(one);
    world.github.hooks.resume();
    const waits = await world.told(one, "that it waits", applyIs("stopped"));
    expect(codesIn(waits)).toEqual(["PLAN_NOT_REVIEWED"]);
    expect(waits).toContain("11 pull requests");
    expect(versionOf(scenario)).toBe("version 1");
    const [, planId = ""] = /\/apply ([0-9a-f]{12})/.exec(waits) ?? [];
    // The plan of the branch is the one that the merge has shown.
    const shown = await world.ask(one, "/plan");
    expect(planIdIn(shown.body)).toBe(planId);
    expect(stateOf((await world.ask(one, `/apply ${planId}`)).body)).toBe("done");
    expect(versionOf(scenario)).toBe("version 2");
  });

  test("waits when AWS has another value now than its reviewer saw", async () => {
    const scenario = world.scenario();
    const { one, two } = await twoAfterFirst(scenario);
    world.ana.merge(two);
    await world.told(two, "the apply", applyIs("done"));
    apiOf(scenario).Description = "by hand";
    world.ana.merge(one);
    await world.told(one, "that it waits", applyIs("stopped"));
    expect([versionOf(scenario), routesOf(scenario)]).toEqual(["by hand", ["GET /bye"]]);
  });
});
