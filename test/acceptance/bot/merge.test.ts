/** A merge to the default branch: each stage's rule, the order of stages, several stacks, and failures reported once. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parseApplyMarker } from "../../../src/report/markdown/marker.ts";
import type { Issue, PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { proxyStack, stackPerStage } from "../world.ts";
import {
  closedGatesIn,
  codesIn,
  countsOf,
  factsIn,
  isMarked,
  outputsIn,
  planIdIn,
  stateOf,
} from "../reading.ts";
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

/** No approval is asked for, so that the rule alone decides. */
const RULE = (rule: string): string =>
  `stages:\n  dev:\n    apply: ${rule}\n    gates: [permission, checks, plan-current]\n`;

/** Merges and waits for the apply comment in this state. */
async function merged(pull: PullRequest, state: string): Promise<string> {
  world.ana.merge(pull);
  return told(pull, state);
}

/** Waits for the apply comment (of a stage) in this state. */
function told(pull: PullRequest, state: string, stage?: string): Promise<string> {
  return world.told(
    pull,
    `the apply that is ${state}`,
    (body) =>
      isMarked(body, "apply") &&
      stateOf(body) === state &&
      (stage === undefined || parseApplyMarker(body)?.stage === stage),
  );
}

/** What finishes a merge: a plan of the branch on the merged pull request, approved, applied by its id. */
async function applyBranch(pull: PullRequest, stage: string): Promise<string> {
  const planned = await world.ask(pull, `/plan -s ${stage}`);
  world.ben.approve(pull);
  return (await world.ask(pull, `/apply ${planIdIn(planned.body)} -s ${stage}`)).body;
}

function openIssues({ issues }: Repository): readonly Issue[] {
  return issues.filter((issue) => issue.pull === undefined && issue.closed === undefined);
}

