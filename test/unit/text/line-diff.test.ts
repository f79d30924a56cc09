import { describe, expect, test } from "vitest";
import { diffLines } from "../../../src/text/line-diff.ts";

describe("lines compared", () => {
  test("keep what is the same", () => {
    const diff = diffLines(["{", "a", "}"], ["{", "b", "}"]);
    expect(diff.map(({ sign, text }) => `${sign}${text}`)).toEqual([" {", "-a", "+b", " }"]);
  });

  test("are all old, then all new, when too many differ", () => {
    const many = (name: string): readonly string[] =>
      Array.from({ length: 2000 }, (_, line) => `${name}${line}`);
    const [old, next] = [many("a"), many("b")];
    const diff = diffLines(old, next);
    expect(diff.map(({ text }) => text)).toEqual([...old, ...next]);
    expect(diff.slice(0, 2000).every(({ sign }) => sign === "-")).toBe(true);
  });
});
