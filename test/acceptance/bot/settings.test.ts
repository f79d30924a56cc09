/** An invalid `.github/gatewright.yml`: the pull request gets the file and line, and the last valid rules stay in force. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { proxyStack } from "../world.ts";
import { closedGatesIn, codesIn, isMarked, rowsIn } from "../reading.ts";
import { type BotWorld, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

const FILE = ".github/gatewright.yml";
const STRICT = "stages:\n  dev:\n    gates: [permission, approved, plan-current]\n    apply: before-merge\n";

/** The gates of the stage `dev`, as `/help` lists them. */
const gatesOfDev = (body: string): string =>
  rowsIn(body)
    .find(([stage]) => stage === "dev")
    ?.at(-1) ?? "";

test.each([
  ["broken YAML", "stages:\n  dev: [\n", "SETTINGS_SYNTAX", 3],
  ["an unknown rule", "stages:\n  dev:\n    apply: whenever\n", "SETTINGS_INVALID", 3],
  ["an unknown key", "stages:\n  dev:\n    gates: []\n    approvals: 2\n", "SETTINGS_INVALID", 4],
])("%s: reported with file and line; the old rules stay in force", async (_what, broken, code, line) => {
  const { repository, open, reviewed, apis, name } = world.scenario({ settings: STRICT });
  const first = open({ "README.md": "x" }, { branch: "first" });
  expect(gatesOfDev((await world.ask(first, "/help")).body)).toBe("permission, approved, plan-current");
  world.ben.push(repository, "main", { [FILE]: broken });
  const help = await world.ask(first, "/help");
  expect(codesIn(help.body)).toEqual([code]);
  expect(help.body).toMatch(new RegExp(`gatewright\\\\?\\.yml:${line}`));
  expect(gatesOfDev(help.body)).toBe("permission, approved, plan-current");

  // The old rules, not the defaults (which require an up-to-date branch) and not the broken file (no approval).
  const { pull, planId } = await reviewed({ branch: "topic" });
  world.ben.push(repository, "main", { "README.md": "moved on" });
  const applied = await world.ask(pull, `/apply ${planId}`);
  expect(applied.reaction).toBe("rocket");
  const notice = applied.bodies.find((body) => codesIn(body).includes(code));
  expect(notice).toContain("@ana");
  expect(notice).toContain(`\`/apply ${planId}\``);
  expect(notice).not.toContain("\n\n\n");
  expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
});

test("an alias bomb is a mistake in the file, not a failure of the bot", async () => {
  const levels = Array.from(
    { length: 9 },
    (_, level) =>
      `- &l${level} [${Array.from({ length: 9 }, () => (level === 0 ? "x" : `*l${level - 1}`))}]\n`,
  );
  const { open } = world.scenario({ settings: levels.join("") });
  const pull = open({ "README.md": "x" });
  expect(codesIn((await world.ask(pull, "/plan")).body)).toEqual(["SETTINGS_SYNTAX"]);
});

test("a file that was never valid: reported for commands and merges, and nothing is applied", async () => {
  const { open, apis, name } = world.scenario({ settings: "stages: 7\n" });
  const pull = open({ "resources.js": proxyStack({ api: name }) });
  const planned = await world.ask(pull, "/plan");
  expect(planned.reaction).toBe("confused");
  expect(codesIn(planned.body)).toEqual(["SETTINGS_INVALID"]);
  world.ana.merge(pull);
  const told = await world.told(pull, "the notice of the merge", (body) => isMarked(body, "settings"));
  expect(codesIn(told)).toEqual(["SETTINGS_INVALID"]);
  expect(told).toContain(":1");
  expect(apis()).toEqual([]);
});

test("the pull request's own version of the settings does not count", async () => {
  const { open, apis, name } = world.scenario({ settings: STRICT });
  const pull = open({
    "resources.js": proxyStack({ api: name }),
    [FILE]: "stages:\n  dev:\n    gates: [permission]\n",
  });
  await world.ask(pull, "/plan");
  const refused = await world.ask(pull, "/apply");
  expect(refused.reaction).toBe("confused");
  expect(closedGatesIn(refused.body)).toEqual(["approved"]);
  expect(apis()).toEqual([]);
});

test("the rules stay in force when GitHub does not find the file for a moment", async () => {
  const { repository, open } = world.scenario({ settings: STRICT });
  const pull = open({ "README.md": "x" });
  expect(gatesOfDev((await world.ask(pull, "/help")).body)).toBe("permission, approved, plan-current");
  world.github.faults.add({ on: "repos/get-content", status: 404 });
  expect(gatesOfDev((await world.ask(pull, "/help")).body)).toBe("permission, approved, plan-current");
  // After the file is really deleted, the defaults apply.
  world.ben.push(repository, "main", { [FILE]: null });
  expect(gatesOfDev((await world.ask(pull, "/help")).body)).toContain("up-to-date");
});
