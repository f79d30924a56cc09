/** What documents say and nothing generates: counts that grow with the product, and the numbers of decisions. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { resourceTypes } from "../../src/resources/registry.ts";

const DOCS = join(import.meta.dirname, "../../docs");

it("the comparison counts the resource types", () => {
  const comparison = readFileSync(join(DOCS, "comparison.md"), "utf8");
  expect(/\[(\d+) types\]\(spec\.md#resource-types\)/.exec(comparison)?.[1]).toBe(String(resourceTypes.size));
});

it("decisions are numbered one after another, as their titles are", () => {
  const folder = join(DOCS, "decisions");
  const files = readdirSync(folder).sort();
  expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  const titles = files.map((name) => readFileSync(join(folder, name), "utf8").split(".", 1)[0]);
  expect(titles).toEqual(files.map((_, index) => `# ${index + 1}`));
});
