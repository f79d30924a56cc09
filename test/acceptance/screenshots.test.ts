/**
 * The pictures of docs/images are those of today's comments and pages: each has the digest of the HTML that it was made from beside it.
 * `npm run images` makes them anew. Look at them afterwards.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBrowser } from "./browser.ts";
import { scrolledSideways } from "./github-page.ts";
import { type Picture, pictures } from "./pictures.ts";

const FOLDER = join(import.meta.dirname, "../../docs/images");
const SOURCES = join(FOLDER, "sources.json");
const MAKES = process.env.IMAGES === "make";

const all = pictures();
const sources = Object.fromEntries(
  all.map(({ name, html, width, theme, element = "" }) => [
    name,
    createHash("sha256")
      .update(JSON.stringify([html, width, theme, element]))
      .digest("hex")
      .slice(0, 16),
  ]),
);

/** Beyond this a picture is cut: what is below does not change its look. */
const TALLEST: Readonly<Record<number, number>> = { 390: 760, 800: 560 };

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
  if (MAKES) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
});
afterAll(async () => {
  if (MAKES) writeFileSync(SOURCES, `${JSON.stringify(sources, undefined, 2)}\n`);
  await browser?.close();
});

async function opened({ html, width, theme }: Picture) {
  const page = await browser.newPage({ viewport: { width, height: 300 }, colorScheme: theme });
  await page.setContent(html);
  return page;
}

describe("each picture", () => {
  test.each(all.filter(({ width }) => width === 390))(
    "$name needs no scrolling sideways",
    async (picture) => {
      const page = await opened(picture);
      // What has a place of its own to be scrolled in may be wider, and what only screen readers get has no width.
      const wide = await scrolledSideways(page, ".picture, .sr, .skip, thead, svg, details:not([open])");
      expect(wide).toEqual([]);
      await page.close();
    },
  );

  // Only `npm run images` writes into the tree.
  test.each(MAKES ? all : [])("$name is made", async (picture) => {
    const page = await opened(picture);
    if (picture.element !== undefined) {
      await page.locator(picture.element).screenshot({ path: join(FOLDER, `${picture.name}.png`) });
      return page.close();
    }
    const tall: unknown = await page.evaluate("document.documentElement.scrollHeight");
    const height = Math.min(TALLEST[picture.width] ?? 600, typeof tall === "number" ? tall : 600);
    await page.screenshot({
      path: join(FOLDER, `${picture.name}.png`),
      clip: { x: 0, y: 0, width: picture.width, height },
      fullPage: true,
    });
    await page.close();
  });
});

describe.skipIf(MAKES)("docs/images", () => {
  test("has the pictures of today's comments and pages, and no others (npm run images)", () => {
    expect(JSON.parse(readFileSync(SOURCES, "utf8"))).toEqual(sources);
    const files = readdirSync(FOLDER).filter((file) => file.endsWith(".png"));
    expect(files.sort()).toEqual(all.map(({ name }) => `${name}.png`).sort());
  });

  test("is small", () => {
    const sizes = all.map(({ name }) => statSync(join(FOLDER, `${name}.png`)).size);
    expect(Math.max(...sizes)).toBeLessThan(100_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
  });
});