describe("rules", () => {
  test("reviewed: the merge applies the reviewed plan once, with a deployment", async () => {
    const { reviewed, repository, apis, name } = world.scenario();
    const { pull } = await reviewed();
    expect(apis()).toEqual([]);
    const body = await merged(pull, "done");
    expect([...outputsIn(body).keys()].map((key) => key.split(" ")[0])).toEqual([
      "Endpoint",
      "ApiId",
      "IntegrationId",
    ]);
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
    await world.github.until(
      "the deployment",
      () => repository.deployments[0]?.statuses.at(-1)?.state === "success",
      40_000,
    );
    expect(repository.deployments.map(({ sha }) => sha)).toEqual([repository.refs.get("refs/heads/main")]);
  });

  test("on-merge: no review is needed", async () => {
    const { open, apis, name } = world.scenario({ settings: RULE("on-merge") });
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    await merged(pull, "done");
    expect(apis()).toHaveLength(1);
  });

  test("before-merge: a merge applies nothing", async () => {
    const { reviewed, apis } = world.scenario({ settings: RULE("before-merge") });
    const { pull } = await reviewed();
    world.ana.merge(pull);
    await world.quiet();
    const status = await world.ask(pull, "/status");
    expect(factsIn(status.body, "status")).toMatchObject([{ runs: [{ kind: "plan" }] }]);
    expect(apis()).toEqual([]);
  });

  test("a plan that nobody reviewed is reported with one issue; /apply on the merged pull request applies it", async () => {
    const { open, repository, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    expect(codesIn(await merged(pull, "stopped"))).toEqual(["GATE_CLOSED"]);
    expect(apis()).toEqual([]);
    const issue = await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    expect(isMarked(issue.body, "failed-merge")).toBe(true);
    expect(issue.body).toContain(`/plan -s dev`);
    // Nothing is applied without a plan that was shown and asked for, an approval, and permission.
    expect(codesIn((await world.ask(pull, "/apply -s dev")).body)).toEqual(["PLAN_ID_NEEDED"]);
    expect(closedGatesIn((await world.ask(pull, "/apply 0123456789ab -s dev")).body)).toEqual([
      "approved",
      "plan-current",
    ]);
    const planId = planIdIn((await world.ask(pull, "/plan -s dev")).body);
    expect(closedGatesIn((await world.ask(pull, `/apply ${planId} -s dev`)).body)).toEqual(["approved"]);
    world.ben.approve(pull);
    const refused = await world.ask(pull, `/apply ${planId} -s dev`, world.rea);
    expect(refused.reaction).toBe("confused");
    expect(closedGatesIn(refused.body)).toEqual(["permission"]);
    expect(apis()).toEqual([]);
    expect(stateOf((await world.ask(pull, `/apply ${planId} -s dev`)).body)).toBe("done");
    expect(apis()).toHaveLength(1);
    expect(openIssues(repository)).toEqual([]);
  });

  test("what is merged without an approval is not brought in by an older pull request's approval, nor by a drift issue", async () => {
    const { open, reviewed, repository, name } = world.scenario();
    const { pull: approved } = await reviewed();
    await merged(approved, "done");
    const later = open(
      { "resources.js": proxyStack({ api: name, description: "nobody looked" }) },
      { branch: "later" },
    );
    expect(codesIn(await merged(later, "stopped"))).toEqual(["GATE_CLOSED"]);
    const description = (): unknown =>
      [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;

    const planId = planIdIn((await world.ask(approved, "/plan -s dev")).body);
    const refused = await world.ask(approved, `/apply ${planId} -s dev`);
    expect(closedGatesIn(refused.body)).toEqual(["approved"]);
    expect(refused.body).toContain(`#${later.number}`);
    await world.ask(approved, "/drift");
    const issue = openIssues(repository).find(({ body }) => body?.includes("/apply "));
    if (issue === undefined) throw new Error("no drift issue");
    const shown = /\/apply ([0-9a-f]{12})/.exec(issue.body ?? "")?.[1] ?? "";
    expect(closedGatesIn((await world.ask(issue, `/apply ${shown}`)).body)).toEqual(["approved"]);
    expect(description()).not.toBe("nobody looked");

    world.ben.approve(later);
    expect(stateOf((await world.ask(approved, `/apply ${planId} -s dev`)).body)).toBe("done");
    expect(description()).toBe("nobody looked");
  });

  test("a push without a pull request is applied by the stage's rule, with a deployment", async () => {
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

describe("other branches", () => {
  test("a pull request into a release branch is planned, not applied, open or merged; its merge applies nothing", async () => {
    const { repository, reviewed, apis, name } = world.scenario({ settings: RULE("on-merge") });
    const first = await reviewed();
    await merged(first.pull, "done");
    world.ana.push(repository, "release/1.x", { "old.md": "x" });
    world.ana.push(
      repository,
      "fix",
      { "resources.js": "exports.createResources = () => []" },
      { from: "release/1.x" },
    );
    const pull = world.ana.openPullRequest(repository, { head: "fix", base: "release/1.x", title: "Fix" });
    const planned = await world.ask(pull, "/plan");
    world.ben.approve(pull);
    const planId = planIdIn(planned.body);
    expect(codesIn((await world.ask(pull, `/apply ${planId}`)).body)).toEqual(["PULL_OTHER_BRANCH"]);
    expect(codesIn((await world.ask(pull, "/destroy")).body)).toEqual(["PULL_OTHER_BRANCH"]);
    world.ana.merge(pull);
    await world.quiet();
    expect(codesIn((await world.ask(pull, `/apply ${planId}`)).body)).toEqual(["PULL_OTHER_BRANCH"]);
    expect(codesIn((await world.ask(pull, "/plan")).body)).toEqual(["PULL_OTHER_BRANCH"]);
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
  });

  test("a stage that names a branch is deployed from that one only", async () => {
    const settings =
      "stages:\n  old:\n    apply: on-merge\n    gates: [permission, plan-current]\n    branch: release/1.x\n";
    const { repository, apis, name } = world.scenario({ settings });
    const spec = { "resources.js": proxyStack({ api: name }) };
    world.ana.push(repository, "release/1.x", { "old.md": "x" });
    world.ana.push(repository, "fix", spec, { from: "release/1.x" });
    const pull = world.ana.openPullRequest(repository, { head: "fix", base: "release/1.x", title: "Fix" });
    await world.ask(pull, "/plan");
    const main = world.ana.push(repository, "topic", { "README.md": "x" });
    expect(main).toBeDefined();
    const other = world.ana.openPullRequest(repository, { head: "topic", title: "Other" });
    expect(codesIn((await world.ask(other, "/apply")).body)).toEqual(["PULL_OTHER_BRANCH"]);
    world.ana.merge(pull);
    await told(pull, "done");
    expect(apis()).toHaveLength(1);
  });
});

describe("a stack whose spec is gone", () => {
  const settings = "stages:\n  dev:\n    apply: reviewed\n    directories: ['stacks/*']\n";

  async function deployed() {
    const scenario = world.scenario({ settings });
    const { name } = scenario;
    const { pull } = await scenario.reviewed({
      files: {
        "stacks/one/package.json": `{"name":"${name}-one"}`,
        "stacks/one/resources.js": proxyStack({ api: `${name}-one` }),
        "stacks/two/package.json": `{"name":"${name}-two"}`,
        "stacks/two/resources.js": proxyStack({ api: `${name}-two` }),
      },
      branch: "both",
    });
    await merged(pull, "done");
    expect(scenario.apis()).toHaveLength(2);
    return scenario;
  }

  test("is planned as the deletion of all of it, with its own caution, and deleted by the reviewed merge", async () => {
    const { reviewed, apis, name } = await deployed();
    const { pull } = await reviewed({
      files: { "stacks/one/package.json": null, "stacks/one/resources.js": null },
      branch: "without",
    });
    const plan = ownComments(pull).find(({ body }) => isMarked(body, "plan"))?.body ?? "";
    expect(countsOf(plan)).toEqual({ delete: 3 });
    expect(plan).toMatch(/CAUTION[^#]*is gone/);
    expect(apis()).toHaveLength(2);
    await merged(pull, "done");
    expect(apis().map((api) => api.name)).toEqual([`${name}-two`]);
  });

  test("is found by /destroy -d also later", async () => {
    const { open, apis, name } = await deployed();
    const gone = open(
      { "stacks/one/package.json": null, "stacks/one/resources.js": null },
      { branch: "without" },
    );
    // Nobody reviewed a plan: the merge deletes nothing.
    await merged(gone, "stopped");
    expect(apis()).toHaveLength(2);
    const pull = open({ "README.md": "later" }, { branch: "later" });
    const planned = await world.ask(pull, "/destroy -d stacks/one");
    world.ben.approve(pull);
    const done = await world.ask(pull, `/destroy ${planIdIn(planned.body)} -d stacks/one`);
    expect(stateOf(done.body)).toBe("done");
    expect(apis().map((api) => api.name)).toEqual([`${name}-two`]);
  });
});

describe("a stack that is moved to another directory, with its project's name", () => {
  test("is deleted by nobody, and taken over resource by resource", async () => {
    const { reviewed, apis, name } = world.scenario({
      settings: "stages:\n  dev:\n    apply: reviewed\n    directories: ['stacks/*']\n",
    });
    const files = {
      "package.json": JSON.stringify({ name }),
      "resources.js": `exports.createResources = () => ["${name}-a", "${name}-b"].map((Name) => ({
        type: "Api", group: "ApiGatewayV2", name: Name, properties: () => ({ Name, ProtocolType: "HTTP" }) }));`,
    };
    const at = (folder: string, gone = false) =>
      Object.fromEntries(
        Object.entries(files).map(([file, text]) => [`stacks/${folder}/${file}`, gone ? null : text]),
      );
    await merged((await reviewed({ files: at("old"), branch: "first" })).pull, "done");
    const { pull } = await reviewed({ files: { ...at("old", true), ...at("new") }, branch: "move" });
    const plan = ownComments(pull).find(({ body }) => isMarked(body, "plan"))?.body ?? "";
    expect(codesIn(plan)).toEqual(expect.arrayContaining(["FOREIGN_RESOURCE", "PROJECT_SHARED"]));
    expect(plan).toContain("/adopt");
    await world.ask(pull, `/adopt ${name}-a -d stacks/new`);
    const both = await world.ask(pull, `/adopt ${name}-b -d stacks/new`);
    expect(codesIn(both.body)).not.toContain("FOREIGN_RESOURCE");
    const applied = await world.ask(pull, `/apply ${planIdIn(both.body, "stacks/new")}`);
    expect(stateOf(applied.body)).toBe("done");
    expect(apis()).toHaveLength(2);
    // Nothing is left to be deleted: the merge goes through.
    await merged(pull, "nothing");
    expect(apis()).toHaveLength(2);
  });
});

describe("failures", () => {
  test("open one issue, which the next failure updates, and which /apply on the merged pull request closes after resuming", async () => {
    const { reviewed, open, repository, apis, name } = world.scenario({ settings: RULE("on-merge") });
    const { pull } = await reviewed();
    world.aws.faults.inject({ kind: "denied", operation: "CreateRoute", times: 100 });
    await merged(pull, "failed");
    const issue = await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    expect(issue.body).toMatch(/CreateRoute|AccessDenied/);
    expect(apis()).toEqual([{ name, routes: 0, integrations: 1 }]);
    expect(repository.deployments.map(({ statuses }) => statuses.at(-1)?.state)).toEqual(["failure"]);

    const second = open({ "README.md": "again" }, { branch: "second" });
    const before = issue.body;
    await merged(second, "failed");
    await world.github.until("the issue's update", () => issue.body !== before, 40_000);
    expect(openIssues(repository)).toHaveLength(1);

    world.aws.faults.clear();
    expect(stateOf(await applyBranch(pull, "dev"))).toBe("done");
    expect(apis()).toEqual([{ name, routes: 1, integrations: 1 }]);
    expect(openIssues(repository)).toEqual([]);
  });
});

describe("several stages and stacks", () => {
  const STAGES =
    "stages:\n  prod:\n    apply: on-merge\n    gates: [permission, plan-current]\n    needs: [dev]\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n";

  test("dev is applied before prod", async () => {
    const { open, apis, name } = world.scenario({ settings: STAGES });
    const pull = open({ "resources.js": stackPerStage(name) });
    expect(codesIn((await world.ask(pull, "/plan")).body)).toEqual(["STAGE_NEEDED"]);
    world.ana.merge(pull);
    await told(pull, "done", "prod");
    await told(pull, "done", "dev");
    expect(apis().map((api) => api.name)).toEqual([`${name}-dev`, `${name}-prod`]);
    const created = world.aws.calls.filter(
      ({ operation, input }) => operation.startsWith("Create") && JSON.stringify(input).includes(name),
    );
    expect(created.length).toBeGreaterThan(0);
  });

  test("prod does not start if dev failed", async () => {
    const { open, repository, apis, name } = world.scenario({ settings: STAGES });
    const pull = open({ "resources.js": stackPerStage(name) });
    world.aws.faults.inject({ kind: "denied", operation: "CreateApi", times: 100 });
    await merged(pull, "failed");
    await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    const { body } = await world.ask(pull, "/status -s prod");
    expect(factsIn(body, "status")).toMatchObject([{ stage: "prod", runs: [] }]);
    world.aws.faults.clear();
    // A command resumes dev only; prod waits for its own command.
    await applyBranch(pull, "dev");
    expect(apis().map((api) => api.name)).toEqual([`${name}-dev`]);
    expect(stateOf(await applyBranch(pull, "prod"))).toBe("done");
    expect(apis()).toHaveLength(2);
  });

  test("a stage of another branch is applied by a merge into that one, once the stage that it needs has the same", async () => {
    const settings =
      "stages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n  prod:\n    apply: on-merge\n    gates: [permission, plan-current]\n    needs: [dev]\n    branch: release\n";
    const { open, repository, apis, name } = world.scenario({ settings });
    const files = { "resources.js": stackPerStage(name), "old.md": "x" };
    const pull = open(files);
    await world.ask(pull, "/status -s dev");
    const release = async (branch: string, changed: Readonly<Record<string, string>>) => {
      world.ana.push(repository, branch, changed, { from: "release" });
      const into = world.ana.openPullRequest(repository, { head: branch, base: "release", title: branch });
      world.ana.merge(into);
      await world.quiet();
      return into;
    };
    world.ana.push(repository, "release", { "old.md": "x" });
    await release("early", files);
    const { body } = await world.ask(pull, "/status -s prod");
    expect(factsIn(body, "status")).toMatchObject([{ stage: "prod", runs: [] }]);
    await merged(pull, "done");
    await world.quiet();
    expect(ownComments(pull).map((one) => stateOf(one.body))).not.toContain("overtaken");
    expect(apis().map((api) => api.name)).toEqual([`${name}-dev`]);
    await told(await release("again", files), "done", "prod");
    expect(apis().map((api) => api.name)).toEqual([`${name}-dev`, `${name}-prod`]);
  });

  test("needs is a gate of commands, and a stage that is applied before the merge lets the next one go on", async () => {
    const { open, apis, name } = world.scenario({
      settings: "stages:\n  dev:\n    apply: before-merge\n  prod:\n    apply: on-merge\n    needs: [dev]\n",
    });
    const pull = open({ "resources.js": stackPerStage(name) });
    world.ben.approve(pull);
    await world.ask(pull, "/plan -s prod");
    const refused = await world.ask(pull, "/apply -s prod");
    expect(closedGatesIn(refused.body)).toEqual(["needs"]);
    expect(refused.body).toContain("/apply -s dev");
    await world.ask(pull, "/plan -s dev");
    expect(stateOf((await world.ask(pull, "/apply -s dev")).body)).toBe("done");
    world.ana.merge(pull);
    await told(pull, "done", "prod");
    expect(apis().map((api) => api.name)).toEqual([`${name}-dev`, `${name}-prod`]);
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
    const [one, two] = [planIdIn(planned.body, "stacks/one"), planIdIn(planned.body, "stacks/two")];
    expect(one).not.toBe(two);
    world.ben.approve(pull);
    const first = await world.ask(pull, `/apply ${two}`);
    expect(stateOf(first.body)).toBe("done");
    expect(apis().map((api) => api.name)).toEqual([`${name}-two`]);
    // The comment still shows the plan that is left to apply.
    expect(ownComments(pull)[0]?.body).toContain(`/apply ${one}`);
    const rest = await world.ask(pull, "/apply -d stacks/one");
    expect(stateOf(rest.body)).toBe("done");
    expect(
      apis()
        .map((api) => api.name)
        .sort(),
    ).toEqual([`${name}-one`, `${name}-two`]);
    expect(ownComments(pull)).toHaveLength(3);
  });

  test("two stacks with one project name would delete each other's resources, so the second is refused", async () => {
    const { open, repository, apis, name } = world.scenario({
      settings: `projectName: ${"shops"}\nstages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n    directories: ['stacks/*']\n`,
    });
    const pull = open({
      "stacks/one/resources.js": proxyStack({ api: `${name}-one` }),
      "stacks/two/resources.js": proxyStack({ api: `${name}-two` }),
    });
    const planned = await world.ask(pull, "/plan");
    // Which of the two comes first is chance.
    expect(codesIn(planned.body).toSorted()).toEqual(["API_WITHOUT_STAGE", "PROJECT_SHARED"]);
    expect(planned.reaction).toBe("confused");
    world.ana.merge(pull);
    await world.told(
      pull,
      "the refusal",
      (body) => isMarked(body, "apply") && codesIn(body).includes("PROJECT_SHARED"),
    );
    await world.github.until("the issue", () => openIssues(repository)[0], 40_000);
    expect(apis()).toHaveLength(1);
  });
});
