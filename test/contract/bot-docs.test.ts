import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../bot/config/config.ts";
import { parseSettings } from "../../src/settings/parse.ts";
import { stale } from "../../scripts/reference/files.ts";
import { settingsFiles } from "../../scripts/reference/settings.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const document = read("docs/bot.md");
const blocks = (language: string): readonly string[] =>
  [...document.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, text = ""]) => text,
  );

test("the generated files are current (npm run docs, or scripts/generate-settings-schema.ts)", () => {
  expect(stale(settingsFiles())).toEqual([]);
});

describe("the published schema of the settings", () => {
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(read("schemas/gatewright-settings.schema.json")),
  );

  test.each([
    ["nothing", {}, true],
    ["a stage by its name alone", { stages: { dev: {} } }, true],
    ["a misspelled setting", { stages: { dev: { gate: [] } } }, false],
    ["an unknown gate", { stages: { dev: { gates: ["aproved"] } } }, false],
    ["an invalid stage name", { stages: { "my stage": {} } }, false],
    ["a role that is not an ARN", { stages: { dev: { role: "admin" } } }, false],
  ])("accepts or refuses %s as the bot does", (_, settings, valid) => {
    expect(validate(settings)).toBe(valid);
    const taken = (): unknown => parseSettings(JSON.stringify(settings));
    if (valid) taken();
    else expect(taken).toThrow();
  });

  test("accepts the settings in the documentation", () => {
    const shown = blocks("yaml").filter((text) => text.includes("stages:"));
    expect(shown).toHaveLength(3);
    for (const text of shown) {
      expect(validate(parse(text))).toBe(true);
      parseSettings(text);
    }
  });
});

describe("docs/bot.md", () => {
  test("lists exactly the variables that the configuration reads", () => {
    const rows = document.slice(document.indexOf("## Variables of the bot"), document.indexOf("## AWS"));
    const told = [...rows.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/[A-Z_]+/g)].map(([name]) => name),
    );
    const used = [...read("bot/config/config.ts").matchAll(/\benv\.([A-Z_]+)/g)].map(([, name = ""]) => name);
    expect([...new Set(told)].sort()).toEqual([...new Set(used)].sort());
  });

  test("shows roles as the bot takes them", () => {
    const [roles = ""] = blocks("yaml").filter((text) => text.includes("repository: acme"));
    const { privateKey } = generateKeyPairSync("ec", {
      namedCurve: "P-256",
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const env = { APP_ID: "1", WEBHOOK_SECRET: "0123456789abcdef", PRIVATE_KEY: privateKey };
    const { roleRules } = readConfig({ ...env, GATEWRIGHT_ROLES: roles });
    expect(roleRules.map(({ repository, stage }) => `${repository} ${stage}`)).toEqual([
      "acme/shop prod",
      "acme/* dev",
    ]);
  });

  test("gives the workflow what bot/action.yml asks of its token, and the events it handles", () => {
    const [workflow] = blocks("yaml").filter((text) => text.includes("issue_comment"));
    const { on, permissions } = parse(workflow ?? "");
    expect(Object.keys(on)).toEqual(["issue_comment", "push", "pull_request_target"]);
    const asked = parse(read("bot/action.yml")).inputs["github-token"].description;
    const wanted = [...asked.matchAll(/`([a-z-]+): (\w+)`/g)].map(([, name, level]) => [name, level]);
    expect({ ...permissions, "id-token": undefined }).toMatchObject(Object.fromEntries(wanted));
  });

  test("leads to sections that are there", () => {
    const headings = [...document.matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) =>
      text
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const [, target = ""] of document.matchAll(/\]\(#([\w-]+)\)/g)) expect(headings).toContain(target);
  });
});
