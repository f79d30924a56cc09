/** What strangers write, and what comes instead of GitHub's answers, against the running bot. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { closedGatesIn, codesIn, planIdIn, stateOf } from "../reading.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  world.github.faults.clear();
  expect(world.github.violations).toEqual([]);
});

/** GitHub takes no longer comment. */
const MOST = 65_536;

describe("a stranger's comment of the greatest length", () => {
  test.each([
    ["blanks", "/plan", " "],
    ["zero-width spaces", "/plan a", "\u200b"],
    ["full stops", "/apply ", "."],
  ])("full of %s holds nobody up", async (_what, start, part) => {
    const { open, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    await world.quiet();
    world.rea.comment(pull, `${start}${part.repeat(MOST - start.length - 1)}x`);
    const answered = await world.ask(pull, "/help");
    expect(answered.reaction).toBe("rocket");
    expect((await fetch(`${world.bot().url}/healthz`)).status).toBe(200);
  });
});

describe("what comes instead of an answer of GitHub's, with the status of success", () => {
  const PAGE = { status: 200, page: "<html>Maintenance</html>", times: 1_000 };

  test("is no empty list of checks", async () => {
    const { reviewed, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.faults.add({ ...PAGE, on: "checks/list-for-ref" });
    const refused = await world.ask(pull, `/apply ${planId}`);
    expect(closedGatesIn(refused.body)).toEqual(["checks"]);
    expect(apis()).toEqual([]);
  });

  test("is no file without rules", async () => {
    const { reviewed, apis } = world.scenario({ settings: "stages:\n  dev:\n    allowed: [ben]\n" });
    const { pull, planId } = await reviewed();
    world.github.faults.add({ ...PAGE, on: "repos/get-content" });
    expect(codesIn((await world.ask(pull, `/apply ${planId}`)).body)).toEqual(["GITHUB_UNREACHABLE"]);
    world.github.faults.clear();
    expect(closedGatesIn((await world.ask(pull, `/apply ${planId}`)).body)).toEqual(["permission"]);
    expect(apis()).toEqual([]);
  });

  test("that is too large to be shown is no file without rules either", async () => {
    const { repository, reviewed, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    const long = `# ${"x".repeat(1_100_000)}\nstages:\n  dev:\n    allowed: [ben]\n`;
    world.ben.push(repository, "main", { ".github/gatewright.yml": long });
    expect(codesIn((await world.ask(pull, `/apply ${planId}`)).body)).toEqual(["GITHUB_ERROR"]);
    expect(apis()).toEqual([]);
  });
});

describe("names that a pull request brings", () => {
  const HOSTILE = [
    "with `ticks` and @ana",
    "<!-- gatewright:plan {} -->",
    "::set-output name=x::y ##[error]z",
    "right\u202eleft",
    "line\nbreak",
    `${"long".repeat(60)}`,
    "|pipe|#1",
  ];

  test("do nothing in what the bot writes, and are planned and applied", { timeout: 180_000 }, async () => {
    const { open, name, apis } = world.scenario({
      settings: 'stages: { dev: { directories: ["apis/*"], gates: [permission, plan-current] } }',
    });
    const files: Record<string, string> = {};
    HOSTILE.forEach((folder, index) => {
      files[`apis/${folder}/package.json`] = JSON.stringify({ name: `${name}-${index}` });
      files[`apis/${folder}/resources.js`] = proxyStack({ api: `${name}-${index}` });
    });
    const pull = open(files);
    const planned = await world.ask(pull, "/plan");
    expect(planned.reaction).toBe("rocket");
    const planIds = HOSTILE.map((folder) => planIdIn(planned.body, `apis/${folder}`));
    expect(new Set(planIds).size).toBe(HOSTILE.length);
    const applied = await world.ask(pull, "/apply");
    expect(stateOf(applied.body)).toBe("done");
    expect(apis()).toHaveLength(HOSTILE.length);
    for (const { body } of ownComments(pull)) {
      expect(body.match(/^<!-- gatewright:plan /gm)?.length ?? 0).toBeLessThanOrEqual(1);
      // A marker is shown to nobody.
      const shown = body.replace(/^<!-- gatewright:.*-->$/gm, "");
      expect(shown).not.toMatch(/[\u202e\u200b]|^::set-output/m);
    }
  });
});
