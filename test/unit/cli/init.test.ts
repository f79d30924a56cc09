/** What `gatewright init` writes, decided without a disk; and how it is written beside what is there. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { LANGUAGES, nameOf, PROTOCOLS, QUESTIONS } from "../../../src/cli/init/answers.ts";
import { type Facts, filesFor, SETTINGS } from "../../../src/cli/init/files.ts";
import { repositoryOf } from "../../../src/cli/init/repository.ts";
import { readTemplate } from "../../../src/cli/init/templates.ts";
import { filesText, nextText } from "../../../src/cli/init/told.ts";
import { writeFiles } from "../../../src/cli/init/write.ts";
import { userErrors } from "../../../src/model/errors.ts";
import { parseSettings } from "../../../src/settings/parse.ts";

const FACTS: Facts = {
  name: "orders",
  region: "eu-north-1",
  protocol: "http",
  language: "javascript",
  directory: ".",
  repository: "ana/shop",
  branch: "trunk",
  account: "111122223333",
  joins: false,
  nameless: false,
};

function filesOf(facts: Partial<Facts> = {}): ReadonlyMap<string, string> {
  return new Map(filesFor({ ...FACTS, ...facts }, readTemplate).map(({ path, text }) => [path, text]));
}

describe("the files of a first stack", () => {
  const combinations = PROTOCOLS.flatMap((protocol) => LANGUAGES.map((language) => ({ protocol, language })));
  it.each(combinations)("say nothing of the templates' own values: $protocol, $language", (words) => {
    const files = filesOf({ ...words, directory: "apis/orders" });
    for (const [path, text] of files) {
      expect(path + text).not.toMatch(/my-api|eu-west-2|123456789012|acme|\bmain\]|heads\/main/);
    }
  });

  it("are placed in the stack's directory, the workflows at the repository's root", () => {
    expect([...filesOf({ directory: "apis/orders", language: "typescript" }).keys()]).toEqual([
      "apis/orders/resources.ts",
      "apis/orders/orders-function/index.mjs",
      "apis/orders/package.json",
      "apis/orders/.gitignore",
      "apis/orders/tsconfig.json",
      "apis/orders/access/resources.js",
      "apis/orders/access/package.json",
      ".github/gatewright.yml",
      ".github/workflows/gatewright.yml",
      ".github/workflows/gatewright-bot.yml",
    ]);
  });

  it("have settings that the bot accepts, for the directory and the account", () => {
    const { stages } = parseSettings(filesOf({ directory: "apis/orders" }).get(SETTINGS) ?? "");
    expect(stages.dev).toMatchObject({
      region: "eu-north-1",
      account: "111122223333",
      directories: ["apis/orders"],
    });
    const unknown = parseSettings(filesOf({ account: undefined }).get(SETTINGS) ?? "");
    expect(unknown.stages.dev?.account).toBeUndefined();
  });

  it("have workflows for the default branch, the directory and the roles of the access stack", () => {
    const files = filesOf({ directory: "apis/orders" });
    const bot = parse(files.get(".github/workflows/gatewright-bot.yml") ?? "");
    expect(bot.on.push.branches).toEqual(["trunk"]);
    const plan = files.get(".github/workflows/gatewright.yml") ?? "";
    expect(parse(plan).jobs.plan.steps.at(-1).with).toEqual({ directory: "apis/orders", stage: "dev" });
    const access = files.get("apis/orders/access/resources.js") ?? "";
    expect(access).toContain("gatewright-orders-${config.stage}-plan");
    expect(plan).toContain("arn:aws:iam::111122223333:role/gatewright-orders-dev-plan");
    expect(access).toContain('REPOSITORY = "ana/shop"');
    expect(access).toContain("refs/heads/trunk");
    expect(access).toContain("gatewright apply apis/orders/access");
  });

  it.each(PROTOCOLS)(
    "have one spec in two languages, whose types stand in comments in JavaScript: %s",
    (protocol) => {
      const typeScript = filesOf({ protocol, language: "typescript" }).get("resources.ts") ?? "";
      const javaScript = filesOf({ protocol, language: "javascript" }).get("resources.js") ?? "";
      expect(typeScript).toContain("export const createResources = (): Resource[] => [");
      expect(javaScript).toContain(
        ' * @returns {import("gatewright").Resource[]}\n */\nexports.createResources = () => [',
      );
      expect(javaScript).not.toMatch(/\bimport type|export const|: Resource/);
    },
  );

  it("hold any directory and branch", () => {
    const files = filesOf({ directory: "#1 apis: all", branch: 'release, "1.0"' });
    expect(parse(files.get(".github/workflows/gatewright-bot.yml") ?? "").on.push.branches).toEqual([
      'release, "1.0"',
    ]);
    const plan = parse(files.get(".github/workflows/gatewright.yml") ?? "");
    expect(plan.jobs.plan.steps.at(-1).with.directory).toBe("#1 apis: all");
    expect(files.get("#1 apis: all/access/resources.js")).toContain('"ref:refs/heads/release, \\"1.0\\""');
  });

  it("name the project where package.json does not", () => {
    expect(filesOf({ nameless: true }).get("config.js")).toContain('projectName: "orders"');
    expect(filesOf().has("config.js")).toBe(false);
  });

  it("leave workflows and roles to the stack that has them", () => {
    expect(
      [...filesOf({ directory: "chat", joins: true }).keys()].filter((path) => !path.startsWith("chat/")),
    ).toEqual([]);
    expect(filesText([], { ...FACTS, directory: "chat", joins: true })).toContain('"chat" to directories');
  });
});

