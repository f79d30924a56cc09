/**
 * Makes the pictures of docs/images: every state of the comments as GitHub shows it, at desk and phone width, light and dark.
 * Run it after a change of a comment, and look at what it made: `node_modules/.bin/node scripts/screenshots.ts`.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "../test/acceptance/browser.ts";
import { githubPage } from "../test/acceptance/github-page.ts";
import { commentStates } from "../test/fixtures/comments.ts";

/** With a folder as its argument: every state in every view, to be looked at; without: the few that the documents keep. */
const [given] = process.argv.slice(2);
const FOLDER = given ?? join(import.meta.dirname, "../docs/images");

const VIEWS = [
  { name: "desk", width: 800, theme: "light" },
  { name: "desk-dark", width: 800, theme: "dark" },
  { name: "phone", width: 390, theme: "light" },
  { name: "phone-dark", width: 390, theme: "dark" },
] as const;

const KEPT: ReadonlySet<string> = new Set([
  ...VIEWS.flatMap(({ name }) => [`plan-everyday-${name}`, `apply-done-${name}`]),
  "plan-blocked-phone",
  "apply-failed-phone-dark",
]);

/** Beyond this a picture is cut: what is below the table does not change its look. */
const TALLEST = 800;

if (given === undefined) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const browser = await startBrowser();
for (const [state, markdown] of Object.entries(commentStates())) {
  for (const { name, width, theme } of VIEWS) {
    if (given === undefined && !KEPT.has(`${state}-${name}`)) continue;
    const page = await browser.newPage({ viewport: { width, height: 300 } });
    await page.setContent(githubPage(markdown, theme));
    const tall: unknown = await page.evaluate("document.documentElement.scrollHeight");
    const height = Math.min(TALLEST, typeof tall === "number" ? tall : TALLEST);
    await page.screenshot({
      path: join(FOLDER, `${state}-${name}.png`),
      clip: { x: 0, y: 0, width, height },
      fullPage: true,
    });
    await page.close();
  }
}
await browser.close();
