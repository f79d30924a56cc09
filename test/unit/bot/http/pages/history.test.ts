import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { historyAddress } from "../../../../../bot/http/pages/shared/history-address.ts";
import { account } from "../../../../fakes/github/state/world.ts";
import { PAGE_RUNS } from "../../../../../bot/http/pages/history/page.ts";
import { type PagesWorld, startPagesWorld } from "../../../../acceptance/pages-world.ts";
import { firstDeploy, halfFailed, succeeded } from "../../../../fixtures/plans.ts";
import { type Browsing, browsingOf, location } from "./browsing.ts";

let world: PagesWorld;
let browsing: Browsing;
beforeAll(async () => {
  world = await startPagesWorld();
  browsing = browsingOf(world);
});
afterAll(() => world.close());
beforeEach(() => {
  expect(world.fake.violations).toEqual([]);
});
const get: Browsing["get"] = (...given) => browsing.get(...given);
const signIn: Browsing["signIn"] = (...given) => browsing.signIn(...given);

describe("the history of a stack", () => {
  const deploy = async (stage: string, sha: string, state: "succeeded" | "failed" = "succeeded") => {
    const run = await world.run({ stack: { ...world.shop, stage }, sha });
    await world.start(run, firstDeploy());
    await world.store.endRun(run.id, 1, { state, result: succeeded(firstDeploy()) });
    return run;
  };

  test("tells who changed it, when and to which commit, marks what is deployed, and leaves plans out", async () => {
    const stack = { ...world.shop, stage: "told" };
    const first = await deploy("told", "a".repeat(40));
    const failed = await deploy("told", "b".repeat(40), "failed");
    const plan = await world.run({ stack, kind: "plan" });
    const { cookie } = await signIn("ana");
    const page = async (more = ""): Promise<string> =>
      (await get(`${historyAddress(stack)}${more}`, cookie)).text();
    const applies = await page();
    expect(applies.indexOf(failed.id)).toBeGreaterThan(0);
    expect(applies.indexOf(first.id)).toBeGreaterThan(applies.indexOf(failed.id));
    expect(applies).not.toContain(plan.id);
    expect(applies.match(/class="tag">deployed/g)).toHaveLength(1);
    expect(applies).toMatch(/aaaaaaa<\/code><\/a> <span class="tag">deployed/);
    expect(applies).toContain(`/commit/${"b".repeat(40)}"`);
    expect(applies).toContain("ana");
    expect(await page("&show=all")).toContain(plan.id);
  });

  test("has pages", async () => {
    const stack = { ...world.shop, stage: "long" };
    const runs = [];
    for (let index = 0; index < PAGE_RUNS + 2; index += 1) runs.push(await world.run({ stack }));
    const { cookie } = await signIn("ana");
    const first = await (await get(historyAddress(stack), cookie)).text();
    expect(first.match(/id="run-/g)).toHaveLength(PAGE_RUNS);
    const [, older = ""] = /id="older" href="([^"]*)"/.exec(first) ?? [];
    const second = await (await get(older.replaceAll("&amp;", "&"), cookie)).text();
    expect([...second.matchAll(/id="run-([^"]*)"/g)].map(([, id]) => id)).toEqual([runs[1]?.id, runs[0]?.id]);
    expect(second).toContain('id="newest"');
    expect(second).not.toContain('id="older"');
  });

  test("does not exist for who cannot read the repository, or of a repository that there is not", async () => {
    await deploy("secret", "c".repeat(40));
    const stack = { ...world.shop, stage: "secret" };
    const { cookie } = await signIn("eve");
    const hidden = await get(historyAddress(stack), cookie);
    expect(hidden.status).toBe(404);
    expect(await hidden.text()).not.toContain("acme/shop");
    const repository = { ...world.shop.repository, name: "nothing" };
    expect((await get(historyAddress({ ...stack, repository }), cookie)).status).toBe(404);
    expect((await get("/runs/history", cookie)).status).toBe(404);
    expect((await get(historyAddress(stack))).status).toBe(303);
  });

  test("is of a repository, not of what else a name with dots would ask GitHub for", async () => {
    const eve = account(world.fake.world, "eve");
    const repository = { ...world.shop.repository, id: eve.id, name: "hidden" };
    const hidden = await world.run({ stack: { ...world.shop, repository } });
    const { cookie } = await signIn("eve");
    const named = new URLSearchParams({ repository: "../user", stage: "dev" }).toString();
    expect((await get(`/runs/history?${named}`, cookie)).status).toBe(404);
    expect(await (await get(`/runs?${named}`, cookie)).text()).not.toContain(hidden.id);
  });

  test("is tried again as it was asked for when GitHub does not answer", async () => {
    const { cookie } = await signIn("ben");
    world.fake.faults.add({ on: "repos/get", status: 502, times: 1 });
    const address = historyAddress({ ...world.shop, stage: "away" }, { all: true });
    const away = await get(address, cookie);
    expect(away.status).toBe(503);
    expect(await away.text()).toContain(`href="${address.replaceAll("&", "&amp;")}">Try again`);
  });

  test("of a stack without runs says what to do", async () => {
    const { cookie } = await signIn("ana");
    const text = await (await get(historyAddress({ ...world.shop, stage: "empty" }), cookie)).text();
    expect(text).toContain("/apply -s empty");
  });
});

describe("comparing with what is deployed", () => {
  const post = (path: string, cookie: string, origin = world.url): Promise<Response> =>
    get(path, cookie, { method: "POST", headers: { origin } });

  test("names the deployed commit, who applied it, and where the commits differ", async () => {
    const stack = { ...world.shop, stage: "compared" };
    const deployed = await world.run({ stack, sha: "d".repeat(40) });
    await world.start(deployed, firstDeploy());
    await world.store.endRun(deployed.id, 1, { state: "succeeded", result: succeeded(firstDeploy()) });
    const run = await world.run({ stack, kind: "plan", sha: "e".repeat(40) });
    const { cookie } = await signIn("ana");
    const text = await (await get(`/runs/${run.id}`, cookie)).text();
    expect(text).toContain("Deployed is commit");
    expect(text).toContain(`/compare/${"d".repeat(40)}...${"e".repeat(40)}"`);
    expect(text).toContain(`href="/runs/${deployed.id}"`);
    expect(await (await get(`/runs/${deployed.id}`, cookie)).text()).toContain("This is what is deployed");
    const failed = await world.run({ stack, sha: "f".repeat(40) });
    await world.start(failed, firstDeploy());
    await world.store.endRun(failed.id, 1, { state: "failed", result: halfFailed() });
    expect(await (await get(`/runs/${run.id}`, cookie)).text()).toContain("AWS may have a part of it");
  });

  test("asks for a plan of the run's commit, once for the same question", async () => {
    const stack = { ...world.shop, stage: "asked" };
    const run = await world.run({ stack, sha: "1".repeat(40), baseSha: "2".repeat(40) });
    const { cookie } = await signIn("ana");
    const answer = await post(`/runs/${run.id}/compare`, cookie);
    expect(answer.status).toBe(303);
    const [, id = ""] = /^\/runs\/(.+)$/.exec(location(answer)) ?? [];
    expect(await world.store.getRun(id)).toMatchObject({
      kind: "plan",
      state: "queued",
      stack,
      sha: "1".repeat(40),
      baseSha: "2".repeat(40),
      cause: { by: "page", login: "ana", of: run.id },
    });
    expect(location(await post(`/runs/${run.id}/compare`, cookie))).toBe(`/runs/${id}`);
    const page = await (await get(`/runs/${id}`, cookie)).text();
    expect(page).toContain("<h1>Compare asked</h1>");
    expect(page).toContain(`on the page of <a href="/runs/${run.id}">`);
    expect(await (await get("/runs", cookie)).text()).toContain("ana (on a page)");
  });

  test("is refused from other sites, to who cannot read the repository, and to strangers of a public one", async () => {
    const run = await world.run();
    const { cookie: ana } = await signIn("ana");
    const { cookie: eve } = await signIn("eve");
    expect((await post(`/runs/${run.id}/compare`, ana, "https://evil.example")).status).toBe(403);
    expect((await post(`/runs/${run.id}/compare`, eve)).status).toBe(404);
    const open = world.fake.repository("acme/open", { collaborators: { ana: "write" } });
    const repository = { ...world.shop.repository, id: open.id, name: "open" };
    const shown = await world.run({ stack: { ...world.shop, repository } });
    expect((await get(`/runs/${shown.id}`, eve)).status).toBe(200);
    const refused = await post(`/runs/${shown.id}/compare`, eve);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("For people of the repository");
    expect(await world.store.listRuns({ kinds: ["plan"], stack: shown.stack })).toEqual([]);
    expect(location(await post(`/runs/${run.id}/compare`, ""))).toMatch(/^\/login/);
  });

  test("is done for a few at a time", async () => {
    const stack = { ...world.shop, stage: "busy" };
    const { cookie } = await signIn("ana");
    const asked = [];
    for (const digit of ["3", "4", "5"]) {
      const run = await world.run({ stack, sha: digit.repeat(40) });
      asked.push((await post(`/runs/${run.id}/compare`, cookie)).status);
    }
    expect(asked).toEqual([303, 303, 429]);
  });

  test("has nothing to compare where the commit has no spec of the stack", async () => {
    const run = await world.run({ goneFrom: "6".repeat(40), stack: { ...world.shop, stage: "gone" } });
    const { cookie } = await signIn("ana");
    expect(await (await get(`/runs/${run.id}`, cookie)).text()).not.toContain("/compare");
    expect((await post(`/runs/${run.id}/compare`, cookie)).status).toBe(409);
  });
});
