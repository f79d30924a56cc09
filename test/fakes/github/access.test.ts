import { createSign } from "node:crypto";
import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeGitHub, type FakeGitHub } from "./fake-github.ts";
import { appRequest, octokitOf } from "./harness.ts";
import type { App } from "./state/types.ts";

let fake: FakeGitHub;
let now: Date;
const where = { owner: "acme", repo: "shop" };

beforeEach(async () => {
  now = new Date();
  fake = createFakeGitHub({ now: () => now });
  await fake.listen();
});

afterEach(async () => {
  await fake.close();
  expect(fake.violations).toEqual([]);
});

const client = (token: string) => getOctokit(token, { baseUrl: fake.world.urls.api }).rest;

/** Status and message of a request that fails, or its status when it does not. */
async function outcome(request: Promise<{ status: number }>): Promise<string> {
  try {
    return String((await request).status);
  } catch (error) {
    return error instanceof Error && "status" in error ? `${error.status} ${error.message}` : String(error);
  }
}

function jwt(app: App, claims: Record<string, unknown>, key = app.privateKey ?? ""): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}`;
  return `${input}.${createSign("sha256").update(input).sign(key, "base64url")}`;
}

async function withJwt(token: string): Promise<string> {
  const answer = await fetch(`${fake.world.urls.api}/app`, { headers: { authorization: `Bearer ${token}` } });
  const body: { message?: string } = JSON.parse(await answer.text());
  return `${answer.status} ${body.message ?? ""}`.trim();
}

describe("a JWT", () => {
  test("is looked at as closely as GitHub looks", async () => {
    const app = fake.app({ slug: "gatewright" });
    const seconds = Math.floor(now.getTime() / 1000);
    const good = { iss: app.id, iat: seconds - 60, exp: seconds + 540 };
    const { generateKeyPairSync } = await import("node:crypto");
    const other = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    expect([
      await withJwt(jwt(app, good)),
      await withJwt(jwt(app, { ...good, iss: app.clientId })),
      await withJwt(jwt(app, { ...good, exp: seconds + 3600 })),
      await withJwt(jwt(app, { ...good, exp: seconds - 1 })),
      await withJwt(jwt(app, { ...good, iat: seconds + 60 })),
      await withJwt(jwt(app, { ...good, iss: 1 })),
      await withJwt(jwt(app, good, other.privateKey)),
      await withJwt("a.b.c"),
    ]).toEqual([
      "200",
      "200",
      "401 'Expiration time' claim ('exp') is too far in the future",
      expect.stringMatching(/^401 'Expiration time'/),
      expect.stringMatching(/^401 'Issued at'/),
      "401 Integration not found",
      "401 A JSON web token could not be decoded",
      "401 A JSON web token could not be decoded",
    ]);
  });
});

describe("an installation's token", () => {
  test("does what the App is permitted, where it is installed, for an hour", async () => {
    const app = fake.app({ slug: "gatewright", permissions: { contents: "read", issues: "write" } });
    const repository = fake.repository("acme/shop", { private: true });
    fake.repository("acme/secret", { private: true });
    fake.repository("other/open");
    const installation = fake.install(app, "acme", [repository]);
    const octokit = await octokitOf(fake, app, installation);
    const issue = { title: "Drift" };
    expect([
      await outcome(octokit.repos.get(where)),
      await outcome(octokit.issues.create({ ...where, ...issue })),
      await outcome(octokit.repos.createDeployment({ ...where, ref: "main" })),
      await outcome(octokit.repos.get({ owner: "acme", repo: "secret" })),
      await outcome(octokit.repos.get({ owner: "other", repo: "open" })),
      await outcome(octokit.issues.create({ owner: "other", repo: "open", ...issue })),
      await outcome(octokit.users.getAuthenticated()),
    ]).toEqual([
      "200",
      "201",
      expect.stringContaining("403 Resource not accessible by integration"),
      expect.stringContaining("404 Not Found"),
      "200",
      expect.stringContaining("403 Resource not accessible by integration"),
      expect.stringContaining("403 Resource not accessible by integration"),
    ]);
    now = new Date(now.getTime() + 3_600_001);
    expect(await outcome(octokit.repos.get(where))).toContain("401 Bad credentials");
  });

  test("may ask for less, and not for more", async () => {
    const app = fake.app({ slug: "gatewright", permissions: { contents: "read", issues: "write" } });
    const [shop] = [fake.repository("acme/shop"), fake.repository("acme/other", { private: true })];
    const installation = fake.install(app, "acme");
    const as = appRequest(fake, app);
    const ask = (more: object) =>
      as("POST /app/installations/{installation_id}/access_tokens", {
        installation_id: installation.id,
        ...more,
      });
    const { data } = await ask({ repositories: ["shop"], permissions: { issues: "read" } });
    expect(data).toMatchObject({
      repository_selection: "selected",
      permissions: { issues: "read", metadata: "read" },
    });
    const octokit = client(data.token);
    expect([
      await outcome(octokit.issues.create({ ...where, title: "x" })),
      await outcome(octokit.repos.get({ owner: "acme", repo: "other" })),
      await outcome(ask({ permissions: { contents: "write" } })),
      await outcome(ask({ repositories: ["nowhere"] })),
    ]).toEqual([
      expect.stringContaining("403"),
      expect.stringContaining("404"),
      expect.stringContaining("422 The permissions requested are not granted to this installation."),
      expect.stringContaining("422 There is at least one repository that does not exist"),
    ]);
    fake.suspend(installation);
    expect(await outcome(octokit.repos.get({ owner: "acme", repo: shop.name }))).toContain(
      "403 This installation has been suspended",
    );
    fake.uninstall(installation);
    expect(await outcome(octokit.repos.get(where))).toContain("401 Bad credentials");
  });
});

describe("a workflow's token", () => {
  test("has the permissions of its workflow and this repository only", async () => {
    const repository = fake.repository("acme/shop", { private: true });
    fake.repository("acme/other", { private: true });
    const octokit = client(fake.actionsToken(repository, { contents: "read", pull_requests: "read" }));
    expect([
      await outcome(octokit.pulls.list(where)),
      await outcome(octokit.issues.createComment({ ...where, issue_number: 1, body: "x" })),
      await outcome(octokit.issues.listForRepo(where)),
      await outcome(octokit.checks.listForRef({ ...where, ref: "main" })),
      await outcome(octokit.repos.get({ owner: "acme", repo: "other" })),
    ]).toEqual([
      "200",
      expect.stringMatching(/^403/),
      "200",
      expect.stringMatching(/^403/),
      expect.stringMatching(/^404/),
    ]);
  });
});

describe("people", () => {
  test("see and change what their role allows", async () => {
    fake.repository("acme/shop", { private: true, collaborators: { ana: "write", rita: "read" } });
    const [ana, rita, eve] = ["ana", "rita", "eve"].map((login) => client(fake.person(login).token()));
    const ref = {
      ...where,
      ref: "refs/heads/x",
      sha: fake.repository("acme/shop").refs.get("refs/heads/main") ?? "",
    };
    expect([
      await outcome(ana?.git.createRef(ref) ?? Promise.reject()),
      await outcome(rita?.git.createRef(ref) ?? Promise.reject()),
      await outcome(rita?.repos.get(where) ?? Promise.reject()),
      await outcome(eve?.repos.get(where) ?? Promise.reject()),
    ]).toEqual(["201", expect.stringMatching(/^403/), "200", expect.stringMatching(/^404/)]);
  });

  test("change nothing in an archived repository", async () => {
    const repository = fake.repository("acme/shop", { collaborators: { ana: "admin" } });
    repository.archived = true;
    const ana = client(fake.person("ana").token());
    expect([
      await outcome(ana.issues.create({ ...where, title: "x" })),
      await outcome(ana.issues.listForRepo(where)),
    ]).toEqual([expect.stringContaining("403 Repository was archived so is read-only."), "200"]);
  });

  test("without a token: what is public, and nothing is changed", async () => {
    fake.repository("acme/shop");
    fake.repository("acme/secret", { private: true });
    const status = async (path: string, init: RequestInit = {}) =>
      (await fetch(`${fake.world.urls.api}${path}`, init)).status;
    const post = { method: "POST", body: JSON.stringify({ title: "x" }) };
    expect([
      await status("/repos/acme/shop"),
      await status("/repos/acme/secret"),
      await status("/repos/acme/shop/issues", post),
      await status("/repos/acme/shop", { headers: { authorization: "token ghp_unknown" } }),
    ]).toEqual([200, 404, 401, 401]);
  });
});
