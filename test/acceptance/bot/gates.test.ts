/** What opens a gate and what does not, with the bot as a process: reviews, permissions, checks, who pushed. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PullRequest } from "../../fakes/github/state/types.ts";
import { closedGatesIn, codesIn, factsIn, planIdIn, stateOf } from "../reading.ts";
import { proxyStack } from "../world.ts";
import { type BotWorld, ownComments, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

/** The gates that keep `/apply` out, and that nothing was applied. */
async function refused(pull: PullRequest, planId: string, by = world.ana): Promise<readonly string[]> {
  const { body, reaction } = await world.ask(pull, `/apply ${planId}`, by);
  expect([reaction, stateOf(body)]).toEqual(["confused", "refused"]);
  return closedGatesIn(body);
}

describe("approved", () => {
  test("a veto counts when its author has a custom role, and when their permission cannot be read", async () => {
    const { reviewed, repository, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    repository.collaborators.set("cy", "write");
    repository.customRoles.set("cy", "security-reviewer");
    world.github.person("cy").requestChanges(pull);
    expect(await refused(pull, planId)).toEqual(["approved"]);
    repository.customRoles.clear();
    repository.collaborators.set("cy", "read");
    expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
    expect(apis()).toHaveLength(1);
  });

  test("who pushed the head does not approve it, however often they apply it", async () => {
    const { open, repository, apis, name } = world.scenario();
    const pull = open({ "README.md": "ana's" });
    world.ben.push(repository, "topic", { "resources.js": proxyStack({ api: name }) });
    await world.ask(pull, "/plan");
    world.ben.approve(pull);
    const { body } = await world.ask(pull, "/apply", world.ben);
    expect(closedGatesIn(body)).toEqual(["approved"]);
    expect(body).toContain("pushed it too");
    expect(apis()).toEqual([]);
    repository.collaborators.set("cy", "write");
    world.github.person("cy").approve(pull);
    expect(stateOf((await world.ask(pull, "/apply", world.ben)).body)).toBe("done");
  });

  test("an App's approval is nobody's", async () => {
    const { open, repository, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    await world.ask(pull, "/plan");
    const robot = world.github.person("approver[bot]");
    Object.assign(robot.account, { type: "Bot" });
    repository.collaborators.set("approver[bot]", "write");
    robot.approve(pull);
    expect(closedGatesIn((await world.ask(pull, "/apply")).body)).toEqual(["approved"]);
    expect(apis()).toEqual([]);
  });
});

describe("permission", () => {
  const ONLY_BEN = "stages:\n  dev:\n    allowed: [ben]\n";

  test.each(["/lock mine now", "/unlock", "/cancel", "/release"])(
    "who may write and is not in `allowed` does not get %s",
    async (command) => {
      const pull = world.scenario({ settings: ONLY_BEN }).open({ "resources.js": proxyStack({ api: "x" }) });
      const { body, reaction } = await world.ask(pull, command, world.ana);
      expect([reaction, codesIn(body)]).toEqual(["confused", ["GATE_PERMISSION"]]);
      expect(codesIn((await world.ask(pull, command, world.ben)).body)).not.toContain("GATE_PERMISSION");
    },
  );

  test("a stranger learns nothing from /status, and why", async () => {
    const pull = world.scenario().open({ "README.md": "x" });
    const { body, reaction } = await world.ask(pull, "/status", world.rea);
    expect([reaction, codesIn(body)]).toEqual(["confused", ["GATE_PERMISSION"]]);
    expect(factsIn(body, "status")).toBeUndefined();
  });
});

describe("checks", () => {
  test("a green status does not hide a red check of the same name", async () => {
    const { reviewed, repository } = world.scenario();
    const { pull, planId } = await reviewed();
    const { sha } = pull.pull.head;
    const check = world.github.check(repository, sha, "test", "failure");
    world.github.status(repository, sha, "test", "success");
    expect(await refused(pull, planId)).toEqual(["checks"]);
    world.github.completeCheck(repository, check, "success");
    world.github.status(repository, sha, "test", "failure", "other-ci");
    expect(await refused(pull, planId)).toEqual(["checks"]);
    world.github.status(repository, sha, "test", "success", "other-ci");
    expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
  });

  test.each([
    ["red", "failure"],
    ["still running", undefined],
  ])(
    "a green check of one App does not hide another App's of the same name that is %s",
    async (_how, state) => {
      const { reviewed, repository, apis } = world.scenario();
      const { pull, planId } = await reviewed();
      const { sha } = pull.pull.head;
      const [circle, buildkite] = ["circleci-checks", "buildkite"].map((slug) => world.github.app({ slug }));
      const open = world.github.check(repository, sha, "test", state, circle);
      world.github.check(repository, sha, "test", "success", buildkite);
      world.github.check(repository, sha, "test", "success");
      const { body } = await world.ask(pull, `/apply ${planId}`);
      expect(closedGatesIn(body)).toEqual(["checks"]);
      expect(body).toContain("circleci-checks");
      expect(apis()).toEqual([]);
      // The same App's newer run of that name does take its place.
      if (state === undefined) world.github.completeCheck(repository, open, "success");
      else world.github.check(repository, sha, "test", "success", circle);
      expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
    },
  );
});

describe("the plan that was reviewed", () => {
  test("is the bot's own record: a writer who edits its comment does not change what a merge applies", async () => {
    const { reviewed, apis, name } = world.scenario();
    const { pull } = await reviewed();
    const comment = ownComments(pull).find((one) => one.body.startsWith("<!-- gatewright:plan"));
    if (comment === undefined) throw new Error("no plan comment");
    world.ben.edit(comment, comment.body.replace(/"digest":"[0-9a-f]{64}"/, `"digest":"${"0".repeat(64)}"`));
    world.ana.merge(pull);
    await world.told(pull, "the apply", (body) => stateOf(body) === "done");
    expect(apis().map((api) => api.name)).toEqual([name]);
  });

  test("is the bot's own plan of the head that was approved, without a comment", async () => {
    const { open, repository, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    world.ben.approve(pull);
    const sha = pull.pull.head.sha;
    const state = (): string | undefined =>
      repository.suites
        .filter((suite) => suite.sha === sha)
        .flatMap(({ runs }) => runs)
        .find((check) => check.name === "gatewright")?.conclusion ?? undefined;
    await world.github.until("the head's check", () => state() === "success", 60_000);
    expect(ownComments(pull)).toEqual([]);
    world.ana.merge(pull);
    await world.told(pull, "the apply", (body) => stateOf(body) === "done");
    expect(apis()).toHaveLength(1);
  });

  test("is made for a merge that comes at once after the approval", async () => {
    const { open, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    world.ben.approve(pull);
    world.ana.merge(pull);
    await world.told(pull, "the apply", (body) => stateOf(body) === "done");
    expect(apis()).toHaveLength(1);
  });

  test("is not made for who may only read", async () => {
    const { open, apis, name } = world.scenario({
      settings: "stages:\n  dev:\n    gates: [permission, plan-current]\n",
    });
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    world.rea.approve(pull);
    world.ana.merge(pull);
    await world.told(pull, "the refusal", (body) => codesIn(body).includes("PLAN_NOT_REVIEWED"));
    expect(apis()).toEqual([]);
  });

  test("is known to a command without an id only from that record", async () => {
    const { open, apis, name } = world.scenario();
    const pull = open({ "resources.js": proxyStack({ api: name }) });
    const other = open({ "resources.js": proxyStack({ api: name }), "README.md": "x" }, { branch: "other" });
    const { body } = await world.ask(other, "/plan");
    const shown = body.replaceAll(other.pull.head.sha, pull.pull.head.sha);
    world.github.person("github-actions[bot]").comment(pull, shown);
    const refused = await world.ask(pull, "/apply");
    expect(closedGatesIn(refused.body)).toEqual(["approved", "plan-current"]);
    world.ben.approve(pull);
    const applied = await world.ask(pull, `/apply ${planIdIn(body)}`);
    expect(stateOf(applied.body)).toBe("done");
    expect(apis()).toHaveLength(1);
  });
});

describe("the plan of a /destroy", () => {
  test("is the bot's own record: an edited comment does not change what is deleted", async () => {
    const { reviewed, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const confirm = planIdIn((await world.ask(pull, "/destroy")).body);
    const comment = ownComments(pull).find((one) => one.body.includes("gatewright:destroy-plan"));
    if (comment === undefined) throw new Error("no /destroy plan");
    const edited = comment.body.replace(/"digest":"[0-9a-f]{64}"/, `"digest":"${"0".repeat(64)}"`);
    world.ben.edit(comment, edited);
    expect(await refusedDestroy(pull, "000000000000")).toEqual(["plan-current"]);
    expect(apis()).toHaveLength(1);
    expect(stateOf((await world.ask(pull, `/destroy ${confirm}`)).body)).toBe("done");
    expect(apis()).toEqual([]);
  });

  test("counts on the pull request where the bot showed it, not where a comment says so", async () => {
    const { reviewed, open, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const { body } = await world.ask(pull, "/destroy");
    const other = open({ "README.md": "x" }, { branch: "other" });
    world.ben.approve(other);
    const shown = body.replaceAll(pull.pull.head.sha, other.pull.head.sha);
    world.github.person("github-actions[bot]").comment(other, shown);
    expect(await refusedDestroy(other, planIdIn(body))).toContain("plan-current");
    expect(apis()).toHaveLength(1);
  });

  async function refusedDestroy(pull: PullRequest, planId: string): Promise<readonly string[]> {
    const { body, reaction } = await world.ask(pull, `/destroy ${planId}`);
    expect([reaction, stateOf(body)]).toEqual(["confused", "refused"]);
    return closedGatesIn(body);
  }
});

describe("a merge", () => {
  const settings = (rule: string, more = ""): string => `stages:\n  dev:\n    apply: ${rule}\n${more}`;

  /** Merges, and waits until the apply was refused and its plan is shown; the id of that plan. */
  async function refusedMerge(
    pull: PullRequest,
    by = world.ana,
  ): Promise<{ code: string[]; planId: string }> {
    by.merge(pull);
    const body = await world.told(pull, "the refusal", (text) => stateOf(text) === "stopped");
    const head = String(pull.pull.merged?.commit);
    const shown = await world.told(
      pull,
      "the plan of the merge",
      (text) => text.startsWith("<!-- gatewright:plan") && text.includes(head),
    );
    return { code: [...codesIn(body)], planId: planIdIn(shown) };
  }

  test.each(["on-merge", "reviewed"])(
    "%s: by somebody who is not in `allowed` and without an approval waits for /apply",
    async (rule) => {
      const only = settings(rule, "    allowed: [ben]\n");
      const { open, repository, apis, name } = world.scenario({ settings: only });
      const pull = open({ "resources.js": proxyStack({ api: name }) });
      await world.ask(pull, "/plan");
      const { code, planId } = await refusedMerge(pull);
      expect(code).toEqual(["GATE_CLOSED"]);
      expect(apis()).toEqual([]);
      expect(closedGatesIn((await world.ask(pull, `/apply ${planId}`, world.ben)).body)).toEqual([
        "approved",
      ]);
      repository.collaborators.set("cy", "write");
      world.github.person("cy").approve(pull);
      expect(closedGatesIn((await world.ask(pull, `/apply ${planId}`)).body)).toEqual(["permission"]);
      expect(stateOf((await world.ask(pull, `/apply ${planId}`, world.ben)).body)).toBe("done");
      expect(apis()).toHaveLength(1);
    },
  );

  test("with a red check of its head waits, although everybody approved", async () => {
    const { reviewed, repository, apis } = world.scenario({ settings: settings("on-merge") });
    const { pull } = await reviewed();
    world.github.check(repository, pull.pull.head.sha, "test", "failure");
    expect((await refusedMerge(pull)).code).toEqual(["GATE_CLOSED"]);
    expect(apis()).toEqual([]);
  });

  test("of an approved head by who may merge is applied", async () => {
    const { reviewed, apis } = world.scenario({ settings: settings("on-merge", "    allowed: [ana]\n") });
    const { pull } = await reviewed();
    world.ana.merge(pull);
    await world.told(pull, "the apply", (text) => stateOf(text) === "done");
    expect(apis()).toHaveLength(1);
  });

  test("that was pushed past the pull request is approved by nobody", async () => {
    const { repository, apis, name } = world.scenario({ settings: settings("on-merge") });
    world.ben.push(repository, "main", { "resources.js": proxyStack({ api: name }) });
    const issue = await world.github.until("the issue", () => repository.issues[0], 60_000);
    expect(codesIn(issue.body ?? "")).toEqual(["GATE_CLOSED"]);
    expect(apis()).toEqual([]);
  });
});

describe("whose a resource is", () => {
  const named = (name: string): Readonly<Record<string, string>> => ({
    "package.json": JSON.stringify({ name }),
  });

  test("another repository that takes the project's name gets nothing of it, nor does /destroy", async () => {
    const first = world.scenario();
    const { pull, planId } = await first.reviewed();
    await world.ask(pull, `/apply ${planId}`);
    expect(first.apis()).toHaveLength(1);
    const thief = world.scenario({ files: named(`@acme/${first.name}`) });
    const other = thief.open({ "resources.js": proxyStack({ api: first.name }) });
    const planned = await world.ask(other, "/plan");
    expect(codesIn(planned.body).some((code) => ["FOREIGN_RESOURCE", "PROJECT_SHARED"].includes(code))).toBe(
      true,
    );
    world.ben.approve(other);
    await world.ask(other, "/apply");
    await world.ask(other, "/destroy");
    expect(first.apis()).toEqual([{ name: first.name, routes: 1, integrations: 1 }]);
  });

  test("that carries no source is still the first repository's, until that has destroyed it", async () => {
    const first = world.scenario();
    const { pull, planId } = await first.reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === first.name);
    delete record?.api.Tags?.["gc-source"];
    const other = world.scenario({ files: named(`@acme/${first.name}`) });
    const claiming = other.open({ "resources.js": proxyStack({ api: first.name }) });
    expect(codesIn((await world.ask(claiming, "/plan")).body)).toContain("PROJECT_SHARED");
    expect(codesIn((await world.ask(claiming, "/destroy")).body)).toContain("PROJECT_SHARED");
    const confirm = planIdIn((await world.ask(pull, "/destroy")).body);
    expect(stateOf((await world.ask(pull, `/destroy ${confirm}`)).body)).toBe("done");
    expect(stateOf((await world.ask(claiming, "/plan")).body)).toBe("changes");
  });

  test("is another repository's once that has taken it over with /adopt, visibly and by its own gates", async () => {
    const first = world.scenario();
    const { pull, planId } = await first.reviewed();
    await world.ask(pull, `/apply ${planId}`);
    const heir = world.scenario({ files: named(`@acme/${first.name}`) });
    const taking = heir.open({ "resources.js": proxyStack({ api: first.name }) });
    const adopted = await world.ask(taking, `/adopt ${first.name}`);
    expect(stateOf(adopted.body)).toBe("changes");
    expect(await refused(taking, planIdIn(adopted.body))).toEqual(["approved"]);
    world.ben.approve(taking);
    const applied = await world.ask(taking, `/apply ${planIdIn(adopted.body)}`);
    expect(stateOf(applied.body)).toBe("done");
    expect(first.apis()).toHaveLength(1);
    const codes = codesIn((await world.ask(pull, "/plan")).body);
    expect(codes.some((code) => ["FOREIGN_RESOURCE", "PROJECT_SHARED"].includes(code))).toBe(true);
    await world.ask(pull, "/destroy");
    expect(first.apis()).toHaveLength(1);
  });

  test("a spec that writes ownership tags of its own is refused", async () => {
    const { open, name } = world.scenario();
    const spec = `exports.createResources = () => [{ type: "Api", group: "ApiGatewayV2", name: "${name}",
      properties: () => ({ ProtocolType: "HTTP", Tags: { "gc-project-name": "shop" } }) }];`;
    const { body } = await world.ask(open({ "resources.js": spec }), "/plan");
    expect(codesIn(body)).toContain("PROPERTY_INVALID");
    expect(body).toContain("gc-project-name");
  });
});

describe("the rules of the stage's environment", () => {
  test("want the approval of one of its reviewers, of this head", async () => {
    const { reviewed, repository, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    repository.collaborators.set("olga", "read");
    world.github.environment(repository, { name: "dev", reviewers: ["olga"] });
    expect(await refused(pull, planId)).toEqual(["environment"]);
    const { body } = await world.ask(pull, `/apply ${planId}`);
    expect(body).toContain("a reviewer of dev");
    world.github.person("olga").approve(pull);
    expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
    expect(apis()).toHaveLength(1);
  });

  test("take a team's member, and not who asks, where that is prevented", async () => {
    const { reviewed, repository, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    const team = world.github.team("acme", `ops-${pull.number}`, { members: ["ben"] });
    world.github.environment(repository, { name: "dev", reviewers: [team], preventSelfReview: true });
    expect(await refused(pull, planId, world.ben)).toEqual(["environment"]);
    expect(apis()).toEqual([]);
    expect(stateOf((await world.ask(pull, `/apply ${planId}`)).body)).toBe("done");
  });

  test("may take no branch but the protected ones: then only what is merged is applied", async () => {
    const { reviewed, repository, apis } = world.scenario();
    repository.protectedBranches.add("main");
    world.github.environment(repository, { name: "dev", branches: "protected" });
    const { pull, planId } = await reviewed();
    expect(await refused(pull, planId)).toEqual(["environment"]);
    world.ana.merge(pull, "squash");
    await world.told(pull, "the merge's apply", (body) => stateOf(body) === "done");
    expect(apis()).toHaveLength(1);
  });

  test("hold a merge, too, and wait", async () => {
    const { reviewed, repository, apis } = world.scenario();
    const { pull, planId } = await reviewed();
    world.github.environment(repository, { name: "dev", waitTimer: 600 });
    expect(await refused(pull, planId)).toEqual(["environment"]);
    world.ana.merge(pull, "squash");
    const body = await world.told(pull, "the merge that waits", (text) =>
      codesIn(text).includes("GATE_CLOSED"),
    );
    expect(body).toContain("waits 600 minutes");
    expect(apis()).toEqual([]);
  });

  test("hold a push without a pull request, which nobody approves, unless a reviewer has pushed", async () => {
    const { repository, apis, name } = world.scenario({
      settings: "stages: { dev: { apply: on-merge, gates: [permission, plan-current] } }\n",
    });
    repository.collaborators.set("olga", "write");
    world.github.environment(repository, { name: "dev", reviewers: ["olga"] });
    world.ben.push(repository, "main", { "resources.js": proxyStack({ api: name }) });
    const issue = await world.github.until("the issue", () => repository.issues[0], 60_000);
    expect(codesIn(issue.body ?? "")).toEqual(["GATE_CLOSED"]);
    expect(issue.body).toContain("a reviewer of dev");
    expect(apis()).toEqual([]);
    world.github.person("olga").push(repository, "main", { "README.md": "hers" });
    await world.github.until("the apply of the push", () => apis()[0], 60_000);
  });
});
