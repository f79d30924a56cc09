/** The built Action on other events, sources and hosts, and with several stacks. */
import { afterEach, describe, expect, it } from "vitest";
import { codesIn } from "./reading.ts";
import { applyFiles } from "./apply-files.ts";
import { PACKAGE, proxyStack, startWorld, type World, writes } from "./world.ts";

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const base = { "package.json": PACKAGE, "resources.js": proxyStack() };
const changed = { "resources.js": proxyStack({ description: "changed" }) };

async function start(
  files: Parameters<typeof startWorld>[0] = base,
  options: Parameters<typeof startWorld>[1] = {},
): Promise<World> {
  world = await startWorld(files, options);
  return world;
}

describe("a fork", () => {
  it("gets its plan in the summary, and a notice that explains why there is no comment", async () => {
    const here = await start();
    const pull = here.pullRequest(changed, { fork: true });
    const run = await here.act(pull);
    expect(run.exitCode).toBe(0);
    expect(pull.comments).toEqual([]);
    expect(run.summary).toContain(run.outputs["plan-id"]);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "notice", title: "COMMENT_FORK" }),
    );
  });
});

describe("a token", () => {
  it("without write permission does not fail the job; a notice names the missing permission", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    const run = await here.act(pull, { permissions: { contents: "read", pull_requests: "read" } });
    expect(run.exitCode).toBe(0);
    expect(pull.comments).toEqual([]);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({
        level: "notice",
        title: "COMMENT_FORBIDDEN",
        message: expect.stringContaining("pull-requests: write"),
      }),
    );
  });

  it("may be missing", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    const run = await here.act(pull, { inputs: { "github-token": "" } });
    expect(run.exitCode).toBe(0);
    expect(pull.comments).toEqual([]);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "notice", title: "COMMENT_NO_TOKEN" }),
    );
  });
});

describe("source: api", () => {
  it("plans and comments on a fork's head under pull_request_target, without a checkout", async () => {
    const here = await start();
    const pull = here.pullRequest({ "resources.js": proxyStack({ api: "from-the-fork" }) }, { fork: true });
    const run = await here.act(pull, {
      event: "pull_request_target",
      checkout: false,
      inputs: { source: "api" },
    });
    expect(run.stderr).toBe("");
    expect(run.exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain("from-the-fork");
  });

  it("gives the same plan id as a checkout of the same commit", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    const remote = await here.act(pull, { checkout: false, inputs: { source: "api" } });
    const local = await here.act(pull, { checkout: "head" });
    expect(remote.outputs["plan-id"]).toBe(local.outputs["plan-id"]);
  });

  it("alone is accepted under pull_request_target", async () => {
    const here = await start();
    const run = await here.act(here.pullRequest(changed), { event: "pull_request_target" });
    expect(run.exitCode).toBe(1);
    expect(run.annotations).toEqual([expect.objectContaining({ level: "error", title: "SOURCE_CHECKOUT" })]);
  });
});

describe("several stacks", () => {
  const stacks = {
    "apis/orders/package.json": PACKAGE,
    "apis/orders/resources.js": proxyStack({ api: "orders" }),
    "apis/users/package.json": PACKAGE,
    "apis/users/resources.ts": `${proxyStack({ api: "users" }).replace("exports.createResources =", "export const createResources =")}`,
    "apis/empty/README.md": "no spec here",
    "node_modules/x/resources.js": "throw new Error('never')",
  };

  it.each(["checkout", "api"])("share one comment with a section for each (source: %s)", async (source) => {
    const here = await start(stacks);
    const pull = here.pullRequest({ "apis/orders/resources.js": proxyStack({ api: "orders-2" }) });
    const run = await here.act(pull, {
      inputs: { directory: "apis/*", source },
      checkout: source === "checkout",
    });
    expect(run.annotations.filter(({ level }) => level === "error")).toEqual([]);
    expect(run.exitCode).toBe(0);
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain("apis/orders");
    expect(pull.comments[0]?.body).toContain("apis/users");
    expect(run.outputs).toMatchObject({ create: "6", "has-changes": "true" });
    expect(run.outputs["plan-id"]).toMatch(/^apis\/orders=[0-9a-f]{12}\napis\/users=[0-9a-f]{12}$/);
    expect(run.outputs["plan-file"]?.split("\n")).toHaveLength(2);
  });

  it("are planned even if one of them is broken", async () => {
    const here = await start(stacks);
    const pull = here.pullRequest({ "apis/orders/resources.js": "exports.createResources = () => 5;\n" });
    const run = await here.act(pull, { inputs: { directory: "apis/orders, apis/users" } });
    expect(run.exitCode).toBe(1);
    expect(pull.comments[0]?.body).toContain("users");
    expect(run.outputs["plan-id"]).toMatch(/^apis\/users=/);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "error", file: "apis/orders/resources.js" }),
    );
  });

  it("keep separate comments when each is planned by its own job, and so do stages", async () => {
    const here = await start(stacks);
    const pull = here.pullRequest({ "apis/orders/resources.js": proxyStack({ api: "orders-2" }) });
    const act = (directory: string, stage: string) => here.act(pull, { inputs: { directory, stage } });
    for (let round = 0; round < 2; round += 1) {
      await act("apis/orders", "dev");
      await act("apis/users", "dev");
      await act("apis/orders", "prod");
    }
    expect(pull.comments).toHaveLength(3);
  });

  it("must exist", async () => {
    const here = await start(stacks);
    const run = await here.act(here.pullRequest({ "README.md": "x" }), {
      inputs: { directory: "services/*" },
    });
    expect(run.exitCode).toBe(1);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({
        level: "error",
        title: "NO_STACKS",
        message: expect.stringContaining("apis/orders"),
      }),
    );
  });
});

