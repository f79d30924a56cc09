/** What a command costs at GitHub: a pull request with many stacks must not use up the App's hourly 5,000 requests. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseMarker } from "../../../src/report/markdown/marker.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

const SETTINGS = 'stages: { dev: { directories: ["apis/*"], region: eu-west-2 } }';
/** A bot that is busy with something goes on with it within this time. */
const SILENCE_MS = 4_000;

function manyStacks(count: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (let number = 1; number <= count; number += 1) {
    files[`apis/a${number}/package.json`] = JSON.stringify({ name: `p-${count}-${number}` });
    files[`apis/a${number}/resources.js`] = proxyStack({ api: `api-${count}-${number}` });
  }
  return files;
}

const requests = (): number => world.github.requests.length;

describe.each([1, 40, 100])("/plan over %d stacks", (count) => {
  test("asks GitHub at most 60 times and 6 times per stack, and is silent after its answer", async () => {
    const pull = world.scenario({ settings: SETTINGS }).open(manyStacks(count));
    await world.quiet();
    const before = requests();
    const asked = world.ana.comment(pull, "/plan");
    await world.github.until(
      "the plans",
      () => asked.reactions.some(({ content }) => content === "rocket"),
      240_000,
    );
    const answered = requests();
    expect(answered - before).toBeLessThanOrEqual(60 + 6 * count);
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
    expect(requests()).toBe(answered);
  }, 300_000);
});

test("without a directory only the stacks that the pull request changes are planned, and then applied", async () => {
  const shop = world.scenario({ settings: SETTINGS, files: manyStacks(5) });
  const { pull } = await shop.reviewed({
    files: { "apis/a2/resources.js": proxyStack({ api: `api-5-2`, description: "changed" }) },
  });
  const [comment] = ownComments(pull);
  expect(parseMarker(comment?.body ?? "")?.stacks.map(({ directory }) => directory)).toEqual(["apis/a2"]);
  const applied = await world.ask(pull, "/apply");
  expect(applied.reaction).toBe("rocket");
  expect([...world.aws.state.apis.values()].map(({ api }) => api.Name)).toEqual(["api-5-2"]);

  const docs = shop.open({ "README.md": "only words" }, { branch: "docs" });
  expect((await world.ask(docs, "/plan")).body).toContain("STACKS_UNCHANGED");
  expect((await world.ask(docs, "/plan -d apis/a3")).reaction).toBe("rocket");
});
