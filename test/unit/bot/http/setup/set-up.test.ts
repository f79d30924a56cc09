import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EVENTS } from "../../../../../bot/events/listeners.ts";
import { appManifest, PERMISSIONS, WEBHOOK_EVENTS } from "../../../../../bot/http/setup/app-manifest.ts";
import { readConfig } from "../../../../../bot/config/config.ts";
import { readEnvFile, writeEnvFile } from "../../../../../bot/http/setup/env-file.ts";
import { needsSetUp, runSetUp } from "../../../../../bot/http/setup/run.ts";
import { createSetUp } from "../../../../../bot/http/setup/set-up.ts";
import { createFakeGitHub, type FakeGitHub } from "../../../../fakes/github/fake-github.ts";
import { keptLog, type Serving, serving } from "../serving.ts";

let fake: FakeGitHub;
let folder: string;
let running: Serving | undefined;
beforeAll(async () => {
  fake = createFakeGitHub();
  await fake.listen();
});
afterAll(() => fake.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatewright-set-up-"));
});
afterEach(async () => {
  await running?.server.close(0);
  running = undefined;
  await rm(folder, { recursive: true });
  expect(fake.violations).toEqual([]);
});

const identity = async () => ({
  account: "840541460064",
  partition: "aws",
  arn: "arn:aws:iam::840541460064:role/bot",
});

async function start(more: { publicUrl?: string } = {}) {
  const log = keptLog();
  const { html: serverUrl, api: apiUrl } = fake.world.urls;
  const setUp = createSetUp({
    serverUrl,
    apiUrl,
    publicUrl: more.publicUrl,
    dataDirectory: folder,
    log,
    version: "1",
    region: "eu-west-2",
    identity,
  });
  running = await serving(setUp.server);
  const { url } = running;
  const get = (path: string, cookie = ""): Promise<Response> =>
    fetch(path.startsWith("http") ? path : url + path, { redirect: "manual", headers: { cookie } });
  const opened = await get(setUp.path);
  const cookie = opened.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return { setUp, url, get, cookie, log };
}

const value = (text: string, name: string): string =>
  (new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

/** The browser's way through GitHub: gives the address it is led back to. */
async function throughGitHub(page: string): Promise<URL> {
  const answer = await fetch(value(page, 'method="post" action'), {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ manifest: value(page, 'name="manifest" value') }),
  });
  return new URL(answer.headers.get("location") ?? "");
}

