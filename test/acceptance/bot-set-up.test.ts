import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fail } from "../../src/model/errors.ts";
import { createServer } from "../../bot/http/server.ts";
import { createSetUp } from "../../bot/http/setup/set-up.ts";
import { createFakeGitHub, type FakeGitHub } from "../fakes/github/fake-github.ts";
import { startBrowser } from "./browser.ts";

const identity = async () =>
  fail("AWS_NO_CREDENTIALS", "no AWS credentials were found", { hint: "Give it a role." });
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let browser: Browser;
let fake: FakeGitHub;
let folder: string;
beforeAll(async () => {
  fake = createFakeGitHub();
  [browser, folder] = await Promise.all([
    startBrowser(),
    mkdtemp(join(tmpdir(), "gatewright-set-up-")),
    fake.listen(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await fake?.close();
  await rm(folder, { recursive: true, force: true });
});

test.each([true, false])(
  "a person sets the bot up in a browser, JavaScript: %s",
  async (javaScriptEnabled) => {
    const dataDirectory = join(folder, String(javaScriptEnabled));
    const { html: serverUrl, api: apiUrl } = fake.world.urls;
    const parts = {
      serverUrl,
      apiUrl,
      publicUrl: undefined,
      dataDirectory,
      log: quiet,
      version: "0.1.0",
      region: undefined,
      identity,
    };
    const setUp = createSetUp(parts);
    const server = createServer(setUp.server);
    const port = await server.listen(0, "127.0.0.1");
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));

    await page.goto(`http://127.0.0.1:${port}${setUp.path}`);
    expect(page.url()).not.toContain("key=");
    expect(await page.getByLabel("Where GitHub and people reach this bot").inputValue()).toBe(
      `http://127.0.0.1:${port}`,
    );
    expect(await page.locator(".checks").innerText()).toContain("Give it a role.");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.getByLabel("Name of the App").fill(`shop deployer ${javaScriptEnabled}`);
    await page.getByRole("button", { name: "Continue" }).press("Enter");
    await page.getByRole("heading", { name: "Create the App on GitHub" }).waitFor();
    await page.getByRole("button", { name: "Create the App on GitHub" }).click();
    await page.getByRole("heading", { name: "The App is ready" }).waitFor();
    expect(await page.getByRole("link", { name: "Install the App" }).getAttribute("href")).toContain(
      `/shop-deployer-${javaScriptEnabled}/installations/new`,
    );
    const { file } = await setUp.done;
    expect(await readFile(file, "utf8")).toContain(`PUBLIC_URL="http://127.0.0.1:${port}"`);
    expect(complaints).toEqual([]);
    expect(fake.violations).toEqual([]);
    await server.close(0);
  },
);
