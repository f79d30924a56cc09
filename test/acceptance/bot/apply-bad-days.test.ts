/** `/apply` after the pull request, AWS or a comment has changed: nothing is written, and the reply says why. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { proxyStack } from "../world.ts";
import { closedGatesIn, codesIn, foundAtGate, isMarked, stateOf } from "../reading.ts";
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

/** Whether an operation was called since then. */
function reads(operation: string, since: number): boolean {
  return world.aws.calls.slice(since).some((call) => call.operation === operation);
}

test("an old plan id and, after a push, an /apply without an id are refused by the gates", async () => {
  const { reviewed, repository, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  world.ana.push(repository, "topic", { "resources.js": proxyStack({ api: name, description: "more" }) });
  const old = await world.ask(pull, `/apply ${planId}`);
  expect(old.reaction).toBe("confused");
  expect(closedGatesIn(old.body)).toEqual(["approved", "plan-current"]);
  const head = pull.pull.head.sha.slice(0, 7);
  expect(foundAtGate(old.body, "plan-current")).toContain(planId);
  expect(foundAtGate(old.body, "plan-current")).toContain(head);
  expect(foundAtGate(old.body, "approved")).toContain("@ben");
  expect(foundAtGate(old.body, "approved")).toContain(head);
  expect((await world.ask(pull, "/apply")).reaction).toBe("confused");
  expect((await world.ask(pull, "/apply 0123456789ab")).reaction).toBe("confused");
  expect(apis()).toEqual([]);
});

test("AWS changed since the plan: the plan id is out of date", async () => {
  const { reviewed, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  await world.ask(pull, `/apply ${planId}`);
  await world.ask(pull, "/release");
  const second = await reviewed({
    branch: "second",
    files: { "resources.js": proxyStack({ api: name, description: "new" }) },
  });
  const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
  if (record?.api !== undefined) record.api.Description = "by hand";
  const stale = await world.ask(second.pull, `/apply ${second.planId}`);
  expect(codesIn(stale.body)).toEqual(["PLAN_STALE"]);
  expect(stale.reaction).toBe("confused");
  expect(record?.api.Description).toBe("by hand");
  expect(apis()).toHaveLength(1);
});

test("a push during planning: nothing is written", async () => {
  const { reviewed, repository, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  const since = world.aws.calls.length;
  world.aws.faults.inject({ kind: "delay", delayMs: 1500, operation: "GetApis" });
  const asked = world.ana.comment(pull, `/apply ${planId}`);
  await world.github.until("the apply reads AWS", () => reads("GetApis", since), 40_000);
  world.ana.push(repository, "topic", { "resources.js": proxyStack({ api: name, description: "pushed" }) });
  const { reaction } = await world.answered(pull, asked);
  expect(reaction).toBe("confused");
  const told = await world.told(pull, "the refusal", (body) => codesIn(body).includes("HEAD_MOVED"));
  expect(told).toContain(pull.pull.head.sha.slice(0, 7));
  expect(apis()).toEqual([]);
});

test("an approval withdrawn during planning: nothing is written", async () => {
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
  await world.told(pull, "the refusal", (body) => codesIn(body).includes("GATE_CLOSED"));
  expect(apis()).toEqual([]);
});

test("sent twice at once: applied once, and the second finds nothing left to do", async () => {
  const { reviewed, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  const [one, two] = [
    world.ana.comment(pull, `/apply ${planId}`),
    world.ben.comment(pull, `/apply ${planId}`),
  ];
  const ends = await Promise.all([world.answered(pull, one), world.answered(pull, two)]);
  expect(ends.map(({ reaction }) => reaction)).toContain("rocket");
  expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
  const states = ownComments(pull).map(({ body }) => stateOf(body));
  expect(states.filter((state) => state === "applied")).toHaveLength(1);
  expect(states.filter((state) => state === "done")).toHaveLength(1);
});

test.each([
  ["closed", ["PULL_CLOSED"], []],
  ["a draft", ["PULL_DRAFT"], []],
  ["conflicting", ["PULL_CONFLICTS"], []],
  ["behind", [], ["up-to-date"]],
  ["of a fork", ["PULL_FORK"], []],
])("%s: refused with the next step", async (what, codes, gates) => {
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
  expect(codesIn(refused.body)).toEqual(codes);
  expect(closedGatesIn(refused.body)).toEqual(gates);
  expect(apis()).toEqual([]);
});

test("the author of a fork's branch cannot have it planned", async () => {
  const { open } = world.scenario();
  const pull = open({ "resources.js": "exports.createResources = () => []" }, { fork: true });
  const calls = world.aws.calls.length;
  const { body } = await world.ask(pull, "/plan", world.github.person("stranger"));
  expect(codesIn(body)).toEqual(["GATE_PERMISSION"]);
  expect(world.aws.calls.length).toBe(calls);
});

test("an approval that was withdrawn or is by a reader does not count, and a request for changes blocks", async () => {
  const { reviewed, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  const [review] = pull.pull.reviews;
  if (review === undefined) throw new Error("no review");
  const refusal = async (): Promise<string> => {
    const { body } = await world.ask(pull, `/apply ${planId}`);
    expect(closedGatesIn(body)).toEqual(["approved"]);
    return foundAtGate(body, "approved");
  };
  world.ben.dismiss(pull, review);
  expect(await refusal()).not.toContain("@");
  world.rea.approve(pull);
  expect(await refusal()).not.toContain("@");
  world.ben.requestChanges(pull);
  expect(await refusal()).toContain("@ben");
  expect(apis()).toEqual([]);
});

test("a running or failed check blocks the apply, a green one does not", async () => {
  const { reviewed, repository, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  const check = world.github.check(repository, pull.pull.head.sha, "unit tests");
  const refusal = async (): Promise<void> => {
    const { body } = await world.ask(pull, `/apply ${planId}`);
    expect(closedGatesIn(body)).toEqual(["checks"]);
    expect(foundAtGate(body, "checks")).toContain("unit tests");
  };
  await refusal();
  world.github.completeCheck(repository, check, "failure");
  await refusal();
  world.github.check(repository, pull.pull.head.sha, "unit tests", "success");
  expect((await world.ask(pull, `/apply ${planId}`)).reaction).toBe("rocket");
  expect(apis()).toHaveLength(1);
});

test("the comments of the person and of the bot were deleted in the meantime: applied and reported", async () => {
  const { reviewed, apis } = world.scenario();
  const { pull, planId } = await reviewed();
  world.github.hooks.pause();
  const asked = world.ana.comment(pull, `/apply ${planId}`);
  world.ana.deleteComment(asked);
  for (const own of ownComments(pull)) world.ben.deleteComment(own);
  world.github.hooks.resume();
  await world.told(pull, "the apply", (body) => isMarked(body, "apply") && stateOf(body) === "done");
  expect(apis()).toHaveLength(1);
});

test("a newer plan of the Action is found, also on the 31st page", async () => {
  const { reviewed, apis, name } = world.scenario();
  const { pull, planId } = await reviewed();
  const shown = ownComments(pull)[0]?.body ?? "";
  const reviewedSha = pull.pull.head.sha;
  world.ana.push(pull.repository, "topic", {
    "resources.js": proxyStack({ api: name, description: "more" }),
  });
  const digest = /"digest":"([0-9a-f]{64})"/.exec(shown)?.[1] ?? "";
  const newer = `0123456789ab${digest.slice(12)}`;
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
    body: JSON.stringify({
      body: shown.replaceAll(digest, newer).replaceAll(reviewedSha, pull.pull.head.sha),
    }),
  });
  expect(answer.status).toBe(201);
  const refused = await world.ask(pull, `/apply ${planId}`);
  expect(closedGatesIn(refused.body)).toEqual(["approved", "plan-current"]);
  expect(foundAtGate(refused.body, "plan-current")).toContain(planId);
  expect(foundAtGate(refused.body, "plan-current")).toContain("0123456789ab");
  expect(apis()).toEqual([]);
});
