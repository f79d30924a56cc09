/** Pages that ask GitHub and AWS: "Compare with AWS now", and whether the bot has what it needs. With the bot as a process. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { account } from "../../fakes/github/state/world.ts";
import { type BotWorld, startBotWorld } from "./world.ts";

let world: BotWorld;
beforeAll(async () => {
  world = await startBotWorld();
});
afterAll(() => world?.close());
afterEach(() => expect(world.github.violations).toEqual([]));

async function signedIn(url: string): Promise<(path: string, method?: string) => Promise<Response>> {
  world.github.signIn.browser = account(world.github.world, "ana");
  const jar: string[] = [];
  const get = async (path: string, method = "GET"): Promise<Response> => {
    const answer = await fetch(new URL(path, url), {
      method,
      redirect: "manual",
      headers: { cookie: jar.join("; "), origin: url },
    });
    for (const line of answer.headers.getSetCookie()) jar.push(line.split(";")[0] ?? "");
    return answer;
  };
  let to = "/login";
  for (let hop = 0; hop < 3; hop += 1) to = (await get(to)).headers.get("location") ?? "";
  return get;
}

test("a run's commit is planned against AWS as it is now, read-only, and only its page tells", async () => {
  const { reviewed, repository, name } = world.scenario();
  const { pull, planId } = await reviewed();
  await world.ask(pull, `/apply ${planId}`);
  await world.quiet();
  const get = await signedIn(world.bot().url);
  const list = await (await get(`/runs?repository=acme%2F${name}`)).text();
  const [, applied = ""] = /href="\/runs\/([\da-f-]{36})">Apply dev/.exec(list) ?? [];
  const compared = async (): Promise<string> => {
    const to = (await get(`/runs/${applied}/compare`, "POST")).headers.get("location") ?? "";
    let page = "";
    await expect
      .poll(async () => (page = await (await get(to)).text()), { timeout: 40_000 })
      .toMatch(/<title>(Succeeded|Failed|Blocked)/);
    return page;
  };
  const record = [...world.aws.state.apis.values()].find(({ api }) => api.Name === name);
  if (record === undefined) throw new Error("no API");
  record.api.Description = "changed by hand";
  const before = {
    comments: pull.comments.map(({ body }) => body),
    checks: repository.suites.flatMap(({ runs }) => runs).length,
    issues: repository.issues.length,
  };

  const page = await compared();
  expect(page).toContain("<title>Succeeded: Compare dev");
  expect(page).toContain("1 change would be made.");
  expect(page).toContain("changed by hand");
  expect(page).toContain("The same commit is deployed");
  expect(record.api.Description).toBe("changed by hand");
  await world.quiet();
  expect({
    comments: pull.comments.map(({ body }) => body),
    checks: repository.suites.flatMap(({ runs }) => runs).length,
    issues: repository.issues.length,
  }).toEqual(before);
  // What was only looked at was not reviewed: the plan that people saw is the one that counts.
  const { body } = await world.ask(pull, "/apply");
  expect(body).not.toContain("changed by hand");
});

test("the page of the set-up compares with GitHub and AWS", async () => {
  world.scenario();
  const get = await signedIn(world.bot().url);
  const checks = async (): Promise<readonly string[]> => {
    const text = await (await get("/runs/checks")).text();
    return [...text.matchAll(/class="sr">(\w+): <\/span><\/span><div><strong>([^<]*)/g)].map(
      ([, state = "", what = ""]) => `${state} ${what}`,
    );
  };
  expect(await checks()).toEqual([
    "Missing Public address",
    "Good Webhook",
    "Good Permissions of the App",
    "Good Events of the App",
    "Good Installation in acme",
    "Good AWS credentials",
    "Good AWS region",
  ]);
  expect(await (await get("/runs/checks")).text()).toMatch(/account \d{12}, as arn:aws:/);
});
