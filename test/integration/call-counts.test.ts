/** The number of AWS calls: the limits of bench/ that do not depend on the machine. */
import { describe, expect, it } from "vitest";
import { measureMany, measureTen } from "../../bench/calls.ts";
import { isMissed, type Measured } from "../../bench/result.ts";

const CASES: Readonly<Record<string, () => Promise<readonly Measured[]>>> = {
  "ten resources, alone": () => measureTen(0),
  "ten resources beside 400 unrelated APIs, functions and roles": () => measureTen(400),
  "nine APIs with 25 routes and integrations each": () => measureMany(),
  "the same on pages of 25": () => measureMany(25),
  "the same on pages of 2": () => measureMany(2),
};

describe("calls to AWS", () => {
  it.each(Object.entries(CASES))("%s: stays within the limits", async (_what, measure) => {
    const measured = await measure();
    expect(measured.filter(({ limit }) => limit !== undefined)).not.toEqual([]);
    expect(measured.filter(isMissed)).toEqual([]);
  });
});
