import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { answer, code, errorAnswer, mention, plain } from "../../../../bot/reports/reply.ts";
import { hostileText, injected } from "../../report/hostile.ts";

describe("an answer", () => {
  it("names who asked and quotes what", () => {
    expect(answer("ana", "/help", "Here.")).toBe("@ana asked for `/help`.\n\nHere.\n");
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

  it.each([
    ["ana", "@ana"],
    ["renovate[bot]", "@renovate[bot]"],
    ["a b", "`a b`"],
  ])("mentions %s as %s", (login, text) => {
    expect(mention(login)).toBe(text);
  });
});
