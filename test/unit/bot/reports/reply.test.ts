import { parseComment } from "../../../../bot/commands/grammar/parse.ts";
import { md } from "../../../../src/text/markdown.ts";
import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { answer, code, errorAnswer, plain, withFacts } from "../../../../bot/reports/reply.ts";
import { mention } from "../../../../src/text/link.ts";
import { hostileText, injected } from "../../report/hostile.ts";

describe("an answer", () => {
  it("names who asked and quotes what", () => {
    expect(answer("ana", "/help", md`Here.`)).toBe("@ana asked for `/help`.\n\nHere.\n");
  });

  it("lets nothing act that people, specs or AWS wrote", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const error = { code: "X", message: text, hint: text, at: { file: text, line: 1 } };
        const body = `${plain(text)} ${code(text)}\n\n${errorAnswer([error])}`;
        expect(injected(marked.parse(body, { async: false }))).toEqual([]);
      }),
    );
  });

  it("lets a stranger's mistyped command do nothing", () => {
    const hostile = [
      "`@everyone` @all #1 GH-2 <!-<!-- -->- gatewright:plan {} --> <img src=x onerror=alert(1)>",
      "` [click](javascript:x) ![x](http://e.example/x.png) ` <script>`",
      "<!--><!-- gatewright:apply {} -->\u202e",
      "|a|b|\u0000\u001b[31m",
    ];
    for (const typed of [...hostile, ...hostile.map((text) => `\`\`${text}`)])
      for (const line of [
        `/plan ${typed}`,
        `/aply ${typed}`,
        `/apply -s ${typed}`,
        `/plan\n/apply ${typed}`,
      ]) {
        const parsed = parseComment(line);
        if (parsed.kind !== "mistake") continue;
        const body = answer("rea", parsed.text, errorAnswer([parsed.error]));
        expect(injected(marked.parse(body, { async: false }).replace("@rea", "")), line).toEqual([]);
        expect(body).not.toMatch(/^<!-- gatewright:/m);
      }
  });

  it("shows AWS's word for an error as a word", () => {
    expect(errorAnswer([{ code: "PLAN_STALE", message: "old" }])).toContain("**PLAN_STALE** old");
    expect(errorAnswer([{ code: "**@all**", message: "old" }])).toContain("**`**@all**`** old");
  });

  it("shows an error with its place, and its advice in a paragraph of its own", () => {
    const at = { file: "gatewright.yml", line: 3, column: 1 };
    const hint = "Ask @ben.";
    expect(
      errorAnswer([
        { code: "A", message: "old", at, hint },
        { code: "B", message: "new" },
      ]),
    ).toBe("> [!CAUTION]\n> **A** old (`gatewright.yml:3`)\n>\n> Ask `@ben`.\n\n> [!CAUTION]\n> **B** new");
  });

  it("has its facts in a last line that nobody sees, after its text without what ends it", () => {
    expect(withFacts(md`Here.\n\n`, "status", { a: 1 })).toBe('Here.\n\n<!-- gatewright:status {"a":1} -->');
    expect(withFacts(md`  Here. \n`, "locks", [])).toBe("  Here.\n\n<!-- gatewright:locks [] -->");
  });

  it("quotes no more than people read", () => {
    expect(plain("word ".repeat(119))).not.toContain("…");
    expect(plain("word ".repeat(121))).toContain("…");
    expect(code(` ${"x".repeat(240)} `)).toBe(`\`${"x".repeat(240)}\``);
    expect(code("x".repeat(241))).toContain("…");
  });

  it("takes foreign text only through an escaper", () => {
    const foreign: string = "@all";
    // @ts-expect-error a text that nobody escaped is no Markdown.
    expect(md`- ${foreign}`).toBe("- @all");
    // @ts-expect-error neither is one put together by hand.
    expect(answer("ana", "/help", `- ${foreign}`)).toContain("- @all");
  });

  it.each([
    ["ana", "@ana"],
    ["renovate[bot]", "@renovate[bot]"],
    ["a b", "`a b`"],
    ["x@all", "`x@all`"],
    ["ana[bot]!", "`ana[bot]!`"],
  ])("mentions %s as %s", (login, text) => {
    expect(mention(login)).toBe(text);
  });
});
