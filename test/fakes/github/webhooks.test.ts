import { readFileSync } from "node:fs";
import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";
import { octokitOf, type Receiver, startReceiver } from "./harness.ts";
import { emittedWebhooks, webhookName } from "./hooks/emitted.ts";
import type { Delivery } from "./hooks/deliver.ts";
import { isRecord, type Json } from "./json.ts";

let fake: FakeGitHub;
let receiver: Receiver;
const secret = "a long secret";
const permissions = {
  actions: "read",
  checks: "write",
  contents: "write",
  deployments: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "write",
} as const;
const events = [
  "check_run",
  "check_suite",
  "create",
  "delete",
  "deployment",
  "deployment_status",
  "issue_comment",
  "issues",
  "pull_request",
  "pull_request_review",
  "push",
  "status",
  "workflow_run",
];

beforeEach(async () => {
  fake = createFakeGitHub();
  await fake.listen();
  receiver = await startReceiver(secret);
});

afterEach(async () => {
  await fake.close();
  await receiver.close();
  expect(fake.violations).toEqual([]);
});

function shop() {
  const app = fake.app({
    slug: "gatewright",
    permissions,
    events,
    webhookUrl: receiver.url,
    webhookSecret: secret,
  });
  const repository = fake.repository("acme/shop", { collaborators: { ana: "write", bob: "write" } });
  const installation = fake.install(app, "acme", [repository]);
  const ana = fake.person("ana");
  ana.push(repository, "feature", { "a.js": "1\n" });
  const pull = ana.openPullRequest(repository, { head: "feature", title: "Change it", body: "Please." });
  return { app, installation, repository, ana, bob: fake.person("bob"), pull };
}

/** Everything that can happen, once. */
async function everything(): Promise<void> {
  const { app, installation, repository, ana, bob, pull } = shop();
  const comment = ana.comment(pull, "/apply");
  ana.edit(comment, "/apply abc");
  ana.deleteComment(comment);
  ana.push(repository, "feature", { "b.js": "b\n", "a.js": null });
  ana.dismiss(pull, bob.approve(pull, { body: "Good." }));
  ana.label(pull, ["one"]);
  ana.label(pull, []);
  ana.setDraft(pull, true);
  ana.setDraft(pull, false);
  ana.editIssue(pull, { title: "Other", body: "text" });
  ana.close(pull);
  ana.reopen(pull);
  const head = pull.pull.head.sha;
  fake.check(repository, head, "test", "success");
  fake.status(repository, head, "ci", "success");
  const token = fake.actionsToken(repository);
  const octokit = getOctokit(token, { baseUrl: fake.world.urls.api }).rest;
  const where = { owner: "acme", repo: "shop" };
  const { data } = await octokit.repos.createDeployment({ ...where, ref: head, environment: "dev" });
  if ("id" in data)
    await octokit.repos.createDeploymentStatus({ ...where, deployment_id: data.id, state: "success" });
  const bot = await octokitOf(fake, app, installation);
  const { data: run } = await bot.checks.create({
    ...where,
    name: "plan",
    head_sha: head,
    conclusion: "success",
  });
  const own = repository.suites.find((suite) => suite.runs.some(({ id }) => id === run.id));
  const ownRun = own?.runs[0];
  if (!own || !ownRun) throw new Error("the run is not there");
  ana.rerequest(repository, ownRun);
  ana.rerequestSuite(repository, own);
  fake.requestAction(repository, ownRun, "apply", "ana");
  const build = fake.workflowRun(repository, { workflow: "build.yml", sha: pull.pull.head.sha });
  fake.endWorkflowRun(repository, build, "success");
  ana.merge(pull);
  ana.deleteBranch(repository, "feature");
  const issue = ana.openIssue(repository, { title: "Drift" });
  ana.editIssue(issue, { title: "More drift" });
  ana.label(issue, ["drift"]);
  ana.label(issue, []);
  ana.close(issue);
  ana.reopen(issue);
  fake.suspend(installation);
  fake.suspend(installation, false);
  const other = fake.repository("acme/other");
  fake.select(installation, [repository, other]);
  fake.select(installation, [repository]);
  fake.uninstall(installation);
  await fake.idle();
}

type Shape = string | { readonly [key: string]: Shape };

/** Where the examples are older than GitHub's description, which the payloads are held to as well. */
const differ = [
  /\.installation\.(created|updated)_at is string, GitHub's is number$/,
  /^issues-\w+\.issue\.draft is missing$/,
  /^pull-request-.*\.repo\.custom_properties is missing$/,
];

/** Keys of GitHub's examples that ours lack or hold something else in. */
function differences(shape: Shape, value: Json | undefined, path: string): string[] {
  if (value === undefined) return [`${path} is missing`];
  if (value === null) return [];
  if (typeof shape === "string") {
    const type = Array.isArray(value) ? "array" : typeof value;
    return shape === "null" || shape.split("|").includes(type)
      ? []
      : [`${path} is ${type}, GitHub's is ${shape}`];
  }
  if (!isRecord(value)) return [`${path} is no object`];
  return Object.entries(shape).flatMap(([key, inner]) => differences(inner, value[key], `${path}.${key}`));
}

