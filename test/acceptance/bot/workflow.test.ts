/** The bot inside a workflow: `bot/action.yml` as the runner starts it, with a fake GitHub and a strict fake AWS over HTTP. */
import { readFileSync, rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type ActionOptions, actionEnvironment } from "../../fakes/github/action/environment.ts";
import { type ActionRun, runAction } from "../../fakes/github/action/run.ts";
import type { Person } from "../../fakes/github/person.ts";
import type { Comment, Permissions, PullRequest, Repository } from "../../fakes/github/state/types.ts";
import { program } from "../process.ts";
import { PACKAGE, proxyStack, stagedStack, startWorld, type World, writes } from "../world.ts";
import {
  closedGatesIn,
  codesIn,
  countsOf,
  factsIn,
  isMarked,
  outputsIn,
  planIdIn,
  rowsIn,
  stateOf,
} from "../reading.ts";

const JOB = "github-actions[bot]";
const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const [, yaml = ""] = /```yaml\n(name: Gatewright bot[\s\S]*?)```/.exec(read("docs/bot.md")) ?? [];
const documented: {
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly jobs: {
    readonly bot: { readonly if: string; readonly steps: readonly { readonly uses: string }[] };
  };
} = parse(yaml);

/** The permissions that docs/bot.md gives the job's token. */
const PERMISSIONS: Permissions = Object.fromEntries(
  Object.entries(documented.permissions)
    .filter(([name]) => name !== "id-token")
    .map(([name, level]) => [name.replaceAll("-", "_"), level]),
);

let world: World;
let ana: Person;
let ben: Person;
let made = 0;
beforeAll(async () => {
  world = await startWorld({});
  [ana, ben] = [world.github.person("ana"), world.github.person("ben")];
});
afterAll(() => world?.close());
afterEach(() => {
  world.aws.faults.clear();
  world.github.faults.clear();
  world.aws.resetCalls();
});

interface Here {
  readonly name: string;
  readonly repository: Repository;
  readonly pull: PullRequest;
}

/** A new repository with a pull request that adds an API. */
function start(settings?: string): Here {
  made += 1;
  const name = `api-${made}`;
  const repository = world.github.repository(`acme/flow-${made}`, {
    files: {
      "package.json": PACKAGE.replace("shop", name),
      ...(settings === undefined ? {} : { ".github/gatewright.yml": settings }),
    },
    collaborators: { ana: "write", ben: "write", rea: "read" },
  });
  ana.push(repository, "topic", { "resources.js": proxyStack({ api: name }) });
  return { name, repository, pull: ana.openPullRequest(repository, { head: "topic", title: "Change" }) };
}

async function job(subject: PullRequest | Repository, options: ActionOptions = {}): Promise<ActionRun> {
  const environment = actionEnvironment(world.github, subject, {
    permissions: PERMISSIONS,
    ...options,
    env: { ...world.awsEnv, HOME: "/nonexistent", ...options.env },
  });
  const run = await runAction(program("bot-workflow"), environment);
  rmSync(environment.directory, { recursive: true, force: true });
  expect(run.stderr).toBe("");
  return run;
}

interface Answered extends ActionRun {
  readonly reactions: readonly string[];
}

/** Writes a comment and runs the job that GitHub starts for it. */
async function command(pull: PullRequest, body: string, by: Person = ana): Promise<Answered> {
  const comment = by.comment(pull, body);
  const run = await job(pull, { event: "issue_comment", comment });
  return { ...run, reactions: comment.reactions.map(({ content }) => content) };
}

const said = (pull: PullRequest): readonly Comment[] =>
  pull.comments.filter(({ author }) => author.login === JOB);
const last = (pull: PullRequest): string => said(pull).at(-1)?.body ?? "";
const ownChecks = ({ suites }: Repository, sha: string): readonly string[] =>
  suites
    .filter((suite) => suite.sha === sha)
    .flatMap(({ runs }) => runs.map(({ name, conclusion }) => `${name}: ${conclusion}`));

async function planned({ pull }: Here): Promise<string> {
  const { exitCode, reactions } = await command(pull, "/plan");
  expect([exitCode, reactions]).toEqual([0, ["eyes", "rocket"]]);
  return planIdIn(last(pull));
}

