/** When GitHub fails, every command is still answered once, and every apply is done and reported once. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Fault, secondaryLimit } from "../../fakes/github/http/faults.ts";
import type { CheckRun, PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { proxyStack } from "../world.ts";
import { closedGatesIn, codesIn, countsOf, factsIn, isMarked, rowsIn, stateOf } from "../reading.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

/** Short, so that requests without an answer are given up soon. */
const ENV = { GITHUB_TIMEOUT_SECONDS: "2" };
const PATIENCE_MS = 40_000;

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld({ env: ENV });
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

const COMMENT = "issues/create-comment";
const REACTION = "reactions/create-for-issue-comment";
const FORBIDDEN = { status: 403, body: { message: "Resource not accessible by integration" } };

/** Ways in which GitHub fails for a moment. None of them may show in the result. */
const FAULTS: Readonly<Record<string, Omit<Fault, "on">>> = {
  "401": { status: 401, body: { message: "Bad credentials" } },
  "the secondary limit": secondaryLimit(1),
  "500": { status: 500 },
  "502 although it was done": { status: 502, after: true },
  "a cut connection": { cut: true },
  "a cut connection although it was done": { cut: true, after: true },
  "no answer at all": { hang: true },
  "a slow answer": { delayMs: 800 },
};

/** Every fault for every operation. */
const each = (operations: Readonly<Record<string, string>>): [string, string, string, Omit<Fault, "on">][] =>
  Object.entries(operations).flatMap(([what, on]) =>
    Object.entries(FAULTS).map(([how, fault]): [string, string, string, Omit<Fault, "on">] => [
      how,
      what,
      on,
      fault,
    ]),
  );

/** Requests for one repository, because scenarios run in parallel. */
const about = (name: string, route: string): RegExp =>
  new RegExp(`^${route.replace(" ", ` /repos/acme/${name}/`)}`);

describe.concurrent("the reply to a command", () => {
  const more: [string, string, string, Omit<Fault, "on">][] = [
    ["404 of a replica that is behind", "the answer", "POST issues/\\d+/comments", { status: 404 }],
    ["403", "the reaction", "POST issues/comments/\\d+/reactions", { status: 403 }],
    ["500, again and again", "the settings", "GET contents/", { status: 500, times: 3 }],
  ];
  test.each([
    ...each({
      "the reaction": "POST issues/comments/\\d+/reactions",
      "the settings": "GET contents/",
      "the pull request": "GET pulls/1$",
      "the answer": "POST issues/\\d+/comments",
    }),
    ...more,
  ])("%s to %s: is written once", async (_how, _what, route, fault) => {
    const { open, name } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.github.faults.add({ ...fault, on: about(name, route) });
    const { body, reaction } = await world.ask(pull, "/help");
    expect(rowsIn(body).map(([first]) => first)).toContain("/help");
    expect(reaction).toBe("rocket");
    expect(ownComments(pull)).toHaveLength(1);
  });
});

