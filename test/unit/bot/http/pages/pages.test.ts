import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pagesRoutes } from "../../../../../bot/http/pages/routes.ts";
import { createMetrics } from "../../../../../bot/services/metrics.ts";
import { type PagesWorld, startPagesWorld } from "../../../../acceptance/pages-world.ts";
import { historyAddress } from "../../../../../bot/http/pages/shared/history-address.ts";
import { blocked, firstDeploy, succeeded } from "../../../../fixtures/plans.ts";
import { createMemoryStore } from "../../../../fakes/store.ts";
import { keptLog, serving } from "../serving.ts";
import { type Browsing, browsingOf, jar, location } from "./browsing.ts";

let world: PagesWorld;
let browsing: Browsing;
beforeAll(async () => {
  world = await startPagesWorld();
  browsing = browsingOf(world);
});
const get: Browsing["get"] = (...given) => browsing.get(...given);
const signIn: Browsing["signIn"] = (...given) => browsing.signIn(...given);
afterAll(() => world.close());
beforeEach(() => {
  expect(world.fake.violations).toEqual([]);
});

describe("signing in", () => {
  test("leads to GitHub with a challenge and back to the page that was wanted", async () => {
    const run = await world.run();
    const begun = await get(location(await get(`/runs/${run.id}`)));
    const github = new URL(location(begun));
    expect(github.origin).toBe(new URL(world.fake.world.urls.html).origin);
    expect(Object.fromEntries(github.searchParams)).toMatchObject({
      redirect_uri: `${world.url}/login/callback`,
      code_challenge_method: "S256",
    });
    const { cookie, landed } = await signIn("ana", `/runs/${run.id}`);
    expect(landed).toBe(`/runs/${run.id}`);
    expect((await get(landed, cookie)).status).toBe(200);
  });

  test("is refused without the browser it was begun in, with another state, and twice", async () => {
    world.browserIs("ana");
    const begun = await get("/login");
    const back = location(await get(location(begun)));
    expect((await get(back)).status).toBe(403);
    const forged = new URL(back);
    forged.searchParams.set("state", "x".repeat(32));
    expect((await get(forged.href, jar(begun))).status).toBe(403);
    expect((await get(back, jar(begun))).status).toBe(303);
    expect((await get(back, jar(begun))).status).toBe(403);
  });

  test("tells who said no at GitHub, and offers to try again", async () => {
    const answer = await get("/login/callback?error=access_denied&error_description=<script>");
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain("Sign in again");
    expect(text).not.toContain("<script>");
  });

  test.each([
    "https://evil.example/",
    "//evil.example",
    "/runs/../login",
    "/\\evil.example",
    "/runs/x\r\nset-cookie: a=b",
    "javascript:alert(1)",
  ])("never leads on to %j", async (to) => {
    world.browserIs("ana");
    const begun = await get(`/login?${new URLSearchParams({ to }).toString()}`);
    const done = await get(location(await get(location(begun))), jar(begun));
    expect(location(done)).toBe("/runs");
  });

  test("ends with signing out, which no other site can do", async () => {
    const { cookie } = await signIn("ana");
    const elsewhere = await get("/logout", cookie, {
      method: "POST",
      headers: { origin: "https://evil.example" },
    });
    expect([elsewhere.status, jar(elsewhere)]).toEqual([403, ""]);
    const out = await get("/logout", cookie, { method: "POST", headers: { origin: world.url } });
    expect([out.status, jar(out)]).toEqual([303, "gatewright="]);
    // Whoever copied the cookie before is signed out too.
    expect(location(await get("/runs", cookie))).toMatch(/^\/login/);
  });

  test("puts neither token nor secret anywhere a person or a log could read it", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ana");
    const tokens = [...world.fake.world.tokens.keys()];
    expect(tokens.length).toBeGreaterThan(0);
    const page = await get(`/runs/${run.id}`, cookie);
    const all = [cookie, await page.text(), JSON.stringify([...page.headers])].join("\n");
    for (const secret of [...tokens, ...world.fake.world.apps.map(({ clientSecret }) => clientSecret)])
      expect(all).not.toContain(secret);
  });
});

