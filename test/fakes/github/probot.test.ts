import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeMiddleware, createProbot, type Probot } from "probot";
import { expect, test } from "vitest";
import { createFakeGitHub } from "./fake-github.ts";

test("a Probot app hears a comment, acts as its installation, and answers", async () => {
  const fake = createFakeGitHub({ apiPrefix: "/api/v3" });
  const { apiUrl } = await fake.listen();
  const secret = "a long secret";
  const app = fake.app({
    slug: "gatewright",
    permissions: { issues: "write", pull_requests: "write", contents: "read" },
    events: ["issue_comment", "push"],
    webhookSecret: secret,
  });
  const probot = createProbot({
    overrides: {
      appId: app.id,
      privateKey: app.privateKey ?? "",
      secret,
      baseUrl: apiUrl,
      logLevel: "fatal",
    },
  });
  const middleware = await createNodeMiddleware(
    (bot: Probot) => {
      bot.on("issue_comment.created", async (context) => {
        const { octokit, payload } = context;
        if (payload.sender.type === "Bot") return;
        const pull = await octokit.rest.pulls.get({
          owner: payload.repository.owner.login,
          repo: payload.repository.name,
          pull_number: payload.issue.number,
        });
        await octokit.rest.issues.createComment(
          context.issue({ body: `${payload.comment.body} at ${pull.data.head.sha}` }),
        );
      });
    },
    { probot },
  );
  const server = createServer((request, response) => {
    void middleware(request, response, () => response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  app.webhook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`;

  const repository = fake.repository("acme/shop", { private: true, collaborators: { ana: "write" } });
  fake.install(app, "acme");
  const ana = fake.person("ana");
  ana.push(repository, "feature", { a: "a" });
  const pull = ana.openPullRequest(repository, { head: "feature", title: "x" });
  ana.comment(pull, "/apply");
  await fake.until("the bot's comment", () => pull.comments[1]);
  await fake.idle();
  expect(pull.comments.map(({ author, body }) => [author.login, body])).toEqual([
    ["ana", "/apply"],
    ["gatewright[bot]", `/apply at ${pull.pull.head.sha}`],
  ]);
  expect(fake.hooks.deliveries.filter(({ statusCode }) => statusCode !== 200)).toEqual([]);
  await fake.close();
  await new Promise((resolve) => server.close(resolve));
  expect(fake.violations).toEqual([]);
});
