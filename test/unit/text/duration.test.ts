import { describe, expect, it } from "vitest";
import { ago, duration } from "../../../src/text/duration.ts";

describe("a length of time", () => {
  it.each([
    [-5, "0 ms"],
    [0, "0 ms"],
    [420, "420 ms"],
    [999.6, "1.0 s"],
    [4_230, "4.2 s"],
    [41_230, "41.2 s"],
    [59_949, "59.9 s"],
    [59_950, "1 min 00 s"],
    [65_000, "1 min 05 s"],
    [3_599_600, "1 h 00 min"],
    [11_520_000, "3 h 12 min"],
  ])("%i ms is %s", (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});

describe("a moment", () => {
  it.each([
    [10_000, "just now"],
    [60_000, "1 minute ago"],
    [3_600_000 * 5, "5 hours ago"],
    [86_400_000 * 3, "3 days ago"],
  ])("%i ms earlier is %s", (milliseconds, words) => {
    expect(ago(1e12 - milliseconds, 1e12)).toBe(words);
  });
});
