import fc from "fast-check";
import { expect, it } from "vitest";
import { withoutEnd, withoutEnds } from "../../../../../bot/commands/grammar/trim.ts";

const isX = (character: string): boolean => character === "x" || character === "\u{e0001}";

it.each([
  ["", "", ""],
  ["xxx", "", ""],
  ["xaxbx", "xaxb", "axb"],
  ["\u{e0001}a\u{e0001}x", "\u{e0001}a", "a"],
  ["a😀", "a😀", "a😀"],
  ["a\udc00", "a\udc00", "a\udc00"],
])("%j loses what is unwanted at its end, or at both", (text, end, ends) => {
  expect([withoutEnd(text, isX), withoutEnds(text, isX)]).toEqual([end, ends]);
});

it("is what the pattern says, of any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("x", "a", "😀", "\u{e0001}", "\ud800") }), (text) => {
      expect(withoutEnds(text, isX)).toBe(text.replace(/^[x\u{e0001}]+|[x\u{e0001}]+$/gu, ""));
    }),
  );
});
