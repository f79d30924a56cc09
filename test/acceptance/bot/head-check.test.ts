/** The check `gatewright` of a pull request's head, with the bot as a process. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Repository } from "../../fakes/github/state/types.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

/** The checks named `gatewright` of a commit. */
function checksOf({ suites }: Repository, sha: string): readonly string[] {
  return suites
    .filter((suite) => suite.sha === sha)
    .flatMap(({ runs }) => runs)
    .filter(({ name }) => name === "gatewright")
    .map(({ status, conclusion }) => conclusion ?? status);
}

async function becomes(repository: Repository, sha: string, wanted: string): Promise<void> {
  await world.github.until(`the check ${wanted}`, () => checksOf(repository, sha).join() === wanted, 40_000);
}

describe("the check `gatewright`", () => {
  test("is green at once when the pull request changes no stack", async () => {
    const { open, repository, name } = world.scenario({
      files: { "resources.js": proxyStack({ api: "NAME" }) },
    });
    const pull = open({ "README.md": `about ${name}` });
    await becomes(repository, pull.pull.head.sha, "success");
  });

  test("is green where Gatewright is not used at all", async () => {
    const { open, repository } = world.scenario();
    const pull = open({ "src/index.ts": "export {};\n" });
    await becomes(repository, pull.pull.head.sha, "success");
  });

  test("waits for the plan, is one per head, and starts anew with a push", async () => {
    const { open, repository, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    const first = pull.pull.head.sha;
    await becomes(repository, first, "in_progress");
    await world.ask(pull, "/plan");
    await becomes(repository, first, "success");
    world.ana.push(repository, "topic", {
      "resources.js": "exports.createResources = () => [{ type: 1 }];\n",
    });
    const second = pull.pull.head.sha;
    await becomes(repository, second, "in_progress");
    await world.ask(pull, "/plan");
    await becomes(repository, second, "failure");
    expect(checksOf(repository, first)).toEqual(["success"]);
  });

  test("is red with the line when the settings are not valid", async () => {
    const { open, repository } = world.scenario({ settings: "stages: [dev]\n" });
    const pull = open({ "README.md": "x" });
    await becomes(repository, pull.pull.head.sha, "failure");
  });
});

test("sixty errors of a spec are sixty annotations of the plan's check, each on its line", async () => {
  const { open, repository } = world.scenario();
  const lines = Array.from(
    { length: 60 },
    (_, index) =>
      `  { type: "Api", group: "ApiGatewayV2", properties: () => ({ Name: "a${index}", ProtocolType: "FTP" }) },`,
  );
  const pull = open({ "resources.js": `exports.createResources = () => [\n${lines.join("\n")}\n];\n` });
  await world.ask(pull, "/plan");
  const check = repository.suites
    .flatMap(({ runs }) => runs)
    .find(({ name }) => name === "gatewright plan dev");
  await world.github.until("the annotations", () => check?.annotations.length === 60, 40_000);
  expect(check?.annotations.map(({ startLine }) => startLine)).toEqual(lines.map((_, index) => index + 2));
});
