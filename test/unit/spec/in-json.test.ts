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
    "both, and a quote of the spec's own",
    [written('[{"p\\"":"'), value(HARD), written('"},'), value('"x"'), written("]")],
    JSON.stringify([{ 'p"': HARD }, "x"]),
  ],
  ["what only looks like JSON", [written('{"p":"'), value(HARD), written('", …}')], `{"p":"${HARD}", …}`],
])("a value in %s", (_what, parts, expected) => {
  expect(joinedParts(parts)).toBe(expected);
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
