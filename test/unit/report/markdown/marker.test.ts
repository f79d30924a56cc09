import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyMarkerLine,
  parseApplyMarker,
  parseMarker,
  type PlanMarker,
  planMarkerLine,
} from "../../../../src/report/markdown/marker.ts";
import { hiddenName, hiddenNameIn } from "../../../../src/text/hidden.ts";
import { hostileText } from "../hostile.ts";

const marker = (...directories: string[]): PlanMarker => ({
  version: 1,
  stage: "dev",
  stacks: directories.map((directory) => ({
    directory,
    planId: "0123456789ab",
    digest: "0".repeat(64),
    headSha: "a1b2c3d",
  })),
});

describe("the hidden first line", () => {
  it("is read back as it was written", () => {
    expect(parseMarker(`${planMarkerLine(marker("."))}\n## Plan`)).toEqual(marker("."));
    expect(parseMarker(`${planMarkerLine(marker("."))}\r\n## Plan`)).toEqual(marker("."));
  });

  it("cannot be broken out of", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 3 }), hostileText, (directories, stage) => {
        const given = { ...marker(...directories), stage };
        const line = planMarkerLine(given);
        expect(line).toMatch(/^<!-- gatewright:plan \{[^<>\n\r]*\} -->$/);
        expect(line.slice(4, -3)).not.toContain("--");
        expect(parseMarker(line)).toEqual(JSON.parse(JSON.stringify(given)));
      }),
      { numRuns: 500 },
    );
  });

  it("stays short for any number of stacks", () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `services/service-number-${index}`);
    const line = planMarkerLine(marker(...many));
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(9_000);
    const read = parseMarker(line);
    expect(read?.more).toBe(2_000 - (read?.stacks.length ?? 0));
  });

  it.each([
    ["not at the start", `x ${planMarkerLine(marker("."))}`],
    ["in the second line", `\n${planMarkerLine(marker("."))}`],
    ["another kind", planMarkerLine(marker(".")).replace("plan", "apply")],
    ["another version", planMarkerLine(marker(".")).replace('"version":1', '"version":2')],
    ["more keys", planMarkerLine(marker(".")).replace('"version":1', '"version":1,"x":1')],
    ["not JSON", "<!-- gatewright:plan {oops} -->"],
    ["not an object", "<!-- gatewright:plan [] -->"],
    ["nothing", ""],
    ["not ended", planMarkerLine(marker(".")).slice(0, -1)],
    ["ended too early", "<!-- gatewright:plan {} -- >"],
    [
      "longer than any that is written",
      planMarkerLine(marker(".")).replace(" -->", `${" ".repeat(9_200)} -->`),
    ],
  ])("%s: is none", (_, body) => {
    expect(parseMarker(body)).toBeUndefined();
  });

  it("is as long as it may be, and says how many stacks it leaves out", () => {
    const fits = marker("x".repeat(8_000));
    const room = 9_000 - Buffer.byteLength(planMarkerLine(fits));
    const full = marker("x".repeat(8_000 + room));
    expect(Buffer.byteLength(planMarkerLine(full))).toBe(9_000);
    expect(parseMarker(`${planMarkerLine(full)}\n`)).toEqual(full);
    expect(parseMarker(planMarkerLine(marker("x".repeat(8_001 + room))))).toMatchObject({
      stacks: [],
      more: 1,
    });
  });

  it("keeps a carriage return that does not end it", () => {
    expect(parseMarker(planMarkerLine(marker(".")).replace("{", "{\r"))).toEqual(marker("."));
  });

  it("has a sister for apply comments", () => {
    const given = {
      version: 1 as const,
      stage: "dev",
      run: "5-5",
      headSha: "a1b2c3d",
      stacks: [{ directory: "." }],
    };
    expect(parseApplyMarker(applyMarkerLine(given))).toEqual(given);
    expect(parseMarker(applyMarkerLine(given))).toBeUndefined();
  });
});

describe("a hidden line that names one thing", () => {
  it("gives back any name, and no name ends it or forges another marker", () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const line = hiddenName("drift", name);
        expect(line.slice("<!--".length, -"-->".length)).not.toMatch(/[<>\n\r]|--/);
        expect(hiddenNameIn("drift", `Drift\n\n${line}`)).toBe(name);
      }),
    );
  });

  it("stays readable for the names that people choose", () => {
    expect(hiddenName("drift", "7/prod/apis/my shop-größe")).toBe(
      "<!-- gatewright:drift 7/prod/apis/my shop-größe -->",
    );
  });

  it("is the last one of its kind, so that text before it cannot speak for it", () => {
    const body = [hiddenName("drift", "7/prod/forged"), hiddenName("drift", "7/prod/real")].join("\r\n");
    expect(hiddenNameIn("drift", body)).toBe("7/prod/real");
    expect(hiddenNameIn("reply", body)).toBeUndefined();
    expect(hiddenNameIn("drift", `${body}\n<!-- gatewright:drift 7/prod/open`)).toBe("7/prod/real");
    expect(hiddenNameIn("drift", "<!-- gatewright:drift 100% -->")).toBeUndefined();
  });
});