describe("the reply to a command, when GitHub keeps failing", () => {
  afterEach(() => world.github.faults.clear());

  test("a token that is unavailable for a moment is fetched later", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.github.world.tokens.clear();
    world.github.faults.add({ on: "apps/create-installation-access-token", status: 500 });
    expect((await world.ask(pull, "/help")).reaction).toBe("rocket");
    expect(ownComments(pull)).toHaveLength(1);
  });

  test("422 is final, and is reported", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.github.faults.add({ on: COMMENT, status: 422, body: { message: "Validation Failed" } });
    const { body, reaction } = await world.ask(pull, "/help");
    expect(reaction).toBe("confused");
    expect(codesIn(body)).toEqual(["GITHUB_ERROR"]);
    expect(body).toContain("Validation Failed");
    expect(ownComments(pull)).toHaveLength(1);
  });

  test("a GitHub outage that is longer than the bot waits is reported", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.github.faults.add({ on: "pulls/get", status: 503, times: 4 });
    const { body, reaction } = await world.ask(pull, "/help");
    expect(reaction).toBe("confused");
    expect(codesIn(body)).toEqual(["GITHUB_ERROR"]);
  });

  test("a missing permission is named, from GitHub's answer or from the request", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    const forbidden = { on: "pulls/get", ...FORBIDDEN };
    world.github.faults.add(forbidden);
    expect((await world.ask(pull, "/help")).body).toContain("`pull_requests: read`");
    world.github.faults.add({ ...forbidden, headers: { "x-accepted-github-permissions": "metadata=read" } });
    const { body, reaction } = await world.ask(pull, "/help");
    expect(codesIn(body)).toEqual(["GITHUB_FORBIDDEN"]);
    expect(body).toContain("`metadata: read`");
    expect(reaction).toBe("confused");
  });

  test.each([
    ["checks/list-for-ref", "checks: read"],
    ["repos/list-commit-statuses-for-ref", "statuses: read"],
  ])("a gate that needs %s names the permission `%s`", async (on, permission) => {
    const { reviewed } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.faults.add({ on, ...FORBIDDEN, times: 100 });
    const { body } = await world.ask(pull, `/apply ${planId}`);
    expect(closedGatesIn(body)).toEqual(["checks"]);
    expect(body).toContain(`\`${permission}\``);
    expect(body).not.toContain("again in a minute");
  });

  test("a locked conversation and an archived repository are named in the log", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    for (const [message, code] of [
      ["Unable to create comment because issue is locked.", "GITHUB_LOCKED"],
      ["Repository was archived so is read-only.", "GITHUB_ARCHIVED"],
    ] as const) {
      world.github.faults.add({ on: COMMENT, status: 403, body: { message }, times: 2 });
      world.ana.comment(pull, "/help");
      await world.github.until("the reason", () => world.logs().includes(code), 40_000);
    }
  });

  test("a reaction that keeps failing does not repeat the command", async () => {
    const { open, repository } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.github.faults.add({ on: REACTION, status: 500, skip: 1, times: 2 });
    const { body, reaction } = await world.ask(pull, "/lock while we move");
    expect(reaction).toBe("rocket");
    expect(body).toContain("while we move");
    expect(factsIn(body, "locks")).toEqual([{ directory: ".", stage: "dev", owner: "ana" }]);
    expect(repository.issues).toHaveLength(1);
  });

  test("tokens that GitHub no longer accepts are replaced", async () => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    await world.ask(pull, "/help");
    world.github.world.tokens.clear();
    const { reaction } = await world.ask(pull, "/help");
    expect(reaction).toBe("rocket");
  });

  test("gates that cannot be read are closed", async () => {
    const { reviewed, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.faults.add({ on: "pulls/list-reviews", status: 500, times: 100 });
    const { body, reaction } = await world.ask(pull, `/apply ${planId}`);
    expect(reaction).toBe("confused");
    expect(closedGatesIn(body)).toEqual(["approved"]);
    expect(apis()).toEqual([]);
  });
});

const checksOf = (repository: Repository): readonly CheckRun[] =>
  repository.suites.flatMap(({ runs }) => runs).filter(({ name }) => name === "gatewright apply dev");

const resultsOf = (pull: PullRequest): readonly string[] =>
  ownComments(pull)
    .map(({ body }) => body)
    .filter((body) => isMarked(body, "apply"));

/** Waits for comment, deployment and check of an apply, and checks that each exists once. */
async function told(pull: PullRequest, repository: Repository): Promise<void> {
  await world.github.until(
    "comment, deployment and check",
    () =>
      resultsOf(pull).some((body) => stateOf(body) === "done") &&
      repository.deployments.some(({ statuses }) => statuses.length > 0) &&
      checksOf(repository).some(({ conclusion }) => conclusion !== null),
    PATIENCE_MS,
  );
  expect(resultsOf(pull)).toHaveLength(1);
  expect(repository.deployments.map(({ statuses }) => statuses.map(({ state }) => state))).toEqual([
    ["success"],
  ]);
  expect(checksOf(repository).map(({ conclusion }) => conclusion)).toEqual(["success"]);
}

