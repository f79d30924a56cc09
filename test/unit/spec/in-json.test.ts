import fc from "fast-check";
import { expect, it } from "vitest";
import { joinedParts, type Part } from "../../../src/spec/in-json.ts";

const written = (text: string): Part => ({ text, isValue: false });
const value = (text: string): Part => ({ text, isValue: true });
const HARD = 'say "a\\b"\nc';

it.each<[string, readonly Part[], string]>([
  ["a text", [written("postgres://u:"), value(HARD), written("@h")], `postgres://u:${HARD}@h`],
  ["a value alone", [value(HARD)], HARD],
  ["JSON", [written('{"p":"a'), value(HARD), written('b"}')], JSON.stringify({ p: `a${HARD}b` })],
  ["JSON with JSON in it", [written('{"p":'), value('{"q":1}'), written("}")], '{"p":{"q":1}}'],
  [
    "a key that is there twice",
    [written('{"p":"'), value(HARD), written('","p":1}')],
    `{"p":${JSON.stringify(HARD)},"p":1}`,
  ],
  ["a key of JSON", [written('{"'), value(HARD), written('":1}')], JSON.stringify({ [HARD]: 1 })],
  [
    "both, and a quote of the spec's own",
    [written('[{"p\\"":"'), value(HARD), written('"},'), value('"x"'), written("]")],
    JSON.stringify([{ 'p"': HARD }, "x"]),
  ],
  ["what only looks like JSON", [written('{"p":"'), value(HARD), written('", …}')], `{"p":"${HARD}", …}`],
])("a value in %s", (_what, parts, expected) => {
  expect(joinedParts(parts)).toBe(expected);
});

it("a value in JSON that stands in a text of JSON is read back as it is, at whatever depth", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(3), (inner, depth) => {
      const nested = (text: string): string =>
        Array.from({ length: depth }).reduce<string>((within) => JSON.stringify([within, "say "]), text);
      const [start = "", end = ""] = nested(JSON.stringify({ key: "\uE000" })).split("\uE000");
      expect(joinedParts([written(start), value(inner), written(end)])).toBe(
        nested(JSON.stringify({ key: inner })),
      );
    }),
  );
});

it("a value in quotes that are no JSON is escaped for the text around them alone", () => {
  const parts = [written('{"say":"\\"'), value('a"b'), written('\\" and {"}')];
  expect(JSON.parse(joinedParts(parts))).toEqual({ say: '"a"b" and {' });
});

it("a value in what JSON.stringify makes is read back as it is, whatever it is", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (before, inner, after) => {
      const [start = "", end = ""] = JSON.stringify({ key: `${before}\uE000${after}` }).split("\uE000");
      const text = joinedParts([written(start), value(inner), written(end)]);
      expect(JSON.parse(text)).toEqual({ key: `${before}${inner}${after}` });
    }),
  );
});
