/**
 * Workflows stand in the README, in documents, examples, the demo and the templates of `gatewright init`. All say the same: they
 * check out the reviewed commit, and name third-party actions, which see credentials, by commit.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { BASE } from "../../scripts/demo/files.ts";
import { ACTIONLINT } from "../../scripts/setup-actionlint.ts";

const ROOT = join(import.meta.dirname, "../..");
const PLAN = "templates/repository/.github/workflows/gatewright.yml";
const BOT = "templates/repository/.github/workflows/gatewright-bot.yml";
const HEAD = "${{ github.event.pull_request.head.sha }}";

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly permissions?: object;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}
interface Shown {
  readonly where: string;
  readonly text: string;
}

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

function fenced(path: string): readonly Shown[] {
  return [...read(path).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ""], index) => ({
    where: `${path} (${index + 1})`,
    text,
  }));
}

const usesOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?<!\w)uses: (.+)$/gm)].map(([, used = ""]) => used.trim());

const documents = ["README.md", ...globSync("docs/*.md", { cwd: ROOT })];
const files = globSync("{templates,examples}/**/.github/workflows/*.yml", { cwd: ROOT });
const everywhere: readonly Shown[] = [
  ...documents.flatMap(fenced),
  ...files.map((path) => ({ where: path, text: read(path) })),
  ...Object.entries(BASE)
    .filter(([path]) => path.startsWith(".github/workflows/"))
    .map(([path, text]) => ({ where: `the demo's ${path}`, text })),
].filter(({ text }) => usesOf(text).length > 0);
/** Whole ones, not a step alone. */
const workflows = everywhere.filter(({ text }) => text.includes("jobs:"));

const stepsOf = (text: string): readonly Step[] =>
  Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) => steps);

describe("workflows that people copy", () => {
  it("are found in every place", () => {
    for (const place of ["README.md", "docs/action.md", "docs/bot.md", "examples/", "templates/", "the demo"])
      expect(
        everywhere.some(({ where }) => where.startsWith(place)),
        place,
      ).toBe(true);
  });

  const pins = new Map(
    [...usesOf(read(PLAN)), ...usesOf(read(BOT))].map((used) => [used.replace(/@.*/, ""), used]),
  );

  it.each(everywhere)("$where names each third-party action by the commit that all name", ({ text }) => {
    for (const used of usesOf(text)) {
      const name = used.replace(/@.*/, "");
      if (name.startsWith("gatewright/")) expect(used).toMatch(/@v0$/);
      else {
        expect(used).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        if (pins.has(name)) expect(used).toBe(pins.get(name));
      }
    }
  });

  it.each(workflows)("$where checks out the commit that is reviewed", ({ text }) => {
    const steps = stepsOf(text);
    const plans = steps.some(({ uses }) => /^gatewright\/gatewright@/.test(uses ?? ""));
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    if (plans) expect(checkouts.map((step) => step.with?.ref)).toEqual([HEAD]);
  });

  it.each(workflows)("$where gives the job the permissions that it needs, and no others", ({ text }) => {
    const bot = /gatewright\/gatewright\/bot@/.test(text);
    const plan = /gatewright\/gatewright@/.test(text);
    if (bot || plan)
      expect((parse(text) as Workflow).permissions).toEqual(
        (parse(read(bot ? BOT : PLAN)) as Workflow).permissions,
      );
  });

  it.runIf(existsSync(ACTIONLINT)).each(workflows)("$where passes actionlint", ({ text }) => {
    const folder = mkdtempSync(join(tmpdir(), "gatewright-workflow-"));
    const file = join(folder, "workflow.yml");
    // Documents leave out a name, which has no effect.
    writeFileSync(file, text);
    // GitHub's newer key, which actionlint 1.7 does not know.
    const known = ["-ignore", 'unexpected key "queue"'];
    const { stdout, status } = spawnSync(ACTIONLINT, ["-no-color", ...known, file], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
