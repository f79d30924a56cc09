/** `/apply` when the pull request is not what it was: nothing is written, and the answer says why. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  world.aws.faults.clear();
  expect(world.github.violations).toEqual([]);
});

/** Calls of this scenario that wrote something. */
function reads(operation: string, since: number): boolean {
  return world.aws.calls.slice(since).some((call) => call.operation === operation);
}

test("an old plan id, and no id after a push, are refused by the gates", async () => {
  const { reviewed, repository, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  world.ana.push(repository, "topic", { "resources.js": proxyStack({ api: name, description: "more" }) });
  const old = await world.ask(pull, `/apply ${planId}`);
  expect(old.reaction).toBe("confused");
  expect(old.body).toContain(`plan \`${planId}\` is of`);
  expect(old.body).toMatch(/`@ben` approved `?[0-9a-f]{7}`?, the head is/);
  expect((await world.ask(pull, "/apply")).reaction).toBe("confused");
  expect((await world.ask(pull, "/apply 0123456789ab")).reaction).toBe("confused");
  expect(apis()).toEqual([]);
});

test("AWS changed since the plan: the id is not the plan's any more", async () => {
  const { reviewed, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  await world.ask(pull, `/apply ${planId}`);
  const second = await reviewed({
    branch: "second",
    files: { "resources.js": proxyStack({ api: name, description: "new" }) },
  });
  const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
  if (record?.api !== undefined) record.api.Description = "by hand";
  const stale = await world.ask(second.pull, `/apply ${second.planId}`);
  expect(stale.body).toContain("PLAN_STALE");
  expect(stale.reaction).toBe("confused");
  expect(record?.api.Description).toBe("by hand");
  expect(apis()).toHaveLength(1);
});

test("a push while the plan is computed: nothing is written", async () => {
  const { reviewed, repository, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  const since = world.aws.calls.length;
  world.aws.faults.inject({ kind: "delay", delayMs: 1500, operation: "GetApis" });
  const asked = world.ana.comment(pull, `/apply ${planId}`);
  await world.github.until("the apply reads AWS", () => reads("GetApis", since), 40_000);
  world.ana.push(repository, "topic", { "resources.js": proxyStack({ api: name, description: "pushed" }) });
  const { reaction } = await world.answered(pull, asked);
  expect(reaction).toBe("confused");
  const told = await world.told(pull, /HEAD_MOVED/);
  expect(told).toContain("was pushed after the command");
  expect(apis()).toEqual([]);
});

test("an approval taken back, or a request for changes, while the plan is computed: nothing is written", async () => {
  const { reviewed, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  const since = world.aws.calls.length;
  world.aws.faults.inject({ kind: "delay", delayMs: 1500, operation: "GetApis" });
  const asked = world.ana.comment(pull, `/apply ${planId}`);
  await world.github.until("the apply reads AWS", () => reads("GetApis", since), 40_000);
  const [review] = pull.pull.reviews;
  if (review === undefined) throw new Error("no review");
  world.ben.dismiss(pull, review);
  expect((await world.answered(pull, asked)).reaction).toBe("confused");
  expect(await world.told(pull, /GATE_CLOSED/)).toContain("Nothing was changed");
  expect(apis()).toEqual([]);
});

test("twice at once: applied once, the second finds nothing left to do", async () => {
  const { reviewed, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  const [one, two] = [
    world.ana.comment(pull, `/apply ${planId}`),
    world.ben.comment(pull, `/apply ${planId}`),
  ];
  const ends = await Promise.all([world.answered(pull, one), world.answered(pull, two)]);
  expect(ends.map(({ reaction }) => reaction)).toContain("rocket");
  expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
  const titles = ownComments(pull).flatMap(({ body }) => /^## (.*)$/m.exec(body)?.[1] ?? []);
  expect(titles.filter((title) => title.includes("Applied to"))).toHaveLength(2); // the plan comment and one apply
});

test.each([
  ["closed", "PULL_CLOSED"],
  ["a draft", "PULL_DRAFT"],
  ["conflicting", "PULL_CONFLICTS"],
  ["behind", "behind its base"],
  ["of a fork", "PULL_FORK"],
])("%s: refused with the next step", async (what, says) => {
  const { repository, open, apis, name } = world.scenario();
  const files = { "resources.js": proxyStack({ api: name }) };
  const pull = open(files, { fork: what === "of a fork" });
  const planned = await world.ask(pull, "/plan");
  expect(planned.reaction).toBe("rocket");
  world.ben.approve(pull);
  if (what === "closed") world.ana.close(pull);
  if (what === "a draft") world.ana.setDraft(pull, true);
  if (what === "conflicting")
    world.ben.push(repository, "main", { "resources.js": "exports.createResources = () => [];\n" });
  if (what === "behind") world.ben.push(repository, "main", { "README.md": "moved" });
  const refused = await world.ask(pull, "/apply");
  expect(refused.reaction).toBe("confused");
  expect(refused.body).toContain(says);
  expect(apis()).toEqual([]);
});

test("a fork's branch is not planned by its author's word", async () => {
  const { open } = world.scenario();
  const pull = open({ "resources.js": "exports.createResources = () => []" }, { fork: true });
  const calls = world.aws.calls.length;
  expect((await world.ask(pull, "/plan", world.github.person("stranger"))).body).toContain("GATE_PERMISSION");
  expect(world.aws.calls.length).toBe(calls);
});

test("an approval by the author, of an older head, or withdrawn, is none", async () => {
  const { reviewed, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  const [review] = pull.pull.reviews;
  if (review === undefined) throw new Error("no review");
  world.ben.dismiss(pull, review);
  expect((await world.ask(pull, `/apply ${planId}`)).body).toContain("nobody with write permission");
  world.rea.approve(pull);
  expect((await world.ask(pull, `/apply ${planId}`)).body).toContain("nobody with write permission");
  world.ben.requestChanges(pull);
  expect((await world.ask(pull, `/apply ${planId}`)).body).toContain("asks for changes");
  expect(apis()).toEqual([]);
});

test("a red check holds it, our own does not; green again, it goes", async () => {
  const { reviewed, repository, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  const check = world.github.check(repository, pull.pull.head.sha, "unit tests");
  expect((await world.ask(pull, `/apply ${planId}`)).body).toContain("running: unit tests");
  world.github.completeCheck(repository, check, "failure");
  expect((await world.ask(pull, `/apply ${planId}`)).body).toContain("red: unit tests");
  world.github.check(repository, pull.pull.head.sha, "unit tests", "success");
  expect((await world.ask(pull, `/apply ${planId}`)).reaction).toBe("rocket");
  expect(apis()).toHaveLength(1);
});

test("the command's comment, and the bot's own, deleted meanwhile: applied, and told", async () => {
  const { reviewed, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  world.github.hooks.pause();
  const asked = world.ana.comment(pull, `/apply ${planId}`);
  world.ana.deleteComment(asked);
  for (const own of ownComments(pull)) world.ben.deleteComment(own);
  world.github.hooks.resume();
  await world.told(pull, /<!-- gatewright:apply[\s\S]*Applied to/);
  expect(apis()).toHaveLength(1);
});

test("a plan comment on the 31st page is seen", async () => {
  const { reviewed, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  const shown = ownComments(pull)[0]?.body ?? "";
  world.github.hooks.pause();
  for (let made = 0; made < 3001; made += 1) world.ben.comment(pull, `talk ${made}`);
  world.github.hooks.resume(() => []);
  const url = `${world.github.world.urls.api}/repos/acme/${pull.repository.name}/issues/${pull.number}/comments`;
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `token ${world.github.actionsToken(pull.repository)}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ body: shown.replaceAll(planId, "0123456789ab") }),
  });
  expect(answer.status).toBe(201);
  const refused = await world.ask(pull, `/apply ${planId}`);
  expect(refused.body).toContain(`plan \`${planId}\` was replaced by \`0123456789ab\``);
  expect(apis()).toEqual([]);
});
