/** Where commands are read, with the bot as a process. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { codesIn, countsOf, isMarked, planIdIn, stateOf } from "../reading.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

describe("a review", () => {
  test("whose text is a command is answered in the conversation, once", async () => {
    const { open, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    world.ben.review(pull, "Let me see.\n\n/plan");
    const plan = await world.told(pull, "the plan", (body) => isMarked(body, "plan"));
    expect(countsOf(plan)).toEqual({ create: 3 });
    await world.quiet();
    expect(ownComments(pull)).toHaveLength(1);
  });

  test("that approves may apply in the same breath", async () => {
    const { open, name, apis } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    const planId = planIdIn((await world.ask(pull, "/plan")).body);
    world.ben.approve(pull, { body: `Good.\n/apply ${planId}` });
    await world.told(pull, "the apply", (body) => isMarked(body, "apply") && stateOf(body) === "done");
    expect(apis()).toHaveLength(1);
  });

  test("with a typo gets the suggestion", async () => {
    const pull = world.scenario().open({ "README.md": "x" });
    world.ben.review(pull, "/aply");
    const body = await world.told(pull, "the suggestion", (one) => one.includes("/aply"));
    expect(codesIn(body)).toEqual(["COMMAND_UNKNOWN"]);
  });
});

describe("a pull request that changes how it is deployed", () => {
  test.each([".github/gatewright.yml", ".github/workflows/build.yml"])(
    "is planned with a warning: %s",
    async (file) => {
      const { open, name } = world.scenario();
      const pull = open({ "resources.js": proxyStack({ api: name }), [file]: "{}\n" });
      const { body } = await world.ask(pull, "/plan");
      expect(body).toContain("[!WARNING]");
      expect(body).toContain(`\`${file}\``);
    },
  );
});
