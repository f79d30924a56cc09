import { describe, expect, it } from "vitest";
import { codesIn, usedCodes } from "../../scripts/reference/codes.ts";
import { errorCodes } from "../../src/model/error-codes.ts";

describe("error codes", () => {
  it("are all explained, and all explained codes are used", () => {
    expect(Object.keys(errorCodes).sort()).toEqual([...usedCodes().keys()].sort());
  });

  it("are explained in full sentences", () => {
    for (const [code, { meaning, whatToDo }] of Object.entries(errorCodes)) {
      expect(meaning, code).toMatch(/^[A-Z`].*\.$/s);
      expect(whatToDo, code).toMatch(/^[A-Z`].*\.$/s);
    }
  });

  it.each([
    ['fail("A_B", "x")', ["A_B"]],
    ['fail(\n  "USAGE",\n  "x")', ["USAGE"]],
    ['new GatewrightError("A_B", "x")', ["A_B"]],
    ['this.#problem("error", "A_B", "x")', ["A_B"]],
    ['{ severity: "error", code: "DRIFT" }', ["DRIFT"]],
    ['return ["A_B", `x`]', ["A_B"]],
    ['status === 404 ? "NOT_FOUND" : "OTHER_ERROR"', ["NOT_FOUND", "OTHER_ERROR"]],
    ['enumText("PER_TENANT") + env("A") + is("HTTP")', []],
  ])("are found in source text: %s", (source, codes) => {
    expect([...codesIn(source)].sort()).toEqual(codes);
  });
});
