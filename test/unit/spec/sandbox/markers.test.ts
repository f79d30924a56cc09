import fc from "fast-check";
import { expect, test } from "vitest";
import { hasMarker } from "../../../../src/model/reference-marker.ts";
import {
  decodeReferences,
  encodePassword,
  encodeReference,
  isMarkedPassword,
  type MarkedReference,
} from "../../../../src/spec/sandbox/markers.ts";

const text = fc.string({ unit: "grapheme" }).filter((value) => !/[\uE000\uE001]/.test(value));
/** Also what would break a naive encoding: separators, quotes, the marker's own characters. */
const nasty = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("\uE000", "\uE001", '"', "::", "\\", "%7B"),
);
const reference: fc.Arbitrary<MarkedReference> = fc
  .tuple(nasty, nasty, nasty, nasty, fc.option(fc.tuple(nasty, fc.nat(), fc.option(fc.nat()))))
  .map(([type, name, path, suffix, at]) => ({
    type,
    name,
    path,
    suffix,
    ...(at === null
      ? {}
      : { at: { file: at[0], line: at[1], ...(at[2] === null ? {} : { column: at[2] }) } }),
  }));
const piece = fc.oneof(
  text,
  reference,
  fc.nat({ max: 1024 }).map((length) => ({ generated: true as const, length })),
);

test("what is put together comes apart again", () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const joined = pieces
        .map((one) => {
          if (typeof one === "string") return one;
          return isMarkedPassword(one) ? encodePassword(one.length) : encodeReference(one);
        })
        .join("");
      const expected: unknown[] = [];
      for (const one of pieces) {
        const last = expected.at(-1);
        if (one === "") continue;
        if (typeof one === "string" && typeof last === "string") expected[expected.length - 1] = last + one;
        else expected.push(one);
      }
      expect(decodeReferences(joined)).toEqual(expected);
      expect(hasMarker(joined)).toBe(pieces.some((one) => typeof one !== "string"));
    }),
  );
});

test("a marker survives being written as JSON", () => {
  fc.assert(
    fc.property(reference, (one) => {
      const again: unknown = JSON.parse(JSON.stringify({ id: encodeReference(one) }));
      expect(decodeReferences((again as { id: string }).id)).toEqual([one]);
      expect(JSON.stringify(encodeReference(one))).toBe(`"${encodeReference(one)}"`);
    }),
  );
});
