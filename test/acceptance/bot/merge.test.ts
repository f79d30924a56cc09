/** What a merge to the default branch does: by each stage's rule, stage after stage, stack by stack, failures told once. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Issue, PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, planIdOf, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => {
  world.aws.faults.clear();
  expect(world.github.violations).toEqual([]);
});

const RULE = (rule: string): string => `stages:\n  dev:\n    apply: ${rule}\n`;

/** An API named after the stage, so that stages do not share it. */
function stagedStack(name: string): string {
  return proxyStack({ api: "NAME" })
    .replaceAll('"NAME"', `\`${name}-\${process.env.STAGE}\``)
    .replaceAll("integration::NAME", `integration::${name}-\${process.env.STAGE}`)
    .replaceAll(/"(integration::[^"]*)"/g, "`$1`");
}

/** Merges and waits for the first result that is told on the pull request. */
async function merged(pull: PullRequest, says: RegExp): Promise<string> {
  world.ana.merge(pull);
  return world.told(pull, says);
}

function openIssues({ issues }: Repository): readonly Issue[] {
  return issues.filter((issue) => issue.pull === undefined && issue.closed === undefined);
}

describe("rules", () => {
  test("reviewed: the merge applies the plan that was reviewed, once, with deployment and check", async () => {
    const { reviewed, repository, apis, name } = world.scenario();
    const { pull } = await reviewed();
    expect(apis()).toEqual([]);
    const body = await merged(pull, /Applied to/);
    for (const told of ["ApiId", "IntegrationId", "ApiEndpoint", "merge"]) expect(body).toContain(told);
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
    await world.github.until(
      "the deployment",
      () => repository.deployments[0]?.statuses.at(-1)?.state === "success",
      40_000,
    );
    expect(repository.deployments.map(({ sha }) => sha)).toEqual([repository.refs.get("refs/heads/main")]);
  });

  test("on-merge: nobody has to look first", async () => {
    const { open, apis, name } = world.scenario({ settings: RULE("on-merge") });
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    await merged(pull, /Applied to/);
    expect(apis()).toHaveLength(1);
  });

  test("before-merge: a merge applies nothing", async () => {
    const { reviewed, apis } = world.scenario({ settings: RULE("before-merge") });
    const { pull } = await reviewed();
    world.ana.merge(pull);
    await world.quiet();
    const status = await world.ask(pull, "/status");
    expect(status.body).not.toContain("apply of");
    expect(apis()).toEqual([]);
  });

  test("a plan nobody reviewed waits: told, with one issue; /apply on the merged pull request applies it", async () => {
    const { open, repository, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    const body = await merged(pull, /PLAN_NOT_REVIEWED/);
    expect(body).toContain("no plan was reviewed on the pull request");
    expect(apis()).toEqual([]);
    const issue = await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    expect(issue.title).toBe("The apply of dev failed after a merge to main");
    expect(issue.body).toContain(`/apply -s dev`);
    // A reader's word is not enough, on a merged pull request either.
    const refused = await world.ask(pull, "/apply -s dev", world.rea);
    expect(refused.reaction).toBe("confused");
    expect(refused.body).toContain("read permission");
    expect(apis()).toEqual([]);
    const applied = await world.ask(pull, "/apply -s dev");
    expect(applied.body).toContain("Applied to");
    expect(apis()).toHaveLength(1);
    expect(openIssues(repository)).toEqual([]);
  });

  test("a push without a pull request is applied by its rule, and leaves a deployment", async () => {
    const { repository, apis, name } = world.scenario({ settings: RULE("on-merge") });
    world.ben.push(repository, "main", { "resources.js": proxyStack({ api: name }) });
    await world.github.until(
      "the deployment",
      () => repository.deployments[0]?.statuses.at(-1)?.state === "success",
      40_000,
    );
    expect(apis()).toHaveLength(1);
    expect(repository.issues).toEqual([]);
  });
});

describe("failures", () => {
  test("one issue, updated by the next failure, closed by /apply on the merged pull request, which resumes", async () => {
    const { reviewed, open, repository, apis, name } = world.scenario({ settings: RULE("on-merge") });
    const { pull } = await reviewed();
    world.aws.faults.inject({ kind: "denied", operation: "CreateRoute", times: 100 });
    await merged(pull, /^## .*failed/m);
    const issue = await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    expect(issue.body).toMatch(/CreateRoute|AccessDenied/);
    expect(apis()).toEqual([{ name, routes: 0, integrations: 1 }]);
    expect(repository.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(["failure"]);

    const second = open({ "README.md": "again" }, { branch: "second" });
    const before = issue.body;
    await merged(second, /^## .*failed/m);
    await world.github.until("the issue's update", () => issue.body !== before, 40_000);
    expect(openIssues(repository)).toHaveLength(1);

    world.aws.faults.clear();
    const resumed = await world.ask(pull, "/apply -s dev");
    expect(resumed.body).toContain("Applied to");
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
    expect(openIssues(repository)).toEqual([]);
  });
});

describe("several stages and stacks", () => {
  const STAGES = "stages:\n  prod:\n    apply: on-merge\n    needs: [dev]\n  dev:\n    apply: on-merge\n";

  test("dev comes before prod", async () => {
    const { open, apis, name } = world.scenario({ settings: STAGES });
    const pull = open({ "resources.js": stagedStack(name) });
    expect((await world.ask(pull, "/plan")).body).toContain("STAGE_NEEDED");
    world.ana.merge(pull);
    await world.told(pull, /Applied to .*prod/);
    await world.told(pull, /Applied to .*dev/);
    expect(apis().map((api) => api.name)).toEqual([`${name}-dev`, `${name}-prod`]);
    const created = world.aws.calls.filter(
      ({ operation, input }) => operation.startsWith("Create") && JSON.stringify(input).includes(name),
    );
    expect(created.length).toBeGreaterThan(0);
  });

  test("prod is not begun when dev failed", async () => {
    const { open, repository, apis, name } = world.scenario({ settings: STAGES });
    const pull = open({ "resources.js": stagedStack(name) });
    world.aws.faults.inject({ kind: "denied", operation: "CreateApi", times: 100 });
    await merged(pull, /^## .*failed/m);
    await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    const { body } = await world.ask(pull, "/status -s prod");
    expect(body).toContain("No runs yet.");
    world.aws.faults.clear();
    // Resuming dev by a command is a person's step: prod waits for theirs.
    await world.ask(pull, "/apply -s dev");
    expect(apis().map((api) => api.name)).toEqual([`${name}-dev`]);
    expect((await world.ask(pull, "/apply -s prod")).body).toContain("Applied to");
    expect(apis()).toHaveLength(2);
  });

  test("the stacks of a stage share one plan comment and one apply comment; -d chooses", async () => {
    const { open, apis, name } = world.scenario({
      settings: "stages:\n  dev:\n    directories: ['stacks/*']\n",
    });
    const pull = open({
      "stacks/one/package.json": `{"name":"${name}-one"}`,
      "stacks/one/resources.js": proxyStack({ api: `${name}-one` }),
      "stacks/two/package.json": `{"name":"${name}-two"}`,
      "stacks/two/resources.js": proxyStack({ api: `${name}-two` }),
    });
    const planned = await world.ask(pull, "/plan");
    expect(planned.bodies).toHaveLength(1);
    const [one, two] = [planIdOf(planned.body, "stacks/one"), planIdOf(planned.body, "stacks/two")];
    expect(one).not.toBe(two);
    world.ben.approve(pull);
    const first = await world.ask(pull, `/apply ${two}`);
    expect(first.body).toContain("Applied to");
    expect(apis().map((api) => api.name)).toEqual([`${name}-two`]);
    // What is still to be applied stays to be seen.
    expect(ownComments(pull)[0]?.body).toContain(`/apply ${one}`);
    const rest = await world.ask(pull, "/apply -d stacks/one");
    expect(rest.body).toContain("Applied to");
    expect(
      apis()
        .map((api) => api.name)
        .sort(),
    ).toEqual([`${name}-one`, `${name}-two`]);
    expect(ownComments(pull)).toHaveLength(3);
  });

  test("two stacks of one project name would delete each other's resources: the second is refused", async () => {
    const { open, repository, apis, name } = world.scenario({
      settings: `projectName: ${"shops"}\nstages:\n  dev:\n    apply: on-merge\n    directories: ['stacks/*']\n`,
    });
    const pull = open({
      "stacks/one/resources.js": proxyStack({ api: `${name}-one` }),
      "stacks/two/resources.js": proxyStack({ api: `${name}-two` }),
    });
    const planned = await world.ask(pull, "/plan");
    expect(planned.body).toContain("PROJECT_SHARED");
    expect(planned.reaction).toBe("confused");
    world.ana.merge(pull);
    await world.told(pull, /Apply[\s\S]*PROJECT_SHARED/);
    await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    expect(apis()).toHaveLength(1);
  });
});
