import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeLines } from "../../../src/report/change-lines.ts";
import { diffLines } from "../../../src/text/line-diff.ts";
import { canonicalJson, type JsonValue } from "../../../src/model/values.ts";
import { aChange, aProperty, OWNERSHIP, set } from "../../fixtures/plans.ts";
import { hostileValue } from "./hostile.ts";

const update = (before: JsonValue | undefined, after: JsonValue | undefined, more = {}) =>
  changeLines(aChange("update", "A::B", "n", { properties: [aProperty("P", before, after, more)] }));

describe("the lines of a change", () => {
  it.each<[string, JsonValue | undefined, JsonValue | undefined, readonly string[]]>([
    ["a number", 1, 2, ["- P: 1", "+ P: 2"]],
    ["set", undefined, true, ["+ P: true"]],
    ["removed", "x", undefined, ["- P: x"]],
    ["unknown", "abc", { $unknown: "A::B::n id" }, ["- P: abc", "+ P: (known after apply)"]],
    ["text that says so", "abc", "(known after apply)", ["- P: abc", '+ P: "(known after apply)"']],
    ["a number as text", "1", 1, ['- P: "1"', "+ P: 1"]],
    ["lost spaces", "a", "a ", ["- P: a", '+ P: "a "']],
    ["hidden characters", "a", "a\u202eb", ["- P: a", '+ P: "a\\u202eb"']],
    ["a list", ["a", "b"], ["a", "c"], ["  P:", "    - a", "-   - b", "+   - c"]],
    ["a new list", undefined, ["a"], ["+ P:", "+   - a"]],
    ["a new text of lines", undefined, "one\ntwo", ["+ P: |", "+   one", "+   two"]],
    [
      "lines in a text",
      "one\ntwo\nthree",
      "one\n2\nthree",
      ["  P:", "    one", "-   two", "+   2", "    three"],
    ],
    ["an object to unknown", { A: 1 }, { $unknown: "x" }, ["  P:", "-   A: 1", "+   (known after apply)"]],
  ])("%s", (_, before, after, lines) => {
    expect(update(before, after)).toEqual(lines);
  });

  it("never shows a secret, only that it changes", () => {
    const secret = { sensitive: true };
    expect(update("(sensitive)", "(sensitive)", secret)).toEqual(["! P: (sensitive), changed"]);
    expect(update(undefined, "hunter2", secret)).toEqual(["+ P: (sensitive)"]);
    expect(update("hunter2", undefined, secret)).toEqual(["- P: (sensitive)"]);
  });

  it("says what forces the replacement", () => {
    expect(update("HTTP", "WEBSOCKET", { replaces: true })).toEqual([
      "- P: HTTP",
      "+ P: WEBSOCKET  # forces replacement",
    ]);
  });

  it("folds ownership tags to one line, but shows one that changes hands", () => {
    const properties = [
      ...set({ ...OWNERSHIP, "Tags.team": "api" }),
      aProperty("Tags.gc-stage", "dev", "prod"),
    ];
    expect(changeLines(aChange("update", "A::B", "n", { properties }))).toEqual([
      "+ Tags.team: api",
      "- Tags.gc-stage: dev",
      "+ Tags.gc-stage: prod",
      "+ 4 gc-* ownership tags",
    ]);
  });

  it("calls a deployment made anew a redeployment", () => {
    const served = aProperty("Served", "63b1", { $unknown: "x" });
    const type = "ApiGatewayV2::Deployment";
    expect(changeLines(aChange("replace", type, "d", { properties: [served], redeploy: true }))).toEqual([
      "! deployed again: what it serves changes",
    ]);
    const both = { properties: [served, aProperty("Description", "a", "b")] };
    expect(changeLines(aChange("replace", type, "d", both))).toEqual([
      "- Description: a",
      "+ Description: b",
    ]);
  });

  it("leaves far lines of a document out and says how many", () => {
    const many = Array.from({ length: 20 }, (_, index) => `a${index}`);
    expect(update(many, [...many, "new"])).toEqual([
      "  P:",
      "@@ 17 unchanged lines @@",
      "    - a17",
      "    - a18",
      "    - a19",
      "+   - new",
    ]);
  });

  it("cuts long values to where they begin to differ", () => {
    const [old = "", next = ""] = update(`${"x".repeat(500)}1`, `${"x".repeat(500)}2`);
    expect(old).toBe(`- P: …${"x".repeat(24)}1`);
    expect(next).toBe(`+ P: …${"x".repeat(24)}2`);
  });

  it("counts lines beyond the cap", () => {
    const change = aChange("create", "A::B", "n", { properties: set({ A: 1, B: 2, C: 3 }) });
    expect(changeLines(change, { maxLines: 1 })).toEqual(["+ A: 1", "@@ … and 2 more lines @@"]);
  });
});

describe("for any two values", () => {
  it("different ones show a difference, on lines that begin with a sign", () => {
    fc.assert(
      fc.property(hostileValue, hostileValue, (before, after) => {
        fc.pre(canonicalJson(before) !== canonicalJson(after));
        const lines = update(before, after);
        expect(lines.some((line) => line.startsWith("-") || line.startsWith("+"))).toBe(true);
        const removed = lines.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
        const added = lines.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
        expect(removed).not.toEqual(added);
        for (const line of lines)
          expect(line).toMatch(/^(?:$|[-+ ] {1}|[-+]$|@@ )[^\n\r\u0000\u202e\u2028]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it("long ones too", () => {
    const long = fc.array(fc.constantFrom("a", "b", "\n", "`", "é"), { minLength: 0, maxLength: 900 });
    fc.assert(
      fc.property(long, long, fc.nat(400), (one, two, shared) => {
        const common = "c".repeat(shared);
        const [before, after] = [common + one.join(""), common + two.join("")];
        fc.pre(before !== after);
        const lines = update(before, after);
        const of = (sign: string) =>
          lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
        expect(of("-")).not.toEqual(of("+"));
        for (const line of lines) expect(line.length).toBeLessThan(300);
      }),
    );
  });

  it("lines put together again give both texts", () => {
    const texts = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = diffLines(before, after);
        expect(lines.filter(({ sign }) => sign !== "+").map(({ text }) => text)).toEqual(before);
        expect(lines.filter(({ sign }) => sign !== "-").map(({ text }) => text)).toEqual(after);
      }),
    );
  });
});