describe("the set-up", () => {
  test("goes from nothing to credentials that the bot starts with", async () => {
    const { setUp, get, cookie, log } = await start();
    const begun = await (await get("/", cookie)).text();
    expect(begun).toContain('name="publicUrl" value="http://127.0.0.1:');
    expect(begun).toContain("account 840541460064, as arn:aws:iam::840541460064:role/bot");
    const local = await (
      await get("/setup?name=x&publicUrl=http://127.0.0.1:1&organization=", cookie)
    ).text();
    expect(local).toContain("GitHub cannot reach it");
    const query = "name=Our+deployer&publicUrl=https%3A%2F%2Fbot.example%2F&organization=acme";
    const confirm = await get(`/setup?${query}`, cookie);
    expect(confirm.headers.get("content-security-policy")).toContain(
      `form-action 'self' ${fake.world.urls.html}`,
    );
    const back = await throughGitHub(await confirm.text());
    expect(back.origin).toBe("https://bot.example");
    // The public address leads here, in a browser that has no cookie for it.
    const done = await get(back.pathname + back.search);
    const text = await done.text();
    expect(done.status).toBe(200);
    expect(text).toContain("/our-deployer/installations/new");
    expect(text).toContain("all 10 that are needed");
    expect(text).toContain("all 6 that are needed");
    expect(text).not.toContain("Missing: ");

    const file = join(folder, ".env");
    expect(await setUp.done).toEqual({ file, inPlace: true });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const app = fake.world.apps.at(-1);
    const config = readConfig(await readEnvFile(folder));
    expect(config).toMatchObject({
      appId: app?.id,
      webhookSecret: app?.webhook.secret,
      oauth: { clientId: app?.clientId, clientSecret: app?.clientSecret },
      publicUrl: "https://bot.example",
    });
    expect(app).toMatchObject({
      name: "Our deployer",
      webhook: { url: "https://bot.example/api/github/webhooks" },
      permissions: { contents: "read", pull_requests: "write", deployments: "write" },
      events: [
        "issue_comment",
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "push",
        "workflow_run",
      ],
    });
    expect(app?.owner.login).toBe("acme");
    // Said nowhere.
    const said = [text, ...log.lines].join("\n");
    for (const secret of [config.privateKey.slice(40, 80), config.webhookSecret, app?.clientSecret ?? ""])
      expect(said).not.toContain(secret);
  });

  test("is for who reads the bot's terminal", async () => {
    const { get, cookie } = await start();
    expect(cookie).toMatch(/^gatewright-set-up=[\w-]{24}$/);
    for (const path of ["/", "/?key=wrong", "/setup?name=a&publicUrl=http://a", "/runs"])
      expect((await get(path)).status).toBeGreaterThanOrEqual(403);
    expect((await get("/", "gatewright-set-up=wrong")).status).toBe(403);
  });

  test("takes a code once, and only with a state it gave", async () => {
    const { get, cookie } = await start();
    expect((await get("/setup/callback?code=x&state=y")).status).toBe(403);
    const page = await (await get("/setup?name=a&publicUrl=http://bot.example", cookie)).text();
    const back = await throughGitHub(page);
    expect((await get(back.pathname + back.search)).status).toBe(200);
    expect((await get(back.pathname + back.search)).status).toBe(403);
  });

  test("says what GitHub said when it refuses, and writes nothing", async () => {
    const { get, cookie } = await start();
    const page = await (await get("/setup?name=a&publicUrl=http://bot.example", cookie)).text();
    const back = await throughGitHub(page);
    back.searchParams.set("code", "old");
    const answer = await get(back.pathname + back.search);
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining("404: Not Found")]);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ["publicUrl=https://bot.example/path", "without a path"],
    ["publicUrl=javascript:alert(1)", "without a path"],
    ["publicUrl=http://a&name=%3Cb%3E", "not an App&#39;s name"],
    ["publicUrl=http://a&organization=../x", "not an organization&#39;s name"],
  ])("refuses %s with a word on what is accepted", async (query, words) => {
    const { get, cookie } = await start();
    const answer = await get(`/setup?${query}`, cookie);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(words)]);
  });

  test("is alive and not ready", async () => {
    const { get } = await start();
    expect([(await get("/healthz")).status, (await get("/readyz")).status]).toEqual([200, 503]);
  });

  test("runs as the whole bot, tells its address at the terminal only, and gives the port back", async () => {
    const lines: string[] = [];
    const log = keptLog();
    const { html: serverUrl, api: apiUrl } = fake.world.urls;
    const config = {
      host: "127.0.0.1",
      port: 0,
      serverUrl,
      apiUrl,
      publicUrl: undefined,
      dataDirectory: folder,
    };
    const over = new AbortController();
    const say = (line: string): void => {
      lines.push(line);
      over.abort();
    };
    expect(
      await runSetUp(config, { log, say, version: "1", region: undefined, identity }, over.signal),
    ).toBeUndefined();
    expect(lines.join()).toMatch(/http:\/\/localhost:\d+\/\?key=[\w-]{24}/);
    expect(log.lines.join()).not.toContain("key=");
  });
});

describe("the file of credentials", () => {
  test("keeps what a person wrote into it, and never replaces an App", async () => {
    await writeFile(join(folder, ".env"), "# ours\nAWS_REGION=eu-west-2");
    const first = await writeEnvFile(folder, { APP_ID: "1", PRIVATE_KEY: "a\nb\n" });
    expect(await readEnvFile(folder)).toEqual({
      AWS_REGION: "eu-west-2",
      APP_ID: "1",
      PRIVATE_KEY: "a\nb\n",
    });
    const second = await writeEnvFile(folder, { APP_ID: "2" });
    expect(second).not.toBe(first);
    expect(await readEnvFile(folder)).toMatchObject({ APP_ID: "1" });
    expect(await readFile(second, "utf8")).toBe('APP_ID="2"\n');
    expect((await stat(first)).mode & 0o777).toBe(0o600);
  });

  test("may be missing", async () => {
    expect(await readEnvFile(join(folder, "nowhere"))).toEqual({});
  });

  test("is asked for only when nothing names an App", () => {
    expect(needsSetUp({})).toBe(true);
    expect(needsSetUp({ APP_ID: "" })).toBe(true);
    for (const name of ["APP_ID", "WEBHOOK_SECRET", "PRIVATE_KEY", "PRIVATE_KEY_PATH"])
      expect(needsSetUp({ [name]: "x" })).toBe(false);
  });
});

test("the manifest asks for the events that have handlers, and no permission without a reason", () => {
  expect(WEBHOOK_EVENTS).toEqual([...new Set(Object.keys(EVENTS).map((name) => name.split(".")[0]))].sort());
  expect(Object.values(PERMISSIONS).every(({ why }) => why.length > 10)).toBe(true);
  expect(PERMISSIONS.contents?.level).toBe("read");
  expect(appManifest("a", "https://bot.example")).toMatchObject({
    public: false,
    hook_attributes: { url: "https://bot.example/api/github/webhooks", active: true },
    callback_urls: ["https://bot.example/login/callback"],
    redirect_url: "https://bot.example/setup/callback",
  });
});
