import { describe, expect, it } from "vitest";
import { hiddenLine, hiddenName, hiddenNameIn } from "../../../src/text/hidden.ts";

describe("a hidden line of facts", () => {
  it("is JSON that every program reads, whatever it says", () => {
    const facts = { said: "a--b <!-- & -->\u2028\u2029 c", count: 2 };
    const line = hiddenLine("status", facts);
    expect(line).toMatch(/^<!-- gatewright:status \{.*\} -->$/);
    expect(JSON.parse(line.slice("<!-- gatewright:status ".length, -" -->".length))).toEqual(facts);
  });

  it("has nothing in it that ends it, opens an element or starts a line", () => {
    expect(hiddenLine("status", ["---", "<b>", "&", "\u2028", "\u2029"])).toBe(
      '<!-- gatewright:status ["\\u002d\\u002d-","\\u003cb\\u003e","\\u0026","\\u2028","\\u2029"] -->',
    );
  });
});

describe("a hidden name", () => {
  it("is encoded where it could end the line, and read back", () => {
    const name = "7/a--b<%>&\n\u2028\u2029";
    const line = hiddenName("drift", name);
    expect(line).toBe("<!-- gatewright:drift 7/a%2D-b%3C%25%3E%26%0A%E2%80%A8%E2%80%A9 -->");
    expect(hiddenNameIn("drift", line)).toBe(name);
  });

  it.each([
    ["the last of several", "<!-- gatewright:drift 1 -->\n<!-- gatewright:drift 2 -->", "2"],
    ["of lines that end as on Windows", "<!-- gatewright:drift 1 -->\r\ntext", "1"],
    ["not in the middle of a line", "text <!-- gatewright:drift 1 -->", undefined],
    ["not of a line that goes on", "<!-- gatewright:drift 1 --> text", undefined],
    ["not of another kind", "<!-- gatewright:reply 1 -->", undefined],
    ["not of one that was broken", "<!-- gatewright:drift 100% -->", undefined],
  ])("is found: %s", (_which, body, name) => {
    expect(hiddenNameIn("drift", body)).toBe(name);
  });
});
