/** Comments on a phone, as GitHub lays them out: nothing outside of blocks of code has to be scrolled sideways. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commentStates } from "../fixtures/comments.ts";
import { startBrowser } from "./browser.ts";
import { githubPage, scrolledSideways } from "./github-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

describe("at 390 pixels", () => {
  test.each(Object.entries(commentStates()))("%s needs no scrolling sideways", async (_name, markdown) => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.setContent(githubPage(markdown, "light"));
    expect(await scrolledSideways(page)).toEqual([]);
    await page.close();
  });

  test("a table that is too wide is found", async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const wide = `\`${"x".repeat(60)}\``;
    await page.setContent(githubPage(`| A | B |\n| - | - |\n| ${wide} | b |`, "light"));
    expect(await scrolledSideways(page)).not.toEqual([]);
    await page.close();
  });
});