describe("a run's page", () => {
  test("is for people who can read the repository; to others it does not exist", async () => {
    const run = await world.run();
    const { cookie: ana } = await signIn("ana");
    const { cookie: eve } = await signIn("eve");
    expect((await get(`/runs/${run.id}`, ana)).status).toBe(200);
    const hidden = await get(`/runs/${run.id}`, eve);
    const missing = await get("/runs/5b0c7f5e-2b0e-4a57-9b0e-1f4f2c8d9e10", eve);
    const normal = async (answer: Response): Promise<string> =>
      (await answer.text()).replace(/nonce[=-]"?[\w+/=]+"?/g, "").replace(/data-now="\d+"/, "");
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(await normal(hidden)).toBe(await normal(missing));
    expect((await get(`/runs/${run.id}/events`, eve)).status).toBe(404);
    expect((await get(`/runs/${run.id}/events`)).status).toBe(401);
  });

  test("is not opened by another repository that has the name now", async () => {
    const run = await world.run({
      stack: { ...world.shop, repository: { ...world.shop.repository, id: 999_999 } },
    });
    const { cookie } = await signIn("ana");
    expect((await get(`/runs/${run.id}`, cookie)).status).toBe(404);
  });

  test("says that GitHub does not answer when it does not, and asks again next time", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ben");
    world.fake.faults.add({ on: "repos/get", status: 502, times: 1 });
    const away = await get(`/runs/${run.id}`, cookie);
    expect([away.status, away.headers.get("retry-after")]).toEqual([503, "10"]);
    expect((await get(`/runs/${run.id}`, cookie)).status).toBe(200);
  });

  test("asks GitHub once a minute, not for each look", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ana");
    const asked = (): number =>
      world.fake.requests.filter(({ path }) => path.startsWith("/repos/acme/shop")).length;
    const before = asked();
    for (let look = 0; look < 5; look += 1) await get(`/runs/${run.id}`, cookie);
    expect(asked() - before).toBe(1);
  });

  test("sends who is signed in with a token that is no longer valid to sign in again", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ana");
    for (const [token, it] of world.fake.world.tokens)
      if (it.kind === "user-to-server") world.fake.world.tokens.delete(token);
    const answer = await get(`/runs/${run.id}`, cookie);
    expect([answer.status, location(answer), jar(answer)]).toEqual([
      303,
      `/login?to=${encodeURIComponent(`/runs/${run.id}`)}`,
      "gatewright=",
    ]);
  });

  test("keeps scripts, frames and everything from outside away", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ana");
    const answer = await get(`/runs/${run.id}`, cookie);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-([\w+/=]+)'; style-src 'nonce-\1'; /);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const text = await answer.text();
    expect(text).not.toMatch(/ on\w+="| style="/);
    expect(text).not.toMatch(/(src|href)="https?:\/\/(?!127\.0\.0\.1)/);
    const again = (await get(`/runs/${run.id}`, cookie)).headers.get("content-security-policy");
    expect(again).not.toBe(policy);
  });

  test("shows the other stacks of the same command", async () => {
    const group = crypto.randomUUID();
    const cause = { by: "command", login: "ana", pull: 3, commentId: 31 } as const;
    const one = await world.run({ group, cause });
    const two = await world.run({ group, cause, stack: { ...world.shop, directory: "other" } });
    const { cookie } = await signIn("ana");
    expect(await (await get(`/runs/${one.id}`, cookie)).text()).toContain(`href="/runs/${two.id}"`);
  });

  test("reloads itself without script only when asked to", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ana");
    const plain = await (await get(`/runs/${run.id}`, cookie)).text();
    expect(plain).not.toContain("http-equiv");
    expect(plain).toContain(`/runs/${run.id}?refresh=5`);
    expect(await (await get(`/runs/${run.id}?refresh=0`, cookie)).text()).toContain('content="2"');
  });
});