describe("webhooks out", () => {
  test("all arrive signed, and have what GitHub's own examples have", async () => {
    await everything();
    const names = new Set(receiver.received.map(({ name }) => webhookName(...split(name))));
    expect([...names].sort()).toEqual(emittedWebhooks);
    expect(receiver.received.filter(({ signed }) => !signed)).toEqual([]);
    const { events: shapes }: { events: Record<string, Shape> } = JSON.parse(
      readFileSync(new URL("../../fixtures/github-webhook-shapes.json", import.meta.url), "utf8"),
    );
    const found = receiver.received.flatMap(({ name, payload }) => {
      const shape = shapes[webhookName(...split(name))];
      return shape ? differences(shape, payload, webhookName(...split(name))) : [];
    });
    const other = found.filter((each) => !differ.some((known) => known.test(each)));
    expect([...new Set(other)]).toEqual([]);
  });

  test("tell what was true when it happened, not when it arrived", async () => {
    const { ana, pull } = shop();
    await fake.idle();
    fake.hooks.pause();
    const comment = ana.comment(pull, "first");
    ana.edit(comment, "second");
    fake.hooks.resume((held) => held.toReversed());
    await fake.idle();
    const bodies = receiver.received
      .filter(({ name }) => name.startsWith("issue_comment"))
      .map(({ payload }) => (isRecord(payload.comment) ? payload.comment.body : undefined));
    expect(bodies.toSorted()).toEqual(["first", "second"]);
  });

  test("reach only Apps that are installed there and subscribed", async () => {
    const { repository, ana } = shop();
    const deaf = fake.app({ slug: "deaf", webhookUrl: receiver.url, webhookSecret: secret });
    fake.install(deaf, "acme");
    await fake.idle();
    receiver.received.length = 0;
    ana.openIssue(repository, { title: "One" });
    ana.openIssue(fake.repository("acme/elsewhere"), { title: "Two" });
    await fake.idle();
    expect(receiver.received.map(({ name }) => name)).toEqual(["issues.opened"]);
  });

  test("an App's own deeds come back to it from its bot", async () => {
    const { app, installation, pull } = shop();
    const bot = await octokitOf(fake, app, installation);
    await bot.issues.createComment({ owner: "acme", repo: "shop", issue_number: pull.number, body: "done" });
    await fake.idle();
    const last = receiver.received.at(-1);
    expect(last).toMatchObject({
      name: "issue_comment.created",
      payload: {
        sender: { login: "gatewright[bot]", type: "Bot" },
        comment: { performed_via_github_app: { slug: "gatewright" } },
        installation: { id: installation.id },
      },
    });
  });

  test("deliveries that failed are listed, read and sent again", async () => {
    const { app, ana, pull } = shop();
    await fake.idle();
    fake.hooks.setLost(true);
    ana.comment(pull, "lost");
    await fake.idle();
    fake.hooks.setLost(false);
    const { createAppAuth } = await import("@octokit/auth-app");
    const { request } = await import("@octokit/request");
    const base = request.defaults({ baseUrl: fake.world.urls.api });
    const auth = createAppAuth({ appId: app.id, privateKey: app.privateKey ?? "", request: base });
    const asApp = base.defaults({ request: { hook: auth.hook } });
    const { data: failed } = await asApp("GET /app/hook/deliveries", { status: "failure" });
    expect(failed).toMatchObject([
      { event: "issue_comment", action: "created", status_code: 502, redelivery: false },
    ]);
    const id = Number(failed[0]?.id);
    const { data: whole } = await asApp("GET /app/hook/deliveries/{delivery_id}", { delivery_id: id });
    expect(whole.request.payload).toMatchObject({ comment: { body: "lost" } });
    await asApp("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
    await fake.idle();
    expect(receiver.received.at(-1)).toMatchObject({
      name: "issue_comment.created",
      delivery: failed[0]?.guid,
    });
    const first = await asApp("GET /app/hook/deliveries", { per_page: 2 });
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.link ?? "")?.[1];
    const cursor = new URL(next ?? "").searchParams.get("cursor") ?? "";
    const second = await asApp("GET /app/hook/deliveries", { per_page: 2, cursor });
    expect(first.data[0]).toMatchObject({ redelivery: true, status: "OK" });
    expect(second.data[0]?.id).toBeLessThan(first.data[1]?.id ?? 0);
  });

  test("a receiver that answers an error makes a failed delivery", async () => {
    const { ana, pull } = shop();
    await fake.idle();
    receiver.status = 500;
    ana.comment(pull, "x");
    await fake.idle();
    const last: Delivery | undefined = fake.hooks.deliveries.at(-1);
    expect(last).toMatchObject({ statusCode: 500, response: { body: "thank you" } });
  });
});

function split(name: string): [string, string | undefined] {
  const [event = "", action] = name.split(".");
  return [event, action];
}