describe("a smoke test", () => {
  it("is made by the job, and ends the deployment; a later apply with nothing to do passes it", async () => {
    const settings = `stages:
  dev:
    gates: [permission, plan-current]
    smoke: {GET /hello: {timeout: 1}}
`;
    const here = start(settings);
    const { pull, repository, name } = here;
    ana.push(repository, "topic", { "resources.js": stagedStack({ api: name }) });
    await planned(here);
    const failed = await command(pull, "/apply");
    expect([failed.exitCode, failed.reactions]).toEqual([1, ["eyes", "confused"]]);
    expect(failed.annotations.flatMap(({ message }) => codesIn(message))).toEqual(["SMOKE_FAILED"]);
    const states = (): readonly unknown[] => repository.deployments.map((one) => one.statuses.at(-1)?.state);
    expect([stateOf(last(pull)), states()]).toEqual(["failed", ["failure"]]);

    world.aws.answers.set("GET /hello", { status: 200 });
    const passed = await command(pull, "/apply");
    expect([passed.exitCode, stateOf(last(pull)), states()]).toEqual([0, "nothing", ["success"]]);
    world.aws.answers.clear();
  });
});

describe("/rollback, by GitHub's deployments", () => {
  const settings = `stages:
  dev:
    gates: [permission, plan-current]
    smoke: {GET /hello: {timeout: 1}}
`;
  const inAws = (name: string): string | undefined =>
    [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;

  async function applied({ repository, name }: Here, branch: string): Promise<PullRequest> {
    ana.push(repository, branch, { "resources.js": stagedStack({ api: name, description: branch }) });
    const pull = ana.openPullRequest(repository, { head: branch, title: branch });
    await planned({ repository, name, pull });
    await command(pull, "/apply");
    return pull;
  }

  it("goes back to what was merged, holds the stack there, and lets it go on after /release", async () => {
    const here = start(settings);
    const { name } = here;
    world.aws.answers.set("GET /hello", { status: 200 });
    const first = await applied(here, "first");
    ana.merge(first, "squash");
    world.aws.answers.clear();
    const broken = await applied(here, "broken");
    expect(inAws(name)).toBe("broken");
    ana.merge(broken, "squash");

    const asked = await command(broken, "/rollback");
    expect([asked.exitCode, asked.reactions]).toEqual([0, ["eyes", "rocket"]]);
    const planId = planIdIn(last(broken));
    world.aws.answers.set("GET /hello", { status: 200 });
    const back = await command(broken, `/rollback ${planId}`);
    expect([back.exitCode, stateOf(last(broken)), inAws(name)]).toEqual([0, "done", "first"]);

    const fix = await applied(here, "fix");
    expect([closedGatesIn(last(fix)), inAws(name)]).toEqual([["hold"], "first"]);
    expect((await command(fix, "/release")).reactions).toEqual(["eyes", "rocket"]);
    await command(fix, "/apply");
    expect([stateOf(last(fix)), inAws(name)]).toEqual(["done", "fix"]);
    world.aws.answers.clear();
  });

  it("does not go to a commit that was never merged, whoever made a deployment of it", async () => {
    const here = start(settings);
    const { repository, name } = here;
    world.aws.answers.set("GET /hello", { status: 200 });
    const tried = await applied(here, "tried");
    ana.close(tried);
    world.aws.answers.clear();
    const pull = await applied(here, "newer");
    const refused = await command(pull, "/rollback");
    expect([refused.reactions, codesIn(last(pull))]).toEqual([["eyes", "confused"], ["ROLLBACK_NOTHING"]]);
    expect(
      repository.deployments.map(({ statuses }) => statuses.some(({ state }) => state === "success")),
    ).toEqual([true, false]);
    expect(inAws(name)).toBe("newer");
  });
});

describe("a comment", () => {
  it("/help gets a reply", async () => {
    const { pull } = start();
    const { exitCode, reactions, summary } = await command(pull, "/help");
    expect([exitCode, reactions]).toEqual([0, ["eyes", "rocket"]]);
    expect(rowsIn(last(pull)).map(([first]) => first)).toContain("/help");
    expect(rowsIn(summary)).toEqual(rowsIn(last(pull)));
    expect(summary).not.toContain("<!--");
  });

  it("/plan, /apply refused by the gates, approved, applied and reported with ids; a second /apply has nothing to do", async () => {
    const here = start();
    const { pull, repository, name } = here;
    const planId = await planned(here);
    expect(writes(world)).toEqual([]);

    const refused = await command(pull, `/apply ${planId}`);
    expect([refused.exitCode, refused.reactions]).toEqual([0, ["eyes", "confused"]]);
    expect(closedGatesIn(last(pull))).toEqual(["approved"]);
    expect(writes(world)).toEqual([]);

    ben.approve(pull);
    const applied = await command(pull, `/apply ${planId}`);
    expect([applied.exitCode, applied.reactions]).toEqual([0, ["eyes", "rocket"]]);
    expect(applied.annotations).toEqual([]);
    const api = [...world.aws.state.apis.values()].find((record) => record.api.Name === name);
    expect(api?.routes.size).toBe(1);
    expect(outputsIn(last(pull)).get(`ApiId ${name}`)).toBe(api?.api.ApiId);
    expect(countsOf(last(pull))).toEqual({ create: 3 });
    expect(outputsIn(applied.summary)).toEqual(outputsIn(last(pull)));
    expect(stateOf(said(pull)[0]?.body ?? "")).toBe("applied");
    expect(said(pull)[0]?.body).toContain("[@ana]");
    expect(
      repository.deployments.map(({ environment, statuses }) => [environment, statuses.at(-1)?.state]),
    ).toEqual([["dev", "success"]]);
    expect(ownChecks(repository, pull.pull.head.sha)).toContain("gatewright apply dev: success");

    const before = writes(world).length;
    expect((await command(pull, "/apply")).exitCode).toBe(0);
    expect(stateOf(last(pull))).toBe("nothing");
    expect(writes(world)).toHaveLength(before);
    expect(repository.deployments).toHaveLength(1);
  });

  it("does not carry out an answered command again when its job is started again", async () => {
    const here = start();
    const { pull } = here;
    const planId = await planned(here);
    ben.approve(pull);
    const comment = ana.comment(pull, `/apply ${planId}`);
    expect((await job(pull, { event: "issue_comment", comment })).exitCode).toBe(0);
    const written = writes(world).length;
    const bodies = said(pull).map(({ body }) => body);
    ana.push(here.repository, "topic", { "README.md": "newer" });
    const again = await job(pull, { event: "issue_comment", comment, env: { GITHUB_RUN_ATTEMPT: "2" } });
    expect(again.exitCode).toBe(0);
    expect(again.annotations.map(({ level }) => level)).toEqual(["notice"]);
    expect(writes(world)).toHaveLength(written);
    expect(said(pull).map(({ body }) => body)).toEqual(bodies);
  });

  it("a failing apply fails the job, with an annotation", async () => {
    const here = start();
    const planId = await planned(here);
    ben.approve(here.pull);
    world.aws.faults.inject({ kind: "denied", operation: "CreateIntegration", times: 99 });
    const { exitCode, reactions, annotations, summary } = await command(here.pull, `/apply ${planId}`);
    expect([exitCode, reactions]).toEqual([1, ["eyes", "confused"]]);
    const errors = annotations.filter(({ level }) => level === "error");
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/AWS_ACCESS_DENIED: ApiGatewayV2::Integration::/);
    expect(stateOf(last(here.pull))).toBe("failed");
    expect(countsOf(last(here.pull))).toEqual({ create: 1 });
    expect(codesIn(summary)).toContain("AWS_ACCESS_DENIED");
    expect(here.repository.deployments[0]?.statuses.at(-1)?.state).toBe("failure");
  });

  it("a wrong spec fails the job, with an annotation", async () => {
    const here = start();
    ana.push(here.repository, "topic", {
      "resources.js": "exports.createResources = () => [{ type: 'Apy', group: 'ApiGatewayV2' }]",
    });
    const { exitCode, annotations } = await command(here.pull, "/plan");
    expect(exitCode).toBe(1);
    expect(annotations.flatMap(({ message }) => codesIn(message))).toEqual(["TYPE_UNKNOWN"]);
    expect(codesIn(last(here.pull))).toEqual(["TYPE_UNKNOWN"]);
  });

  it.each(["/lock it is Friday", "/unlock", "/cancel"])(
    "%s is refused, because it needs a server",
    async (text) => {
      const { pull } = start();
      const { exitCode, reactions } = await command(pull, text);
      expect([exitCode, reactions]).toEqual([0, ["eyes", "confused"]]);
      expect(said(pull)).toHaveLength(1);
      expect(codesIn(last(pull))).toEqual(["WORKFLOW_NO_SERVER"]);
    },
  );

  it.each([
    ["talk", "Looks good to me"],
    ["a command in a quote", "> /apply"],
    ["a path", "/usr/bin is full"],
  ])("%s is ignored, without any request", async (_what, text) => {
    const { pull } = start();
    const requests = world.github.requests.length;
    const { exitCode, reactions, annotations } = await command(pull, text);
    expect([exitCode, reactions, annotations]).toEqual([0, [], []]);
    expect(said(pull)).toEqual([]);
    expect(world.github.requests.length).toBe(requests);
  });

  it("a command by a bot is ignored", async () => {
    const { pull, repository } = start();
    const url = `${world.github.world.urls.api}/repos/acme/${repository.name}/issues/${pull.number}/comments`;
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization: `token ${world.github.actionsToken(repository)}` },
      body: JSON.stringify({ body: "/plan" }),
    });
    expect(answer.status).toBe(201);
    const [comment] = said(pull);
    const { exitCode } = await job(pull, { event: "issue_comment", ...(comment ? { comment } : {}) });
    expect([exitCode, comment?.reactions]).toEqual([0, []]);
    expect(said(pull)).toHaveLength(1);
  });

  it("/plan by somebody with read permission is refused", async () => {
    const { pull } = start();
    const { exitCode, reactions } = await command(pull, "/plan", world.github.person("rea"));
    expect([exitCode, reactions]).toEqual([0, ["eyes", "confused"]]);
    expect(codesIn(last(pull))).toEqual(["GATE_PERMISSION"]);
  });
});

