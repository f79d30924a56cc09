/** What does not concern the bot gets no word from it, with the bot as a process. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Repository } from "../../fakes/github/state/types.ts";
import { proxyStack } from "../world.ts";
import { isMarked } from "../reading.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

/** Everything that the bot wrote into the repository. */
function saidIn({ issues, suites, deployments }: Repository): readonly unknown[] {
  return [
    ...issues.filter(({ author }) => author.login === "gatewright[bot]"),
    ...issues.flatMap(ownComments),
    // A pull request's head has its green check, for branch protection that is the same everywhere.
    ...suites.flatMap(({ runs }) =>
      runs.filter(({ name, conclusion }) => name !== "gatewright" || conclusion !== "success"),
    ),
    ...deployments,
  ];
}

/** The bot handles pushes in order: once it has applied a later one of another repository, it is done with these. */
async function handled(): Promise<void> {
  const { reviewed } = world.scenario();
  const { pull } = await reviewed();
  world.ana.merge(pull);
  await world.told(pull, "the apply", (body) => isMarked(body, "apply"));
}

describe("a repository with neither a spec nor settings", () => {
  test("gets no check, no comment, no issue and no deployment after a push or a merge", async () => {
    const { repository, open } = world.scenario();
    world.ana.push(repository, "main", { "README.md": "hello" });
    const pull = open({ "src/index.ts": "export {};\n" });
    world.ana.merge(pull);
    await handled();
    expect(saidIn(repository)).toEqual([]);
  });

  test("has none in a file of that name deeper down either", async () => {
    const { repository } = world.scenario();
    world.ana.push(repository, "main", { "web/resources.js": "window.x = 1;\n" });
    await handled();
    expect(saidIn(repository)).toEqual([]);
  });

  test("is answered when somebody asks", async () => {
    const pull = world.scenario().open({ "README.md": "x" });
    const { reaction, body } = await world.ask(pull, "/plan");
    expect(reaction).toBe("confused");
    expect(body).toContain("resources.js");
  });
});

test("a repository with settings and no spec is told after a push what is wrong", async () => {
  const { repository } = world.scenario({
    settings: "stages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n",
  });
  world.ana.push(repository, "main", { "README.md": "hello" });
  await world.github.until("an issue", () => repository.issues.length > 0, 40_000);
});

test("a repository with a spec and no settings is planned on its merge", async () => {
  const { repository, name } = world.scenario();
  world.ana.push(repository, "main", { "resources.js": proxyStack({ api: name }) });
  await world.github.until("an issue: the plan was not reviewed", () => repository.issues.length > 0, 40_000);
});
