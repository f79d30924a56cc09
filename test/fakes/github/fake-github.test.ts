import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";

let fake: FakeGitHub;
let baseUrl: string;
let inbox: { name: string; payload: Record<string, unknown>; signed: boolean }[];
let bot: Server;
const secret = "a long secret";

beforeEach(async () => {
  fake = createFakeGitHub();
  baseUrl = (await fake.listen()).apiUrl;
  inbox = [];
  bot = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
      const payload = JSON.parse(body);
      const event = request.headers["x-github-event"];
      inbox.push({
        name: [event, ...(payload.action ? [payload.action] : [])].join("."),
        payload,
        signed: signature === request.headers["x-hub-signature-256"],
      });
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  await fake.close();
  bot.close();
  expect(fake.violations).toEqual([]);
});

const botUrl = (): string => `http://127.0.0.1:${(bot.address() as AddressInfo).port}/`;
const everyEvent = [
  "issue_comment",
  "issues",
  "pull_request",
  "pull_request_review",
  "push",
  "check_run",
  "check_suite",
  "status",
  "deployment",
  "deployment_status",
  "create",
  "delete",
];
const permissions = {
  checks: "write",
  contents: "write",
  deployments: "write",
  issues: "write",
  pull_requests: "write",
  statuses: "write",
} as const;

function shop() {
  const app = fake.app({
    slug: "gatewright",
    permissions,
    events: everyEvent,
    webhookUrl: botUrl(),
    webhookSecret: secret,
  });
  const repository = fake.repository("acme/shop", {
    files: {
      "resources.js": "exports.createResources = () => [];\n",
      "lib/a.js": "a\n",
      link: { symlink: "lib/a.js" },
    },
    collaborators: { ana: "write", bob: "write", rita: "read" },
  });
  fake.install(app, "acme");
  const ana = fake.person("ana");
  ana.push(repository, "feature", { "resources.js": "exports.createResources = () => [1];\n" });
  const pull = ana.openPullRequest(repository, { head: "feature", title: "Change it" });
  return { app, repository, ana, pull, where: { owner: "acme", repo: "shop" } };
}

describe("the story of a pull request", () => {
  test("is told over signed webhooks", async () => {
    const { repository, ana, pull } = shop();
    const comment = ana.comment(pull, "/apply");
    ana.edit(comment, "/apply abc");
    ana.deleteComment(comment);
    ana.push(repository, "feature", { "b.js": "b\n" });
    const bob = fake.person("bob");
    const review = bob.approve(pull);
    ana.dismiss(pull, review);
    ana.label(pull, ["one"]);
    ana.label(pull, []);
    ana.setDraft(pull, true);
    ana.setDraft(pull, false);
    ana.editIssue(pull, { title: "Other", body: "text" });
    ana.close(pull);
    ana.reopen(pull);
    fake.check(repository, pull.pull.head.sha, "test", "success");
    fake.status(repository, pull.pull.head.sha, "ci", "success");
    ana.merge(pull);
    ana.deleteBranch(repository, "feature");
    const issue = ana.openIssue(repository, { title: "Drift", labels: ["drift"] });
    ana.close(issue);
    await fake.idle();
    expect(inbox.every(({ signed }) => signed)).toBe(true);
    expect(new Set(inbox.map(({ name }) => name))).toMatchSnapshot();
  });

  test("is read and written by the Action's Octokit", async () => {
    const { repository, pull, where } = shop();
    const octokit = getOctokit(fake.actionsToken(repository), { baseUrl }).rest;
    const { data } = await octokit.pulls.get({ ...where, pull_number: pull.number });
    expect(data).toMatchObject({ number: 1, mergeable: true, changed_files: 1, head: { ref: "feature" } });
    for (let n = 0; n < 101; n++)
      await octokit.issues.createComment({ ...where, issue_number: pull.number, body: `comment ${n}` });
    const all = await getOctokit(fake.actionsToken(repository), { baseUrl }).paginate(
      octokit.issues.listComments,
      {
        ...where,
        issue_number: pull.number,
        per_page: 100,
      },
    );
    expect(all).toHaveLength(101);
    expect(all[0]?.user).toMatchObject({ login: "github-actions[bot]", type: "Bot" });
  });
});