describe.concurrent("an apply and its report", () => {
  const twice: [string, string, string, Omit<Fault, "on">][] = [
    ["500, again and again", "the comment's edits", "PATCH issues/comments/", { status: 500, times: 6 }],
    ["500, again and again", "the deployment", "POST deployments$", { status: 500, times: 4 }],
  ];
  test.each([
    ...each({
      "the gates' facts": "GET compare/",
      "the spec's tree": "GET git/trees/",
      "the spec's files": "GET git/blobs/",
      "the comment": "POST issues/\\d+/comments",
      "the comment's edits": "PATCH issues/comments/",
      "the check run": "POST check-runs$",
      "the check run's end": "PATCH check-runs/",
      "the deployment": "POST deployments$",
      "the deployment's status": "POST deployments/\\d+/statuses",
    }),
    ...twice,
  ])("%s to %s: applied once and reported once", async (_how, _what, route, fault) => {
    const { reviewed, repository, apis, name } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.faults.add({ ...fault, on: about(name, route) });
    const { reaction } = await world.ask(pull, `/apply ${planId}`);
    expect(reaction).toBe("rocket");
    await told(pull, repository);
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
  });

  test.each([
    ["checks", "POST check-runs"],
    ["deployments", "POST deployments"],
  ])(
    "an App without the permission %s still applies, and the log names the permission",
    async (what, route) => {
      const { reviewed, apis, name } = world.scenario();
      const { pull, planId } = await reviewed();
      world.github.faults.add({ ...FORBIDDEN, on: about(name, route), times: 100 });
      const { reaction } = await world.ask(pull, `/apply ${planId}`);
      expect(reaction).toBe("rocket");
      expect(apis()).toHaveLength(1);
      await world.github.until("its log", () => world.logs().includes(`\`${what}: write\``), PATIENCE_MS);
    },
  );
});

describe.concurrent("the plan comment", () => {
  test.each(each({ "the comment": "POST issues/\\d+/comments", "its settings": "GET contents/" }))(
    "%s to %s: is written once",
    async (_how, what, route, fault) => {
      const { open, name } = world.scenario();
      const pull = open({ "resources.js": proxyStack({ api: name }) });
      const skip = what === "its settings" ? 1 : 0;
      world.github.faults.add({ ...fault, on: about(name, route), skip });
      const { reaction } = await world.ask(pull, "/plan");
      expect(reaction).toBe("rocket");
      expect(ownComments(pull).map(({ body }) => [stateOf(body), countsOf(body)])).toEqual([
        ["changes", { create: 3 }],
      ]);
    },
  );
});

describe.concurrent("a merge", () => {
  test.each(
    each({
      "the push's pull request": "GET commits/[0-9a-f]+/pulls",
      "the settings": "GET contents/",
      "the comment": "POST issues/\\d+/comments",
      "the issue": "POST issues$",
    }),
  )(
    "that cannot be applied, with %s to %s: reported once, with one issue",
    async (_how, _what, route, fault) => {
      const { open, repository, apis, name } = world.scenario();
      const pull = open({ "resources.js": proxyStack({ api: name }) });
      world.github.faults.add({ ...fault, on: about(name, route) });
      world.ana.merge(pull);
      await world.told(pull, "the refusal", (body) => codesIn(body).includes("GATE_CLOSED"));
      const issues = (): readonly string[] =>
        repository.issues.filter((issue) => issue.pull === undefined).map(({ body }) => body ?? "");
      await world.github.until("the issue", () => issues().length > 0, PATIENCE_MS);
      // The check is completed last.
      await world.github.until(
        "the check",
        () => checksOf(repository).some(({ conclusion }) => conclusion === "failure"),
        PATIENCE_MS,
      );
      expect(resultsOf(pull)).toHaveLength(1);
      expect(issues()).toEqual([expect.stringContaining("<!-- gatewright:failed-merge dev -->")]);
      expect(apis()).toEqual([]);
    },
  );
});
