import { describe, expect, it } from "vitest";
import { userErrors } from "../../../../src/index.ts";
import { parseSettings, stagesInOrder } from "../../../../src/settings/parse.ts";
import { DEFAULT_SETTINGS } from "../../../../src/settings/schema.ts";
import { callsFor } from "../../../../src/settings/smoke.ts";

function errorsOf(text: string) {
  try {
    parseSettings(text);
  } catch (error) {
    return userErrors(error) ?? [];
  }
  return [];
}

/** Nine levels of nine aliases each: 387 million values. */
/** As many keys as a file has room for. */
function keys(count: number, indent = "", value = "1"): string {
  return Array.from({ length: count }, (_, index) => `${indent}k${index}: ${value}\n`).join("");
}

function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const inner = level === 0 ? '"x"' : `*l${level - 1}`;
    return `- &l${level} [${Array.from({ length: 9 }, () => inner).join(", ")}]`;
  });
  return `${levels.join("\n")}\n`;
}

describe("the settings of a repository", () => {
  it("have one stage, dev, with all gates, when there is no file", () => {
    expect(DEFAULT_SETTINGS.stages).toMatchObject({
      dev: {
        directories: ["."],
        apply: "reviewed",
        gates: ["permission", "approved", "checks", "up-to-date", "unlocked", "plan-current"],
      },
    });
    expect(parseSettings("")).toEqual(DEFAULT_SETTINGS);
  });

  it("say which workflow builds the code, and of which folders", () => {
    expect(parseSettings("code: { workflow: build.yml }").code).toEqual({
      workflow: "build.yml",
      sources: ["."],
    });
    const { code } = parseSettings("code:\n  workflow: build.yml\n  sources: [functions, package.json]\n");
    expect(code?.sources).toEqual(["functions", "package.json"]);
    for (const wrong of ["{}", "{ workflow: ../build.yml }", "{ workflow: build.yml, sources: [../x] }"])
      expect(errorsOf(`code: ${wrong}`)[0]).toMatchObject({ code: "SETTINGS_INVALID", at: { line: 1 } });
  });

  it("say per stage where, by whom and when", () => {
    const settings = parseSettings(`
stages:
  dev:
    region: eu-west-2
    directories: [services/*]
    gates: [approved]
  prod:
    region: eu-west-1
    account: "840541460064"
    apply: on-merge
    needs: [dev]
    allowed: [acme/deployers]
`);
    expect(settings.stages.prod).toMatchObject({
      account: "840541460064",
      apply: "on-merge",
      needs: ["dev"],
    });
    expect(stagesInOrder(settings)).toEqual(["dev", "prod"]);
  });

  it("say which calls are made after an apply, as a status or with more", () => {
    const { dev } = parseSettings(`
stages:
  dev:
    smoke:
      GET /hello: 200
      POST /orders?x=1: {status: 401, timeout: 5}
      GET /orders: {json: {"$.items[0].id": 7}, text: ok, endpoint: my-api}
`).stages;
    expect(callsFor(dev?.smoke ?? {}, ".")).toMatchObject([
      ["GET /hello", { status: 200, timeout: 30 }],
      ["POST /orders?x=1", { status: 401, timeout: 5 }],
      ["GET /orders", { status: 200, text: "ok", json: { "$.items[0].id": 7 }, endpoint: "my-api" }],
    ]);
  });

  it.each([
    "DELETE /orders: 200",
    "GET //evil.example/: 200",
    "GET https://evil.example/: 200",
    '"GET /a b": 200',
    '"GET /\\\\evil": 200',
    "GET /hello: 99",
    "GET /hello: {timeout: 900}",
    'GET /hello: {json: {"$..id": 7}}',
    "GET /hello: {headers: {a: b}}",
  ])("refuse the smoke call %s", (call) => {
    expect(errorsOf(`stages: {dev: {smoke: {${call}}}}`)).toMatchObject([{ code: "SETTINGS_INVALID" }]);
  });

  it("cannot drop the gates that keep strangers and stale plans out", () => {
    expect(parseSettings("stages: {dev: {gates: []}}").stages.dev?.gates).toEqual([
      "permission",
      "plan-current",
    ]);
  });

  it.each([
    ["stages:\n  dev:\n    regoin: eu-west-2\n", "SETTINGS_INVALID", 3, "regoin"],
    ["stages:\n  dev:\n    region: London\n", "SETTINGS_INVALID", 3, "an AWS region"],
    ["stages:\n  dev:\n    account: 840541460064\n", "SETTINGS_INVALID", 3, "stages.dev.account"],
    ["stages:\n  dev:\n    gates: [aproved]\n", "SETTINGS_INVALID", 3, "stages.dev.gates.0"],
    ["stages: [\n", "SETTINGS_SYNTAX", undefined, "not valid YAML"],
    ["stages:\n  dev: {}\n  dev: {}\n", "SETTINGS_SYNTAX", 3, "unique"],
    ["stages:\n  dev:\n    needs: [qa]\n", "SETTINGS_INVALID", 1, '"qa"'],
    ["stages:\n  dev:\n    needs: [constructor]\n", "SETTINGS_INVALID", 1, '"constructor"'],
    ["stages:\n  dev:\n    needs: [toString]\n", "SETTINGS_INVALID", 1, '"toString"'],
    [aliasBomb(), "SETTINGS_SYNTAX", 1, "Excessive alias count"],
    ["stages: *nothing\n", "SETTINGS_SYNTAX", 1, "nothing"],
    ["stages: &again {dev: *again}\n", "SETTINGS_INVALID", undefined, "stages"],
    [`stages: ${"[".repeat(50_000)}`, "SETTINGS_SYNTAX", undefined, "gatewright.yml"],
    [`# ${"x".repeat(300_000)}`, "SETTINGS_SYNTAX", 1, "300002 characters"],
    ["stages:\n  __proto__: {allowed: [ben]}\n", "SETTINGS_SYNTAX", 2, "__proto__"],
    ["stages:\n  dev: {__proto__: {allowed: [ben]}}\n", "SETTINGS_SYNTAX", 2, "__proto__"],
    [keys(15_000), "SETTINGS_INVALID", undefined, "k14999"],
    [`stages:\n${keys(9_000, "  ", "{}")}`, "SETTINGS_INVALID", 1, "9000 stages"],
    [`${keys(15_000)}k7: 1`, "SETTINGS_SYNTAX", 15_001, "k7 appears twice"],
    ["stages:\n  a: {needs: [b]}\n  b: {needs: [a]}\n", "SETTINGS_INVALID", 1, "a → b → a"],
  ])("a mistake is reported at its line: %j", (text, code, line, message) => {
    const [error] = errorsOf(text);
    expect(error).toMatchObject({ code });
    expect(error?.message).toContain(message);
    if (line !== undefined) expect(error?.at).toMatchObject({ file: ".github/gatewright.yml", line });
    expect(error?.hint).toBeTruthy();
  });
});
