/** The site shows every document, and its links lead to where the documents' links lead. `npm run site` builds it. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { siteLink } from "../../site/links.ts";
import { SECTIONS } from "../../site/pages.ts";

const ROOT = join(import.meta.dirname, "../..");
const GITHUB = "https://github.com/gatewright/gatewright/blob/main/";

describe("the site", () => {
  it("has every document of docs/ in its sidebar", () => {
    const shown = SECTIONS.flatMap(({ pages }) => pages.map(([, page]) => `${page}.md`));
    const there = globSync("*.md", { cwd: join(ROOT, "docs") }).filter((name) => name !== "index.md");
    expect(shown.toSorted()).toEqual(there.toSorted());
  });

  it.each([
    ["bot.md", "spec.md#entries", "spec.md#entries"],
    ["decisions/0001-x.md", "../bot.md", "../bot.md"],
    ["bot.md", "#gates", "#gates"],
    ["bot.md", "https://example.com/a.md", "https://example.com/a.md"],
    ["bot.md", "../examples/several-accounts", `${GITHUB}examples/several-accounts`],
    ["decisions/0001-x.md", "../../README.md#try-it", `${GITHUB}README.md#try-it`],
    ["index.md", "decisions/", `${GITHUB}docs/decisions`],
  ])("in %s, %s leads to %s", (page, link, target) => {
    expect(siteLink(page, link)).toBe(target);
  });

  it("leads to files of the repository that are there", () => {
    for (const page of globSync("**/*.md", { cwd: join(ROOT, "docs") })) {
      const text = readFileSync(join(ROOT, "docs", page), "utf8").replace(/^( *)```[\s\S]*?^\1```/gm, "");
      for (const [, link = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        const target = siteLink(page, link);
        if (target === link) continue;
        expect(existsSync(join(ROOT, target.slice(GITHUB.length).replace(/#.*/, ""))), target).toBe(true);
      }
    }
  });
});