describe("the base branch", () => {
  const role = `exports.createResources = () => [{
    type: "Role",
    group: "IAM",
    properties: () => ({
      RoleName: "my-role",
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
      },
    }),
  }];
`;
  const files = { "package.json": PACKAGE, "resources.js": role };
  const without = { "resources.js": "exports.createResources = () => [];\n" };

  it("shows which resources left the spec, even if nothing in AWS refers to them", async () => {
    const here = await start(files);
    await applyFiles(here, files);
    const pull = here.pullRequest(without);
    const run = await here.act(pull);
    expect(run.outputs).toMatchObject({ delete: "1" });
    expect(pull.comments[0]?.body).toContain("my-role");
    const push = await here.act(here.repository, { event: "workflow_dispatch", branch: "topic" });
    expect(push.outputs).toMatchObject({ delete: "1" });
  });

  it("shows drift", async () => {
    const here = await start();
    await applyFiles(here, base);
    for (const { api } of here.aws.state.apis.values()) api.Description = "by hand";
    const pull = here.pullRequest({ "README.md": "words" });
    await here.act(pull);
    expect(pull.comments[0]?.body).toContain("[!WARNING]");
    expect(codesIn(pull.comments[0]?.body ?? "")).toEqual(["API_WITHOUT_STAGE", "DRIFT"]);
  });

  it("gets a notice if it cannot be read, and the plan continues", async () => {
    const here = await start();
    const pull = here.pullRequest(changed);
    here.github.faults.add({ on: "git/get-tree", status: 403, times: 9, body: { message: "Forbidden" } });
    const run = await here.act(pull);
    expect(run.exitCode).toBe(0);
    expect(run.annotations).toContainEqual(
      expect.objectContaining({ level: "notice", title: "BASE_UNREADABLE" }),
    );
  });
});

describe("events without a pull request", () => {
  it.each(["push", "workflow_dispatch"] as const)("%s: the plan is in the summary", async (event) => {
    const here = await start();
    const run = await here.act(here.repository, { event });
    expect(run.stderr).toBe("");
    expect(run.exitCode).toBe(0);
    expect(run.summary).toContain(run.outputs["plan-id"]);
    expect(run.outputs).toMatchObject({ "comment-url": "", create: "3" });
    expect(run.annotations.map(({ title }) => title)).toEqual(["API_WITHOUT_STAGE"]);
    expect(here.github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(writes(here)).toEqual([]);
  });
});

describe("a merge queue", () => {
  it("plans the group, with what leaves the spec, and writes no comment", async () => {
    const here = await start();
    await applyFiles(here, base);
    const pull = here.pullRequest({ "resources.js": "exports.createResources = () => [];\n" });
    const run = await here.act(pull, { event: "merge_group" });
    expect(run.exitCode, run.log).toBe(0);
    expect(run.summary).toContain(run.outputs["plan-id"]);
    expect(run.outputs).toMatchObject({ "comment-url": "", create: "0", delete: "3" });
    expect(pull.comments).toEqual([]);
  });
});

describe("GitHub Enterprise Server", () => {
  it("is called below /api/v3, and linked in the comment", async () => {
    const here = await start(base, { github: { apiPrefix: "/api/v3" } });
    const pull = here.pullRequest(changed);
    const run = await here.act(pull, { inputs: { source: "api" }, checkout: false });
    expect(run.exitCode).toBe(0);
    expect(pull.comments[0]?.body).toContain(`${here.github.world.urls.html}/acme/shop/commit/`);
  });
});

describe("inputs", () => {
  it("that are wrong are all reported before anything else happens", async () => {
    const here = await start();
    const run = await here.act(here.pullRequest(changed), {
      inputs: { comment: "sometimes", source: "svn" },
      env: { AWS_REGION: "" },
    });
    expect(run.exitCode).toBe(1);
    expect(run.annotations.map(({ title }) => title)).toEqual(["INPUT_INVALID", "INPUT_INVALID"]);
    expect(here.github.requests).toEqual([]);
    expect(here.aws.calls).toEqual([]);
  });
});
