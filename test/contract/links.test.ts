/** Every link of every document leads to a file and a heading that are there; the README answers a newcomer in one click. */
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const documents = globSync(["*.md", "docs/**/*.md", "examples/**/*.md", "test/**/*.md", "bench/*.md"], {
  cwd: ROOT,
}).sort();

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const withoutCode = (text: string): string =>
  text.replace(/^( *)```[\s\S]*?^\1```/gm, "").replace(/`[^`\n]*`/g, (code) => code.replaceAll("](", "] ("));

interface Link {
  readonly path: string;
  readonly heading: string | undefined;
}

function linksOf(document: string): readonly Link[] {
  return [...withoutCode(read(document)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^(https?:|mailto:)/.test(target))
    .map((target) => {
      const [path = "", heading] = target.split("#");
      return { path: path === "" ? document : relative(ROOT, join(ROOT, dirname(document), path)), heading };
    });
}

/** GitHub's anchors: https://docs.github.com/en/get-started/writing-on-github (section links). */
function anchorsOf(document: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ""] of read(document)
    .replace(/^( *)```[\s\S]*?^\1```/gm, "")
    .matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
      .replace(/ /g, "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  return anchors;
}

describe("links", () => {
  it.each(documents)("of %s lead somewhere", (document) => {
    const dead = linksOf(document).filter(({ path, heading }) => {
      const place = normalize(join(ROOT, path));
      if (!place.startsWith(ROOT) || !existsSync(place)) return true;
      return (
        heading !== undefined &&
        statSync(place).isFile() &&
        path.endsWith(".md") &&
        !anchorsOf(path).has(heading)
      );
    });
    expect(dead).toEqual([]);
  });
});

describe("the README", () => {
  it("has less than 150 lines", () => {
    expect(read("README.md").split("\n").length).toBeLessThan(150);
  });

  it("leads in one click to the answer of what a newcomer asks", () => {
    const answered = linksOf("README.md").map(({ path, heading }) => `${path}#${heading ?? ""}`);
    const questions = [...read("docs/how-to.md").matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s-]/gu, "")
        .replace(/ /g, "-"),
    );
    expect(questions.filter((anchor) => !answered.includes(`docs/how-to.md#${anchor}`))).toEqual([]);
    for (const page of ["docs/getting-started.md#", "docs/comparison.md#", "docs/built-code.md#"])
      expect(answered).toContain(page);
  });
});
