import { createHash } from "node:crypto";
import { getOctokit } from "@actions/github";
import { exchangeWebFlowCode, refreshToken } from "@octokit/oauth-methods";
import { request } from "@octokit/request";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";
import { appRequest } from "./harness.ts";
import { renderMarkdown } from "./pages/markdown.ts";
import { account } from "./state/world.ts";

let fake: FakeGitHub;

beforeEach(async () => {
  fake = createFakeGitHub({ apiPrefix: "/api/v3" });
  await fake.listen();
});

afterEach(async () => {
  await fake.close();
  expect(fake.violations).toEqual([]);
});

describe("markdown, as GitHub shows it", () => {
  test.each([
    ["a table", "|a|b|\n|:-|-:|\n|x\\|y|2|", '<td align="left">x|y</td>\n<td align="right">2</td>'],
    ["an alert", "> [!CAUTION]\n> gone", '<div class="alert alert-caution">'],
    ["an alert in small letters is a quote", "> [!caution]\n> x", "<blockquote>"],
    ["a task list", "- [x] done\n- [ ] not", '<input type="checkbox" class="task" disabled checked>'],
    ["a diff", "```diff\n- a\n+ b\n```", '<span class="diff-added">+ b</span>'],
    ["a diagram, as its source", "```mermaid\ngraph LR\n```", "language-mermaid"],
    ["a fold", "<details><summary>s</summary>\n\n**b**\n\n</details>", "<strong>b</strong>"],
    ["a line's end", "a\nb", "a<br>b"],
    [
      "a mention",
      "hi @ana-b, mail a@b.c",
      '<a class="mention" href="/ana-b">@ana-b</a>, mail <a href="mailto:a@b.c">',
    ],
    ["no mention in code", "`@ana`", "<code>@ana</code>"],
    ["no comment", "a<!-- marker {json} -->b", "<p>ab</p>"],
    ["no script", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["no handler", '<img src="https://x/y.png" onerror="alert(1)">', '<img src="https://x/y.png">'],
    ["no script in an address", "[x](javascript:alert(1))", "<a>x</a>"],
  ])("%s", (_, markdown, html) => {
    expect(renderMarkdown(markdown)).toContain(html);
  });
});

describe("a conversation's page", () => {
  test("shows who said what, reviews, checks and deployments, and escapes them", async () => {
    const repository = fake.repository("acme/shop", { collaborators: { ana: "write" } });
    const [ana, bob] = [fake.person("ana"), fake.person("bob")];
    ana.push(repository, "feature", { a: "a" });
    const pull = ana.openPullRequest(repository, { head: "feature", title: "<b>Title</b>", body: "text" });
    const comment = ana.comment(pull, "/apply");
    bob.react(comment, "rocket");
    bob.approve(pull);
    fake.check(repository, pull.pull.head.sha, "test", "success");
    const read = async () => (await fetch(`${fake.world.urls.html}/acme/shop/pull/1`)).text();
    const open = await read();
    for (const part of [
      "&lt;b&gt;Title",
      `issuecomment-${comment.id}`,
      "🚀 1",
      "approved these changes",
      "state-open",
    ])
      expect(open).toContain(part);
    ana.merge(pull);
    expect(await read()).toContain("state-merged");
  });
});

describe("sign-in", () => {
  const callback = "https://bot.example/oauth/callback";

  async function code(clientId: string, more: Record<string, string> = {}): Promise<URLSearchParams> {
    const url = new URL(`${fake.world.urls.html}/login/oauth/authorize`);
    url.search = new URLSearchParams({
      client_id: clientId,
      redirect_uri: callback,
      state: "s",
      ...more,
    }).toString();
    const answer = await fetch(url, { redirect: "manual" });
    return new URL(answer.headers.get("location") ?? "").searchParams;
  }

  test("gives a token that sees what both the person and the App see", async () => {
    const app = fake.app({ slug: "gatewright", permissions: { contents: "read" } });
    const repository = fake.repository("acme/shop", { private: true, collaborators: { ana: "read" } });
    fake.repository("acme/other", { private: true, collaborators: { ana: "read" } });
    const installation = fake.install(app, "acme", [repository]);
    fake.signIn.browser = account(fake.world, "ana");
    const back = await code(app.clientId);
    expect(back.get("state")).toBe("s");
    const base = {
      clientType: "github-app",
      clientId: app.clientId,
      clientSecret: app.clientSecret,
    } as const;
    const web = { ...base, request: request.defaults({ baseUrl: fake.world.urls.api }) };
    const { authentication } = await exchangeWebFlowCode({
      ...web,
      code: back.get("code") ?? "",
      redirectUrl: callback,
    });
    const octokit = getOctokit(authentication.token, { baseUrl: fake.world.urls.api }).rest;
    expect((await octokit.users.getAuthenticated()).data.login).toBe("ana");
    const { data } = await octokit.apps.listInstallationsForAuthenticatedUser();
    expect(data.installations.map(({ id }) => id)).toEqual([installation.id]);
    const id = { installation_id: installation.id };
    const { data: seen } = await octokit.apps.listInstallationReposForAuthenticatedUser(id);
    expect(seen.repositories.map(({ name }) => name)).toEqual(["shop"]);
    await expect(octokit.repos.get({ owner: "acme", repo: "other" })).rejects.toMatchObject({ status: 404 });
    await expect(exchangeWebFlowCode({ ...web, code: back.get("code") ?? "" })).rejects.toThrow(
      "incorrect or expired",
    );
    if (!("refreshToken" in authentication)) throw new Error("no refresh token");
    const fresh = await refreshToken({ ...web, refreshToken: authentication.refreshToken });
    expect(fresh.authentication.token).not.toBe(authentication.token);
  });

  test("with a challenge wants its verifier", async () => {
    const app = fake.app({ slug: "gatewright" });
    fake.signIn.browser = account(fake.world, "ana");
    const challenge = createHash("sha256").update("verifier").digest("base64url");
    const exchange = async (verifier: string): Promise<string> => {
      const given = await code(app.clientId, { code_challenge: challenge, code_challenge_method: "S256" });
      const body = new URLSearchParams({
        client_id: app.clientId,
        client_secret: app.clientSecret,
        code: given.get("code") ?? "",
        code_verifier: verifier,
      });
      const url = `${fake.world.urls.html}/login/oauth/access_token`;
      return (await fetch(url, { method: "POST", body })).text();
    };
    expect(await exchange("wrong")).toContain("error=bad_verification_code");
    expect(await exchange("verifier")).toContain("access_token=ghu_");
  });

  test("asks who one is when nobody is signed in", async () => {
    const app = fake.app({ slug: "gatewright" });
    fake.person("ana");
    const answer = await fetch(
      `${fake.world.urls.html}/login/oauth/authorize?client_id=${app.clientId}&redirect_uri=${callback}`,
    );
    expect(await answer.text()).toContain("Continue as ana");
  });
});

test("a manifest becomes an App whose key works", async () => {
  const manifest = {
    name: "Gatewright of acme",
    redirect_url: "https://bot.example/setup",
    hook_attributes: { url: "https://bot.example/hook" },
    default_permissions: { issues: "write" },
    default_events: ["issue_comment"],
  };
  const form = await fetch(`${fake.world.urls.html}/organizations/acme/settings/apps/new?state=x`, {
    method: "POST",
    body: new URLSearchParams({ manifest: JSON.stringify(manifest) }),
    redirect: "manual",
  });
  const back = new URL(form.headers.get("location") ?? "");
  const code = back.searchParams.get("code") ?? "";
  const base = request.defaults({ baseUrl: fake.world.urls.api });
  const { data } = await base("POST /app-manifests/{code}/conversions", { code });
  expect(data).toMatchObject({
    slug: "gatewright-of-acme",
    owner: { login: "acme" },
    permissions: { issues: "write" },
  });
  expect(data.pem).toContain("BEGIN RSA PRIVATE KEY");
  const app = fake.world.apps.find(({ id }) => id === data.id);
  if (!app) throw new Error("no such App");
  expect((await appRequest(fake, app)("GET /app")).data?.slug).toBe("gatewright-of-acme");
  await expect(base("POST /app-manifests/{code}/conversions", { code })).rejects.toMatchObject({
    status: 404,
  });
});
