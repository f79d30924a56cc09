/** GitHub answering badly: the command is answered all the same, once, and applied once. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Fault, secondaryLimit } from "../../fakes/github/http/faults.ts";
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

const COMMENT = "issues/create-comment";

describe("the answer to a command", () => {
  test.each<[string, Fault]>([
    ["401 once", { on: COMMENT, status: 401, body: { message: "Bad credentials" } }],
    ["403 of the secondary limit, with retry-after", { ...secondaryLimit(1), on: COMMENT }],
    ["404 once", { on: COMMENT, status: 404, body: { message: "Not Found" } }],
    ["422 once", { on: COMMENT, status: 422, body: { message: "Validation Failed" } }],
    ["500 once", { on: COMMENT, status: 500 }],
    ["502 although it was written", { on: COMMENT, status: 502, after: true }],
    ["a cut connection although it was written", { on: COMMENT, cut: true, after: true }],
    ["slowly", { on: COMMENT, delayMs: 1500 }],
    ["500 to the settings, three times", { on: "repos/get-content", status: 500, times: 3 }],
    ["500 to the token", { on: "apps/create-installation-access-token", status: 500 }],
    ["403 to the reaction", { on: "reactions/create-for-issue-comment", status: 403 }],
    ["500 to the reaction", { on: "reactions/create-for-issue-comment", status: 500 }],
  ])("%s: comes, once", async (_what, fault) => {
    const { open } = world.scenario();
    const pull = open({ "README.md": "x" });
    world.github.faults.add(fault);
    const { body, reaction } = await world.ask(pull, "/help");
    expect(body).toContain("Gatewright commands");
    expect(reaction).toBe("rocket");
    expect(ownComments(pull)).toHaveLength(1);
  });

  test("gates that cannot be read are closed", async () => {
    const { reviewed, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.faults.add({ on: "pulls/list-reviews", status: 500, times: 100 });
    const { body, reaction } = await world.ask(pull, `/apply ${planId}`);
    expect(reaction).toBe("confused");
    expect(body).toContain("the reviews could not be read");
    expect(apis()).toEqual([]);
  });
});

describe("the result of an apply", () => {
  test.each<[string, Fault]>([
    ["500 to the check run", { on: "checks/create", status: 500 }],
    ["500 to the check run's end", { on: "checks/update", status: 500 }],
    ["500 to the deployment", { on: "repos/create-deployment", status: 500 }],
    [
      "502 to the deployment although it was made",
      { on: "repos/create-deployment", status: 502, after: true },
    ],
    ["500 to the deployment's status", { on: "repos/create-deployment-status", status: 500 }],
    ["500 to the comment", { on: COMMENT, status: 500 }],
    ["502 to the comment although it was written", { on: COMMENT, status: 502, after: true }],
    ["500 to the comment's edits", { on: "issues/update-comment", status: 500, times: 6 }],
    ["the secondary limit to the comment's edit", { ...secondaryLimit(1), on: "issues/update-comment" }],
  ])("%s: comment, deployment and check are there, once", async (_what, fault) => {
    const { reviewed, repository, apis, name } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.faults.add(fault);
    const { reaction } = await world.ask(pull, `/apply ${planId}`);
    expect(reaction).toBe("rocket");
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
    const results = ownComments(pull).filter(({ body }) => body.startsWith("<!-- gatewright:apply"));
    expect(results.map(({ body }) => body.includes("Applied to"))).toEqual([true]);
    expect(repository.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(["success"]);
    const checks = repository.suites
      .flatMap(({ runs }) => runs)
      .filter((run) => run.name === "gatewright apply dev");
    expect(checks.map(({ conclusion }) => conclusion)).toEqual(["success"]);
  });
});
