import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { historyAddress } from "../../bot/http/pages/shared/history-address.ts";
import { everyday, firstDeploy, halfFailed, pictured, succeeded } from "../fixtures/plans.ts";
import { startBrowser } from "./browser.ts";
import { type PagesWorld, startPagesWorld } from "./pages-world.ts";

let world: PagesWorld;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([startPagesWorld(), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** What the browser complained about: scripts and styles that the policy refused, failures of the page's script. */
const complaints: string[] = [];
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(complaints.splice(0)).toEqual([]);
  expect(world.fake.violations).toEqual([]);
});

async function open(path: string, options: BrowserContextOptions = {}, login = "ana"): Promise<Page> {
  world.browserIs(login);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !text.includes("404") && !text.includes("ERR_")) complaints.push(text);
  });
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (origin !== world.url && origin !== world.fake.world.urls.html) complaints.push(request.url());
  });
  await page.goto(`${world.url}${path}`);
  return page;
}

/** Every run needs another comment: a command makes one run. */
async function running() {
  const plan = pictured(firstDeploy());
  const result = succeeded(plan);
  const run = await world.run();
  await world.start(run, plan);
  return { plan, result, run };
}

describe("a run's page", () => {
  test("follows its run without a reload", async () => {
    const { plan, result, run } = await running();
    const page = await open(`/runs/${run.id}`);
    await page.getByText("Updates automatically.").waitFor();
    await page.evaluate("window.stayed = true");
    const first = page.locator("tr", { hasText: "my-api" }).first();
    expect(await first.innerText()).toContain("Waiting");
    await page.locator("details.properties summary").first().click();

    await world.begin(run, plan, 0);
    await first.getByText("Running").waitFor();
    await world.done(run, result, 0);
    await first.getByText("Done").waitFor();
    expect(await first.innerText()).toContain("7a38wlw431");
    expect(await page.locator("#head").innerText()).toContain("1 of 8 changes made.");
    expect(await page.getByRole("status").innerText()).toBe("1 of 8 changes made");
    expect(await page.locator("#log li").allInnerTexts()).toHaveLength(4);

    for (let index = 1; index < plan.changes.length; index += 1) await world.done(run, result, index);
    await world.end(run, result);
    await page.getByRole("heading", { name: "Outputs" }).waitFor();
    expect(await page.locator("#head").innerText()).toContain("All 8 changes were made.");
    expect(await page.getByRole("status").innerText()).toBe("Succeeded");
    expect(await page.title()).toBe("Succeeded: Apply dev · acme/shop · Gatewright");
    // What its reader had opened stays open, and nothing was loaded.
    expect(await page.locator("details.properties[open]").count()).toBe(1);
    expect(await page.evaluate("window.stayed")).toBe(true);
  });

  test("gets its table as soon as there is a plan", async () => {
    const plan = halfFailed().plan;
    const run = await world.run();
    const page = await open(`/runs/${run.id}`);
    await page.getByText("Waiting for its turn.").waitFor();
    await world.start(run, plan);
    await page.getByRole("heading", { name: "Changes" }).waitFor();
    expect(await page.getByRole("row").count()).toBe(1 + 2 * 8);
    await world.end(run, halfFailed());
    await page.getByText("AccessDeniedException").first().waitFor();
    expect(await page.locator("#head").innerText()).toContain("4 of 8 changes made, 1 failed, 3 skipped.");
  });

  test("goes on where it was when another process takes over", async () => {
    const { plan, result, run } = await running();
    const page = await open(`/runs/${run.id}`);
    await world.done(run, result, 0);
    await page.getByText("1 of 8 changes made.").waitFor();
    await world.replace();
    await world.done(run, result, 1);
    await page.getByText("2 of 8 changes made.").waitFor();
    const ids = await page.evaluate("[...document.querySelectorAll('#log li')].map(line => line.id)");
    expect(ids).toEqual(["log-1", "log-2", "log-3", "log-4"]);
    await world.end(run, { ...result, plan });
  });

  test("tells everything without JavaScript, and reloads itself when asked to", async () => {
    const { plan, result, run } = await running();
    const page = await open(`/runs/${run.id}`, { javaScriptEnabled: false });
    expect(await page.locator("#head").innerText()).toContain("0 of 8 changes made.");
    expect(await page.locator("footer").innerText()).toContain("Times are UTC.");
    await page.locator("details.properties summary").first().click();
    expect(await page.locator("details.properties[open]").first().innerText()).toContain("ProtocolType");
    await page.getByRole("link", { name: "reload every 5 seconds" }).click();
    await page.waitForURL("**?refresh=5");
    // Looked at as a whole: to playwright, what stands in noscript is not text.
    expect(await page.locator("#live").innerText()).toContain("reloads every 5 seconds");
    await world.done(run, result, 0);
    await page.goto(`${world.url}/runs/${run.id}?refresh=2`);
    await world.done(run, result, 1);
    await page.getByText("2 of 8 changes made.").waitFor();
    await world.end(run, { ...result, plan });
    await page.getByRole("heading", { name: "Outputs" }).waitFor();
    expect(await page.locator("#live").innerText()).toBe("");
  });

  test("does not exist for who cannot read the repository", async () => {
    const { run } = await running();
    const page = await open(`/runs/${run.id}`, {}, "eve");
    await page.getByRole("heading", { name: "Not found" }).waitFor();
    expect(await page.content()).not.toContain("acme/shop");
  });

  test("shows names, ids and logs of spec and AWS as text, whatever they hold", async () => {
    const plan = everyday();
    const [change] = plan.changes;
    if (change === undefined) throw new Error("no change");
    const evil = "</script><img src=x onerror=\"document.title='owned'\">";
    const run = await world.run({ text: evil });
    const page = await open(`/runs/${run.id}`);
    await world.start(run, {
      ...plan,
      changes: [{ ...change, action: "update", name: evil, id: evil }, ...plan.changes.slice(1)],
    });
    await world.store.appendEvent(run.id, { kind: "log", text: evil }, new Date());
    await page.locator("#log li").nth(2).waitFor();
    expect(await page.locator("#log li").nth(2).innerText()).toContain(evil);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.title()).not.toBe("owned");
  });
});