describe("the list", () => {
  test("has the runs and locks of repositories one can read, and no others", async () => {
    const other = world.fake.repository("acme/secret", { private: true, collaborators: { eve: "read" } });
    const stack = {
      ...world.shop,
      repository: { ...world.shop.repository, id: other.id, name: "secret" },
    };
    const hidden = await world.run({ stack });
    const shown = await world.run();
    await world.store.acquireLock(stack, "eve", "a secret reason", {});
    await world.store.acquireLock({ ...world.shop, stage: "prod" }, "ben", "release freeze", {});
    const list = async (login: string, query = ""): Promise<string> => {
      const { cookie } = await signIn(login);
      return (await get(`/runs${query}`, cookie)).text();
    };
    const ana = await list("ana");
    expect(ana).toContain(shown.id);
    expect(ana).toContain("release freeze");
    expect(ana).not.toContain(hidden.id);
    expect(ana).not.toMatch(/secret/);
    expect(await list("ana", "?repository=acme/secret")).not.toContain(hidden.id);
    expect(await list("eve")).toContain(hidden.id);
  });

  test("filters by state and repository, and takes nonsense for no filter", async () => {
    const run = await world.run({ stack: { ...world.shop, stage: "filtered" } });
    const failed = await world.run({ stack: { ...world.shop, stage: "filtered" } });
    await world.store.endRun(failed.id, 0, { state: "failed" });
    const { cookie } = await signIn("ana");
    const list = async (query: string): Promise<string> => (await get(`/runs?${query}`, cookie)).text();
    expect(await list("state=failed")).toContain(failed.id);
    expect(await list("state=failed")).not.toContain(run.id);
    const plan = await world.run({ stack: { ...world.shop, stage: "filtered" }, kind: "plan" });
    await world.start(plan, blocked());
    await world.store.endRun(plan.id, 1, { state: "succeeded", plan: blocked() });
    expect(await list("state=blocked")).toContain(plan.id);
    expect(await list("state=blocked")).not.toContain(failed.id);
    // Its row says Blocked.
    expect(await list("state=succeeded")).not.toContain(plan.id);
    expect(await list("repository=acme/shop")).toContain(run.id);
    expect(await list("repository=acme/nothing")).toContain("No such run");
    expect(await list("state=constructor&limit=-1&repository=")).toContain(run.id);
  });

  test("says Blocked of a plan that cannot be applied, and Succeeded of one that can", async () => {
    const stack = { ...world.shop, stage: "blocked" };
    const made = await world.run({ stack, kind: "plan" });
    await world.start(made, blocked());
    await world.store.endRun(made.id, 1, { state: "succeeded", plan: blocked() });
    const { cookie } = await signIn("ana");
    expect(await (await get("/runs", cookie)).text()).toMatch(
      new RegExp(`is-failed">(?:(?!</tr>).)*Blocked(?:(?!</tr>).)*id="run-${made.id}"`, "s"),
    );
    const page = await (await get(`/runs/${made.id}`, cookie)).text();
    expect(page).toContain("<title>Blocked: Plan blocked");
    expect(page).not.toContain("pill is-succeeded");
    const history = await (await get(`${historyAddress(stack)}&show=all`, cookie)).text();
    expect(history).toContain("Blocked</span>");
  });
});

/** Reads a stream until it has said something. */
async function heard(answer: Response, words: RegExp): Promise<string> {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (!words.test(text)) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) throw new Error(`the stream ended: ${text}`);
    text += decoder.decode(piece.value);
  }
  await reader?.cancel();
  return text;
}

describe("the streams", () => {
  test("of a run resume after the last event and end with the run", async () => {
    const plan = firstDeploy();
    const result = succeeded(plan);
    const run = await world.run();
    await world.start(run, plan);
    const { cookie } = await signIn("ana");
    await world.begin(run, plan, 0);
    const path = `/runs/${run.id}/events?after=1&plan=${plan.id}`;
    const first = await heard(await get(path, cookie), /event: change\n.*\nid: 3\n\n/);
    expect(first).toMatch(/^retry: 2000\n\nevent: change\ndata: .*\nid: 3\n\n/);
    expect(first).toContain("log-2");
    await world.done(run, result, 0);
    const more = await heard(await get(path, cookie, { headers: { "last-event-id": "3" } }), /"sequence":4/);
    expect(more).not.toContain('"sequence":3');
    await world.end(run, result);
    expect(await heard(await get(path, cookie), /event: end/)).toContain("Succeeded");
  });

  test("are so many at a time for one person, and free again when closed", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ana");
    const ask = (): Promise<Response> => get(`/runs/${run.id}/events`, cookie);
    const open = await Promise.all(Array.from({ length: 20 }, ask));
    expect(open.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect((await ask()).status).toBe(429);
    const { cookie: ben } = await signIn("ben");
    const other = await get(`/runs/${run.id}/events`, ben);
    expect(other.status).toBe(200);
    await Promise.all([other, ...open].map(({ body }) => body?.cancel()));
    await expect.poll(async () => (await ask()).status).toBe(200);
  });

  test("of the list begins with the list, for the signed-in only", async () => {
    const run = await world.run();
    const { cookie } = await signIn("ana");
    expect(await heard(await get("/runs.events", cookie), /event: change\n.*\n\n/)).toContain(run.id);
    expect((await get("/runs.events")).status).toBe(401);
  });
});

test("without sign-in configured there are no pages, but a word on how to have them", async () => {
  const { url, server } = await serving({
    routes: pagesRoutes({
      store: createMemoryStore(),
      checks: async () => [],
      oauth: undefined,
      publicUrl: undefined,
      serverUrl: "https://github.example",
      apiUrl: "https://api.github.example",
      log: keptLog(),
      metrics: createMetrics({ version: "1" }),
      now: Date.now,
      version: "1",
    }),
  });
  for (const path of ["/", "/runs", "/runs/1", "/login"]) {
    const answer = await fetch(`${url}${path}`, { redirect: "manual" });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("GITHUB_CLIENT_ID");
  }
  await server.close(0);
});