describe("the answers", () => {
  it.each([
    ["/home/ana/My Shop!", "my-shop"],
    ["/srv/2024-orders", "orders"],
    ["/", "my-api"],
    [`/${"a".repeat(60)}`, "a".repeat(40)],
  ])("make a name of the folder %s", (folder, name) => {
    expect(nameOf(folder)).toBe(name);
    expect(QUESTIONS.name.take(name)).toBe(name);
  });

  it.each([
    ["protocol", "WebSocket", "websocket"],
    ["protocol", "grpc", undefined],
    ["language", "TypeScript", "typescript"],
    ["region", "eu-west-9", undefined],
    ["name", "Orders API", undefined],
  ] as const)("%s: %s", (key, said, taken) => {
    expect(QUESTIONS[key].take(said)).toBe(taken);
  });

  it.each([
    ["git@github.com:acme/shop.git", "acme/shop"],
    ["https://github.com/acme/shop", "acme/shop"],
    ["https://ghe.example.com/acme/shop.web.git", "acme/shop.web"],
    ["ssh://git@github.com/acme/shop.git", "acme/shop"],
    ["/srv/git", undefined],
    ["https://git.example.com/a/b/c", undefined],
  ])("take the repository from %s", (address, name) => {
    expect(repositoryOf(address)).toBe(name);
  });
});

describe("writing", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gatewright-init-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const files = filesFor(FACTS, readTemplate);
  const outcomes = (force = false): Readonly<Record<string, string>> =>
    Object.fromEntries(writeFiles(folder, files, force).map(({ file, outcome }) => [file.path, outcome]));

  it("twice changes nothing", () => {
    expect(new Set(Object.values(outcomes()))).toEqual(new Set(["written"]));
    expect(new Set(Object.values(outcomes()))).toEqual(new Set(["unchanged"]));
  });

  it("keeps what a project has, and its workflows", () => {
    writeFileSync(join(folder, "package.json"), "{}");
    mkdirSync(join(folder, ".github"));
    writeFileSync(join(folder, SETTINGS), "version: 1\n");
    expect(outcomes()).toMatchObject({
      "package.json": "kept",
      [SETTINGS]: "kept",
      "resources.js": "written",
    });
    expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("{}");
  });

  it("writes nothing while one file of the stack says something else; --force replaces it, but no package.json", () => {
    writeFileSync(join(folder, "resources.js"), "mine");
    writeFileSync(join(folder, "package.json"), "{}");
    const refused = (): unknown => {
      try {
        return outcomes();
      } catch (error) {
        return userErrors(error)?.map(({ code, message }) => `${code} ${message}`);
      }
    };
    expect(refused()).toEqual([expect.stringMatching(/^INIT_FILE_EXISTS .*resources\.js$/)]);
    expect(readdirSync(folder).sort()).toEqual(["package.json", "resources.js"]);
    expect(outcomes(true)).toMatchObject({ "resources.js": "written", "package.json": "kept" });
  });

  it("says which values are the user's to fill in, and where", () => {
    const facts = { ...FACTS, account: undefined, repository: undefined };
    const written = writeFiles(folder, filesFor(facts, readTemplate), false);
    const next = nextText(written, facts, { given: ".", planned: false, inGit: true });
    expect(next).toContain(
      "Replace 123456789012 by your AWS account's number and acme/shop by your repository",
    );
    expect(next).toContain("access/resources.js, .github/workflows/gatewright.yml");
    expect(next).toMatch(/npx gatewright plan\n/);
    expect(next).toContain("git add --all:");
    // Not of the directory alone: the workflows are at the repository's root.
    const below = nextText(written, facts, { given: "orders", planned: false, inGit: true });
    expect(below).toContain("git add --all:");
    const known = nextText([], FACTS, { given: "orders", planned: true, inGit: false });
    expect(known).not.toContain("Replace");
    expect(known).toContain("npx gatewright apply orders:");
    expect(known).toContain("npx gatewright apply orders/access:");
  });
});