describe("holds, as GitHub's deployments have them", () => {
  const applied = (name: string): string | undefined =>
    [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;

  it("keep others from applying and let merges wait, until /release or the end of the pull request", async () => {
    const here = start("stages:\n  dev:\n    apply: on-merge\n");
    const { pull, repository, name } = here;
    ben.approve(pull);
    ana.merge(pull);
    expect((await job(repository)).exitCode).toBe(0);
    const change = (branch: string, description: string): PullRequest => {
      ana.push(repository, branch, { "resources.js": proxyStack({ api: name, description }) });
      return ana.openPullRequest(repository, { head: branch, title: branch });
    };
    const holder = change("holder", "of the holder");
    const planId = await planned({ ...here, pull: holder });
    ben.approve(holder);
    expect((await command(holder, `/apply ${planId}`)).exitCode).toBe(0);
    expect(applied(name)).toBe("of the holder");

    const other = change("other", "of the other");
    const otherId = await planned({ ...here, pull: other });
    ben.approve(other);
    await command(other, `/apply ${otherId}`);
    expect(closedGatesIn(last(other))).toEqual(["hold"]);

    ana.push(repository, "readme", { "README.md": "unrelated" });
    const readme = ana.openPullRequest(repository, { head: "readme", title: "readme" });
    ana.merge(readme);
    expect((await job(repository)).exitCode).toBe(0);
    expect(stateOf(last(readme))).toBe("queued");
    expect(last(readme)).toContain(`#${holder.number}`);
    expect(applied(name)).toBe("of the holder");

    await command(holder, "/release");
    expect(repository.deployments.at(-1)?.statuses.at(-1)?.state).toBe("inactive");
    const again = await planned({ ...here, pull: readme });
    ben.approve(readme);
    await command(readme, `/apply ${again}`);
    expect(stateOf(last(readme))).toBe("done");
    expect(applied(name)).toBeUndefined();
  });
});

describe("a pull request that was applied and is closed without a merge", () => {
  const closed = (pull: PullRequest): Promise<ActionRun> =>
    job(pull, { event: "pull_request_target", action: "closed" });

  it("is told what it leaves behind; /plan there plans the branch, /apply with its id takes the stack back", async () => {
    const here = start("stages:\n  dev:\n    apply: on-merge\n");
    const { repository, name } = here;
    ben.approve(here.pull);
    ana.merge(here.pull);
    expect((await job(repository)).exitCode).toBe(0);
    ana.push(repository, "tried", { "resources.js": proxyStack({ api: name, description: "tried" }) });
    const pull = ana.openPullRequest(repository, { head: "tried", title: "tried" });
    const planId = await planned({ ...here, pull });
    ben.approve(pull);
    await command(pull, `/apply ${planId}`);
    const applied = (): string | undefined =>
      [...world.aws.state.apis.values()].find(({ api }) => api.Name === name)?.api.Description;
    expect(applied()).toBe("tried");

    ana.close(pull);
    expect((await closed(pull)).exitCode).toBe(0);
    expect(factsIn(last(pull), "left-behind")).toEqual([
      { directory: ".", stage: "dev", sha: pull.pull.head.sha },
    ]);
    const comments = said(pull).length;
    expect((await closed(pull)).exitCode).toBe(0);
    expect(said(pull)).toHaveLength(comments);

    await command(pull, "/plan");
    const back = planIdIn(said(pull).find(({ body }) => isMarked(body, "plan"))?.body ?? "");
    await command(pull, "/apply");
    expect(codesIn(last(pull))).toEqual(["PLAN_ID_NEEDED"]);
    await command(pull, `/apply ${back}`);
    expect(stateOf(last(pull))).toBe("done");
    expect(applied()).toBeUndefined();
    await command(pull, "/plan");
    expect(codesIn(last(pull))).toEqual(["PULL_CLOSED"]);
  });

  it("gets no comment where nothing was applied, or where it was merged", async () => {
    const { pull } = start();
    ana.close(pull);
    expect((await closed(pull)).exitCode).toBe(0);
    const merged = start();
    ana.merge(merged.pull);
    expect((await closed(merged.pull)).exitCode).toBe(0);
    expect([...said(pull), ...said(merged.pull)]).toEqual([]);
  });
});

it("/apply of several stages applies them in the order of needs, in one job", async () => {
  const gates = "gates: [permission, plan-current]";
  const here = start(
    `stages:\n  prod:\n    ${gates}\n    needs: [dev]\n    region: us-east-1\n  dev:\n    ${gates}\n`,
  );
  const { pull, repository } = here;
  for (const stage of ["dev", "prod"]) await command(pull, `/plan -s ${stage}`);
  const { exitCode, reactions } = await command(pull, "/apply -s prod -s dev");
  expect([exitCode, reactions]).toEqual([0, ["eyes", "rocket"]]);
  expect(repository.deployments.map(({ environment }) => environment)).toEqual(["dev", "prod"]);
});

describe("two directories with one project name", () => {
  const settings = "stages:\n  dev:\n    directories: ['stacks/*']\n    gates: [permission, plan-current]\n";
  const stack = (project: string, which: string): Readonly<Record<string, string>> => ({
    [`stacks/${which}/package.json`]: JSON.stringify({ name: project }),
    [`stacks/${which}/resources.js`]: proxyStack({ api: `${project}-${which}` }),
  });

  it("in one job the second is refused", async () => {
    const { pull, repository, name } = start(settings);
    ana.push(repository, "topic", { ...stack(name, "one"), ...stack(name, "two") });
    await command(pull, "/plan");
    expect(codesIn(last(pull))).toEqual(["API_WITHOUT_STAGE", "PROJECT_SHARED"]);
  });

  it("in two jobs the second plans no change of what the first has", async () => {
    const { pull, repository, name } = start(settings);
    ana.push(repository, "topic", stack(name, "one"));
    const planId = await planned({ name, repository, pull });
    await command(pull, `/apply ${planId}`);
    expect(stateOf(last(pull))).toBe("done");
    ana.push(repository, "other", stack(name, "two"));
    const other = ana.openPullRequest(repository, { head: "other", title: "other" });
    const otherId = await planned({ name, repository, pull: other });
    await command(other, `/apply ${otherId}`);
    const names = [...world.aws.state.apis.values()].map(({ api }) => api.Name);
    expect(names).toEqual(expect.arrayContaining([`${name}-one`, `${name}-two`]));
  });
});

describe("a plan comment, which every writer can edit", () => {
  /** A stack that was merged and applied, and an approved pull request that changes its description. */
  async function approvedChange(): Promise<Here & { readonly change: PullRequest }> {
    const here = start();
    const { repository, name, pull } = here;
    await planned(here);
    ben.approve(pull);
    ana.merge(pull);
    expect((await job(repository)).exitCode).toBe(0);
    expect(stateOf(last(pull))).toBe("done");
    const change = open(here, "change", proxyStack({ api: name, description: "reviewed" }));
    await planned({ ...here, pull: change });
    ben.approve(change);
    return { ...here, change };
  }

  const open = ({ repository }: Here, branch: string, spec: string): PullRequest => {
    ana.push(repository, branch, { "resources.js": spec });
    return ana.openPullRequest(repository, { head: branch, title: branch });
  };

  const recordOf = (name: string) => [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
  const described = (name: string): string | undefined => recordOf(name)?.api.Description;
  const routesOf = (name: string): readonly (string | undefined)[] =>
    [...(recordOf(name)?.routes.values() ?? [])].map(({ RouteKey }) => RouteKey);

  const markerOf = (pull: PullRequest) => {
    const body = said(pull)[0]?.body ?? "";
    const [, digest = "", seen = ""] = /"digest":"(\w+)","seen":"(\w+)"/.exec(body) ?? [];
    return { digest, seen };
  };

  it.each(["digest", "seen"] as const)(
    "applies nothing that the approved head does not ask for, although its %s was edited",
    async (which) => {
      const { change, ...here } = await approvedChange();
      const { repository, name } = here;
      // Past the pull request a route is changed, too. What the merge will do is planned elsewhere, so that the comment can say it.
      const sneaked = proxyStack({ api: name }).replace("GET /hello", "GET /bye");
      ana.push(repository, "main", { "resources.js": sneaked });
      const both = proxyStack({ api: name, description: "reviewed" }).replace("GET /hello", "GET /bye");
      const mirror = open(here, "mirror", both);
      await planned({ ...here, pull: mirror });
      const [comment] = said(change);
      if (comment === undefined) throw new Error("no plan comment");
      const [shown, wanted] = [markerOf(change)[which], markerOf(mirror)[which]];
      expect([shown, wanted]).toEqual([
        expect.stringMatching(/^[0-9a-f]{64}$/),
        expect.stringMatching(/^[0-9a-f]{64}$/),
      ]);
      expect(wanted).not.toBe(shown);
      ben.edit(comment, comment.body.replace(shown, wanted));
      ana.merge(change);
      await job(repository);
      expect(said(change).flatMap(({ body }) => codesIn(body))).toContain("PLAN_NOT_REVIEWED");
      expect([described(name), routesOf(name)]).toEqual([undefined, ["GET /hello"]]);
    },
  );

  it("is enough for two merges, one right after the other, that do what it shows", async () => {
    const { change, ...here } = await approvedChange();
    const { repository, name } = here;
    const other = open(here, "other", proxyStack({ api: name }).replace("GET /hello", "GET /bye"));
    await planned({ ...here, pull: other });
    ben.approve(other);
    for (const pull of [change, other]) {
      ana.merge(pull);
      expect((await job(repository)).exitCode).toBe(0);
      expect(stateOf(last(pull))).toBe("done");
    }
    expect([described(name), routesOf(name)]).toEqual(["reviewed", ["GET /bye"]]);
  });
});

describe("a push to the default branch", () => {
  it("applies a merge by the stage's rule, and reports it on the merged pull request", async () => {
    const here = start("stages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n");
    ana.merge(here.pull);
    const { exitCode } = await job(here.repository);
    expect(exitCode).toBe(0);
    expect(stateOf(last(here.pull))).toBe("done");
    expect(outputsIn(last(here.pull)).has(`ApiId ${here.name}`)).toBe(true);
    expect(here.repository.deployments).toHaveLength(1);
  });

  it("applies nothing if the stage waits for /apply", async () => {
    const here = start("stages:\n  dev:\n    apply: before-merge\n");
    ana.merge(here.pull);
    expect((await job(here.repository)).exitCode).toBe(0);
    expect(writes(world)).toEqual([]);
    expect(said(here.pull)).toEqual([]);
  });

  it("applies the stages in order", async () => {
    const here = start(
      "stages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n  prod:\n    apply: on-merge\n    gates: [permission, plan-current]\n    needs: [dev]\n    region: us-east-1\n",
    );
    ana.merge(here.pull);
    expect((await job(here.repository)).exitCode).toBe(0);
    expect(here.repository.deployments.map(({ environment }) => environment)).toEqual(["dev", "prod"]);
  });

  it("applies nothing when an old job is started again, and leaves what that push came to", async () => {
    const here = start("stages:\n  dev:\n    apply: on-merge\n    gates: [permission, plan-current]\n");
    ana.merge(here.pull);
    const old = actionEnvironment(world.github, here.repository, { permissions: PERMISSIONS });
    expect((await job(here.repository)).exitCode).toBe(0);
    const before = last(here.pull);
    expect(stateOf(before)).toBe("done");
    ana.push(here.repository, "main", {
      "resources.js": proxyStack({ api: here.name, description: "newer" }),
    });
    expect((await job(here.repository)).exitCode).toBe(0);
    const written = writes(world).length;

    const { exitCode, annotations } = await job(here.repository, {
      env: { GITHUB_EVENT_PATH: old.env.GITHUB_EVENT_PATH ?? "" },
    });
    expect([exitCode, annotations]).toEqual([0, []]);
    expect(writes(world)).toHaveLength(written);
    expect(said(here.pull).map(({ body }) => body)).toEqual([before]);
    rmSync(old.directory, { recursive: true, force: true });
  });

  it("does nothing if it is to another branch", async () => {
    const here = start();
    const { exitCode, annotations } = await job(here.repository, { branch: "topic" });
    expect([exitCode, annotations]).toEqual([0, []]);
  });
});

describe("a misconfigured job", () => {
  it("succeeds with a notice on an event that the bot does not handle", async () => {
    const { repository } = start();
    const { exitCode, annotations } = await job(repository, { event: "workflow_dispatch" });
    expect(exitCode).toBe(0);
    expect(annotations).toEqual([{ level: "notice", message: expect.stringContaining("workflow_dispatch") }]);
  });

  it("fails without a token and says what to do", async () => {
    const { pull } = start();
    const comment = ana.comment(pull, "/help");
    const run = await job(pull, { event: "issue_comment", comment, inputs: { "github-token": "" } });
    expect(run.exitCode).toBe(1);
    expect(run.annotations[0]?.message).toMatch(/^WORKFLOW_TOKEN: .*github-token.*\n./);
  });

  it("fails without permission to comment, and names the permissions", async () => {
    const { pull } = start();
    const comment = ana.comment(pull, "/help");
    const run = await job(pull, {
      event: "issue_comment",
      comment,
      permissions: { contents: "read", metadata: "read" },
    });
    expect(run.exitCode).toBe(1);
    expect(run.annotations.map(({ message }) => message).join()).toMatch(/GITHUB_(FORBIDDEN|NOT_FOUND)/);
    expect(run.annotations.map(({ message }) => message).join()).toMatch(/`?\w+: write/);
  });

  it("reports a missing region on the pull request", async () => {
    const { pull } = start();
    const comment = ana.comment(pull, "/plan");
    const env = { AWS_REGION: "", AWS_DEFAULT_REGION: "" };
    const run = await job(pull, { event: "issue_comment", comment, env });
    expect(run.exitCode).toBe(1);
    expect(codesIn(last(pull))).toEqual(["NO_REGION"]);
    const again = await job(pull, {
      event: "issue_comment",
      comment: ana.comment(pull, "/plan"),
      env,
      inputs: {
        "aws-region": "eu-west-2",
        "github-token": world.github.actionsToken(pull.repository, PERMISSIONS),
      },
    });
    expect(again.exitCode).toBe(0);
  });

  it("says so outside a workflow", async () => {
    const { repository } = start();
    const run = await job(repository, { env: { GITHUB_EVENT_PATH: "" } });
    expect(run.exitCode).toBe(1);
    expect(codesIn(run.annotations[0]?.message ?? "")).toEqual(["WORKFLOW_ONLY"]);
  });

  it("shows no secret", async () => {
    const { pull } = start();
    const { masks, log } = await command(pull, "/help");
    expect(masks).toContain("secret-access-key");
    expect(masks.some((mask) => mask.startsWith("ghs_"))).toBe(true);
    expect(log).not.toMatch(/secret-access-key|ghs_/);
  });
});

describe("docs/bot.md", () => {
  it("starts the job for comments on pull requests and for pushes", () => {
    expect(documented.on).toEqual({
      issue_comment: { types: ["created"] },
      push: { branches: ["main"] },
      pull_request_target: { types: ["closed"] },
    });
    expect(documented.jobs.bot.if).toContain("github.event.issue.pull_request");
    expect(documented.jobs.bot.steps.at(-1)?.uses).toMatch(/\/bot@/);
  });
});