describe("the list", () => {
  test("moves by itself and keeps the keyboard where it was", async () => {
    const { run } = await running();
    const page = await open("/runs");
    const link = page.locator(`#run-${run.id}`);
    await link.focus();
    await world.store.acquireLock({ ...world.shop, stage: "prod" }, "ben", "release freeze", {});
    await page.getByRole("heading", { name: "Locks" }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe(`run-${run.id}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/runs/${run.id}`);
  });

  test("is filtered without JavaScript", async () => {
    const { run } = await running();
    const page = await open("/runs", { javaScriptEnabled: false });
    await page.getByLabel("State").selectOption("failed");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL("**state=failed**");
    expect(await page.locator(`#run-${run.id}`).count()).toBe(0);
  });
});

describe("sign-in", () => {
  test("goes by GitHub's own page and comes back, also without JavaScript; signing out ends it", async () => {
    const { run } = await running();
    world.fake.person("ana");
    world.fake.signIn.browser = undefined;
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${world.url}/runs/${run.id}`);
    expect(page.url()).toContain(world.fake.world.urls.html);
    await page.getByRole("link", { name: "Continue as ana" }).click();
    await page.waitForURL(`**/runs/${run.id}`);
    expect(await page.locator("header").innerText()).toContain("ana");
    const cookies = await context.cookies(world.url);
    expect(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }))).toEqual([
      { name: "gatewright", httpOnly: true, sameSite: "Lax" },
    ]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
    expect(await context.cookies(world.url)).toEqual([]);
  });
});

/** What a screen reader and a keyboard need, counted on the page: names what is missing. */
const AUDIT = `(() => {
  const missing = [];
  const need = (ok, what) => { if (!ok) missing.push(what); };
  for (const mark of ["header", "main", "footer", "nav[aria-label]", "h1"]) need(document.querySelector(mark), mark);
  need(document.querySelectorAll("h1").length === 1, "one h1");
  let level = 0;
  for (const heading of document.querySelectorAll("h1,h2,h3,h4")) {
    const own = Number(heading.tagName[1]);
    need(own <= level + 1, "no step left out before " + heading.textContent);
    level = own;
  }
  for (const table of document.querySelectorAll("table")) {
    need(table.caption?.textContent.trim(), "caption");
    for (const head of table.querySelectorAll("th")) need(head.scope, "scope of " + head.textContent);
  }
  for (const one of document.querySelectorAll("a, button, select, input, summary"))
    need((one.labels?.[0] || one).textContent.trim() || one.getAttribute("aria-label"), "name of " + one.outerHTML);
  for (const picture of document.querySelectorAll("svg")) need(picture.getAttribute("aria-hidden") === "true", "hidden svg");
  for (const section of document.querySelectorAll("[aria-labelledby]"))
    need(document.getElementById(section.getAttribute("aria-labelledby")), "label " + section.getAttribute("aria-labelledby"));
  const ids = [...document.querySelectorAll("[id]")].map(one => one.id);
  need(new Set(ids).size === ids.length, "ids used once");
  need(document.documentElement.lang === "en", "lang");
  need(document.querySelector("[role=status][aria-live=polite]"), "live region");
  return missing;
})()`;

describe("for everybody", () => {
  test.each(["light", "dark"] as const)("it is %s when the reader's system is", async (colorScheme) => {
    const { run } = await running();
    const page = await open(`/runs/${run.id}`, { colorScheme });
    const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(ground).toBe(colorScheme === "dark" ? "rgb(14, 17, 22)" : "rgb(246, 247, 249)");
    expect((await page.screenshot({ fullPage: true })).length).toBeGreaterThan(10_000);
  });

  test("landmarks, headings, names, captions and labels are there", async () => {
    const result = halfFailed();
    const run = await world.run();
    await world.start(run, result.plan);
    await world.end(run, result);
    const live = await running();
    const page = await open("/runs");
    const history = historyAddress(world.shop);
    for (const path of [
      "/runs",
      `/runs/${run.id}`,
      `/runs/${live.run.id}`,
      history,
      "/runs/checks",
      "/runs/nope",
    ]) {
      await page.goto(`${world.url}${path}`);
      expect(await page.evaluate(AUDIT)).toEqual([]);
    }
  });

  test("the keyboard reaches everything, and one sees where it is", async () => {
    const { run } = await running();
    const page = await open(`/runs/${run.id}`);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the content" });
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    expect((await skip.boundingBox())?.width).toBeGreaterThan(50);
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");

    const seen: unknown[] = [];
    for (let press = 0; press < 60; press += 1) {
      await page.keyboard.press("Tab");
      seen.push(
        await page.evaluate(`(() => {
          const one = document.activeElement, style = getComputedStyle(one);
          return [one.tagName, one.id, style.outlineStyle, style.outlineWidth];
        })()`),
      );
      if (await page.evaluate("document.activeElement.id === 'log'")) break;
    }
    expect(seen.at(-1)).toEqual(["OL", "log", "solid", "3px"]);
    // One for each change, one for the words of the graph.
    expect(seen.filter((one) => JSON.stringify(one).includes("SUMMARY"))).toHaveLength(8 + 1);
    for (const one of seen) expect(one).toEqual([expect.any(String), expect.any(String), "solid", "3px"]);

    await page.locator("details.properties summary").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("details.properties[open]").count()).toBe(1);
  });

  test.each([320, 390, 768, 1440])("nothing is cut off at %i pixels", async (width) => {
    const { run } = await running();
    const failed = halfFailed();
    const ended = await world.run();
    await world.start(ended, failed.plan);
    await world.end(ended, failed);
    const page = await open("/runs", { viewport: { width, height: 800 } });
    const history = historyAddress(world.shop, { all: true });
    const none = historyAddress({ ...world.shop, stage: "none" });
    for (const path of [
      "/runs",
      `/runs/${run.id}`,
      `/runs/${ended.id}`,
      history,
      none,
      "/runs/checks",
      "/runs/nope",
    ]) {
      await page.goto(`${world.url}${path}`);
      await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    }
  });

  test("the picture of a wide stack is scrolled in its own place, by keyboard too", async () => {
    const { run } = await running();
    const page = await open(`/runs/${run.id}`, { viewport: { width: 320, height: 700 } });
    const frame = page.getByRole("region", { name: "What calls what" }).locator("visible=true").last();
    await page.locator(".picture").focus();
    expect(await page.evaluate("document.activeElement.className")).toContain("picture");
    expect(await frame.locator("svg").count()).toBe(1);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.locator("#graph-words summary").click();
    expect(await page.locator("#graph-words").innerText()).toContain("may logs:* on *");
  });

  test("nothing turns for who wants stillness", async () => {
    const { run } = await running();
    const page = await open(`/runs/${run.id}`, { reducedMotion: "reduce" });
    const moving = "document.getAnimations().filter(one => one.playState === 'running').length";
    expect(await page.evaluate(moving)).toBe(0);
  });

  test("times are the reader's own", async () => {
    const { run } = await running();
    const page = await open(`/runs/${run.id}`, { timezoneId: "Pacific/Kiritimati", locale: "de-DE" });
    const shown = await page.locator("time[data-as=full]").first().innerText();
    const expected = new Intl.DateTimeFormat("de-DE", {
      dateStyle: "medium",
      timeStyle: "medium",
      timeZone: "Pacific/Kiritimati",
    }).format(run.createdAt);
    expect(shown).toBe(expected);
  });
});
